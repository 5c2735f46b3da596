"""The state of a page's translations, and what happens to them when the Dutch page changes (DESIGN.md 4 and 5).

A Dutch publication updates the translation *source* only; a translation goes live when somebody publishes it.
Unpublishing the Dutch page takes its translations off line with it.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.dispatch import receiver
from wagtail.models import Locale, Page
from wagtail.signals import page_published, page_unpublished
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from portal.core.models import BasePage, TranslationOrigin
from portal.core.records import Record
from portal.core.visibility import SOURCE_LANGUAGE


@dataclass(frozen=True)
class TranslationState:
    """How the text of a page was made: `origin`, and how many of its passages the Dutch page has changed since."""

    origin: str
    outdated: int
    original_url: str

    @property
    def is_machine(self) -> bool:
        return self.origin == TranslationOrigin.MACHINE


def _untranslated(locale: int) -> QuerySet:
    """The passages of Dutch pages that have no translation in a language (the rule of Translation.get_progress)."""
    translated = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"), context_id=OuterRef("context_id"), locale=locale, has_error=False
    )
    return StringSegment.objects.filter(~Exists(translated)).order_by()


def translation_of(page: BasePage) -> Translation | None:
    """wagtail-localize's translation behind a page that is not Dutch; None for one written by hand.

    It knows how many passages of the Dutch page are `missing` in it, and whether one was made `by_machine`. One query.
    """
    missing = _untranslated(page.locale_id).filter(source=OuterRef("source")).values("source")
    by_machine = StringTranslation.objects.filter(
        locale=page.locale_id,
        context__object_id=page.translation_key,
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
    )
    return (
        Translation.objects.filter(source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True)
        .annotate(
            missing=Coalesce(Subquery(missing.annotate(number=Count("pk")).values("number")), 0),
            by_machine=Exists(by_machine),
        )
        .first()
    )


def missing_passages(translation: Translation) -> int:
    """How many passages of the Dutch page have no translation yet in this language."""
    return _untranslated(translation.target_locale_id).filter(source=translation.source_id).count()


def pages_with_missing_passages(locale: Locale) -> list[tuple[Page, int]]:
    """The pages in a language whose Dutch page has passages without a translation, most missing first, with how many.

    One query for what is missing, whatever the number of pages.
    """
    missing = dict(
        _untranslated(locale.pk)
        .filter(source__translations__target_locale=locale, source__translations__enabled=True)
        .values_list("source__object_id")
        .annotate(Count("pk"))
    )
    pages = Page.objects.filter(translation_key__in=missing, locale=locale)
    return sorted(((page, missing[page.translation_key]) for page in pages), key=lambda pair: (-pair[1], pair[0].title))


def state_of(page: BasePage) -> TranslationState | None:
    """The state of a translated page; None for a Dutch one."""
    if not page.is_translation:
        return None
    translation = translation_of(page)
    origin = page.translation_origin
    if origin != TranslationOrigin.REVIEWED and translation and translation.by_machine:
        origin = TranslationOrigin.MACHINE
    return TranslationState(origin, translation.missing if translation else 0, page.original.get_url() or "")


def state_of_record(record: Record, language: str) -> TranslationState | None:
    """The state of a record's texts in a language; None when none of them was translated by machine."""
    if not record.machine_translated(language):
        return None
    original = record.path_in(SOURCE_LANGUAGE) or ""
    return TranslationState(TranslationOrigin.MACHINE, len(record.outdated_translations(language)), original)


def some_by_machine(model: type[BasePage] | type[Record], keys: Collection[str], language: str) -> bool:
    """Whether one of these pages or records is shown in a machine translation that nobody reviewed. Two queries."""
    if language == SOURCE_LANGUAGE:
        return False
    things = model.objects.filter(key__in=keys)
    if issubclass(model, Record):
        return any(record.machine_translated(language) for record in things)
    pages = things.filter(locale__language_code=language).exclude(translation_origin=TranslationOrigin.REVIEWED)
    if pages.filter(translation_origin=TranslationOrigin.MACHINE).exists():
        return True
    return StringTranslation.objects.filter(
        locale__language_code=language,
        context__object_id__in=list(pages.values_list("translation_key", flat=True)),
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
    ).exists()


@receiver(page_published)
def dutch_publication_updates_the_source(sender, instance, **kwargs):
    if isinstance(instance, BasePage) and instance.language == SOURCE_LANGUAGE:
        if source := TranslationSource.objects.filter(object_id=instance.translation_key).first():
            source.update_from_db()


@receiver(page_unpublished)
def translations_go_off_line_with_the_dutch_page(sender, instance, **kwargs):
    if isinstance(instance, BasePage) and instance.language == SOURCE_LANGUAGE:
        others = Page.objects.filter(translation_key=instance.translation_key, live=True).exclude(pk=instance.pk)
        for translated in others.specific():
            translated.unpublish(log_action=True)
