"""The thesaurus as search uses it: concepts, their labels and synonyms, and what is broader and narrower.

It is built from `Concept`s and knows no database: search/thesaurus/current_thesaurus.py reads those from the topics.
"""

from collections.abc import Iterable, Mapping

from search.text_analysis.normalise import folded_words, normalise, words_of
from search.text_analysis.spelling_variants import without_contractions
from search.thesaurus.concepts import Concept, Synonym
from search.thesaurus.recognition import LONGEST_LABEL, ExpressionMatch, Mention, Recogniser

MOST_NARROWER = 15  # a heading with more topics under it ("phenomena") lends no words, only its topics
NARROWER_WEIGHT = 0.6


class Thesaurus:
    """The concepts by their keys."""

    def __init__(self, concepts: Iterable[Concept] = ()):
        self.concepts = {concept.key: concept for concept in concepts}
        self._narrower: dict[str, list[str]] = {}
        # The labels of each concept, as (language, text, folded words).
        self._labels: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
        for concept in self.concepts.values():
            for key in concept.broader:
                self._narrower.setdefault(key, []).append(concept.key)
            self._labels[concept.key] = list(_labels(concept))
        self._recogniser = Recogniser(self.concepts.values(), self.narrower)

    # -- recognising -----------------------------------------------------------------------------------------

    def find_expressions(
        self, words: list[str], language: str, stop_word_languages: Iterable[str] = ()
    ) -> list[ExpressionMatch]:
        """Return the concepts that stand in a question as expressions (search/thesaurus/recognition.py)."""
        return self._recogniser.find_expressions(words, language, stop_word_languages)

    def find_mentions(self, words: list[str], language: str) -> dict[str, Mention]:
        """Return the concepts whose words stand anywhere in a question, by key (search/thesaurus/recognition.py)."""
        return self._recogniser.find_mentions(words, language)

    def knows(self, word: str, language: str) -> bool:
        """Return whether a word is part of an expression of any language, or an inflection in the visitor's."""
        return self._recogniser.knows(word, language)

    def vocabulary(self, language: str) -> Mapping[str, str]:
        """Return the words of a language that typing errors are compared with: their keys, and how they are spelled."""
        return self._recogniser.vocabulary(language)

    # -- labels ----------------------------------------------------------------------------------------------

    def label(self, key: str, language: str) -> str:
        """Return the label of a concept in a language, else in the first that has one; "" for an unknown key."""
        return self.label_with_language(key, language)[0]

    def label_with_language(self, key: str, language: str) -> tuple[str, str]:
        """Return the label of a concept and the language that it is in; `("", language)` for an unknown key."""
        concept = self.concepts.get(key)
        labels = {code: label for code, label in concept.labels.items() if label} if concept else {}
        if language in labels or not labels:
            return labels.get(language, ""), language
        return next((label, code) for code, label in labels.items())

    def synonyms(self, keys: Iterable[str], typed: str = "") -> list[Synonym]:
        """Return every label of these concepts in every language, except what was typed.

        The labels of narrower concepts come last.
        """
        keys = tuple(keys)
        below = [
            key
            for top in keys
            if len(narrower := self.narrower(top)) <= MOST_NARROWER
            for key in narrower
            if key not in keys
        ]
        typed_words = tuple(folded_words(typed))
        synonyms: dict[tuple[str, str], Synonym] = {}
        for key, weight in [*((key, 1.0) for key in keys), *((key, NARROWER_WEIGHT) for key in below)]:
            for language, text, folded in self._labels.get(key, ()):
                if folded != typed_words:
                    synonyms.setdefault((language, text), Synonym(language, text, weight))
        return list(synonyms.values())

    # -- hierarchy -------------------------------------------------------------------------------------------

    def children(self, key: str) -> tuple[str, ...]:
        """Return the concepts one step below a concept."""
        return tuple(self._narrower.get(key, ()))

    def narrower(self, key: str) -> tuple[str, ...]:
        """Return every concept below a concept, at any depth. A circle in the data ends the walk."""
        below: dict[str, None] = {}
        waiting = list(self._narrower.get(key, ()))
        while waiting:
            child = waiting.pop(0)
            if child not in below and child != key:
                below[child] = None
                waiting.extend(self._narrower.get(child, ()))
        return tuple(below)

    def neighbours(self, key: str) -> tuple[str, ...]:
        """Return the concepts one step above a concept, except wide headings, and those that it is related to."""
        concept = self.concepts[key]
        above = [one for one in concept.broader if len(self.narrower(one)) <= MOST_NARROWER]
        return tuple(one for one in dict.fromkeys((*above, *concept.related)) if one in self.concepts)


def _labels(concept: Concept) -> Iterable[tuple[str, str, tuple[str, ...]]]:
    for language in dict.fromkeys((*concept.labels, *concept.alternatives)):
        for text in concept.words_in(language):
            if 0 < len(words_of(without_contractions(normalise(text), language))) <= LONGEST_LABEL:
                yield language, text, tuple(folded_words(text))
