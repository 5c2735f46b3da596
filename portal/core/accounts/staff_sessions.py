"""Sessions of the staff: when they end, and what happens to a form that is sent after that.

A session ends after a working day without anybody there (SESSION_COOKIE_AGE), and after a day in any case. What a page
asks by itself, like the message that somebody still has the editor open, keeps no session alive.
"""

import time
from typing import cast

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import SessionBase
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail.users.models import UserProfile

from portal.core.accounts.session_store import SessionStore
from portal.core.http.visitors import browser_language

BEGAN, SEEN = "began", "seen"
LONGEST_S = 24 * 3600
# Being there is written down this often at most: each time is a write to the database.
WRITE_EVERY_S = 600
ASKED_BY_THE_PAGE = {
    "wagtailadmin_editing_sessions:ping",
    "wagtailadmin_editing_sessions:release",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_sprite",
    "session_state",
}
FOR_EVERYBODY = ("wagtailadmin_login", "wagtailadmin_password_reset", "session_state")


@receiver(user_logged_in)
def start_staff_session(request, **kwargs):
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


class StaffSessionMiddleware:
    """Ends the sessions of the staff; a form that is sent after that is returned with what was typed in it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        match = request.resolver_match
        if (
            _has_session(request)
            and response.status_code < 500
            and match
            and match.view_name not in ASKED_BY_THE_PAGE
            and request.user.is_authenticated
        ):
            self._write_down(request.session)
        return response

    def _write_down(self, session: SessionBase) -> None:
        """Writing to the session moves its end; sessions from before this was counted begin now.

        What the request did is done: when only this cannot be saved, it is answered all the same.
        """
        now = int(time.time())
        if BEGAN in session and now - session.get(SEEN, 0) < WRITE_EVERY_S:
            return
        cast(SessionStore, session).may_be_lost = not session.modified
        session.setdefault(BEGAN, now)
        session[SEEN] = now

    def process_view(self, request, view, args, kwargs):
        """End what lasted too long; here, because a request refused in thread_limits.py reads no session."""
        if _has_session(request):
            began = request.session.get(BEGAN)
            if began and time.time() - began > LONGEST_S:
                logout(request)
        if request.method in ("GET", "HEAD", "OPTIONS") or not request.path_info.startswith("/admin/"):
            return None
        if request.user.is_authenticated or (request.resolver_match.view_name or "").startswith(FOR_EVERYBODY):
            return None
        # Every browser says what it can read. What does not is a program, which is sent to the login as ever.
        return form_not_saved(request) if "Accept" in request.headers else None


def _has_session(request: HttpRequest) -> bool:
    return request.path_info.startswith("/admin/") and settings.SESSION_COOKIE_NAME in request.COOKIES


@never_cache
def session_state(request):
    """Return as JSON who is logged in and the CSRF token; the script of an open editor asks for it (session.js)."""
    return JsonResponse({"user": str(request.user.pk or ""), "token": get_token(request)})


def logged_in_again(request):
    """The page to which the link in an open editor leads after logging in."""
    return render(request, "core/admin/logged_in_again.html")


def form_not_saved(request):
    """A form came without its sender being logged in, or with a token from before she logged in again.

    The page has what was typed in it, so that it can be sent once more. Never what another site sent: its sender would
    be led to press the button.
    """
    own = request.headers.get("Origin", "") in ("", f"{request.scheme}://{request.get_host()}")
    typed = [
        (name, value)
        for name, values in (request.POST.lists() if own else ())
        if name != "csrfmiddlewaretoken" and "password" not in name
        for value in values
    ]
    logged_in = request.user.is_authenticated
    with translation.override(_language_of(request)):
        response: HttpResponse
        if "text/html" not in request.headers.get("Accept", ""):
            response = JsonResponse({"success": False, "error_message": _("You are no longer logged in.")}, status=403)
        else:
            context = {"typed": typed, "files": request.FILES, "logged_in": logged_in}
            response = render(request, "core/admin/not_saved.html", context, status=403)
        response.headers["X-Not-Saved"] = "token" if logged_in else "session"
        response.headers["Content-Language"] = translation.get_language()
    return never_cache(lambda _request: response)(request)


def csrf_failure(request, reason=""):
    """The response to a form with a wrong or outdated CSRF token."""
    if not request.path_info.startswith("/admin/"):
        return render(request, "403_csrf.html", status=403)
    match = request.resolver_match
    if match and (match.view_name or "").startswith(FOR_EVERYBODY):
        with translation.override(_language_of(request)):
            return render(request, "core/admin/page_too_old.html", {"address": request.path}, status=403)
    return form_not_saved(request)


def _language_of(request: HttpRequest) -> str:
    """Return the language that the user chose for the admin; before the login, that of the browser."""
    profile = UserProfile.objects.filter(user=request.user).first() if request.user.is_authenticated else None
    if profile:
        return profile.get_preferred_language()
    return settings.LANGUAGE_CODE if request.user.is_authenticated else browser_language(request)
