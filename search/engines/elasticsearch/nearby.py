"""Words near a word that was asked (the rules are in search/nearby.py), found by the server's suggester."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from search.engines.elasticsearch.query import QueryBuilder
from search.nearby import MOST_NEAR, SHORTEST_BEGINNING, allowed_errors, compound_parts, nearest
from search.plan import Part, Plan, Unit
from search.words import fold


def with_compounds(plan: Plan) -> Plan:
    """The plan with what a compound may begin or end with; the server looks for such words while it answers."""
    return replace(plan, units=tuple(replace(unit, parts=compound_parts(unit)) for unit in plan.units))


def look_near(
    plan: Plan, builder: QueryBuilder, send: Callable[[dict], dict]
) -> tuple[list[Unit], Mapping[str, list[str]]]:
    """The units that nothing in the index answers, and for each folded word the words of the index that look like it.

    One request: how many things each unit finds, and what the suggester has.
    """
    units = [unit for unit in plan.required if not unit.exact]
    words = [
        word for word in dict.fromkeys(fold(word) for unit in units for word in unit.words) if allowed_errors(word)
    ]
    if not units:
        return [], {}
    body: dict = {
        "size": 0,
        "aggs": {f"unit {number}": {"filter": builder.unit(unit, plan.language)} for number, unit in enumerate(units)},
    }
    if words:
        body["suggest"] = {f"word {number}": _like(word, builder.words) for number, word in enumerate(words)}
    answer = send(body)
    unknown = [unit for number, unit in enumerate(units) if not answer["aggregations"][f"unit {number}"]["doc_count"]]
    similar = {
        word: [option["text"] for entry in answer["suggest"][f"word {number}"] for option in entry["options"]]
        for number, word in enumerate(words)
    }
    return unknown, similar


def _like(word: str, field: str) -> dict:
    """What the server is asked for a misspelt word. The first letter is kept: people rarely get that one wrong."""
    return {
        "text": word,
        "term": {
            "field": field,
            "suggest_mode": "always",
            "max_edits": allowed_errors(word),
            "prefix_length": 1,
            "size": MOST_NEAR,
            "string_distance": "damerau_levenshtein",
        },
    }


def with_near_words(plan: Plan, unknown: Iterable[Unit], similar: Mapping[str, list[str]]) -> Plan:
    """The plan with, for the units that nothing answers, words that begin so or nearly look so."""
    unknown = set(unknown)
    return replace(plan, units=tuple(_near(unit, similar) if unit in unknown else unit for unit in plan.units))


def _near(unit: Unit, similar: Mapping[str, list[str]]) -> Unit:
    words = [fold(word) for word in unit.words]
    return replace(
        unit,
        near=tuple(dict.fromkeys(near for word in words for near in nearest(word, similar.get(word, [])))),
        begun=tuple(Part(word, len(word) + 1) for word in words if len(word) >= SHORTEST_BEGINNING),
    )
