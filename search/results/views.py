"""The results page, the same results to take along, and what a browser asks to search from its own bar."""

from functools import wraps

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from portal.core.content.characters import printable
from portal.core.models import SiteWords
from portal.core.searchable import SearchRequest, search
from portal.ui.addresses import query_with
from portal.ui.vocabulary import KINDS
from search.question.current_thesaurus import current_thesaurus
from search.reports.question_log import tally
from search.results import downloads, page
from search.results.addresses import search_url
from search.results.forms import SearchForm
from search.service import suggest

PER_PAGE = 20
SUGGESTED = 8


def asking(view):
    """Read the question of the address and hand it to the view: `view(request, asked, language)`.

    What is unknown in the address is ignored; `request.GET` is what was understood of it, so that links keep that and
    nothing else. Answers are kept out of search engines, and out of the published copies: they change with the index,
    not with a page.
    """

    @require_safe
    @wraps(view)
    def answered(request, language: str):
        form = SearchForm(request.GET)
        form.is_valid()  # it always is
        request.GET = form.address()
        response = view(request, form.request(language, PER_PAGE), language)
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Cache-Control"] = "private, no-cache"
        return response

    return answered


@asking
def results(request, asked: SearchRequest, language: str):
    """Answer the question in the address; without one, offer where to begin."""
    request.thing = page.versions(request.GET)
    result = search(asked)
    if request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        tally.note(asked, result)
    context = page.context(asked, result, request.GET)
    if result.available and not result.hits:
        context |= page.nothing_found(asked, result)
    return TemplateResponse(request, "search/results.html", context)


@asking
def results_table(request, asked: SearchRequest, language: str):
    """The results as CSV, whatever the page, up to `downloads.MOST_ROWS`."""
    pages = list(downloads.rows_of(asked))
    if not pages[-1].available:
        return _not_now(pages[-1].message)
    hits = (hit for result in pages for hit in result.hits)
    content = downloads.table(hits, current_thesaurus(), language)
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = f"{_('Search').lower()}-{timezone.localdate().isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@asking
def results_feed(request, asked: SearchRequest, language: str):
    """What answers the question as an Atom feed."""
    result = search(downloads.for_a_feed(asked))
    if not result.available:
        return _not_now(result.message)
    tail = query_with(request.GET, {})  # the same question, from the first page
    content = downloads.feed(
        result.hits,
        title=f"{page.title(asked)} – {SiteWords.for_request(request).name}",
        address=search_url(language) + tail,
        here=request.path + tail,
        language=language,
    )
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")


@require_safe
def suggestions(request, language: str):
    """What somebody may mean who is typing in the question box; portal/ui/static/ui/js/search_box.js shows it."""
    found = suggest(request.GET.get("q", ""), language, SUGGESTED)
    said = ngettext("%(count)s suggestion", "%(count)s suggestions", len(found)) % {"count": len(found)}
    answer = {
        "suggestions": [
            {
                "title": one.title,
                "kind": str(KINDS[one.kind]),
                "other": one.other,
                "language": one.language,
                "url": one.url,
            }
            for one in found
        ],
        "said": f"{said}. {_('Choose with the arrow keys.')}" if found else _("No suggestions"),
    }
    response = JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _not_now(message: str) -> HttpResponse:
    return HttpResponse(message, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "30"})


@require_safe
def opensearch(request, language: str):
    """Tells a browser how to search the portal from its own bar (OpenSearch 1.1)."""
    context = {"name": printable(SiteWords.for_request(request).name)[:16]}  # section 4.2.1: at most 16 characters
    kind = "application/opensearchdescription+xml; charset=utf-8"
    return render(request, "search/opensearch.xml", context, content_type=kind)
