"""From the plan of a question to a query, the same for every engine: what must be found, and how it is scored.

An engine writes each clause for its own index in a subclass of `QueryBuilder`. How much a clause weighs, and why, is in
search/ranking/weights.py.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from search.question.plan import KIND_WEIGHT, Plan, Unit, units_needed
from search.ranking import weights
from search.text_analysis.stemming import index_terms

MOST_CACHED = 64  # clauses of units

Clause = TypeVar("Clause")


@dataclass(frozen=True)
class TextField:
    """A stemmed field of the index, with its language and its weights (search/ranking/weights.py)."""

    name: str
    language: str
    own_words: float
    synonyms: float


@dataclass(frozen=True)
class WeightedField:
    """A field and what a match in it is multiplied by."""

    field: TextField
    weight: float


class QueryBuilder(ABC, Generic[Clause]):
    """Builds the query of a plan over the stemmed fields `texts` and the unstemmed field beside them.

    `topics` says whether the index knows under which topics a document is filed.
    """

    def __init__(self, texts: Iterable[TextField], *, topics: bool):
        self.texts = tuple(texts)
        self.topics = topics
        self._unit_clauses: dict[tuple[Unit, str], Clause] = {}

    def query(self, plan: Plan, needed: int | None = None) -> Clause:
        """Return a query for everything that answers the plan.

        `needed` required units must be found, the plan's own number when it is None. What the question calls by its
        name answers it too, and comes first.
        """
        answers = self._answers(plan, needed)
        if not (self.topics and plan.whole_name):
            return answers
        return self.any_of([answers, self.scored(self.named(plan), weights.NAME)])

    def _answers(self, plan: Plan, needed: int | None) -> Clause:
        required = [self.unit(unit, plan.language) for unit in plan.required]
        if not required:
            return self.nothing()
        found = self._found(plan, required, needed)
        also = [self.unit(unit, plan.language) for unit in plan.units if unit.optional]
        # A document with only some words of an expression does not have the expression, but is better for them.
        apart = [word for unit in plan.required if len(unit.words) > 1 and not unit.exact for word in unit.words]
        also += [clause for word in apart if (clause := self._own_word(word, plan.language))]
        if len(plan.units) > 1:
            typed = [word for unit in plan.units if not unit.exact for word in unit.words]
            also += self._phrases(typed, plan.language, weights.WHOLE_PHRASE, slop=2)
        if about := self._about(plan):
            # What is about the question answers too. Each unit then adds its score whether or not enough are found.
            also += [*required, *(self.unit(unit, plan.language) for unit in plan.mentions)]
            found = self.scored(self.any_of([found, *about]), 0.0)
        return self.all_of([found], also)

    def enough_first(self, plan: Plan) -> Clause:
        """Return a clause that puts first what has enough of the words, when fewer are enough to be found."""
        required = [self.unit(unit, plan.language) for unit in plan.required]
        return self.scored(self.any_of([self._found(plan, required), *self._about(plan)]), weights.ENOUGH)

    def _found(self, plan: Plan, required: list[Clause], needed: int | None = None) -> Clause:
        at_least = plan.needed if needed is None else min(needed, len(required))
        found = self.tagged(self.any_of(required, at_least))
        if not plan.word_units:
            return found
        words = [self.unit(unit, plan.language) for unit in plan.word_units]
        return self.any_of([found, self.scored(self.any_of(words, units_needed(plan.word_units)), 0.0)])

    def with_enough_words(self, plan: Plan) -> Clause:
        """Return a query for what has enough of the question's words, without what is only about it."""
        required = [self.unit(unit, plan.language) for unit in plan.required]
        return self.any_of(required, plan.needed) if required else self.nothing()

    def word_in_texts(self, word: str, language: str) -> Clause:
        """Return a query for what has a word in its texts in one language."""
        fields = self._weighted(
            language, lambda field: field.language == language and bool(index_terms(word, language))
        )
        return self.any_of([self.any_word([word], one.field) for one in fields]) if fields else self.nothing()

    def unit(self, unit: Unit, language: str) -> Clause:
        """Return a query for everything that answers one unit. It is cached: each question asks for it repeatedly."""
        if (clause := self._unit_clauses.get((unit, language))) is None:
            if len(self._unit_clauses) >= MOST_CACHED:
                self._unit_clauses.clear()
            clause = self._unit_clauses[unit, language] = self._unit(unit, language)
        return clause

    def _unit(self, unit: Unit, language: str) -> Clause:
        clauses = []
        if unit.words:
            own = self._quoted(unit.words, language) if unit.exact else self._own_words(unit.words, language)
            certain = self.all_of([own, self.scored(self.everything(), weights.OWN_WORDS)])
            clauses.append(own if unit.optional else certain)
        added = self._synonyms(unit)
        added += [self.scored(clause, weights.COMPOUND) for clause in self.compounds(unit)]
        added += [self.scored(clause, weights.NEAR_WORD) for clause in self.near_words(unit)]
        if added:
            clauses.append(self.best_of(added))
        if self.topics and unit.topics:
            clauses.append(self._topics(unit))
        return self.any_of(clauses)

    def _about(self, plan: Plan) -> list[Clause]:
        """Return clauses for what answers although words are missing: what is filed under a topic of the question."""
        if not self.topics:
            return []
        return [self._topics(unit) for unit in (*plan.units, *plan.mentions) if unit.topics]

    # -- the visitor's own words -----------------------------------------------------------------------------

    def _own_words(self, words: tuple[str, ...], language: str) -> Clause:
        clauses = [clause for word in words if (clause := self._own_word(word, language))]
        # Stop words of every language need not be there, unless there are no other words.
        return self.all_of(clauses or [self.folded(word) for word in words], self._phrases(words, language, 1.0))

    def _own_word(self, word: str, language: str) -> Clause | None:
        """Return one word in every field; None for a stop word of every language."""
        fields = self._weighted(language, lambda field: bool(index_terms(word, field.language)))
        return self.word(word, fields) if fields else None

    def _quoted(self, words: tuple[str, ...], language: str) -> Clause:
        """Return the phrase exactly as it was typed, accents and capitals apart; higher where a title has it."""
        return self.all_of([self.folded_phrase(words)], self._phrases(words, language, 1.0))

    def _phrases(self, words: Iterable[str], language: str, boost: float, slop: int = 0) -> list[Clause]:
        """Return the words as a phrase in each field, for two words and more that are no stop words."""
        text = " ".join(words)
        fields = self._weighted(language, lambda field: len(index_terms(text, field.language)) > 1, boost)
        return self.phrases(text, fields, slop) if fields else []

    def _weighted(
        self, language: str, is_wanted: Callable[[TextField], bool], boost: float = 1.0
    ) -> list[WeightedField]:
        return [
            WeightedField(
                field, boost * field.own_words * (1.0 if field.language == language else weights.OTHER_LANGUAGE)
            )
            for field in self.texts
            if is_wanted(field)
        ]

    # -- what the thesaurus adds -----------------------------------------------------------------------------

    def _synonyms(self, unit: Unit) -> list[Clause]:
        """Return the synonyms, per language: in each field the single words as one clause, expressions as phrases."""
        words: dict[tuple[str, float], list[str]] = {}
        expressions: dict[tuple[str, float], list[str]] = {}
        for synonym in unit.synonyms:
            count = len(index_terms(synonym.text, synonym.language))
            if count:
                group = words if count == 1 else expressions
                group.setdefault((synonym.language, synonym.weight), []).append(synonym.text)
        by_language: dict[str, list[Clause]] = {}
        for field in self.texts:
            for group, clause_for in ((words, self.any_word), (expressions, self.any_expression)):
                for (language, weight), texts in group.items():
                    if language == field.language:
                        clause = self.scored(clause_for(texts, field), field.synonyms * weight)
                        by_language.setdefault(language, []).append(clause)
        # The fields of a language add up. Of the languages the best counts, else four translations outweigh one.
        return [self.any_of(clauses) for clauses in by_language.values()]

    def _topics(self, unit: Unit) -> Clause:
        """Return what is filed under the unit's topics or is of its kinds, and the pages of these topics."""
        by_weight: dict[float, list[str]] = {}
        for key, weight in unit.topics:
            by_weight.setdefault(weight, []).append(key)
        found = [self.scored(self.filed_under(keys), weights.TOPIC * weight) for weight, keys in by_weight.items()]
        if unit.kinds:
            found.append(self.scored(self.of_kinds(unit.kinds), weights.TOPIC * KIND_WEIGHT))
        if not unit.concepts:
            return self.best_of(found)
        weight = weights.TOPIC_PAGE * dict(unit.topics)[unit.concepts[0]]
        return self.any_of([self.best_of(found), self.scored(self.topic_pages(unit.concepts), weight)])

    # -- what an engine writes in its own way ------------------------------------------------------------------

    def tagged(self, clause: Clause) -> Clause:
        """Return the clause for what has enough of the words, tagged if the engine can tell which hits match it."""
        return clause

    @abstractmethod
    def nothing(self) -> Clause:
        """Match nothing."""

    @abstractmethod
    def everything(self) -> Clause:
        """Match every document."""

    @abstractmethod
    def any_of(self, clauses: list[Clause], at_least: int = 1) -> Clause:
        """Match at least so many of the clauses; their scores add up."""

    @abstractmethod
    def all_of(self, clauses: list[Clause], also: Iterable[Clause] = ()) -> Clause:
        """Match all of the clauses; `also` may be missing. The scores of all add up."""

    @abstractmethod
    def best_of(self, clauses: list[Clause]) -> Clause:
        """Match one of the clauses, with the score of the best of them."""

    @abstractmethod
    def scored(self, clause: Clause, score: float) -> Clause:
        """Match what the clause matches, with this score."""

    @abstractmethod
    def word(self, word: str, fields: list[WeightedField]) -> Clause:
        """Match a word in one of the fields or, with FOLDED_BOOST, in the unstemmed one; others add TIE_BREAKER."""

    @abstractmethod
    def phrases(self, text: str, fields: list[WeightedField], slop: int) -> list[Clause]:
        """Match the text as a phrase in each of the fields; their scores add up."""

    @abstractmethod
    def folded(self, word: str) -> Clause:
        """Match a word in the unstemmed field."""

    @abstractmethod
    def folded_phrase(self, words: tuple[str, ...]) -> Clause:
        """Match exactly these words one after the other in the unstemmed field."""

    @abstractmethod
    def any_word(self, words: list[str], field: TextField) -> Clause:
        """Match one of the words in a field."""

    @abstractmethod
    def any_expression(self, texts: list[str], field: TextField) -> Clause:
        """Match one of the expressions in a field, with at most one other word between its words."""

    @abstractmethod
    def compounds(self, unit: Unit) -> list[Clause]:
        """Match words that contain those of the unit, as the engine put them in the unit."""

    @abstractmethod
    def near_words(self, unit: Unit) -> list[Clause]:
        """Match words that the unit's begin or that were probably meant, as the engine put them in the unit."""

    @abstractmethod
    def named(self, plan: Plan) -> Clause:
        """Match what has the name that the question is, or that is a part of it."""

    @abstractmethod
    def filed_under(self, keys: list[str]) -> Clause:
        """Match what is filed under one of the topics, and the pages of the topics."""

    @abstractmethod
    def topic_pages(self, keys: Iterable[str]) -> Clause:
        """Match the pages of the topics."""

    @abstractmethod
    def of_kinds(self, kinds: tuple[str, ...]) -> Clause:
        """Match things of one of the kinds."""
