"""Blocks that more than one room uses."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from portal.core.content.form_fields import PartialDateInput
from portal.core.content.partial_dates import partial_date_sentence

RICH_TEXT_FEATURES = ["bold", "italic", "link", "ol", "ul", "document-link"]
# For texts with passages of general knowledge, which a button of the editor marks (portal/core/wagtail_hooks.py).
VOICED_FEATURES = [*RICH_TEXT_FEATURES, "general"]


class FactBlock(blocks.FieldBlock):
    """A value that is not translated: a date, a reference."""

    field_class = forms.CharField

    def __init__(self, required=True, help_text=None, rows=1, **kwargs):
        self._options = {"required": required, "help_text": help_text}
        self._rows = rows
        super().__init__(**kwargs)

    @cached_property
    def field(self):
        widget = forms.TextInput() if self._rows == 1 else forms.Textarea(attrs={"rows": self._rows})
        return self.field_class(widget=widget, **self._options)


class PartialDateBlock(FactBlock):
    """A date as far as it is known (portal/core/content/partial_dates.py)."""

    field_class = PartialDateInput

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", _("14/09/2021, 09/2021 or 2021; add ~ for about."))
        super().__init__(**kwargs)


class SourceBlock(blocks.StructBlock):
    """The source of a statement; its title is not translated.

    Without a title it is what the field knows in general, which is said in the language of the reader.
    """

    key = FactBlock(
        label=_("Short name"),
        required=False,
        help_text=_("One word without blanks. Write it in square brackets behind a sentence: [police-2019]."),
    )
    title = blocks.CharBlock(
        label=_("Title"),
        required=False,
        help_text=_("As the source calls itself, in its own language. Empty: general knowledge of the field."),
    )
    url = blocks.URLBlock(label=_("Address"), required=False)
    as_of = PartialDateBlock(label=_("As of"), required=False)
    read_on = PartialDateBlock(label=_("Read on"), required=False)

    def clean(self, value):
        """An address needs a title to be a link, a date a source that says it. Raises StructBlockValidationError."""
        value = super().clean(value)
        if value["as_of"] and not value["title"]:
            raise blocks.StructBlockValidationError(
                {"as_of": ValidationError(_("General knowledge has no date. Leave it empty, or name the source."))}
            )
        if value["url"] and not value["title"]:
            raise blocks.StructBlockValidationError(
                {"title": ValidationError(_("Give the title of the source at this address."))}
            )
        return value

    class Meta:
        icon = "openquote"
        label = _("Source")


SOURCES = [("source", SourceBlock())]


def sources_shown(sources: blocks.StreamValue) -> list[dict]:
    """Where the statements of a page come from, for the component `sources`, in the language that is active."""
    return [
        {
            "id": number,
            "title": block.value["title"]
            or gettext("General knowledge of the field, not confirmed by the department yet"),
            "url": block.value["url"],
            # What the field knows in general is the position of no day.
            "as_of": partial_date_sentence(block.value["as_of"] or "") if block.value["title"] else "",
            "read_on": partial_date_sentence(block.value.get("read_on") or ""),
        }
        for number, block in enumerate(sources, 1)
    ]


class Voice(models.TextChoices):
    """Who says a passage. General knowledge is marked at the side of the page and never fills a row of facts."""

    OURS = "", _("our practice, or a named source")
    GENERAL = "general", _("general knowledge of the field")


class VoiceBlock(blocks.ChoiceBlock):
    """Who says the passage that this block is part of."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Who says so"))
        super().__init__(choices=[choice for choice in Voice.choices if choice[0]], required=False, **kwargs)


class TitledTextBlock(blocks.StructBlock):
    """A title with some sentences: a step, a role, a rung. General knowledge has a field of its own."""

    title = blocks.CharBlock(label=_("Title"))
    text = blocks.TextBlock(label=_("Text"), required=False, rows=3)
    general = blocks.TextBlock(label=_("General knowledge of the field about it"), required=False, rows=2, default="")

    class Meta:
        icon = "list-ol"


class TextItemBlock(blocks.StructBlock):
    """One sentence or two, and who says so."""

    text = blocks.TextBlock(label=_("Text"), rows=2)
    voice = VoiceBlock()

    class Meta:
        icon = "pilcrow"
