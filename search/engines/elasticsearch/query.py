"""How a question is written for the server. Only analysed matches are used; no text ever reaches a query parser."""

from collections.abc import Iterable, Mapping

from search.question.plan import Plan, Unit
from search.ranking import weights
from search.ranking.query_builder import Questions, TextField, Weighted
from search.text_analysis.normalise import LANGUAGES, normalise

WORDED = "worded"  # the mark of a hit that has enough of the question's words
LONGEST_VALUE = 1000  # characters of a filter's value; nothing longer is indexed


class QueryBuilder(Questions[dict]):
    """Builds the queries of a plan for whole things, or for the lines nested `under` them."""

    def __init__(self, texts: Iterable[TextField], under: str = "", *, topics: bool):
        super().__init__(texts, topics=topics)
        self.words, self.begins, self.ends = (f"{under}{name}" for name in ("words", "begins", "ends"))

    def marked(self, clause: dict) -> dict:
        return {"bool": {"must": [clause], "_name": WORDED}}

    def nothing(self) -> dict:
        return {"match_none": {}}

    def everything(self) -> dict:
        return {"match_all": {}}

    def some(self, clauses: list[dict], at_least: int = 1) -> dict:
        if len(clauses) == 1:
            return clauses[0]
        return {"bool": {"should": clauses, "minimum_should_match": at_least}}

    def every(self, clauses: list[dict], also: Iterable[dict] = ()) -> dict:
        return {"bool": {"must": clauses, "should": list(also)}}

    def best(self, clauses: list[dict]) -> dict:
        return clauses[0] if len(clauses) == 1 else {"dis_max": {"queries": clauses}}

    def fixed(self, clause: dict, score: float) -> dict:
        return {"constant_score": {"filter": clause, "boost": score}}

    def word(self, word: str, fields: list[Weighted]) -> dict:
        names = [*_names(fields), f"{self.words}^{weights.FOLDED_BOOST}"]
        return {"multi_match": {"query": word, "fields": names, "type": "best_fields", "tie_breaker": weights.TIE}}

    def phrases(self, text: str, fields: list[Weighted], slop: int) -> list[dict]:
        match = {"query": text, "fields": _names(fields), "type": "phrase", "slop": slop, "tie_breaker": 1.0}
        return [{"multi_match": match}]

    def folded(self, word: str) -> dict:
        return {"match": {self.words: word}}

    def folded_phrase(self, words: tuple[str, ...]) -> dict:
        return {"match_phrase": {self.words: " ".join(words)}}

    def single_words(self, words: list[str], field: TextField) -> dict:
        return {"match": {field.name: normalise(" ".join(words))}}

    def expressions(self, texts: list[str], field: TextField) -> dict:
        return self.some([{"match_phrase": {field.name: {"query": normalise(text), "slop": 1}}} for text in texts])

    def compounds(self, unit: Unit) -> list[dict]:
        clauses = []
        for field, at_end in ((self.begins, False), (self.ends, True)):
            if letters := [part.letters for part in unit.parts if part.at_end is at_end]:
                clauses.append({"terms": {field: letters}})
        return [self.some(clauses)] if clauses else []

    def near(self, unit: Unit) -> list[dict]:
        clauses = [{"prefix": {self.words: part.letters}} for part in unit.begun]
        if unit.near:
            clauses.append({"terms": {self.words: list(unit.near)}})
        return [self.some(clauses)] if clauses else []

    def named(self, plan: Plan) -> dict:
        return self.some([{"term": {"whole_names": plan.whole_name}}, {"terms": {"names": list(plan.names)}}])

    def of_kinds(self, kinds: tuple[str, ...]) -> dict:
        return _one_of("kind", kinds)

    def filed_under(self, keys: list[str]) -> dict:
        return self.some([_one_of("filters.topic", keys), self.pages_of(keys)])

    def pages_of(self, keys: Iterable[str]) -> dict:
        return {"ids": {"values": [f"topic:{key}" for key in keys]}}


def about_things(languages: Iterable[str]) -> QueryBuilder:
    """The queries over whole things whose texts are in `languages`."""
    texts = (
        TextField(f"{strength.text}.{code}", code, strength.own, strength.other)
        for code in languages
        for strength in weights.THING
    )
    return QueryBuilder(texts, topics=True)


def about_cues() -> QueryBuilder:
    """The queries over the nested lines of transcripts, in any language that is analysed."""
    texts = (TextField(f"cues.text.{code}", code, weights.CUE.own, weights.CUE.other) for code in LANGUAGES)
    return QueryBuilder(texts, "cues.", topics=False)


def ranked(question: dict, first: dict | None = None) -> dict:
    """The same hits as `question`, those that only point the way with a part of their score; `first` adds its own."""
    signpost = {"terms": {"kind": list(weights.SIGNPOSTS)}}
    found = {"boosting": {"positive": question, "negative": signpost, "negative_boost": weights.SIGNPOST}}
    return {"bool": {"must": [found], "should": [first]}} if first else found


def narrowed(kinds: Iterable[str], filters: Mapping[str, tuple[str, ...]]) -> list[dict]:
    """The clauses for a choice of kinds and filters: one of the values of each filter."""
    clauses = [_one_of("kind", kinds)] if kinds else []
    return clauses + [_one_of(f"filters.{name}", values) for name, values in filters.items() if values]


def _names(fields: list[Weighted]) -> list[str]:
    return [f"{one.field.name}^{one.weight}" for one in fields]


def _one_of(field: str, values: Iterable[str]) -> dict:
    return {"terms": {field: [normalise(str(value))[:LONGEST_VALUE] for value in values]}}
