"""The description of the API as OpenAPI 3.1, made from the table of parameters."""

from typing import Any

from django.conf import settings

from portal.ui.labels import KINDS, TIERS
from portal.webinars.choices import Medium, RecordingList
from search.api.parameters import COLLECTIONS, Collection, Parameter
from search.api.serializers import absolute

VERSION = "1.0.0"


def _text(about: str = "", **more: Any) -> dict:
    return {"type": "string"} | ({"description": about} if about else {}) | more


def _nullable(schema: dict) -> dict:
    """Return the schema of the same value, or null when it is not known."""
    return schema | {"type": [schema["type"], "null"]}


def _list(items: dict, about: str = "") -> dict:
    return {"type": "array", "items": items} | ({"description": about} if about else {})


def _object(properties: dict, optional: tuple[str, ...] = (), **more: Any) -> dict:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
    } | more


def _ref(name: str) -> dict:
    return {"$ref": f"#/components/schemas/{name}"}


LANGUAGE = {"type": "string", "pattern": "^[a-z]{2}$"}
NUMBER = {"type": "integer", "minimum": 0}
KEY = _text("A key: chosen once, the same in every language, never changed.")
BY_LANGUAGE = {"type": "object", "propertyNames": LANGUAGE}

THING_FIELDS = {
    "id": _text("Kind and key."),
    "kind": _text(enum=list(KINDS)),
    "key": KEY,
    "title": _text("Plain text."),
    "language": LANGUAGE | {"description": "The language of title, extract and url."},
    "languages": _list(LANGUAGE, "The languages of the portal in which it exists."),
    "url": _text("Its page.", format="uri"),
    "permalink": _text("Redirects to its page for ever, wherever that goes.", format="uri"),
    "extract": _text("Plain text: the passage that answers, or the beginning."),
    "extract_html": _text("The same, escaped, with what answers in <mark>."),
    "topics": _list(KEY, "What it is about."),
    "date": _nullable(
        _text(
            "Of a method, dossier or page the day of the position that it describes, of a project its start, of a "
            "recording the day it was held.",
            format="date",
        )
    ),
}
METHOD_FIELDS = {
    "tiers": _list(_text(enum=list(TIERS))),
    "evidence": _nullable({"type": "integer", "minimum": 0, "maximum": 4, "description": "Level of evidence."}),
    "countries": _list(_text("ISO 3166-1 alpha-2.")),
    "status": _nullable(_text("idea, pilot, running, regular, stopped or unknown.")),
    "cost_yearly": _nullable(_text("Band of yearly cost in euro: lt10k, 10k_50k, 50k_250k or gt250k.")),
}
PROJECT_FIELDS = {
    "countries": _list(_text("ISO 3166-1 alpha-2, of the partners.")),
    "years": _list({"type": "integer"}, "Every year in which it ran."),
    "status": _nullable(_text("running, ended or ongoing.")),
    "fund": _nullable(_text("erdf, interreg, h2020, horizon, isf_police, isf, amif, cerv or other.")),
}
RECORDING_FIELDS = {
    "list": _nullable(
        _text(
            "watch: it can be watched or heard; to_come: a session to come; took_place: Mechelen had a part in it and "
            "no recording was found. Null: none of these. The three are counted apart and never added up.",
            enum=[*RecordingList.values, None],
        )
    ),
    "medium": _nullable(_text("What there is to watch or hear.", enum=[*Medium.values, None])),
    "duration_s": _nullable(NUMBER | {"description": "Length in seconds."}),
    "spoken": _nullable(
        _text("The language that is spoken (ISO 639-1); zxx when nobody speaks, und when it is not known.")
    ),
    "series": _nullable(KEY),
    "speakers": _list(_text(), "Those who agreed to be named."),
    "moments": _list(_ref("Moment"), "The lines of the transcript that answer the question, in the order of time."),
}
TOPIC_FIELDS = {
    "labels": BY_LANGUAGE | {"additionalProperties": _text()},
    "other_words": BY_LANGUAGE | {"additionalProperties": _list(_text())},
    "broader": _list(KEY),
    "narrower": _list(KEY),
}

