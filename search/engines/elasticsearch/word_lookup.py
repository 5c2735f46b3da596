"""Words near a word that was asked (the rules are in question/fuzzy_words.py), found by the server's suggester."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

from search.engines.elasticsearch.query import QueryBuilder
from search.question.fuzzy_words import MOST_NEAR, SHORTEST_BEGINNING, allowed_errors, compound_parts, nearest
from search.question.plan import Part, Plan, Unit
from search.question.typo_correction import Seen
from search.text_analysis.normalise import fold


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


def look(words: Collection[str], language: str, builder: QueryBuilder, send: Callable[[dict], dict]) -> dict[str, Seen]:
    """What the index has of folded words, in two requests at most."""
    words = list(words)
    body: dict = {
        "size": 0,
        "aggs": {f"word {number}": {"filter": {"prefix": {builder.words: word}}} for number, word in enumerate(words)},
        "suggest": {f"word {number}": _like(word, builder.words) for number, word in enumerate(words)},
    }
    answer = send(body)
    known = {word: answer["aggregations"][f"word {number}"]["doc_count"] > 0 for number, word in enumerate(words)}
    similar = {
        word: [option["text"] for entry in answer["suggest"][f"word {number}"] for option in entry["options"]]
        for number, word in enumerate(words)
        if not known[word]
    }
    candidates = list(dict.fromkeys(one for found in similar.values() for one in found))
    own = _in_texts(candidates, language, builder, send)
    return {word: Seen(known[word], tuple(one for one in similar.get(word, ()) if one in own)) for word in words}


def _in_texts(words: list[str], language: str, builder: QueryBuilder, send: Callable[[dict], dict]) -> set[str]:
    if not words:
        return set()
    counts = {f"word {number}": {"filter": builder.in_texts(word, language)} for number, word in enumerate(words)}
    counted = send({"size": 0, "aggs": counts})["aggregations"]
    return {word for number, word in enumerate(words) if counted[f"word {number}"]["doc_count"]}


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
    """The plan with, for the units that nothing answers, words that begin so or, where `similar` has any, look so."""
    unknown = set(unknown)
    return replace(plan, units=tuple(_near(unit, similar) if unit in unknown else unit for unit in plan.units))


def _near(unit: Unit, similar: Mapping[str, list[str]]) -> Unit:
    words = [fold(word) for word in unit.words]
    return replace(
        unit,
        near=tuple(dict.fromkeys(near for word in words for near in nearest(word, similar.get(word, [])))),
        begun=tuple(Part(word, len(word) + 1) for word in words if len(word) >= SHORTEST_BEGINNING),
    )
