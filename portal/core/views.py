"""Views of no particular app: pages, files, permanent identifiers, error pages."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.template.loader import get_template
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from wagtail.documents.views.serve import serve as serve_document
from wagtail.users.models import UserProfile
from wagtail.views import serve

from portal.core.files.storage import public_file
from portal.core.http import thread_limits, unavailable
from portal.core.http.file_responses import file_response, partial_response
from portal.core.http.requests import PortalRequest
from portal.core.http.thread_limits import for_visitors
from portal.core.routing import address_ledger
from portal.core.routing.routes import parameters_of, route_of

MOST_VALUES = 30  # of one parameter of an address: each filter that is on repeats all others in its link


@for_visitors
def redirect_to_dutch_home(request: HttpRequest) -> HttpResponse:
    """Redirect `/` to the Dutch home, for everybody."""
    return HttpResponseRedirect(f"/{settings.LANGUAGE_CODE}/")


@csrf_exempt  # Only pages with a view for it take POST (page_context.register_page_post), and these need no cookie.
@for_visitors
def page(request: PortalRequest, path: str) -> HttpResponseBase:
    """A page of the site. Wagtail's own view, which takes the route that is on the request before it looks for one.

    What the page does not declare is taken out of its address first, so that a link with `?utm_source=` shows the page
    and is answered from its copy; so are a value that is there twice and values beyond `MOST_VALUES`. A page that is
    filtered costs a search, and shares the threads with that.
    """
    route = request._wagtail_route_for_request = route_of(request, request.LANGUAGE_CODE, path)
    request.parameters = parameters_of(route)
    asked = request.GET.copy()
    for name in set(asked) - request.parameters:
        del asked[name]
    for name, values in list(asked.lists()):
        asked.setlist(name, list(dict.fromkeys(values))[:MOST_VALUES])
    request.GET = asked  # type: ignore[assignment]  # a QueryDict that nobody changes any more
    if asked and not thread_limits.shared.take(request):
        return unavailable.busy_response(request)
    return serve(request, path)


def permanent_identifier(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Redirect `/id/<kind>/<key>` to the current address; 410 when it is gone."""
    if url := address_ledger.current_url(kind, key, request.GET.get("language", "")):
        return HttpResponseRedirect(url)
    if address_ledger.was_public(kind, key):
        return gone(request)
    raise Http404


@for_visitors
def robots(request: HttpRequest) -> HttpResponse:
    """Return robots.txt: crawlers may read every public page; searches say noindex themselves."""
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {settings.WAGTAILADMIN_BASE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


@for_visitors
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Return a public picture or recording of the data folder."""
    file = public_file(path)
    if file is None:
        raise Http404
    response = file_response(request, file)
    # Caches that many share ask again every minute, so that what is taken away is gone from them too.
    keep = "max-age=31536000, immutable" if "/" in path else "max-age=3600"
    response.headers["Cache-Control"] = f"public, s-maxage=60, {keep}"
    return response


def document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """Return a document through Wagtail's view, which checks permissions; no shared cache keeps it."""
    response = serve_document(request, document_id, document_filename)
    # Wagtail names an encoding that it guesses from the file's name, “None” where it knows none.
    del response.headers["Content-Encoding"]
    if isinstance(response, FileResponse):
        response = partial_response(request, response)
        if response.headers["Content-Disposition"].startswith("attachment"):
            # Not for a PDF: Chromium shows none in a sandbox.
            response.headers["Content-Security-Policy"] += "; sandbox"
    patch_cache_control(response, private=True, no_cache=True)
    return response


def staff_picture(request: HttpRequest, user_id: int) -> HttpResponseBase:
    """Return the picture of an account; Wagtail lets only staff request it."""
    profile = get_object_or_404(UserProfile.objects.exclude(avatar=""), user_id=user_id)
    response = file_response(request, Path(profile.avatar.path))
    patch_cache_control(response, private=True, max_age=3600)
    return response


def gone(request: HttpRequest) -> HttpResponse:
    """Return the page for an address that was public once and is not any more."""
    return render(request, "410.html", status=410)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Return an error page that needs no database and no context."""
    if answer := unavailable.unavailable_response(request):
        return answer
    return HttpResponse(get_template("500.html").render(), status=500)
