"""How staff come in: the form, how often it may be tried, and the devices from which somebody came in before."""

import secrets
import unicodedata
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core import signing
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import get_template
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import View
from django.views.generic.edit import FormMixin
from wagtail.admin.forms.auth import LoginForm
from wagtail.admin.views import account

from portal.core.accounts import attempt_limits
from portal.core.accounts.attempt_limits import AttemptLimit, digest_of
from portal.core.http import unavailable
from portal.core.http.visitors import (
    KNOWN_DEVICE,
    KNOWN_FOR,
    browser_language,
    client_address,
    client_network,
    known_device_of,
)

TOO_MANY = "too_many"
# Of one account from one address, and from a device on which it was used before.
FROM_HERE, FROM_A_KNOWN_DEVICE = AttemptLimit(free=5, longest_s=900), AttemptLimit(free=5, longest_s=900)
# Of one address for any account (an office may share one), and of one account from any address.
OF_AN_ADDRESS, OF_AN_ACCOUNT = AttemptLimit(free=30, longest_s=900), AttemptLimit(free=30, longest_s=300)
# How often a new password may be asked for.
RESETS_OF_AN_ADDRESS = AttemptLimit(free=10, longest_s=900)
# How often the password of a page or of documents may be tried; many readers may share one address.
GUESSES_OF_AN_ADDRESS = AttemptLimit(free=30, longest_s=900)


def too_many_attempts(wait_s: int) -> ValidationError:
    """The error for too many attempts, with how long to wait."""
    minutes = -(-wait_s // 60)
    text = ngettext(
        "Too many attempts. Wait one minute, then try again.",
        "Too many attempts. Wait %(minutes)d minutes, then try again.",
        minutes,
    )
    return ValidationError(text % {"minutes": minutes}, code=TOO_MANY, params={"wait_s": wait_s})


class LoginAttempt:
    """One attempt to log in, and the digests under which it is counted.

    An account is guessed from many addresses and an address guesses many accounts, so both count, and both together
    soonest. A device on which the account was used before counts by itself: whoever guesses elsewhere cannot keep its
    owner out (the “device cookies” of OWASP).
    """

    def __init__(self, request: HttpRequest, name: str):
        name = unicodedata.normalize("NFKC", name).casefold()
        self._account, network = digest_of("account", name), client_network(client_address(request))
        if device := known_device(request, name):
            self._own = digest_of("device", name, device)
            self._limits = {self._own: FROM_A_KNOWN_DEVICE}
        else:
            self._own = digest_of("account and address", name, network)
            address = digest_of("address", network)
            self._limits = {self._own: FROM_HERE, address: OF_AN_ADDRESS, self._account: OF_AN_ACCOUNT}

    def begin(self) -> None:
        """Count the attempt. Raises ValidationError with how long to wait when it comes too early."""
        if wait := attempt_limits.begin_attempt(self._limits):
            raise too_many_attempts(wait)

    def succeeded(self) -> None:
        attempt_limits.end_attempt(self._limits, self._own)


def known_device(request: HttpRequest, name: str) -> str:
    """Return the number of the device if this account was used on it before, else an empty string."""
    account, device = known_device_of(request)
    return device if account == digest_of("known", name) else ""


def remember_device(response: HttpResponse, user: AbstractUser) -> None:
    """Set the signed cookie that marks this device as one of the account's. Sent to the admin only."""
    name = unicodedata.normalize("NFKC", user.get_username()).casefold()
    response.set_cookie(
        KNOWN_DEVICE,
        signing.dumps([digest_of("known", name), secrets.token_urlsafe(16)], salt=KNOWN_DEVICE),
        max_age=KNOWN_FOR,
        path="/admin/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def limit_password_guesses(view):
    """Wrap Wagtail's view that takes the password of a page or of documents: wrong guesses have to wait."""

    @wraps(view)
    def counted(request, *args, **kwargs):
        if request.method != "POST":
            return view(request, *args, **kwargs)
        limits = {digest_of("page password", client_network(client_address(request))): GUESSES_OF_AN_ADDRESS}
        if wait := attempt_limits.begin_attempt(limits):
            return _wait_first(request, wait)
        response = view(request, *args, **kwargs)
        if response.status_code == 302:
            attempt_limits.end_attempt(limits)
        return response

    return counted


def _wait_first(request: HttpRequest, wait_s: int) -> HttpResponse:
    with translation.override(unavailable.language_of(request)):
        context = {"title": too_many_attempts(wait_s).message, "language": translation.get_language()}
        response = HttpResponse(get_template("503.html").render(context), status=429)
    response.headers["Retry-After"] = str(wait_s)
    response.headers["Cache-Control"] = "no-store"
    return response


class LabelledLoginForm(LoginForm):
    """Wagtail's login form with limited attempts, and with a label for the password that is translated.

    It has no “remember me”: a session ends after a working day, whoever asks (sessions.py).
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")
        del self.fields["remember"]

    def clean(self):
        name = self.cleaned_data.get("username")
        if name is None or not self.cleaned_data.get("password"):
            return super().clean()
        attempt = LoginAttempt(self.request, name)
        attempt.begin()
        cleaned = super().clean()
        attempt.succeeded()
        return cleaned


class BrowserLanguageMixin(View):
    """Shows a page in the language of the browser: before the login, nobody's own choice is known."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with translation.override(browser_language(request)):
            response = super().dispatch(request, *args, **kwargs)
            response.headers["Content-Language"] = translation.get_language()
            return response.render() if hasattr(response, "render") else response


class RetryAfterMixin(FormMixin):
    """Responds 429 with Retry-After when the form has the error for too many attempts."""

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        response = super().form_invalid(form)
        for error in form.errors.as_data().get("__all__", ()):
            if error.code == TOO_MANY:
                response.status_code = 429
                response.headers["Retry-After"] = str((error.params or {})["wait_s"])
        return response


class LoginView(BrowserLanguageMixin, RetryAfterMixin, account.LoginView):
    def form_valid(self, form):
        response = super().form_valid(form)
        remember_device(response, form.get_user())
        return response


class PasswordResetView(BrowserLanguageMixin, RetryAfterMixin, account.PasswordResetView):
    """Responds the same for every address; the account is looked up when the message is sent (portal/jobs)."""

    def form_valid(self, form):
        network = client_network(client_address(self.request))
        if wait := attempt_limits.begin_attempt({digest_of("reset", network): RESETS_OF_AN_ADDRESS}):
            form.add_error(None, too_many_attempts(wait))
            return self.form_invalid(form)
        return super().form_valid(form)


class PasswordResetDoneView(BrowserLanguageMixin, account.PasswordResetDoneView):
    pass


class PasswordResetConfirmView(BrowserLanguageMixin, account.PasswordResetConfirmView):
    """Remembers the device: whoever received the message is the owner of the account."""

    def form_valid(self, form):
        response = super().form_valid(form)
        remember_device(response, self.user)
        return response


class PasswordResetCompleteView(BrowserLanguageMixin, account.PasswordResetCompleteView):
    pass
