"""The state of a page's translations, and what happens to them when the Dutch page changes.

The rules: docs/design.md sections 4 and 5.

A Dutch publication updates the translation *source* only; a translation goes live when somebody publishes it.
Unpublishing the Dutch page takes its translations off line with it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.dispatch import receiver
from wagtail.models import Locale, Page
from wagtail.signals import page_published, page_unpublished
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from portal.core.content.records import Record
from portal.core.models import BasePage
from portal.core.page_cache.invalidation import invalidate
from portal.core.publishing.visibility import SOURCE_LANGUAGE
from portal.core.publishing.withdrawal import unpublish_translations
from portal.core.translation import reviews


class Origin(models.TextChoices):
    """How the text of a page was made, as visitors read it."""

    WRITTEN = "written"
    MACHINE = "machine"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"


@dataclass(frozen=True)
class TranslationState:
    """How the text of a page was made, and how many of its passages the Dutch page has changed since.

    `reviewed_on` is the day of the last review of something that is on the page; `is_partly_reviewed` says that other
    passages still wait for one.
    """

    origin: str
    outdated: int
    original_url: str
    reviewed_on: date | None = None

    @property
    def is_machine(self) -> bool:
        return self.origin == Origin.MACHINE

    @property
    def is_reviewed(self) -> bool:
        return self.origin == Origin.REVIEWED

    @property
    def is_partly_reviewed(self) -> bool:
        return bool(self.reviewed_on) and not self.is_reviewed


def _untranslated(locale: int) -> QuerySet:
    """Return the passages of Dutch pages without a translation in a language (as Translation.get_progress does)."""
    translated = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"), context_id=OuterRef("context_id"), locale=locale, has_error=False
    )
    return StringSegment.objects.filter(~Exists(translated)).order_by()


def translation_of(page: BasePage) -> Translation | None:
    """Return wagtail-localize's translation of a page that is not Dutch; None if the page was not made with it."""
    return Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True
    ).first()


def missing_passages(translation: Translation) -> int:
    """Count the passages of the Dutch page without a translation in this language."""
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
    """Return the state of the text of a translated page; None for a Dutch page."""
    if not page.is_translation:
        return None
    if page.original is page:
        return TranslationState(Origin.WRITTEN, 0, "")
    known = reviews.review_state(page)
    if known.is_reviewed:
        origin = Origin.REVIEWED
    elif known.by_machine:
        origin = Origin.MACHINE
    else:
        origin = Origin.TRANSLATED
    return TranslationState(origin, known.outdated, page.original.get_url() or "", known.reviewed_on)


def state_of_record(record: Record, language: str) -> TranslationState | None:
    """Return the state of a record's texts in a language; None when none was translated by machine."""
    if not record.machine_translated(language):
        return None
    original = record.path_in(SOURCE_LANGUAGE) or ""
    return TranslationState(Origin.MACHINE, len(record.outdated_translations(language)), original)


def some_by_machine(model: type[BasePage] | type[Record], keys: Collection[str], language: str) -> bool:
    """Whether one of these pages or records is shown in a machine translation without a review."""
    if language == SOURCE_LANGUAGE:
        return False
    manager: models.Manager = model._default_manager
    things = manager.filter(key__in=keys)
    if issubclass(model, Record):
        return any(record.machine_translated(language) for record in things)
    by_machine = StringTranslation.objects.filter(
        context__object_id=OuterRef("translation_key"),
        locale=OuterRef("locale"),
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
    )
    pages = things.filter(Exists(by_machine), locale__language_code=language)
    return any(state.is_machine for page in pages if (state := state_of(page)))


@receiver(page_published)
def update_translation_source(sender, instance, **kwargs):
    if isinstance(instance, BasePage) and instance.language == SOURCE_LANGUAGE:
        if source := TranslationSource.objects.filter(object_id=instance.translation_key).first():
            source.update_from_db()
            invalidate()  # how many passages are outdated is said on the translations


@receiver(page_unpublished)
def unpublish_translations_with_dutch(sender, instance, **kwargs):
    if isinstance(instance, BasePage):
        unpublish_translations(instance)
