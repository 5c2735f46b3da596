"""Puts the translations of the starter files into wagtail-localize, passage by passage, as machine translation."""

from collections import defaultdict

from django.db import transaction
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from portal.core.models import BasePage
from portal.starter import ledger
from portal.starter.content import Item, StarterContentError
from portal.starter.fields import words_of
from portal.starter.markup import PageId

TOOL = "Schakel starter content (machine)"


def translate_page(original: BasePage, item: Item, language: str, page_id: PageId) -> bool:
    """Make or renew the translation of a Dutch page from the files, live when the Dutch page is.

    Nothing happens when it is current or staff changed it. Raises StarterContentError when the passages of the two
    languages do not pair.
    """
    source_hash = item.hash_of(language)
    if language not in item.texts or ledger.is_current(item.name, language, source_hash):
        return False
    locale = Locale.objects.get(language_code=language)
    if not ledger.may_write(item.name, language, original.get_translation_or_none(locale)):
        return False
    with transaction.atomic():
        source, _created = TranslationSource.update_or_create_from_instance(original)
        translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
        store_passages(source, locale, twin_of(original, item, language, page_id), item.name)
        # Published here and not by wagtail-localize, which waits for the commit and then writes the page as it was:
        # what was put under it in the meantime would not be counted as its children, and not be found any more.
        source.create_or_update_translation(locale, publish=False, copy_parent_pages=True)
        translated = original.get_translation(locale)
        if original.live:
            translated.get_latest_revision().publish()
        ledger.note(item.name, language, source_hash, translated)
    return True


def twin_of(original: BasePage, item: Item, language: str, page_id: PageId) -> BasePage:
    """An unsaved page of the same type with the words of the other language: its passages pair with the Dutch ones."""
    twin = type(original)()
    for field, value in words_of(item, language, page_id).items():
        setattr(twin, field, value)
    return twin


def store_passages(source: TranslationSource, locale: Locale, twin: BasePage, name: str) -> None:
    """Write a translation for every passage of the source, paired by its path and its order there."""
    theirs = defaultdict(list)
    for segment in extract_segments(twin):
        if isinstance(segment, StringSegmentValue):
            theirs[segment.path].append(segment.string.data)
    ours = defaultdict(list)
    for segment in StringSegment.objects.filter(source=source).select_related("string", "context").order_by("order"):
        ours[segment.context.path].append(segment)
    made = {}
    for path, segments in ours.items():
        if len(segments) != len(theirs[path]):
            raise StarterContentError(
                f"{name}: {path} has {len(segments)} passages in Dutch "
                f"and {len(theirs[path])} in {locale.language_code}."
            )
        for segment, text in zip(segments, theirs[path], strict=True):
            made[segment.string_id, segment.context_id] = text
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
            for (string, context), text in made.items()
        ),
        update_conflicts=True,
        unique_fields=["locale", "translation_of", "context"],
        update_fields=["data", "translation_type", "tool_name", "updated_at"],
    )
