"""Middleware: language, former addresses, compression and security headers."""

from django.conf import settings
from django.http import HttpResponsePermanentRedirect
from django.middleware.gzip import GZipMiddleware
from django.utils import translation

from portal.core.routing import address_ledger
from portal.core.views import gone


def language_of_path(path: str) -> str | None:
    """Return the content language that a path starts with ("/fr/methodes/" -> "fr"), or None."""
    first = path.lstrip("/").partition("/")[0]
    return first if first in settings.CONTENT_LANGUAGES else None


class PathLanguageMiddleware:
    """Takes the language of a page from its path only.

    Django's LocaleMiddleware also looks at cookies and the browser's wishes, and sends `/` elsewhere by them.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = language_of_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response


class FormerAddressMiddleware:
    """Redirects former public addresses to the current one (301), or says that the page is gone (410)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        answer = address_ledger.look_up(request.path_info)
        if answer is None:
            return response
        if answer.url and answer.url != request.path_info:
            return HttpResponsePermanentRedirect(answer.url)
        return gone(request)


class AcceptEncodingMiddleware:
    """Removes refused codings from `Accept-Encoding`, such as "gzip;q=0" (RFC 9110, 12.4.2).

    WhiteNoise, Django's compression and the page cache look for the name only.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if asked := request.META.get("HTTP_ACCEPT_ENCODING"):
            request.META["HTTP_ACCEPT_ENCODING"] = ", ".join(accepted_codings(asked))
        return self.get_response(request)


def accepted_codings(header: str) -> list[str]:
    """Return the accepted codings of an Accept-Encoding header, without their weights."""
    found = []
    for one in header.lower().split(","):
        coding, *parameters = (part.strip() for part in one.split(";"))
        weights = [part[2:] for part in parameters if part.startswith("q=")]
        if coding and not any(map(_is_zero, weights)):
            found.append(coding)
    return found


def _is_zero(weight: str) -> bool:
    """Whether a weight is zero; one that is not a number counts as zero, because plain text suits everybody."""
    try:
        return not float(weight) > 0
    except ValueError:
        return True


class TextCompressionMiddleware(GZipMiddleware):
    """Compresses text (RFC 9110 section 12.5.3), but not pictures, films and documents, which are compressed already
    or requested in ranges.

    Django's middleware makes the length of a compressed page vary, so that nobody reads a secret from it (BREACH).
    """

    TEXT = ("text/", "application/json", "application/atom+xml", "application/opensearchdescription+xml")

    def process_response(self, request, response):
        text = response.get("Content-Type", "").startswith(self.TEXT)
        whole = not response.streaming and response.status_code != 206
        return super().process_response(request, response) if text and whole else response


class PermissionsPolicyMiddleware:
    """Adds the Permissions-Policy header to every response, static files included."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response


class AdminSecurityPolicyMiddleware:
    """Gives the admin the tightest content security policy that Wagtail works with."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path_info.startswith("/admin/"):
            response._csp_config = settings.ADMIN_CONTENT_SECURITY_POLICY
        return response
