"""How a question is written for tantivy, from analysed words; no text ever reaches a query parser."""

from collections.abc import Iterable

from tantivy import Occur, Query, Schema

from search.question.plan import Plan, Unit
from search.ranking import weights
from search.ranking.query_builder import Questions, TextField, Weighted
from search.text_analysis.normalise import LANGUAGES, analysed, fold


class QueryBuilder(Questions[Query]):
    """Builds the queries of a plan for one index; both have the unstemmed field `words`."""

    def __init__(self, schema: Schema, texts: Iterable[TextField], *, topics: bool):
        super().__init__(texts, topics=topics)
        self.schema = schema

    def nothing(self) -> Query:
        return Query.empty_query()

    def everything(self) -> Query:
        return Query.all_query()

    def some(self, clauses: list[Query], at_least: int = 1) -> Query:
        return Query.boolean_query(_each(Occur.Should, clauses), minimum_number_should_match=at_least)

    def every(self, clauses: list[Query], also: Iterable[Query] = ()) -> Query:
        return Query.boolean_query([*_each(Occur.Must, clauses), *_each(Occur.Should, also)])

    def best(self, clauses: list[Query]) -> Query:
        return Query.disjunction_max_query(clauses)

    def fixed(self, clause: Query, score: float) -> Query:
        return _fixed(clause, score)

    def word(self, word: str, fields: list[Weighted]) -> Query:
        found = [
            Query.boost_query(Query.term_query(self.schema, one.field.name, token), one.weight)
            for one in fields
            for _position, token in analysed(word, one.field.language)
        ]
        return Query.disjunction_max_query(
            [*found, Query.boost_query(self.folded(word), weights.FOLDED_BOOST)], weights.TIE
        )

    def phrases(self, text: str, fields: list[Weighted], slop: int) -> list[Query]:
        return [Query.boost_query(self._phrase(text, one.field, slop), one.weight) for one in fields]

    def folded(self, word: str) -> Query:
        return Query.term_query(self.schema, "words", fold(word))

    def folded_phrase(self, words: tuple[str, ...]) -> Query:
        folded = [fold(word) for word in words]
        return Query.phrase_query(self.schema, "words", folded) if len(folded) > 1 else self.folded(words[0])

    def single_words(self, words: list[str], field: TextField) -> Query:
        return _one_of(self.schema, field.name, [analysed(word, field.language)[0][1] for word in words])

    def expressions(self, texts: list[str], field: TextField) -> Query:
        return _any([self._phrase(text, field, 1) for text in texts])

    def compounds(self, unit: Unit) -> list[Query]:
        return [_one_of(self.schema, "words", unit.compounds)] if unit.compounds else []

    def near(self, unit: Unit) -> list[Query]:
        return [_one_of(self.schema, "words", unit.near)] if unit.near else []

    def named(self, plan: Plan) -> Query:
        whole = Query.term_query(self.schema, "whole_names", plan.whole_name, "basic")
        return _any([whole, _one_of(self.schema, "names", plan.names, "basic")])

    def filed_under(self, keys: list[str]) -> Query:
        return _any([_filter(self.schema, "topic", keys), self.pages_of(keys)])

    def pages_of(self, keys: Iterable[str]) -> Query:
        return _one_of(self.schema, "id", [f"topic:{key}" for key in keys], "basic")

    def of_kinds(self, kinds: tuple[str, ...]) -> Query:
        return _one_of(self.schema, "kind", kinds, "basic")

    def _phrase(self, text: str, field: TextField, slop: int) -> Query:
        return Query.phrase_query(self.schema, field.name, list(analysed(text, field.language)), slop)


def about_things(schema: Schema, languages: Iterable[str]) -> QueryBuilder:
    """The queries over the index of things."""
    texts = (
        TextField(f"{strength.text}_{code}", code, strength.own, strength.other)
        for code in languages
        for strength in weights.THING
    )
    return QueryBuilder(schema, texts, topics=True)


def about_cues(schema: Schema) -> QueryBuilder:
    """The queries over the index of cues, in any language that is analysed."""
    texts = (TextField(f"text_{code}", code, weights.CUE.own, weights.CUE.other) for code in LANGUAGES)
    return QueryBuilder(schema, texts, topics=False)


def ranked(schema: Schema, question: Query, first: Query | None = None) -> Query:
    """The same hits as `question`, those that only point the way with a part of their score; `first` adds its own."""
    signpost = _fixed(_one_of(schema, "kind", weights.SIGNPOSTS, "basic"), 0.0)
    answer = [(Occur.Must, question), (Occur.MustNot, signpost)]
    points = [(Occur.Must, Query.boost_query(question, weights.SIGNPOST)), (Occur.Must, signpost)]
    found = _any([Query.boolean_query(clauses) for clauses in (answer, points)])
    return Query.boolean_query([(Occur.Must, found), (Occur.Should, first)]) if first else found


def narrowed(schema: Schema, kinds: Iterable[str], filters: dict[str, tuple[str, ...]]) -> list[tuple[Occur, Query]]:
    """The clauses for a choice of kinds and filters: one of the values of each filter. They do not change the score."""
    clauses = []
    if kinds := list(kinds):
        clauses.append(_fixed(_one_of(schema, "kind", kinds, "basic"), 0.0))
    clauses += [_fixed(_filter(schema, name, values), 0.0) for name, values in filters.items() if values]
    return _each(Occur.Must, clauses)


def _filter(schema: Schema, name: str, values: Iterable[str]) -> Query:
    return _one_of(schema, f"filters.{name}", map(str, values), "basic")


def _one_of(schema: Schema, field: str, values: Iterable[str], option: str = "position") -> Query:
    """One of the terms. Not `term_set_query`: that costs 0.3 ms each, whatever the index; this some microseconds."""
    return _any([Query.term_query(schema, field, value, option) for value in values])


def _fixed(query: Query, score: float) -> Query:
    return Query.const_score_query(query, score)


def _any(queries: list[Query]) -> Query:
    return Query.boolean_query(_each(Occur.Should, queries))


def _each(occur: Occur, queries: Iterable[Query]) -> list[tuple[Occur, Query]]:
    return [(occur, query) for query in queries]
