"""The form of the visitor."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from portal.ask.choices import QuestionKind
from portal.ask.models import MOST_CHARACTERS
from portal.core.http.visitor_forms import PlainTextField, VisitorForm

NOT_NEEDED = _("Not needed.")


class AskForm(VisitorForm):
    """A question of a visitor.

    `about` and `row` are hidden. `can_be_published` says whether there is a page that can show the answer.
    """

    salt = "portal.ask.form"

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=QuestionKind,
        initial=QuestionKind.QUESTION,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what it is."),
            "invalid_choice": _("Choose one of these."),
        },
    )
    text = PlainTextField(
        label=_("Your question or message"),
        help_text=format_lazy(
            _("In any language, at most {number} characters. Do not name other people."), number=MOST_CHARACTERS
        ),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": _("Write your question."),
            "max_length": _("Your text has %(show_value)d characters; at most %(limit_value)d can be sent."),
        },
    )
    name = PlainTextField(
        label=_("Your name"),
        help_text=NOT_NEEDED,
        max_length=120,
        required=False,
        error_messages={"max_length": _("Use at most %(limit_value)d characters.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    organisation = PlainTextField(
        label=_("Your city or organisation"),
        help_text=NOT_NEEDED,
        max_length=160,
        required=False,
        error_messages={"max_length": _("Use at most %(limit_value)d characters.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Without it nobody can answer you. A correction needs no answer."),
        max_length=254,
        required=False,
        error_messages={"invalid": _("Fill in an address like name@example.org.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    may_publish = forms.BooleanField(
        label=_("You may show the answer on the page, so that others find it."),
        help_text=_("Never with your name, your city or your address. It is up to you: you are answered anyway."),
        required=False,
    )
    about = forms.CharField(required=False, widget=forms.HiddenInput)
    row = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, can_be_published: bool, initial: dict[str, Any] | None = None
    ):
        super().__init__(data, auto_id="ask-%s", initial=initial)
        self.can_be_published = can_be_published

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if not self.can_be_published:
            cleaned["may_publish"] = False
        if not cleaned.get("email") and "email" not in self.errors and self._needs_an_address(cleaned):
            self.add_error("email", ValidationError(_("Fill in your address: without it nobody can answer you.")))
        return cleaned

    @staticmethod
    def _needs_an_address(cleaned: dict[str, Any]) -> bool:
        """A correction needs no answer, and the answer to a question can be read on the page."""
        kind = cleaned.get("kind")
        return kind != QuestionKind.CORRECTION and not (kind == QuestionKind.QUESTION and cleaned.get("may_publish"))
