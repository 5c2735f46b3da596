"""The question that a plan asks of an index, the same for every engine: what must be found, and what it scores.

An engine says with a subclass of `Questions` how each clause is written for its index. How much a clause weighs, and
why, stands in search/ranking/weights.py.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from search.question.plan import KIND_WEIGHT, Plan, Unit, enough
from search.ranking import weights
from search.text_analysis.normalise import analysed

MOST_KEPT = 64  # clauses of units

Clause = TypeVar("Clause")


@dataclass(frozen=True)
class TextField:
    """A stemmed field: its language, what BM25 is multiplied by for own words, and the fixed score of other words."""

    name: str
    language: str
    own: float
    other: float


@dataclass(frozen=True)
class Weighted:
    """A field and what a match in it is multiplied by."""

    field: TextField
    weight: float


class Questions(ABC, Generic[Clause]):
    """Builds the clauses of a plan over stemmed fields and the unstemmed one beside them.

    `topics` says whether the index knows under which topics a thing is filed.
    """

    def __init__(self, texts: Iterable[TextField], *, topics: bool):
        self.texts = tuple(texts)
        self.topics = topics
        self._units: dict[tuple[Unit, str], Clause] = {}

    def question(self, plan: Plan, needed: int | None = None) -> Clause:
        """Everything that answers the plan; `needed` required units must be found (the plan's own number when None).

        What the question calls by its name answers it too, and comes first.
        """
        answers = self._answers(plan, needed)
        if not (self.topics and plan.whole_name):
            return answers
        return self.some([answers, self.fixed(self.named(plan), weights.NAME)])

    def _answers(self, plan: Plan, needed: int | None) -> Clause:
        required = [self.unit(unit, plan.language) for unit in plan.required]
        if not required:
            return self.nothing()
        found = self._found(plan, required, needed)
        also = [self.unit(unit, plan.language) for unit in plan.units if unit.optional]
        # With only some words of an expression a thing has not the expression, but is a better answer for them.
        apart = [word for unit in plan.required if len(unit.words) > 1 and not unit.exact for word in unit.words]
        also += [clause for word in apart if (clause := self._word(word, plan.language))]
        if len(plan.units) > 1:
            typed = [word for unit in plan.units if not unit.exact for word in unit.words]
            also += self._phrases(typed, plan.language, weights.WHOLE_PHRASE, slop=2)
        if about := self._about(plan):
            # What is about it answers too; then each unit adds its score whether or not enough of them are found.
            also += [*required, *(self.unit(unit, plan.language) for unit in plan.about)]
            found = self.fixed(self.some([found, *about]), 0.0)
        return self.every([found], also)

    def first(self, plan: Plan) -> Clause:
        """What comes first, by a fixed score, when fewer of the units than `plan.needed` are enough to be found."""
        required = [self.unit(unit, plan.language) for unit in plan.required]
        return self.fixed(self.some([self._found(plan, required), *self._about(plan)]), weights.ENOUGH)

    def _found(self, plan: Plan, required: list[Clause], needed: int | None = None) -> Clause:
        found = self.marked(self.some(required, plan.needed if needed is None else min(needed, len(required))))
        if not plan.alone:
            return found
        alone = [self.unit(unit, plan.language) for unit in plan.alone]
        return self.some([found, self.fixed(self.some(alone, enough(plan.alone)), 0.0)])

    def worded(self, plan: Plan) -> Clause:
        """What has enough of the question's words, without what is only about it."""
        required = [self.unit(unit, plan.language) for unit in plan.required]
        return self.some(required, plan.needed) if required else self.nothing()

    def in_texts(self, word: str, language: str) -> Clause:
        """What has a word in its texts in one language."""
        fields = self._weighted(language, lambda field: field.language == language and bool(analysed(word, language)))
        return self.some([self.single_words([word], one.field) for one in fields]) if fields else self.nothing()

    def unit(self, unit: Unit, language: str) -> Clause:
        """Everything that answers one unit. Kept for a while: it is asked several times for each question."""
        if (clause := self._units.get((unit, language))) is None:
            if len(self._units) >= MOST_KEPT:
                self._units.clear()
            clause = self._units[unit, language] = self._unit(unit, language)
        return clause

    def _unit(self, unit: Unit, language: str) -> Clause:
        clauses = []
        if unit.words:
            own = self._quoted(unit.words, language) if unit.exact else self._own(unit.words, language)
            certain = self.every([own, self.fixed(self.everything(), weights.OWN_WORDS)])
            clauses.append(own if unit.optional else certain)
        added = self._others(unit)
        added += [self.fixed(clause, weights.COMPOUND) for clause in self.compounds(unit)]
        added += [self.fixed(clause, weights.NEAR) for clause in self.near(unit)]
        if added:
            clauses.append(self.best(added))
        if self.topics and unit.topics:
            clauses.append(self._topics(unit))
        return self.some(clauses)

    def _about(self, plan: Plan) -> list[Clause]:
        """What answers although words are missing: things of the topics that the question speaks of."""
        if not self.topics:
            return []
        return [self._topics(unit) for unit in (*plan.units, *plan.about) if unit.topics]

    # -- the visitor's own words -----------------------------------------------------------------------------

    def _own(self, words: tuple[str, ...], language: str) -> Clause:
        every = [clause for word in words if (clause := self._word(word, language))]
        # Words that every language leaves out need not be there, unless there are no others.
        return self.every(every or [self.folded(word) for word in words], self._phrases(words, language, 1.0))

    def _word(self, word: str, language: str) -> Clause | None:
        """One word in every field; None when every language leaves it out."""
        fields = self._weighted(language, lambda field: bool(analysed(word, field.language)))
        return self.word(word, fields) if fields else None

    def _quoted(self, words: tuple[str, ...], language: str) -> Clause:
        """The phrase exactly as typed, accents and capitals apart; higher where a title has it."""
        return self.every([self.folded_phrase(words)], self._phrases(words, language, 1.0))

    def _phrases(self, words: Iterable[str], language: str, boost: float, slop: int = 0) -> list[Clause]:
        """The words as a phrase in each field, for those of two words and more that are no stop words."""
        text = " ".join(words)
        fields = self._weighted(language, lambda field: len(analysed(text, field.language)) > 1, boost)
        return self.phrases(text, fields, slop) if fields else []

    def _weighted(self, language: str, holds, boost: float = 1.0) -> list[Weighted]:
        return [
            Weighted(field, boost * field.own * (1.0 if field.language == language else weights.OTHER_READERS_LANGUAGE))
            for field in self.texts
            if holds(field)
        ]

    # -- what the thesaurus adds -----------------------------------------------------------------------------

    def _others(self, unit: Unit) -> list[Clause]:
        """The other words, per field: single words as one clause, expressions as phrases."""
        singles: dict[tuple[str, float], list[str]] = {}
        expressions: dict[tuple[str, float], list[str]] = {}
        for other in unit.others:
            count = len(analysed(other.text, other.language))
            if count:
                sort = singles if count == 1 else expressions
                sort.setdefault((other.language, other.weight), []).append(other.text)
        found: dict[str, list[Clause]] = {}
        for field in self.texts:
            for sort, written in ((singles, self.single_words), (expressions, self.expressions)):
                for (language, weight), texts in sort.items():
                    if language == field.language:
                        clause = self.fixed(written(texts, field), field.other * weight)
                        found.setdefault(language, []).append(clause)
        # The fields of a language add up; of the languages the best counts, else four translations outweigh one.
        return [self.some(clauses) for clauses in found.values()]

    def _topics(self, unit: Unit) -> Clause:
        """Things that are filed under the unit's topics or are of its kinds, and the pages of these topics."""
        by_weight: dict[float, list[str]] = {}
        for key, weight in unit.topics:
            by_weight.setdefault(weight, []).append(key)
        found = [self.fixed(self.filed_under(keys), weights.TOPIC * weight) for weight, keys in by_weight.items()]
        if unit.kinds:
            found.append(self.fixed(self.of_kinds(unit.kinds), weights.TOPIC * KIND_WEIGHT))
        if not unit.concepts:
            return self.best(found)
        pages = self.fixed(self.pages_of(unit.concepts), weights.TOPIC_PAGE * dict(unit.topics)[unit.concepts[0]])
        return self.some([self.best(found), pages])

    # -- what an engine says ---------------------------------------------------------------------------------

    def marked(self, clause: Clause) -> Clause:
        """The clause for what has enough of the question's words, so that an engine may tell which hits have."""
        return clause

    @abstractmethod
    def nothing(self) -> Clause:
        """Finds nothing."""

    @abstractmethod
    def everything(self) -> Clause:
        """Finds all."""

    @abstractmethod
    def some(self, clauses: list[Clause], at_least: int = 1) -> Clause:
        """At least so many of the clauses; their scores add up."""

    @abstractmethod
    def every(self, clauses: list[Clause], also: Iterable[Clause] = ()) -> Clause:
        """All of the clauses; `also` need not be found. The scores of all add up."""

    @abstractmethod
    def best(self, clauses: list[Clause]) -> Clause:
        """One of the clauses, scored as the best of them."""

    @abstractmethod
    def fixed(self, clause: Clause, score: float) -> Clause:
        """What the clause finds, with this score."""

    @abstractmethod
    def word(self, word: str, fields: list[Weighted]) -> Clause:
        """A word in one of the fields or in the unstemmed one (weights.FOLDED_BOOST); others add weights.TIE."""

    @abstractmethod
    def phrases(self, text: str, fields: list[Weighted], slop: int) -> list[Clause]:
        """The text as a phrase in each of the fields; their scores add up."""

    @abstractmethod
    def folded(self, word: str) -> Clause:
        """A word in the unstemmed field."""

    @abstractmethod
    def folded_phrase(self, words: tuple[str, ...]) -> Clause:
        """Exactly these words one after the other in the unstemmed field."""

    @abstractmethod
    def single_words(self, words: list[str], field: TextField) -> Clause:
        """One of the words in a field."""

    @abstractmethod
    def expressions(self, texts: list[str], field: TextField) -> Clause:
        """One of the expressions in a field, with one word between its words at most."""

    @abstractmethod
    def compounds(self, unit: Unit) -> list[Clause]:
        """Words that contain the unit's, as the engine put them in the unit."""

    @abstractmethod
    def near(self, unit: Unit) -> list[Clause]:
        """Words that begin like the unit's or were probably meant, as the engine put them in the unit."""

    @abstractmethod
    def named(self, plan: Plan) -> Clause:
        """What has the name that the question is, or that is a part of it."""

    @abstractmethod
    def filed_under(self, keys: list[str]) -> Clause:
        """Things filed under one of the topics, and the pages of the topics."""

    @abstractmethod
    def pages_of(self, keys: Iterable[str]) -> Clause:
        """The pages of the topics."""

    @abstractmethod
    def of_kinds(self, kinds: tuple[str, ...]) -> Clause:
        """Things of one of the kinds."""
