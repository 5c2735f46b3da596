"""Records: things kept once, with a column for each language (DESIGN.md section 4)."""

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin


def text_in(record, field: str, language: str = "") -> tuple[str, str]:
    """The text of a record's field as `(text, language it is in)`.

    The visitor's language comes first, then the fallback chain of the settings; ("", language) when there is none.
    """
    language = language or translation.get_language()
    chain = settings.MODELTRANSLATION_FALLBACK_LANGUAGES
    for code in dict.fromkeys((language, *chain.get(language, chain["default"]), *chain["default"])):
        if text := getattr(record, f"{field}_{code}", "") or "":
            return text, code
    return "", language


def languages_of(record, field: str) -> tuple[str, ...]:
    """The content languages in which a record has this text."""
    return tuple(code for code in settings.CONTENT_LANGUAGES if getattr(record, f"{field}_{code}", ""))


class PublishedRecords(models.QuerySet):
    def visible(self):
        """What a visitor may see: the live ones."""
        return self.filter(live=True)


class Record(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, models.Model):
    """A snippet with drafts, a permanent key and, when it is public, an address of its own in each language.

    `kind` names it in addresses, search and cards. `path_in` gives its address, `title_field` its heading.
    """

    kind = ""
    title_field = "title"

    key = models.SlugField(
        _("permanent key"),
        max_length=80,
        unique=True,
        help_text=_("Chosen once, the same in every language, never changed: other sites may point at it."),
    )

    objects = PublishedRecords.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return text_in(self, self.title_field)[0] or self.key

    def title_in(self, language: str = "") -> tuple[str, str]:
        """The heading as `(text, language)`."""
        return text_in(self, self.title_field, language)

    def path_in(self, language: str) -> str | None:
        """The path of this record's own page in a language; None for a record that has no page."""
        return None

    def get_preview_template(self, request, mode_name):
        return "core/record_preview.html"
