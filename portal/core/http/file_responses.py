"""A file as the answer to a request, whole or the part that was asked for."""

import logging
import mimetypes
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from portal.core.content.numbers import whole_number

logger = logging.getLogger(__name__)

# What a browser may show by itself; every other upload is offered as a download only (docs/design.md section 13). By
# name, so that a machine without a table of types answers the same.
SHOWN_IN_THE_BROWSER = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".mp4": "video/mp4",
    ".png": "image/png",
    ".vtt": "text/vtt",
    ".webm": "video/webm",
    ".webp": "image/webp",
}
MAX_PART = 4_000_000


def file_response(request: HttpRequest, file: Path) -> HttpResponseBase:
    """Return the response with a file, or the range of it that a player requests. Raises Http404."""
    shown = SHOWN_IN_THE_BROWSER.get(file.suffix.lower())
    kind = shown or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    try:
        opened = file.open("rb")
    except OSError as error:
        logger.warning("%s cannot be read: %s", file, error)
        raise Http404 from error
    return partial_response(request, FileResponse(opened, content_type=kind, as_attachment=not shown))


def partial_response(request: HttpRequest, whole: FileResponse) -> HttpResponseBase:
    """Return the range of a file that is requested (RFC 9110, 14.2), else the whole file."""
    whole.headers["Accept-Ranges"] = "bytes"
    size = int(whole.headers["Content-Length"])
    # If-Range asks for a part only of the very file that a browser has begun with, which nobody here can tell.
    asked = request.method == "GET" and "If-Range" not in request.headers and request.headers.get("Range")
    asked_range = _asked_range(asked or "", size)
    if asked_range is None or whole.file_to_stream is None:
        return whole
    start, end = asked_range
    with whole.file_to_stream as file:  # `whole.close()` would tell the database that the request is over
        file.seek(start)
        part = HttpResponse(file.read(end - start + 1), status=206, headers=dict(whole.headers))
    part.headers["Content-Length"] = str(len(part.content))
    part.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    return part


def _asked_range(header: str, size: int) -> tuple[int, int] | None:
    """Return the first and last byte of a Range header (RFC 9110, 14.1.2), at most MAX_PART; None for the whole."""
    unit, _equals, span = header.partition("=")
    first, _dash, last = span.partition("-")
    start = whole_number(first)
    if unit.strip() != "bytes" or start is None:
        return None
    end = whole_number(last) if last.strip() else size - 1
    if start >= size or end is None or end < start:
        return None
    return start, min(end, size - 1, start + MAX_PART - 1)
