"""What happens to every request before a view sees it."""

from django.conf import settings
from django.http import HttpResponsePermanentRedirect
from django.middleware.gzip import GZipMiddleware
from django.utils import translation

from portal.core.routing import address_ledger
from portal.core.views import gone


def language_of_path(path: str) -> str | None:
    """The content language that a path starts with ("/fr/methodes/" -> "fr"), or None."""
    first = path.lstrip("/").partition("/")[0]
    return first if first in settings.CONTENT_LANGUAGES else None


class PathLanguageMiddleware:
    """The language of a page comes from its path and from nothing else (DESIGN.md section 6).

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
    """An address that was once public answers for ever: 301 to where the thing is now, 410 when it is gone."""

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
    """Leaves in `Accept-Encoding` only what a browser takes: "gzip;q=0" says that it does not (RFC 9110, 12.4.2).

    WhiteNoise, Django's compression and the published copies look for the name alone.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if asked := request.META.get("HTTP_ACCEPT_ENCODING"):
            request.META["HTTP_ACCEPT_ENCODING"] = ", ".join(accepted_codings(asked))
        return self.get_response(request)


def accepted_codings(header: str) -> list[str]:
    """The codings of an Accept-Encoding header that are taken, without their weights."""
    found = []
    for one in header.lower().split(","):
        coding, *parameters = (part.strip() for part in one.split(";"))
        weights = [part[2:] for part in parameters if part.startswith("q=")]
        if coding and not any(map(_is_zero, weights)):
            found.append(coding)
    return found


def _is_zero(weight: str) -> bool:
    """Whether a weight is nought; one that is no number is taken for a no as well: plain text suits everybody."""
    try:
        return not float(weight) > 0
    except ValueError:
        return True


class TextCompressionMiddleware(GZipMiddleware):
    """Text goes out compressed to a browser that takes it so (RFC 9110 section 12.5.3); pictures, films and documents,
    which are compressed already or asked for in parts, as they are.

    Django's middleware makes the length of a compressed page vary, so that nobody reads a secret from it (BREACH).
    """

    TEXT = ("text/", "application/json", "application/atom+xml", "application/opensearchdescription+xml")

    def process_response(self, request, response):
        text = response.get("Content-Type", "").startswith(self.TEXT)
        whole = not response.streaming and response.status_code != 206
        return super().process_response(request, response) if text and whole else response


class PermissionsPolicyMiddleware:
    """Says in every answer, static files included, which features of the browser the portal does without."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response


class AdminSecurityPolicyMiddleware:
    """The admin gets the tightest content security policy that Wagtail bears; the public site keeps the strict one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path_info.startswith("/admin/"):
            response._csp_config = settings.ADMIN_CONTENT_SECURITY_POLICY
        return response