SCHEMAS = {
    "Thing": _object(THING_FIELDS, description="What every result has. Results of some kinds have more."),
    "Method": _object(THING_FIELDS | METHOD_FIELDS),
    "Project": _object(THING_FIELDS | PROJECT_FIELDS),
    "Recording": _object(THING_FIELDS | RECORDING_FIELDS),
    "Topic": _object(THING_FIELDS | TOPIC_FIELDS),
    "Moment": _object(
        {
            "start_s": {"type": "number", "description": "Seconds from the start."},
            "language": LANGUAGE,
            "text": _text(),
            "url": _text("The recording at that second.", format="uri"),
        }
    ),
    "FacetValue": _object(
        {
            "value": _text("What to give the filter."),
            "label": _text("What it is called in the language of the answer."),
            "count": NUMBER,
        }
    ),
    "Understood": _object(
        {
            "topic": KEY,
            "label": _text(),
            "also_searched": _list(_text(), "Words searched beside those of the question."),
        }
    ),
    "Problem": _object(
        {
            "type": _text(),
            "title": _text(),
            "status": {"type": "integer"},
            "errors": _list(_object({"field": _text(), "message": _text()}), "Each field that is wrong."),
        },
        optional=("errors",),
        description="RFC 9457. Messages are in English, for whoever writes the program.",
    ),
}
ITEMS = {"methods": "Method", "projects": "Project", "recordings": "Recording", "topics": "Topic"}
LIMITS = {
    "RateLimit-Limit": {"description": "Requests a minute.", "schema": {"type": "integer"}},
    "RateLimit-Remaining": {"description": "Requests left in this minute.", "schema": {"type": "integer"}},
    "RateLimit-Reset": {"description": "Seconds until the next minute.", "schema": {"type": "integer"}},
}


def answer_schema(collection: Collection) -> dict:
    """Return the schema of what a collection answers."""
    item = (
        _ref(ITEMS[collection.name])
        if collection.kinds
        else {"anyOf": [_ref(name) for name in (*ITEMS.values(), "Thing")]}
    )
    return _object(
        {
            "language": LANGUAGE | {"enum": list(settings.CONTENT_LANGUAGES)},
            "total": NUMBER,
            "page": NUMBER,
            "pages": NUMBER,
            "per_page": NUMBER,
            "next": _nullable(_text("The next page; null on the last.", format="uri")),
            "previous": _nullable(_text(format="uri")),
            "results": _list(item),
            "facets": _object(
                {one.name: _list(_ref("FacetValue")) for one in collection.filters},
                description="How many results each value of a filter would leave; the filter's own choice is left out.",
            ),
            "understood": _list(_ref("Understood"), "The concepts of the thesaurus recognised in the question."),
            "corrected": _nullable(
                _text("The question that is answered, where a word of it was misspelt; `exact` answers it as it is.")
            ),
            "suggestion": _nullable(_text("The question as it was probably meant.")),
        }
    )


def _parameter(parameter: Parameter) -> dict:
    schema = dict(parameter.schema)
    if parameter.many:
        schema = {"type": "array", "items": schema}
    described = {"name": parameter.name, "in": "query", "required": False, "description": parameter.about}
    return described | {"schema": schema} | ({"style": "form", "explode": True} if parameter.many else {})


def _problem(about: str, **headers: Any) -> dict:
    content = {"application/problem+json": {"schema": _ref("Problem")}}
    return {"description": about, "content": content} | ({"headers": headers} if headers else {})


def _path(collection: Collection) -> dict:
    retry = {"description": "Seconds to wait.", "schema": {"type": "integer"}}
    return {
        "get": {
            "operationId": collection.name,
            "summary": collection.about,
            "parameters": [_parameter(parameter) for parameter in collection.parameters],
            "responses": {
                "200": {
                    "description": "A page of results.",
                    "headers": LIMITS,
                    "content": {"application/json": {"schema": answer_schema(collection)}},
                },
                "304": {"description": "Nothing changed since the ETag in If-None-Match."},
                "400": _problem("A parameter is wrong or not known; `errors` names it."),
                "429": _problem("Too many requests in this minute.", **{"Retry-After": retry}),
                "503": _problem("Search does not answer at the moment.", **{"Retry-After": retry}),
            },
        }
    }


def document(site_name: str) -> dict:
    """Return the whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{site_name} API",
            "version": VERSION,
            "description": "Reads what is public: methods, European projects, recordings and topics. No key is needed.",
        },
        "servers": [{"url": absolute("/api/v1")}],
        "paths": {f"/{collection.name}": _path(collection) for collection in COLLECTIONS.values()},
        "components": {"schemas": SCHEMAS},
    }
