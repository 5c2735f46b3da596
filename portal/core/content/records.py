"""Records: things kept once, with a column for each language (docs/design.md section 4)."""

from collections.abc import Iterable
from hashlib import sha256

from django.conf import settings
from django.db import models
from django.db.models import Model
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from modeltranslation.translator import translator
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin


def text_in(record: Model, field: str, language: str = "") -> tuple[str, str]:
    """Return the text of a record's field as `(text, language it is in)`.

    The visitor's language comes first, then the fallback chain of the settings, then any other language, as for a name
    that nobody translated; ("", language) when there is none.
    """
    language = language or translation.get_language()
    chain = settings.MODELTRANSLATION_FALLBACK_LANGUAGES
    others = (code for code, _name in settings.LANGUAGES)
    for code in dict.fromkeys((language, *chain.get(language, chain["default"]), *chain["default"], *others)):
        if text := getattr(record, f"{field}_{code}", "") or "":
            return text, code
    return "", language


def languages_of(record: Model, field: str) -> tuple[str, ...]:
    """Return the content languages in which a record has this text."""
    return tuple(code for code in settings.CONTENT_LANGUAGES if getattr(record, f"{field}_{code}", ""))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


class RecordQuerySet(models.QuerySet):
    def visible(self):
        """What a visitor may see: the live ones."""
        return self.filter(live=True)


class Record(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, models.Model):
    """Base of snippets with drafts, a permanent key and, when they are public, an address in each language.

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

    # Which texts a machine translated: {"label_fr": [digest of that text, digest of the Dutch one it was made from]}.
    # It says so of a text, not of a column: what somebody writes in its place is hers.
    machine_texts = models.JSONField(default=dict, editable=False, blank=True)

    objects = RecordQuerySet.as_manager()

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

    @classmethod
    def translated_fields(cls) -> tuple[str, ...]:
        """The fields with a text in each language that visitors read."""
        return tuple(name for name in translator.get_options_for_model(cls).get_field_names() if name != "slug")

    def note_machine_translation(self, languages: Iterable[str]) -> None:
        """Remember that the texts in these languages were translated by machine from the Dutch ones as they are now."""
        source = settings.LANGUAGE_CODE
        for field in self.translated_fields():
            original = getattr(self, f"{field}_{source}") or ""
            for code in languages:
                text = getattr(self, f"{field}_{code}") or ""
                if text and text != original and code != source:
                    self.machine_texts[f"{field}_{code}"] = [_digest(text), _digest(original)]

    def machine_translated(self, language: str) -> list[str]:
        """The fields whose text in a language is one that a machine made."""
        return [
            field
            for field in self.translated_fields()
            if (known := self.machine_texts.get(f"{field}_{language}"))
            and known[0] == _digest(getattr(self, f"{field}_{language}") or "")
        ]

    def outdated_translations(self, language: str) -> list[str]:
        """Of those, the fields whose Dutch text has changed since."""
        return [
            field
            for field in self.machine_translated(language)
            if self.machine_texts[f"{field}_{language}"][1]
            != _digest(getattr(self, f"{field}_{settings.LANGUAGE_CODE}") or "")
        ]

    def with_content_json(self, content):
        """A draft or an older version as a record; how its texts were made is known of the record, not of a version."""
        record = super().with_content_json(content)
        record.machine_texts = self.machine_texts
        return record

    def get_preview_template(self, request, mode_name):
        return "core/record_preview.html"
