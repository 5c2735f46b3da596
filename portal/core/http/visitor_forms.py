"""Forms of visitors, who have no cookie: what protects them, and what comes back when one cannot be taken."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.accounts.attempt_limits import AttemptLimit, digest_of
from portal.core.content.characters import plain_text
from portal.core.http.form_token import FormToken, TokenError, new_token, read_token
from portal.core.http.visitors import client_address, client_network

FORM_TYPE = "application/x-www-form-urlencoded"


class PlainTextField(forms.CharField):
    """A text without characters that hide something; on one line unless its widget has several."""

    def to_python(self, value: Any) -> str:
        text = plain_text(super().to_python(value) or "")
        return text.strip() if isinstance(self.widget, forms.Textarea) else " ".join(text.split())

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # A browser would cut off what is pasted at `maxlength` without a word.
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class VisitorForm(forms.Form):
    """A form that anybody can send. `token` is hidden; `website` is the trap, which only a program fills in.

    Each kind of form has a `salt` of its own, so that a token of one is none of another.
    """

    salt: ClassVar[str]

    token = forms.CharField(required=False, widget=forms.HiddenInput)
    website = forms.CharField(
        label=gettext_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    use_required_attribute = False

    def __init__(self, data: Mapping[str, Any] | None = None, *, auto_id: str, initial: dict[str, Any] | None = None):
        super().__init__(data, auto_id=auto_id, initial={"token": new_token(self.salt)} | (initial or {}))

    def checked_token(self, request: HttpRequest) -> tuple[FormToken | None, HTTPStatus]:
        """Return the token of a form that a person sent from our own page; else None, with the reason in the form."""
        if not is_from_here(request):
            self.add_error(
                None, _("The form was sent from another website, and nothing was stored. Send it again here.")
            )
            return None, HTTPStatus.FORBIDDEN
        if self.data.get("website"):
            self.add_error(
                None, _("A field was filled in that people do not see. It is empty again: send the form again.")
            )
            self.replace(website="")
            return None, HTTPStatus.OK
        try:
            return read_token(self.data.get("token", ""), self.salt), HTTPStatus.OK
        except TokenError as error:
            self.add_error(None, str(error))
            if error.is_lasting:
                self.renew_token()
            return None, HTTPStatus.OK

    def renew_token(self) -> None:
        self.replace(token=new_token(self.salt))

    def replace(self, **values: str) -> None:
        """Change fields of a form that was sent, for the next time that it is sent."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        for name, value in values.items():
            data[name] = value
        self.data = data

    @property
    def fields_with_errors(self) -> list[forms.BoundField]:
        """The fields that have an error, in their order, for the summary."""
        return [self[name] for name in self.fields if name in self.errors]


def is_from_here(request: HttpRequest) -> bool:
    """Whether a browser says that it sent a form from this site. Every browser says so; programs need not."""
    origin = request.headers.get("Origin")
    here = f"{request.scheme}://{request.get_host()}"
    return origin is None or origin in (here, *settings.CSRF_TRUSTED_ORIGINS)


def limits_of(
    request: HttpRequest, form: str, network: AttemptLimit, everybody: AttemptLimit
) -> dict[str, AttemptLimit]:
    """Return the limits under which a form is counted: of the visitor's network, and of all networks together."""
    return {digest_of(form, client_network(client_address(request))): network, digest_of(form): everybody}
