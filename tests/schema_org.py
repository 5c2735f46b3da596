"""Structured data as a test reads them: against the definitions of schema.org, and against what the page says."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils import translation

from portal.core.content.partial_dates import PartialDate
from tests.markup import soup

VOCABULARY = json.loads((Path(__file__).parent / "fixtures/schemaorg/vocabulary.json").read_text(encoding="utf-8"))
TYPES, PROPERTIES, MEMBERS = (VOCABULARY[name] for name in ("types", "properties", "members"))
SCHEMA = "https://schema.org/"
# JSON-LD's own, and what a SearchAction says of the words that somebody types (schema.org/docs/actions.html).
KEYWORDS = {"@id", "@type"}
ANNOTATIONS = {"query-input": "query"}
FORMS = {
    "URL": r"https?://[^\s{}]+",
    "Date": r"\d{4}(-\d{2}(-\d{2})?)?",
    "DateTime": r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?([+-]\d{2}:\d{2}|Z))?",
    "Duration": r"P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?",
    "Text": r"(?s).*\S.*",
}
# What people read; the rest of a description are addresses, codes and numbers.
WORDS = ("name", "headline", "alternateName", "description", "text", "contactType", "addressLocality", "creditText")
DAYS = ("temporalCoverage", "lastReviewed", "foundingDate", "dissolutionDate", "startDate", "endDate", "uploadDate")


def graph_of(response: Any) -> list[dict]:
    """The nodes of the structured data of a page, [] for a page without."""
    scripts = soup(response).select('script[type="application/ld+json"]')
    data = [json.loads(script.string) for script in scripts]
    assert len(data) <= 1, "one script element for a page"
    for one in data:
        assert set(one) == {"@context", "@graph"} and one["@context"] == "https://schema.org"
    return data[0]["@graph"] if data else []


def node_of(graph: list[dict], *types: str) -> dict | None:
    """The node of one of these types, None for none."""
    return next((node for node in graph if node["@type"] in types), None)


def nodes_in(value: Any) -> Iterator[dict]:
    """Every node, those within others too."""
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for inner in value.values():
            yield from nodes_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes_in(inner)


def ancestors(name: str) -> set[str]:
    """A type with all above it."""
    return {name}.union(*(ancestors(above) for above in TYPES[name]))


def mistakes(graph: list[dict]) -> list[str]:
    """What schema.org does not define so, in words."""
    known = {node["@id"]: node["@type"] for node in nodes_in(graph) if "@id" in node}
    return [mistake for node in nodes_in(graph) for mistake in _mistakes_of(node, known)]


def _mistakes_of(node: dict, known: dict[str, str]) -> Iterator[str]:
    name = node["@type"]
    if name not in TYPES:
        yield f"{name} is no type of schema.org, or not in tests/fixtures/schemaorg"
        return
    for prop, value in node.items():
        if prop in KEYWORDS:
            continue
        definition = PROPERTIES.get(ANNOTATIONS.get(prop, prop))
        if definition is None:
            yield f"{name}.{prop} is no property of schema.org"
        elif prop not in ANNOTATIONS and not ancestors(name) & set(definition["domains"]):
            yield f"{name} has no property {prop}"
        else:
            for one in value if isinstance(value, list) else [value]:
                if not _fits(one, definition["ranges"], known):
                    yield f"{name}.{prop} cannot be {one!r}: it takes {definition['ranges']}"


def _fits(value: Any, ranges: list[str], known: dict[str, str]) -> bool:
    if isinstance(value, dict):
        if "@type" not in value:  # a reference, to a node of this page or to one of another
            target = known.get(value["@id"])
            return bool(ancestors(target) & set(ranges)) if target else "URL" in ranges and _is("URL", value["@id"])
        return value["@type"] in TYPES and bool(ancestors(value["@type"]) & set(ranges))
    if isinstance(value, bool):
        return "Boolean" in ranges
    if isinstance(value, int | float):
        return bool({"Number", "Integer", "Float"} & set(ranges))
    if isinstance(value, str) and value.startswith(SCHEMA) and MEMBERS.get(value.removeprefix(SCHEMA)) in ranges:
        return True
    return isinstance(value, str) and any(_is(form, value) for form in ranges if form in FORMS)


def _is(form: str, value: str) -> bool:
    return re.fullmatch(FORMS[form], value) is not None


def said_by_nobody(response: Any, language: str) -> list[str]:
    """The words and days of the structured data that the page itself does not show, as "property: value"."""
    graph = graph_of(response)
    page = soup(response)
    for hidden in page.select("head, script, .ref"):
        hidden.decompose()
    shown = _plain(page.get_text(" "))
    machine_days = {time["datetime"][:10] for time in page.select("time[datetime]")}
    missing = []
    for node in nodes_in(graph):
        for prop, value in node.items():
            for one in value if isinstance(value, list) else [value]:
                if prop in WORDS and not _says(shown, one):
                    missing.append(f"{node['@type']}.{prop}: {one}")
                if prop in DAYS and one[:10] not in machine_days and not _says(shown, _in_words(one, language)):
                    missing.append(f"{node['@type']}.{prop}: {one}")
    return missing


def _says(shown: str, words: str) -> bool:
    return _plain(words.removesuffix("…")) in shown


def _in_words(day: str, language: str) -> str:
    with translation.override(language):
        return PartialDate.parse(day[:10]).sentence(language)


def _plain(text: str) -> str:
    """Words only: white space, the case and punctuation that stands apart are the layout's."""
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()
