"""How a plan is written as a query of Elasticsearch. Only analysed matches are used; no text reaches a query parser."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from search.languages import LANGUAGES
from search.question.plan import Plan, Unit
from search.ranking import weights
from search.ranking.query_builder import QueryBuilder, TextField, WeightedField
from search.text_analysis.normalise import normalise

ENOUGH_WORDS = "worded"  # the tag of a hit that has enough of the question's words
LONGEST_VALUE = 1000  # characters of a filter's value; nothing longer is indexed


class ElasticsearchQueryBuilder(QueryBuilder[dict]):
    """Builds the queries of a plan for whole documents, or for the cues nested `under` them."""

    def __init__(self, texts: Iterable[TextField], under: str = "", *, topics: bool):
        super().__init__(texts, topics=topics)
        self.words, self.begins, self.ends = (f"{under}{name}" for name in ("words", "begins", "ends"))

    def tagged(self, clause: dict) -> dict:
        return {"bool": {"must": [clause], "_name": ENOUGH_WORDS}}

    def nothing(self) -> dict:
        return {"match_none": {}}

    def everything(self) -> dict:
        return {"match_all": {}}

    def any_of(self, clauses: list[dict], at_least: int = 1) -> dict:
        if len(clauses) == 1:
            return clauses[0]
        return {"bool": {"should": clauses, "minimum_should_match": at_least}}

    def all_of(self, clauses: list[dict], also: Iterable[dict] = ()) -> dict:
        return {"bool": {"must": clauses, "should": list(also)}}

    def best_of(self, clauses: list[dict]) -> dict:
        return clauses[0] if len(clauses) == 1 else {"dis_max": {"queries": clauses}}

    def scored(self, clause: dict, score: float) -> dict:
        return {"constant_score": {"filter": clause, "boost": score}}

    def word(self, word: str, fields: list[WeightedField]) -> dict:
        names = [*_names(fields), f"{self.words}^{weights.FOLDED_BOOST}"]
        match = {"query": word, "fields": names, "type": "best_fields", "tie_breaker": weights.TIE_BREAKER}
        return {"multi_match": match}

    def phrases(self, text: str, fields: list[WeightedField], slop: int) -> list[dict]:
        match = {"query": text, "fields": _names(fields), "type": "phrase", "slop": slop, "tie_breaker": 1.0}
        return [{"multi_match": match}]

    def folded(self, word: str) -> dict:
        return {"match": {self.words: word}}

    def folded_phrase(self, words: tuple[str, ...]) -> dict:
        return {"match_phrase": {self.words: " ".join(words)}}

    def any_word(self, words: list[str], field: TextField) -> dict:
        return {"match": {field.name: normalise(" ".join(words))}}

    def any_expression(self, texts: list[str], field: TextField) -> dict:
        return self.any_of([{"match_phrase": {field.name: {"query": normalise(text), "slop": 1}}} for text in texts])

    def compounds(self, unit: Unit) -> list[dict]:
        clauses = []
        for field, at_end in ((self.begins, False), (self.ends, True)):
            if letters := [part.letters for part in unit.compound_parts if part.at_end is at_end]:
                clauses.append({"terms": {field: letters}})
        return [self.any_of(clauses)] if clauses else []

    def near_words(self, unit: Unit) -> list[dict]:
        clauses: list[dict] = [{"prefix": {self.words: prefix.letters}} for prefix in unit.prefixes]
        if unit.near_words:
            clauses.append({"terms": {self.words: list(unit.near_words)}})
        return [self.any_of(clauses)] if clauses else []

    def named(self, plan: Plan) -> dict:
        whole: dict[str, Any] = {"term": {"whole_names": plan.whole_name}}
        return self.any_of([whole, {"terms": {"names": list(plan.possible_names)}}])

    def of_kinds(self, kinds: tuple[str, ...]) -> dict:
        return _one_of("kind", kinds)

    def filed_under(self, keys: list[str]) -> dict:
        return self.any_of([_one_of("filters.topic", keys), self.topic_pages(keys)])

    def topic_pages(self, keys: Iterable[str]) -> dict:
        return {"ids": {"values": [f"topic:{key}" for key in keys]}}


def query_builder_of_things(languages: Iterable[str]) -> ElasticsearchQueryBuilder:
    """Return the builder for whole documents whose texts are in `languages`."""
    texts = (
        TextField(f"{field.field}.{code}", code, field.own_words, field.synonyms)
        for code in languages
        for field in weights.THING
    )
    return ElasticsearchQueryBuilder(texts, topics=True)


def query_builder_of_cues() -> ElasticsearchQueryBuilder:
    """Return the builder for the nested cues, which may be in any language that is analysed."""
    texts = (TextField(f"cues.text.{code}", code, weights.CUE.own_words, weights.CUE.synonyms) for code in LANGUAGES)
    return ElasticsearchQueryBuilder(texts, "cues.", topics=False)


def ranked(query: dict, first: dict | None = None) -> dict:
    """Return the same hits as `query`, with a part of the score for signposts; `first` adds its own score."""
    signpost = {"terms": {"kind": list(weights.SIGNPOSTS)}}
    hits = {"boosting": {"positive": query, "negative": signpost, "negative_boost": weights.SIGNPOST}}
    return {"bool": {"must": [hits], "should": [first]}} if first else hits


def narrowed(kinds: Iterable[str], filters: Mapping[str, tuple[str, ...]], without: Collection[str] = ()) -> list[dict]:
    """Return the clauses for a choice of kinds and filters: one value of each filter, and none of the ids `without`."""
    clauses = [_one_of("kind", kinds)] if kinds else []
    clauses += [_one_of(f"filters.{name}", values) for name, values in filters.items() if values]
    return [*clauses, *({"bool": {"must_not": clause}} for clause in with_ids(without))]


def with_ids(ids: Collection[str]) -> list[dict]:
    """Return the clause for documents with these ids, none when there are no ids."""
    return [{"ids": {"values": sorted(ids)}}] if ids else []


def _names(fields: list[WeightedField]) -> list[str]:
    return [f"{one.field.name}^{one.weight}" for one in fields]


def _one_of(field: str, values: Iterable[str]) -> dict:
    return {"terms": {field: [normalise(str(value))[:LONGEST_VALUE] for value in values]}}
