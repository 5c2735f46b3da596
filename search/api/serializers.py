"""The fields of an answer of the API. They are stable: fields may be added, none is removed or changed within v1."""

from collections.abc import Iterable, Mapping
from math import ceil
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.http import QueryDict

from portal.core.searchable import NOT_GIVEN, Hit, SearchRequest, SearchResult
from portal.ui.addresses import moment, query_with
from search.api.parameters import BadRequest, Collection
from search.results.facet_labels import facet_words
from search.results.highlight import plain_text
from search.results.speaker_names import speaker_names
from search.thesaurus.concepts import Concept
from search.thesaurus.thesaurus import Thesaurus


def absolute(path: str) -> str:
    """Return the full address of a path of this portal."""
    return urljoin(settings.WAGTAILADMIN_BASE_URL, path)


def search_request(collection: Collection, values: Mapping[str, Any]) -> SearchRequest:
    """Return the question for the engine from the values of an address."""
    return SearchRequest(
        text=values["q"],
        language=values["language"],
        kinds=collection.kinds or values["kind"],
        filters={one.filter: values[one.name] for one in collection.filters if values[one.name]},
        ordering=values["sort"],
        page=values["page"],
        per_page=values["per_page"],
        expand=not values["exact"],
        facets=tuple(one.filter for one in collection.filters),
    )


def serialize_answer(
    collection: Collection,
    request: SearchRequest,
    result: SearchResult,
    query: QueryDict,
    path: str,
    thesaurus: Thesaurus,
) -> dict:
    """Return the whole answer. Raises BadRequest for a page after the last."""
    pages = ceil(result.total / request.per_page)
    if request.page > max(1, pages):
        raise BadRequest({"page": f"is after the last page, which is {max(1, pages)}"})
    names = speaker_names(result.hits)

    def page_url(number: int) -> str | None:
        return absolute(path + query_with(query, {"page": number})) if 1 <= number <= pages else None

    return {
        "language": request.language,
        "total": result.total,
        "page": request.page,
        "pages": pages,
        "per_page": request.per_page,
        "next": page_url(request.page + 1),
        "previous": page_url(request.page - 1),
        "results": [serialize_hit(hit, request.language, thesaurus, names) for hit in result.hits],
        "facets": {one.name: _facet(one.filter, result, thesaurus, request.language) for one in collection.filters},
        "understood": [
            {"topic": concept.key, "label": concept.label, "also_searched": list(concept.synonyms)}
            for concept in result.concepts
        ],
        "corrected": result.corrected or None,
        "suggestion": result.corrected or result.suggestion or None,
    }


def _facet(name: str, result: SearchResult, thesaurus: Thesaurus, language: str) -> list[dict]:
    word_of = facet_words(thesaurus, language)[name]
    return [
        {"value": value, "label": word_of(value)[0] or value, "count": count}
        for value, count in result.facets.get(name, ())
        if value != NOT_GIVEN
    ]


def serialize_hit(hit: Hit, language: str, thesaurus: Thesaurus, names: Mapping[str, str]) -> dict:
    """Return one result: what every kind has, then what its own kind has."""
    return {
        "id": hit.id,
        "kind": hit.kind,
        "key": hit.key,
        "title": plain_text(hit.title_html),
        "language": hit.language,
        "languages": list(hit.languages),
        "url": absolute(hit.url),
        "permalink": absolute(f"/id/{hit.kind}/{hit.key}?language={language}"),
        "extract": plain_text(hit.extract_html),
        "extract_html": hit.extract_html,
        "topics": _values(hit, "topic"),
        "date": hit.date.isoformat() if hit.date else None,
    } | _own_fields(hit, thesaurus, names)


def _own_fields(hit: Hit, thesaurus: Thesaurus, names: Mapping[str, str]) -> dict:
    """Return what only the kind of the hit has."""
    if hit.kind == "method":
        return _method(hit)
    if hit.kind == "project":
        return _project(hit)
    if hit.kind == "recording":
        return _recording(hit, names)
    return _topic(hit, thesaurus) if hit.kind == "topic" else {}


def _method(hit: Hit) -> dict:
    evidence = _first(hit, "evidence")
    return {
        "tiers": _values(hit, "tier"),
        "evidence": int(evidence) if evidence else None,
        "countries": _values(hit, "country"),
        "status": _first(hit, "status"),
        "cost_yearly": _first(hit, "cost"),
    }


def _project(hit: Hit) -> dict:
    return {
        "countries": _values(hit, "country"),
        "years": [int(year) for year in _values(hit, "year")],
        "status": _first(hit, "status"),
        "fund": _first(hit, "fund"),
    }


def _recording(hit: Hit, names: Mapping[str, str]) -> dict:
    return {
        "list": _first(hit, "list"),
        "medium": _first(hit, "medium"),
        "duration_s": hit.duration_s,
        "spoken": _first(hit, "language"),
        "series": _first(hit, "series"),
        "speakers": [names[key] for key in _values(hit, "speaker") if key in names],
        "moments": [
            {
                "start_s": cue.start_s,
                "language": cue.language,
                "text": plain_text(cue.html),
                "url": absolute(moment(hit.url, cue.start_s)),
            }
            for cue in hit.cue_hits
        ],
    }


def _topic(hit: Hit, thesaurus: Thesaurus) -> dict:
    """Return the labels in the languages of the site. Words in further languages are only for finding."""
    concept = thesaurus.concepts.get(hit.key) or Concept(hit.key, {})
    shown = settings.CONTENT_LANGUAGES
    return {
        "labels": {code: concept.labels[code] for code in shown if code in concept.labels},
        "other_words": {code: list(concept.alternatives[code]) for code in shown if code in concept.alternatives},
        "broader": list(concept.broader),
        "narrower": list(thesaurus.children(hit.key)),
    }


def _values(hit: Hit, name: str) -> list[str]:
    return list(hit.filters.get(name, ()))


def _first(hit: Hit, name: str) -> str | None:
    return next(iter(hit.filters.get(name, ())), None)


def serialize_problem(status: int, title: str, errors: Mapping[str, str] | Iterable = ()) -> dict:
    """Return what went wrong, as RFC 9457 describes it; `errors` names each field."""
    fields = [{"field": name, "message": f"{name} {message}"} for name, message in dict(errors).items()]
    return {"type": "about:blank", "title": title, "status": status} | ({"errors": fields} if fields else {})
