"""The form for the digest, and that to change it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal.core.http.visitor_forms import VisitorForm
from portal.follow.choices import Rhythm
from portal.topics.selectors import TopicLink

ID = "follow-%s"


class Choices(forms.Form):
    """About what somebody wants the digest, and how often. `topics` are those that are offered."""

    topics = forms.MultipleChoiceField(
        label=_("About which topics?"),
        help_text=_("Choose none to hear of everything."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose one of these.")},
    )
    rhythm = forms.ChoiceField(
        label=_("How often?"),
        choices=Rhythm,
        initial=Rhythm.MONTHLY,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how often."), "invalid_choice": _("Choose one of these.")},
    )
    use_required_attribute = False

    def offer(self, topics: Iterable[TopicLink]) -> None:
        field = self.fields["topics"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  (which the types of Django do not know)
        field.choices = [(topic.key, capfirst(topic.title)) for topic in topics]


class ChoicesForm(Choices):
    """The choices of somebody who gets the digest."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, topics: Iterable[TopicLink], **options: Any):
        super().__init__(data, auto_id=ID, **options)
        self.offer(topics)


class DigestForm(VisitorForm, Choices):
    """Asks for the digest."""

    salt = "portal.follow.form"

    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("You get one message with a link; only when you confirm there does the digest begin."),
        max_length=254,
        error_messages={
            "required": _("Fill in your address."),
            "invalid": _("Fill in an address like name@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ["email", "topics", "rhythm"]

    def __init__(self, data: Mapping[str, Any] | None = None, *, topics: Iterable[TopicLink], **options: Any):
        super().__init__(data, auto_id=ID, **options)
        self.offer(topics)
