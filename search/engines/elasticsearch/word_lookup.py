"""Words near a word of the question, found by the server's suggester (the rules: search/question/near_words.py)."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

from search.engines.elasticsearch.query import ElasticsearchQueryBuilder
from search.question.near_words import MOST_NEAR, SHORTEST_BEGINNING, allowed_errors, compound_parts, nearest
from search.question.plan import Plan, Unit, WordPart
from search.question.typo_correction import IndexedWord
from search.text_analysis.normalise import fold

Send = Callable[[dict], dict]


def with_compounds(plan: Plan) -> Plan:
    """Return the plan with what a compound may begin or end with; the server finds such words while it answers."""
    return replace(plan, units=tuple(replace(unit, compound_parts=compound_parts(unit)) for unit in plan.units))


def look_up_near_words(
    plan: Plan, builder: ElasticsearchQueryBuilder, send: Send
) -> tuple[list[Unit], Mapping[str, list[str]]]:
    """Return the units that nothing in the index answers, and for each folded word the indexed words that look like it.

    It is one request: for how many documents each unit finds, and for what the suggester has.
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
        body["suggest"] = {f"word {number}": _similar_to(word, builder.words) for number, word in enumerate(words)}
    answer = send(body)
    unknown = [unit for number, unit in enumerate(units) if not answer["aggregations"][f"unit {number}"]["doc_count"]]
    similar = {
        word: [option["text"] for entry in answer["suggest"][f"word {number}"] for option in entry["options"]]
        for number, word in enumerate(words)
    }
    return unknown, similar


def look_up(
    words: Collection[str], language: str, builder: ElasticsearchQueryBuilder, send: Send
) -> dict[str, IndexedWord]:
    """Return what the index has of folded words, in two requests at most."""
    words = list(words)
    body: dict = {
        "size": 0,
        "aggs": {f"word {number}": {"filter": {"prefix": {builder.words: word}}} for number, word in enumerate(words)},
        "suggest": {f"word {number}": _similar_to(word, builder.words) for number, word in enumerate(words)},
    }
    answer = send(body)
    known = {word: answer["aggregations"][f"word {number}"]["doc_count"] > 0 for number, word in enumerate(words)}
    similar = {
        word: [option["text"] for entry in answer["suggest"][f"word {number}"] for option in entry["options"]]
        for number, word in enumerate(words)
        if not known[word]
    }
    candidates = list(dict.fromkeys(candidate for options in similar.values() for candidate in options))
    own = _in_own_language(candidates, language, builder, send)
    return {
        word: IndexedWord(known[word], tuple(candidate for candidate in similar.get(word, ()) if candidate in own))
        for word in words
    }


def _in_own_language(words: list[str], language: str, builder: ElasticsearchQueryBuilder, send: Send) -> set[str]:
    """Return which of the words stand in texts of the visitor's language."""
    if not words:
        return set()
    counts = {f"word {number}": {"filter": builder.word_in_texts(word, language)} for number, word in enumerate(words)}
    counted = send({"size": 0, "aggs": counts})["aggregations"]
    return {word for number, word in enumerate(words) if counted[f"word {number}"]["doc_count"]}


def _similar_to(word: str, field: str) -> dict:
    """Return what the suggester is asked. The first letter is kept: people rarely get that one wrong."""
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
    """Return the plan with words of the index for the units that nothing answers.

    They are words that begin with those of the unit and, where `similar` has any, words that look like them.
    """
    unknown = set(unknown)
    units = (_with_near_words(unit, similar) if unit in unknown else unit for unit in plan.units)
    return replace(plan, units=tuple(units))


def _with_near_words(unit: Unit, similar: Mapping[str, list[str]]) -> Unit:
    words = [fold(word) for word in unit.words]
    return replace(
        unit,
        near_words=tuple(dict.fromkeys(near for word in words for near in nearest(word, similar.get(word, [])))),
        prefixes=tuple(WordPart(word, len(word) + 1) for word in words if len(word) >= SHORTEST_BEGINNING),
    )
