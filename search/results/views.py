"""The results page, the same results as a feed and a table, suggestions, and the description for browsers."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from portal.core.content.characters import printable
from portal.core.content.csv_table import csv_response
from portal.core.models import SiteWords
from portal.core.searchable import SearchRequest, search
from portal.ui.addresses import query_with
from portal.ui.labels import KINDS
from search.reports.question_log import question_counter
from search.results.addresses import search_url
from search.results.atom_feed import atom_of, request_for_feed
from search.results.csv_export import all_pages, csv_of
from search.results.forms import SearchForm
from search.results.page_context import language_versions, no_results_context, page_title, results_context
from search.service import suggest
from search.thesaurus.current_thesaurus import current_thesaurus

PER_PAGE = 20
MOST_SUGGESTIONS = 8


def reads_question(
    view: Callable[[HttpRequest, SearchRequest, str], HttpResponse],
) -> Callable[[HttpRequest, str], HttpResponseBase]:
    """Read the question of the address and pass it to the view: `view(request, search_request, language)`.

    What is unknown in the address is ignored. `request.GET` becomes what was understood of it, so that links keep that
    and nothing else. Answers are kept out of web search engines and out of the page cache: they change with the index,
    not with a page.
    """

    @require_safe
    @wraps(view)
    def wrapped(request: HttpRequest, language: str) -> HttpResponse:
        form = SearchForm(request.GET)
        request.GET = form.address()  # type: ignore[assignment]  # mutable, and nobody changes it
        request.parameters = frozenset(form.fields)  # type: ignore[attr-defined]  # kept by the language switch
        response = view(request, form.search_request(language, PER_PAGE), language)
        return _uncached(response)

    return wrapped


@reads_question
def results(request: HttpRequest, search_request: SearchRequest, language: str) -> HttpResponse:
    """Answer the question in the address; without one, say how to begin."""
    request.thing = language_versions()  # type: ignore[attr-defined]  # read by the language switch
    result = search(search_request)
    if request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        question_counter.count(search_request, result)
    page = results_context(search_request, result, request.GET)
    context = vars(page) | {"has_no_question": page.has_no_question}
    if result.available and not result.hits:
        context |= vars(no_results_context(search_request, result))
    return TemplateResponse(request, "search/results.html", context)


@reads_question
def results_table(request: HttpRequest, search_request: SearchRequest, language: str) -> HttpResponse:
    """Return the results as CSV, of all pages up to `csv_export.MOST_ROWS`."""
    pages = list(all_pages(search_request))
    if not pages[-1].available:
        return _unavailable(pages[-1].message)
    hits = (hit for result in pages for hit in result.hits)
    return csv_response(csv_of(hits, current_thesaurus(), language), _("Search").lower())


@reads_question
def results_feed(request: HttpRequest, search_request: SearchRequest, language: str) -> HttpResponse:
    """Return the results as an Atom feed."""
    result = search(request_for_feed(search_request))
    if not result.available:
        return _unavailable(result.message)
    tail = query_with(request.GET, {})  # the same question, from the first page
    content = atom_of(
        result.hits,
        title=f"{page_title(search_request)} – {SiteWords.for_request(request).name}",
        page_path=search_url(language) + tail,
        feed_path=request.path + tail,
        language=language,
    )
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")


@require_safe
def suggestions(request: HttpRequest, language: str) -> HttpResponse:
    """Return what somebody may mean who is typing in the search box; portal/ui/static/ui/js/search_box.js shows it."""
    found = suggest(request.GET.get("q", ""), language, MOST_SUGGESTIONS)
    count = ngettext("%(count)s suggestion", "%(count)s suggestions", len(found)) % {"count": len(found)}
    content = {
        "suggestions": [
            {
                "title": suggestion.title,
                "kind": str(KINDS[suggestion.kind]),
                "other": suggestion.other,
                "language": suggestion.language,
                "url": suggestion.url,
            }
            for suggestion in found
        ],
        "said": f"{count}. {_('Choose with the arrow keys.')}" if found else _("No suggestions"),
    }
    return _uncached(JsonResponse(content, json_dumps_params={"ensure_ascii": False}))


@require_safe
def opensearch(request: HttpRequest, language: str) -> HttpResponse:
    """Return the description by which a browser searches the portal from its own bar (OpenSearch 1.1)."""
    context = {"name": printable(SiteWords.for_request(request).name)[:16]}  # section 4.2.1: at most 16 characters
    content_type = "application/opensearchdescription+xml; charset=utf-8"
    return render(request, "search/opensearch.xml", context, content_type=content_type)


def _uncached(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _unavailable(message: str) -> HttpResponse:
    return HttpResponse(message, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "30"})
