"""The parameters of the API. The same table reads a request and makes the description (openapi.py).

The pages ignore what they do not know. The API refuses it and names the field: a program that misspells a filter must
not take everything for an answer.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import QueryDict

from portal.core.content.countries import country_codes
from portal.core.content.numbers import whole_number
from portal.core.searchable import ORDERINGS
from portal.ui.labels import EVIDENCE, KINDS, TIERS
from portal.webinars.choices import Medium, RecordingList
from search.question.plan import LONGEST_TEXT
from search.text_analysis.normalise import normalise, words_of
from search.thesaurus.current_thesaurus import current_thesaurus

MOST_VALUES = 50  # of one filter
MOST_PER_PAGE = 100
REACH = 10_000  # the last result that can be paged to; an engine pays for each one before it
KEY = r"^[a-z0-9][a-z0-9-]{0,79}$"


class BadRequest(Exception):
    """A request that cannot be answered: `errors` has a message for each field that is wrong."""

    def __init__(self, errors: Mapping[str, str]):
        super().__init__(errors)
        self.errors = dict(errors)


@dataclass(frozen=True)
class Parameter:
    """One parameter of an address.

    `schema` is the JSON Schema of one value, `check` returns what else is wrong with it, and `filter` is the name of
    the filter in the index, when the parameter is one.
    """

    name: str
    about: str
    schema: Mapping[str, Any]
    many: bool = False
    check: Callable[[str], str] = field(default=lambda value: "")
    filter: str = ""

    def read(self, values: list[str]) -> Any:
        """Return the value or values in the address. Raises ValueError with what is wrong."""
        if self.many:
            if len(values) > MOST_VALUES:
                raise ValueError(f"has {len(values)} values; give at most {MOST_VALUES}")
            return tuple(dict.fromkeys(self._value(value) for value in values))
        if len(values) > 1:
            raise ValueError("is given more than once")
        return self._value(values[0]) if values else self.schema.get("default")

    def _value(self, text: str) -> Any:
        value = _parse(text, self.schema)
        if problem := self.check(value):
            raise ValueError(problem)
        return value


def _parse(text: str, schema: Mapping[str, Any]) -> Any:
    """Return the value that the schema describes from a text of an address. Raises ValueError with what is wrong."""
    if schema["type"] == "integer":
        lowest, highest = schema["minimum"], schema["maximum"]
        number = whole_number(text)
        if number is None or not lowest <= number <= highest:
            raise ValueError(f"must be a whole number from {lowest} to {highest}")
        return number
    if schema["type"] == "boolean":
        if text not in ("true", "false"):
            raise ValueError("must be true or false")
        return text == "true"
    if "enum" in schema and text not in schema["enum"]:
        raise ValueError(f"must be one of {', '.join(schema['enum'])}")
    if len(text) > schema.get("maxLength", LONGEST_TEXT):
        raise ValueError(f"has {len(text)} characters; give at most {schema.get('maxLength', LONGEST_TEXT)}")
    if "pattern" in schema and not re.search(schema["pattern"], text):
        raise ValueError(f"must look like {schema['pattern']}")
    return text


def _wrong_with_question(text: str) -> str:
    if not text.strip():
        return ""
    if "\x00" in text:
        return "has a NUL character in it"
    return "" if words_of(normalise(text)) else "has no word in it"


def _wrong_with_topic(key: str) -> str:
    return "" if key in current_thesaurus().concepts else f"is no topic of this portal: {key}; see /api/v1/topics"


def _filter(
    name: str,
    about: str,
    schema: Mapping[str, Any],
    filter: str = "",
    check: Callable[[str], str] = lambda value: "",
) -> Parameter:
    return Parameter(name, about, {"type": "string", **schema}, many=True, check=check, filter=filter or name)


QUESTION = Parameter(
    "q",
    "The question, in any words; a phrase between quotation marks is searched as it stands. Without it everything is "
    "listed by title.",
    {"type": "string", "maxLength": LONGEST_TEXT, "default": ""},
    check=_wrong_with_question,
)
LANGUAGE = Parameter(
    "language",
    "The language that the answer is in where a thing exists in it; each result says which language it is in.",
    {"type": "string", "enum": list(settings.CONTENT_LANGUAGES), "default": settings.LANGUAGE_CODE},
)
KIND = Parameter("kind", "Only things of these kinds.", {"type": "string", "enum": list(KINDS)}, many=True)
SORT = Parameter(
    "sort",
    "The order. Without a question, `best` is by title.",
    {"type": "string", "enum": list(ORDERINGS), "default": "best"},
)
EXACT = Parameter(
    "exact",
    "Search only the words of the question, without the other words and languages of the thesaurus.",
    {"type": "boolean", "default": False},
)
PAGE = Parameter("page", "Which page, from 1.", {"type": "integer", "minimum": 1, "maximum": REACH, "default": 1})
PER_PAGE = Parameter(
    "per_page",
    "How many results a page has.",
    {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE, "default": 20},
)

TOPIC = _filter(
    "topic", "About one of these topics (keys of the thesaurus).", {"pattern": KEY}, check=_wrong_with_topic
)
TIER = _filter("tier", "In one of these tiers.", {"enum": list(TIERS)})
EVIDENCE_LEVEL = _filter(
    "evidence",
    "With one of these levels of evidence: "
    + ", ".join(
        f"{level} {word}"
        for level, word in enumerate(
            ("not assessed", "described", "monitored", "evaluated", "replicated or controlled")
        )
    )
    + ".",
    {"enum": [str(level) for level in range(len(EVIDENCE))]},
)
COUNTRY = _filter("country", "In one of these countries (ISO 3166-1 alpha-2).", {"enum": list(country_codes())})
YEAR = _filter("year", "In one of these years.", {"pattern": r"^(19|20)\d\d$"})
SERIES = _filter("series", "In one of these series (keys).", {"pattern": KEY})
LIST = _filter(
    "list",
    "In one of these lists: what can be watched or heard, sessions to come, sessions of Mechelen without a recording.",
    {"enum": list(RecordingList.values)},
)
MEDIUM = _filter("medium", "Of one of these kinds.", {"enum": list(Medium.values)})
SPOKEN = _filter(
    "spoken",
    "Spoken in one of these languages (ISO 639-1; `zxx` when nobody speaks, `und` when it is not known).",
    {"pattern": r"^([a-z]{2}|zxx|und)$"},
    filter="language",
)


@dataclass(frozen=True)
class Collection:
    """What one address of the API lists: things of these kinds (all kinds when there are none), and its filters."""

    name: str
    about: str
    kinds: tuple[str, ...]
    filters: tuple[Parameter, ...]

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """All parameters of this address, in the order of the description."""
        kind = () if self.kinds else (KIND,)
        return (QUESTION, LANGUAGE, *kind, *self.filters, SORT, EXACT, PAGE, PER_PAGE)


COLLECTIONS = {
    collection.name: collection
    for collection in (
        Collection(
            "search",
            "Everything that answers a question, best answers first.",
            (),
            (TOPIC, TIER, EVIDENCE_LEVEL, COUNTRY),
        ),
        Collection("methods", "The methods.", ("method",), (TOPIC, TIER, EVIDENCE_LEVEL, COUNTRY)),
        Collection("projects", "The European projects and networks.", ("project",), (TOPIC, COUNTRY, YEAR)),
        Collection(
            "recordings",
            "The webinars and talks, with the moments that answer the question.",
            ("recording",),
            (LIST, MEDIUM, TOPIC, SERIES, YEAR, SPOKEN),
        ),
        Collection("topics", "The topics of the thesaurus.", ("topic",), ()),
    )
}


def read(query: QueryDict, parameters: Iterable[Parameter]) -> dict[str, Any]:
    """Return the values of an address by parameter. Raises BadRequest, which names every field that is wrong."""
    by_name = {parameter.name: parameter for parameter in parameters}
    errors = {name: "is not known here" for name in query if name not in by_name}
    values: dict[str, Any] = {}
    for name, parameter in by_name.items():
        try:
            values[name] = parameter.read(query.getlist(name))
        except ValueError as error:
            errors[name] = str(error)
    if not errors and values["page"] * values["per_page"] > REACH:
        errors["page"] = f"goes beyond result {REACH}; narrow the question instead"
    if errors:
        raise BadRequest(errors)
    return values
