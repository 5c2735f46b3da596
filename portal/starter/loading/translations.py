"""Stores the translations of the starter files in wagtail-localize, segment by segment, as machine translations."""

from collections import defaultdict

from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from portal.core.publishing.index_updates import index_updates_once
from portal.starter.loading import load_history
from portal.starter.loading.content_files import StarterContentError, StarterItem
from portal.starter.loading.markup import FindPageId
from portal.starter.loading.page_fields import translatable_fields

TOOL = "Schakel starter content (machine)"


def translate_page(original: Page, item: StarterItem, language: str, find_page_id: FindPageId) -> bool:
    """Create or renew the translation of a Dutch page from the files, and publish it if the Dutch page is live.

    Returns False if it is up to date, or staff have changed it. Raises StarterContentError if the segments of the two
    languages do not pair.
    """
    source_hash = item.hash_of(language)
    if language not in item.texts or load_history.is_up_to_date(item.name, language, source_hash):
        return False
    locale = Locale.objects.get(language_code=language)
    if not load_history.may_overwrite(item.name, language, original.get_translation_or_none(locale)):
        return False
    with transaction.atomic(), index_updates_once():
        source, _created = TranslationSource.update_or_create_from_instance(original)
        translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
        store_segments(source, locale, unsaved_translation(original, item, language, find_page_id), item.name)
        # Published here and not by wagtail-localize, which waits for the commit and then saves the page as it was
        # before: pages created under it in the meantime would not be counted as its children.
        source.create_or_update_translation(locale, publish=False, copy_parent_pages=True)
        translated = original.get_translation(locale)
        if original.live:
            translated.get_latest_revision().publish()
        load_history.record_load(item.name, language, source_hash, translated)
    return True


def unsaved_translation(original: Page, item: StarterItem, language: str, find_page_id: FindPageId) -> Page:
    """Return an unsaved page of the same type with the texts of a language, whose segments pair with the Dutch ones."""
    twin = type(original)()
    for field, value in translatable_fields(item, language, find_page_id).items():
        setattr(twin, field, value)
    return twin


def store_segments(source: TranslationSource, locale: Locale, twin: Page, name: str) -> None:
    """Write a translation for every segment of the source, paired by its path and its order there."""
    theirs: dict[str, list[str]] = defaultdict(list)
    for segment in extract_segments(twin):
        if isinstance(segment, StringSegmentValue):
            theirs[segment.path].append(segment.string.data)
    ours: dict[str, list[StringSegment]] = defaultdict(list)
    for segment in StringSegment.objects.filter(source=source).select_related("string", "context").order_by("order"):
        ours[segment.context.path].append(segment)
    translated = {}
    for path, segments in ours.items():
        if len(segments) != len(theirs[path]):
            raise StarterContentError(
                f"{name}: {path} has {len(segments)} passages in Dutch "
                f"and {len(theirs[path])} in {locale.language_code}."
            )
        for segment, text in zip(segments, theirs[path], strict=True):
            translated[segment.string_id, segment.context_id] = text
    StringTranslation.objects.bulk_create(
        (
            StringTranslation(
                translation_of_id=string,
                context_id=context,
                locale=locale,
                data=text,
                translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
                tool_name=TOOL,
            )
            for (string, context), text in translated.items()
        ),
        update_conflicts=True,
        unique_fields=["locale", "translation_of", "context"],
        update_fields=["data", "translation_type", "tool_name", "updated_at"],
    )
