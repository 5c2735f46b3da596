"""Views that belong to no room."""

import mimetypes
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import get_template
from django.utils._os import safe_join
from wagtail.views import serve

from portal.core import ledger, threads, unavailable
from portal.core.routes import parameters_of, route_of
from portal.core.threads import for_visitors

# What a browser may show by itself; every other upload is offered as a download only (DESIGN.md section 13).
SHOWN_IN_THE_BROWSER = {
    "image/avif",
    "image/gif",
    "image/jpeg",
    "image/png",
    "image/webp",
    "video/mp4",
    "video/webm",
    "text/vtt",
}


@for_visitors
def front_door(request):
    """`/` answers with the Dutch home, the same for everybody (DESIGN.md section 6; legal.md section 4)."""
    return HttpResponseRedirect(f"/{settings.LANGUAGE_CODE}/")


@for_visitors
def page(request, path: str):
    """A page of the site. Wagtail's own view, which takes the route that is on the request before it looks for one.

    What the page does not declare is taken out of its address first, so that a link with `?utm_source=` shows the page
    and is answered from its copy. A page that is filtered costs a search, and shares the threads with that.
    """
    route = request._wagtail_route_for_request = route_of(request, request.LANGUAGE_CODE, path)
    request.parameters = parameters_of(route)
    asked = request.GET.copy()
    for name in set(asked) - request.parameters:
        del asked[name]
    request.GET = asked
    if asked and not threads.shared.take(request):
        return unavailable.busy(request)
    return serve(request, path)


def permanent_identifier(request, kind: str, key: str):
    """`/id/<kind>/<key>` redirects to where the thing is now; 410 when it is known to be gone."""
    if url := ledger.current_url(kind, key, request.GET.get("language", "")):
        return HttpResponseRedirect(url)
    if ledger.was_public(kind, key):
        return gone(request)
    raise Http404


@for_visitors
def robots(request):
    """What a crawler may read: everything public but the searches."""
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {settings.WAGTAILADMIN_BASE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


@for_visitors
def media(request, path: str):
    """A public picture or recording of the data folder; ranges are answered, so that a player can jump."""
    try:
        file = Path(safe_join(settings.MEDIA_ROOT, path))
    except ValueError as error:
        raise Http404 from error
    if path.startswith("documents/") or not file.is_file():
        raise Http404
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    size = file.stat().st_size
    start, end = _asked_range(request.headers.get("Range", ""), size)
    if start is None:
        response = FileResponse(file.open("rb"), content_type=kind, as_attachment=kind not in SHOWN_IN_THE_BROWSER)
    else:
        with file.open("rb") as opened:
            opened.seek(start)
            part = opened.read(end - start + 1)
        response = HttpResponse(part, status=206, content_type=kind)
        response.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    response.headers["Accept-Ranges"] = "bytes"
    # Caches that many share ask again every minute, so that what is taken away is gone from them too.
    keep = "max-age=31536000, immutable" if "/" in path else "max-age=3600"
    response.headers["Cache-Control"] = f"public, s-maxage=60, {keep}"
    return response


MAX_PART = 4_000_000


def _asked_range(header: str, size: int) -> tuple[int | None, int | None]:
    """The first and last byte of a Range header (RFC 9110, 14.1.2), at most MAX_PART; (None, None) for the whole."""
    unit, _equals, span = header.partition("=")
    first, _dash, last = span.partition("-")
    if unit.strip() != "bytes" or "," in span or not first.strip().isdigit():
        return None, None
    start = int(first)
    end = int(last) if last.strip().isdigit() else size - 1
    if start >= size or end < start:
        return None, None
    return start, min(end, size - 1, start + MAX_PART - 1)


def gone(request):
    """The page for what was public once and is not any more."""
    return render(request, "410.html", status=410)


def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def went_wrong(request):
    """The last resort: a page that needs no database and no context."""
    if answer := unavailable.instead_of_an_error(request):
        return answer
    return HttpResponse(get_template("500.html").render(), status=500)
