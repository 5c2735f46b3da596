"""The thesaurus as search uses it: which concepts a question speaks of, and in which other words they are said.

Pure: built from `Concept`s, knows no database (`search.understanding` reads those from the topics).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from search.words import fold, folded_words, is_filler, is_stop_word, normalise, split, stem

LONGEST_LABEL = 12  # words; longer labels are definitions, nobody types them
SHORTEST_PART = 5  # letters of a concept's word inside a compound: "overlast" in "overlastaanpak"
SHORTEST_REST = 4  # letters of what is left of the compound
MOST_NARROWER = 15  # a heading with more topics under it ("phenomena") lends no words, only its topics
NARROWER_WEIGHT = 0.6
PART_WEIGHT = 0.5
ONE_WORD_WEIGHT = 0.8  # of a concept that one everyday word speaks of; several words together are surer
WITHIN_LONGER_WEIGHT = 0.3  # of a concept whose words are part of a longer expression: "hate" in "hate, social media"
SHORTEST_FOREIGN_STEM = 5  # letters; "part" and "trial" have the stems of words in languages that nobody meant
COMPOUNDING = ("nl", "de")


@dataclass(frozen=True)
class Concept:
    """A topic: its label and other words in each language, and the keys of the broader topics.

    `everyday` are expressions that people use who do not know our terms: for understanding only.
    """

    key: str
    labels: Mapping[str, str]
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    everyday: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def words_in(self, language: str) -> tuple[str, ...]:
        """Label and other words in one language, the label first."""
        label = self.labels.get(language, "")
        return tuple(dict.fromkeys(word for word in (label, *self.others.get(language, ())) if word))


@dataclass(frozen=True)
class Match:
    """Concepts recognised in the words `start` to `end` (exclusive) of a question; `weight` below 1 in a compound."""

    start: int
    end: int
    keys: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True)
class OtherWord:
    """One word or expression for a concept; `weight` is below 1 for a narrower topic."""

    language: str
    text: str
    weight: float = 1.0


class Thesaurus:
    """Recognises concepts in a question, in ten languages, and knows their words and narrower topics."""

    def __init__(self, concepts: Iterable[Concept] = ()):
        self.concepts = {concept.key: concept for concept in concepts}
        self._narrower: dict[str, list[str]] = {}
        for concept in self.concepts.values():
            for key in concept.broader:
                self._narrower.setdefault(key, []).append(concept.key)
        # language -> words -> keys of the concepts; folded words as they are, and their stems
        self._exact: dict[str, dict[tuple[str, ...], list[str]]] = {}
        self._stemmed: dict[str, dict[tuple[str, ...], list[str]]] = {}
        self._parts: dict[str, list[str]] = {}
        # language -> one of the stems -> expressions as (all their stems, key)
        self._loose: dict[str, dict[str, list[tuple[frozenset[str], str]]]] = {}
        self._most_words = 1  # of any expression
        # concept -> its words as (language, text, folded words)
        self._said: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
        for concept in self.concepts.values():
            for language in {*concept.labels, *concept.others}:
                for text in concept.words_in(language):
                    self._learn(concept.key, language, text)
                    self._learn_loosely(concept.key, language, text, least=2)
            for language, texts in concept.everyday.items():
                for text in texts:
                    self._learn_loosely(concept.key, language, text)

    def _learn(self, key: str, language: str, text: str) -> None:
        raw = [word for word, _start, _end in split(normalise(text))]
        if not 0 < len(raw) <= LONGEST_LABEL:
            return
        exact = tuple(fold(word) for word in raw)
        self._most_words = max(self._most_words, len(raw))
        self._said.setdefault(key, []).append((language, text, exact))
        stems = tuple(stem(word, language) for word in raw)
        # Typed without accents a word has another stem: "incivilites".
        bare = tuple(stem(word, language) for word in exact)
        for table, words in ((self._exact, exact), (self._stemmed, stems), (self._stemmed, bare)):
            keys = table.setdefault(language, {}).setdefault(words, [])
            if key not in keys:
                keys.append(key)
        if language in COMPOUNDING and len(exact) == 1 and len(exact[0]) >= SHORTEST_PART:
            self._parts.setdefault(exact[0], []).append(key)

    def _learn_loosely(self, key: str, language: str, text: str, least: int = 1) -> None:
        """Recognise the concept by these words in any order, its small words left out, if at least so many are left.

        Several words of which fewer than two say something ("us against them", "in my city") are recognised only as
        they stand: apart they are in every other question.
        """
        words = [word for word, _start, _end in split(normalise(text))]
        meant = [word for word in words if not is_stop_word(word, language)]
        if len(words) > 1 and (len(meant) < 2 or all(is_filler(word, language) for word in meant)):
            self._most_words = max(self._most_words, len(words))
            for table, form in ((self._exact, fold), (self._stemmed, lambda word: stem(word, language))):
                keys = table.setdefault(language, {}).setdefault(tuple(map(form, words)), [])
                if key not in keys:
                    keys.append(key)
        elif len(meant) >= least:
            for stems in {frozenset(stem(form(word), language) for word in meant) for form in (str, fold)}:
                self._loose.setdefault(language, {}).setdefault(max(stems), []).append((stems, key))

    def speaks_of(self, words: list[str], language: str) -> dict[str, float]:
        """The concepts that a question speaks of in everyday words, wherever these stand: key -> weight.

        Other languages are only looked at when nothing is recognised in the visitor's, and then for several words
        together or a longer one.
        """
        if found := self._spoken_of(words, language):
            return found
        for other in self._loose:
            if other != language and (more := self._spoken_of(words, other, SHORTEST_FOREIGN_STEM)):
                found = {**more, **found}
        return found

    def _spoken_of(self, words: list[str], language: str, shortest: int = 1) -> dict[str, float]:
        said = {stem(form, language) for word in words for form in (word, fold(word))}
        table = self._loose.get(language, {})
        spoken = [
            (stems, key)
            for one in said
            for stems, key in table.get(one, ())
            if stems <= said and (len(stems) > 1 or len(one) >= shortest)
        ]
        found: dict[str, float] = {}
        for stems, key in spoken:
            longer = [other for more, other in spoken if stems < more]
            if any(other in self.narrower(key) for other in longer):
                continue  # of a concept and one under it, that with the longer expression counts
            weight = ONE_WORD_WEIGHT if len(stems) == 1 else 1.0
            found[key] = max(found.get(key, 0.0), weight * (WITHIN_LONGER_WEIGHT if longer else 1.0))
        return found

    def find(self, words: list[str], language: str, stop_languages: Iterable[str] = ()) -> list[Match]:
        """The concepts in a list of words (as typed), the longest expression first, without overlap.

        The visitor's language counts before the others: a word that is a label in it is not looked up elsewhere. A
        single word that is a stop word in one of `stop_languages` ("les", "was") never is a concept.
        """
        order = [language, *(code for code in self._exact if code != language)]
        matches, start = [], 0
        while start < len(words):
            match = self._longest(words, start, order, tuple(stop_languages))
            if match:
                matches.append(match)
            start = match.end if match else start + 1
        return matches

    def _longest(self, words, start, order, stop_languages) -> Match | None:
        for end in range(min(len(words), start + self._most_words), start, -1):
            span = words[start:end]
            if end - start == 1 and any(is_stop_word(span[0], code) for code in stop_languages):
                continue
            if keys := self._keys(span, order):
                return Match(start, end, keys)
        if keys := self._keys_in_compound(words[start]):
            return Match(start, start + 1, keys, PART_WEIGHT)
        return None

    def _keys(self, span: list[str], order: list[str]) -> tuple[str, ...]:
        exact = tuple(fold(word) for word in span)
        own, others = order[0], order[1:]
        if keys := self._exact.get(own, {}).get(exact):
            return tuple(keys)
        if keys := self._by_stem(span, own):
            return tuple(keys)
        found = [key for code in others for key in self._exact.get(code, {}).get(exact, ())]
        if not found and sum(map(len, span)) >= SHORTEST_FOREIGN_STEM:
            found = [key for code in others for key in self._by_stem(span, code)]
        return tuple(dict.fromkeys(found))

    def _by_stem(self, span: list[str], language: str) -> list[str]:
        table = self._stemmed.get(language, {})
        return table.get(tuple(stem(word, language) for word in span), [])

    def _keys_in_compound(self, word: str) -> tuple[str, ...]:
        folded = fold(word)
        for size in range(len(folded) - SHORTEST_REST, SHORTEST_PART - 1, -1):
            if keys := self._parts.get(folded[:size]) or self._parts.get(folded[-size:]):
                return tuple(keys)
        return ()

    def label(self, key: str, language: str) -> str:
        """What a concept is called in a language, else in the first that it has; "" for one that is not known."""
        return self.labelled(key, language)[0]

    def labelled(self, key: str, language: str) -> tuple[str, str]:
        """The label of a concept with the language that it is in: as `label`, `("", language)` for one not known."""
        concept = self.concepts.get(key)
        labels = {code: label for code, label in concept.labels.items() if label} if concept else {}
        if language in labels or not labels:
            return labels.get(language, ""), language
        return next((label, code) for code, label in labels.items())

    def right_under(self, key: str) -> tuple[str, ...]:
        """The topics one step under a topic."""
        return tuple(self._narrower.get(key, ()))

    def narrower(self, key: str) -> tuple[str, ...]:
        """Every topic under a topic, at any depth, itself left out (a circle in the data ends the walk)."""
        found: dict[str, None] = {}
        waiting = list(self._narrower.get(key, ()))
        while waiting:
            one = waiting.pop(0)
            if one not in found and one != key:
                found[one] = None
                waiting.extend(self._narrower.get(one, ()))
        return tuple(found)

    def beside(self, key: str) -> tuple[str, ...]:
        """The topics right above a topic and those that it is related to; headings above it are left out."""
        concept = self.concepts[key]
        above = [one for one in concept.broader if len(self.narrower(one)) <= MOST_NARROWER]
        return tuple(one for one in dict.fromkeys((*above, *concept.related)) if one in self.concepts)

    def other_words(self, keys: Iterable[str], typed: str = "") -> list[OtherWord]:
        """Every word for these concepts in every language but what was typed; narrower topics' words come last."""
        words: dict[tuple[str, str], OtherWord] = {}
        keys = tuple(keys)
        under = [
            key for top in keys if len(found := self.narrower(top)) <= MOST_NARROWER for key in found if key not in keys
        ]
        known = tuple(folded_words(typed))
        for key, weight in [*((key, 1.0) for key in keys), *((key, NARROWER_WEIGHT) for key in under)]:
            for language, text, folded in self._said.get(key, ()):
                if folded != known:
                    words.setdefault((language, text), OtherWord(language, text, weight))
        return list(words.values())

    def vocabulary(self, language: str) -> set[str]:
        """Every single folded word that labels of the language are made of: where a typing error is looked up first."""
        return {word for words in self._exact.get(language, {}) for word in words if len(word) > 3}
