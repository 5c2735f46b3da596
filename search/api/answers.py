"""The fields of an answer. They are stable: a new one may come, none goes or changes its meaning within v1."""

from collections.abc import Iterable, Mapping
from math import ceil
from urllib.parse import urljoin

from django.conf import settings
from django.http import QueryDict

from portal.core.searchable import Hit, SearchRequest, SearchResult
from portal.ui.addresses import moment, query_with
from search.api.parameters import BadRequest, Collection
from search.question.thesaurus import Thesaurus
from search.results.facet_labels import facet_words
from search.results.marks import plain
from search.results.speakers import names_of_speakers


def absolute(path: str) -> str:
    """The full address of a path of this portal."""
    return urljoin(settings.WAGTAILADMIN_BASE_URL, path)


def asked(collection: Collection, values: Mapping) -> SearchRequest:
    """The question for the engine from the values of an address."""
    return SearchRequest(
        text=values["q"],
        language=values["language"],
        kinds=collection.kinds or values["kind"],
        filters={one.filter: values[one.name] for one in collection.filters if values[one.name]},
        sort=values["sort"],
        page=values["page"],
        per_page=values["per_page"],
        expand=not values["exact"],
        facets=tuple(one.filter for one in collection.filters),
    )


def answer(
    collection: Collection,
    request: SearchRequest,
    result: SearchResult,
    query: QueryDict,
    path: str,
    thesaurus: Thesaurus,
) -> dict:
    """The whole answer. Raises BadRequest for a page after the last."""
    pages = ceil(result.total / request.per_page)
    if request.page > max(1, pages):
        raise BadRequest({"page": f"is after the last page, which is {max(1, pages)}"})
    names = names_of_speakers(result.hits)

    def page(number: int) -> str | None:
        return absolute(path + query_with(query, {"page": number})) if 1 <= number <= pages else None

    return {
        "language": request.language,
        "total": result.total,
        "page": request.page,
        "pages": pages,
        "per_page": request.per_page,
        "next": page(request.page + 1),
        "previous": page(request.page - 1),
        "results": [thing(hit, request.language, thesaurus, names) for hit in result.hits],
        "facets": {one.name: _facet(one.filter, result, thesaurus, request.language) for one in collection.filters},
        "understood": [
            {"topic": one.key, "label": one.label, "also_searched": list(one.words)} for one in result.understood
        ],
        "corrected": result.corrected or None,
        "suggestion": result.corrected or result.suggestion or None,
    }


def _facet(name: str, result: SearchResult, thesaurus: Thesaurus, language: str) -> list[dict]:
    word = facet_words(thesaurus, language)[name]
    counted = ((value, str(word(value)[0] or value), count) for value, count in result.facets.get(name, ()))
    return [{"value": value, "label": label, "count": count} for value, label, count in counted]


def thing(hit: Hit, language: str, thesaurus: Thesaurus, names: Mapping[str, str]) -> dict:
    """One result: what every kind has, then what its own kind has."""
    own = {"method": _method, "project": _project, "recording": _recording, "topic": _topic}.get(hit.kind)
    return {
        "id": hit.id,
        "kind": hit.kind,
        "key": hit.key,
        "title": plain(hit.title_html),
        "language": hit.language,
        "languages": list(hit.languages),
        "url": absolute(hit.url),
        "permalink": absolute(f"/id/{hit.kind}/{hit.key}?language={language}"),
        "extract": plain(hit.extract_html),
        "extract_html": hit.extract_html,
        "topics": _values(hit, "topic"),
        "date": hit.date.isoformat() if hit.date else None,
    } | (own(hit, thesaurus, names) if own else {})


def _method(hit: Hit, thesaurus: Thesaurus, names: Mapping) -> dict:
    evidence = _values(hit, "evidence")
    return {
        "tiers": _values(hit, "tier"),
        "evidence": int(evidence[0]) if evidence else None,
        "countries": _values(hit, "country"),
        "status": _one(hit, "status"),
        "cost_yearly": _one(hit, "cost"),
    }


def _project(hit: Hit, thesaurus: Thesaurus, names: Mapping) -> dict:
    return {
        "countries": _values(hit, "country"),
        "years": [int(year) for year in _values(hit, "year")],
        "status": _one(hit, "status"),
        "fund": _one(hit, "fund"),
    }


def _recording(hit: Hit, thesaurus: Thesaurus, names: Mapping) -> dict:
    return {
        "duration_s": hit.duration_s,
        "spoken": _one(hit, "language"),
        "series": _one(hit, "series"),
        "speakers": [names[key] for key in _values(hit, "speaker") if key in names],
        "moments": [
            {
                "start_s": one.start_s,
                "language": one.language,
                "text": plain(one.html),
                "url": absolute(moment(hit.url, one.start_s)),
            }
            for one in hit.moments
        ],
    }


def _topic(hit: Hit, thesaurus: Thesaurus, names: Mapping) -> dict:
    """The labels in the languages of the site; words of further languages are for finding only."""
    concept = thesaurus.concepts.get(hit.key)
    shown = settings.CONTENT_LANGUAGES
    return {
        "labels": {code: concept.labels[code] for code in shown if code in concept.labels} if concept else {},
        "other_words": {code: list(concept.others[code]) for code in shown if code in concept.others}
        if concept
        else {},
        "broader": list(concept.broader) if concept else [],
        "narrower": list(thesaurus.right_under(hit.key)),
    }


def _values(hit: Hit, name: str) -> list[str]:
    return list(hit.filters.get(name, ()))


def _one(hit: Hit, name: str) -> str | None:
    return next(iter(hit.filters.get(name, ())), None)


def problem(status: int, title: str, errors: Mapping[str, str] | Iterable = ()) -> dict:
    """What went wrong, as RFC 9457 has it; `errors` names each field."""
    found = [{"field": name, "message": f"{name} {message}"} for name, message in dict(errors).items()]
    return {"type": "about:blank", "title": title, "status": status} | ({"errors": found} if found else {})
