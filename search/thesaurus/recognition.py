"""Recognises concepts in a question, in every language of the thesaurus, in two ways.

    find_expressions   an expression as it stands: "openbare overlast"
    find_mentions      an expression whose words stand anywhere: "neighbours who keep arguing"

A word of the visitor's language is a concept only by an expression of that language or a real inflection of one
(search/text_analysis/inflection.py), a word of another language only as it is written there.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from search.languages import rules_for
from search.text_analysis.normalise import fold
from search.text_analysis.stop_words import is_filler_word, is_stop_word
from search.thesaurus.concepts import Concept, Expression
from search.thesaurus.expressions import ExpressionIndex, LooseMatch

LONGEST_LABEL = 12  # words; longer labels are definitions, which nobody types
SHORTEST_PART = 5  # letters of a concept's word inside a compound: "overlast" in "overlastaanpak"
SHORTEST_REST = 4  # letters of what is left of the compound
COMPOUND_WEIGHT = 0.5  # of a concept that is only a part of a word
ONE_WORD_WEIGHT = 0.8  # of a concept that is mentioned by one word; several words together are surer
WITHIN_LONGER_WEIGHT = 0.3  # of a concept whose words are part of a longer expression: "hate" in "hate, social media"


@dataclass(frozen=True)
class ExpressionMatch:
    """The concepts that were recognised in the words `start` to `end` (exclusive) of a question.

    One that is only a part of a compound finds with a `weight` below 1, and is not announced: it may be an accident.
    """

    start: int
    end: int
    concepts: tuple[str, ...]
    weight: float = 1.0
    in_compound: bool = False
    expressions: tuple[Expression, ...] = ()


@dataclass(frozen=True)
class Mention:
    """How much a concept counts that a question mentions, by which expressions, and whether to announce it."""

    weight: float
    sure: bool = True
    matches: tuple[LooseMatch, ...] = ()


class Recogniser:
    """Recognises the given concepts; `narrower` returns the keys of all concepts under one."""

    def __init__(self, concepts: Iterable[Concept], narrower: Callable[[str], tuple[str, ...]]):
        self._narrower = narrower
        self._languages: dict[str, ExpressionIndex] = {}
        self._by_compound_part: dict[str, list[str]] = {}
        self._longest_expression = 1  # in words
        for concept in concepts:
            for language in dict.fromkeys((*concept.labels, *concept.alternatives)):
                for text in concept.words_in(language):
                    self._learn(concept.key, language, text)
            for language, texts in concept.everyday.items():
                for text in texts:
                    self._learn_loosely(concept.key, language, text)

    def _index(self, language: str) -> ExpressionIndex:
        if language not in self._languages:
            self._languages[language] = ExpressionIndex(language)
        return self._languages[language]

    @property
    def _one_of_each_spelling(self) -> list[ExpressionIndex]:
        return list({index.spelling: index for index in self._languages.values()}.values())

    # -- learning --------------------------------------------------------------------------------------------

    def _learn(self, concept: str, language: str, text: str) -> None:
        index = self._index(language)
        words = index.words(text)
        if not 0 < len(words) <= LONGEST_LABEL:
            return
        self._longest_expression = max(self._longest_expression, len(words))
        index.learn_in_order(concept, text, words)
        self._learn_loosely(concept, language, text, at_least=2)
        in_one = "".join(map(fold, words))
        if rules_for(language).makes_compounds and len(words) == 1 and len(in_one) >= SHORTEST_PART:
            self._by_compound_part.setdefault(in_one, []).append(concept)

    def _learn_loosely(self, concept: str, language: str, text: str, at_least: int = 1) -> None:
        """Recognise the concept by the words of an expression in any order, if enough are left without stop words.

        An expression of several words of which fewer than two say something ("us against them", "in my city") is
        recognised only as it stands: apart, its words are in every other question.
        """
        index = self._index(language)
        words = index.words(text)
        telling = [word for word in words if not is_stop_word(word, language)]
        only_fillers = all(is_filler_word(word, language) for word in telling)
        if len(words) > 1 and (len(set(map(index.key, telling))) < 2 or only_fillers):
            self._longest_expression = max(self._longest_expression, len(words))
            index.learn_in_order(concept, text, words)
        elif len(telling) >= at_least:
            index.learn_loosely(concept, text, telling)

    # -- mentions --------------------------------------------------------------------------------------------

    def find_mentions(self, words: list[str], language: str) -> dict[str, Mention]:
        """Return the concepts that a question mentions, by their keys.

        Other languages are only looked at when nothing is recognised in the visitor's.
        """
        if mentions := self._weighed(self._index(language).loose(words)):
            return mentions
        by_key = {index.spelling: {index.key(word): word for word in words} for index in self._one_of_each_spelling}
        for index in self._languages.values():
            if index.code != language and (matches := index.loose_for_reader_of(language, by_key[index.spelling])):
                mentions = {**self._weighed(matches), **mentions}
        return mentions

    def _weighed(self, matches: list[LooseMatch]) -> dict[str, Mention]:
        mentions: dict[str, Mention] = {}
        for match in matches:
            expression = match.expression
            longer = [other.expression for other in matches if match.words < other.words]
            if any(other.key in self._narrower(expression.key) for other in longer):
                continue  # of a concept and one under it, that with the longer expression counts
            weight = ONE_WORD_WEIGHT if len(expression.words) == 1 else 1.0
            weight *= WITHIN_LONGER_WEIGHT if longer else 1.0
            before = mentions.get(expression.key, Mention(0.0, sure=False))
            mentions[expression.key] = Mention(
                max(before.weight, weight),
                sure=before.sure or (expression.sure and not longer),
                matches=(*before.matches, match),
            )
        return mentions

    # -- expressions -----------------------------------------------------------------------------------------

    def find_expressions(
        self, words: list[str], language: str, stop_word_languages: Iterable[str] = ()
    ) -> list[ExpressionMatch]:
        """Return the concepts in a list of words as they were typed, the longest expression first, without overlap.

        The visitor's language comes first: a word that is a label in it is not looked up elsewhere. A single word that
        is a stop word in one of `stop_word_languages` ("les", "was") is never a concept.
        """
        matches: list[ExpressionMatch] = []
        start = 0
        while start < len(words):
            match = self._longest(words, start, language, tuple(stop_word_languages))
            if match:
                matches.append(match)
            start = match.end if match else start + 1
        return matches

    def _longest(
        self, words: list[str], start: int, language: str, stop_word_languages: tuple[str, ...]
    ) -> ExpressionMatch | None:
        for end in range(min(len(words), start + self._longest_expression), start, -1):
            span = words[start:end]
            has_stop_word = end - start > 1 and any(
                is_stop_word(word, code) for word in span for code in stop_word_languages
            )
            expressions = self._expressions(span, language, has_stop_word)
            if expressions and (end - start > 1 or not _is_stop_word_in(span[0], stop_word_languages)):
                keys = tuple(dict.fromkeys(expression.key for expression in expressions))
                return ExpressionMatch(start, end, keys, expressions=tuple(expressions))
        if keys := self._in_compound(words[start], stop_word_languages):
            return ExpressionMatch(start, start + 1, keys, COMPOUND_WEIGHT, in_compound=True)
        return None

    def _expressions(self, span: list[str], language: str, has_stop_word: bool) -> list[Expression]:
        """Return the expressions that some words are, in the visitor's language or else in the others."""
        if expressions := self._index(language).exact(span, has_stop_word):
            return expressions
        keys = {index.spelling: list(map(index.key, span)) for index in self._one_of_each_spelling}
        others = (index for index in self._languages.values() if index.code != language)
        return [one for index in others for one in index.exact_for_reader_of(language, span, keys[index.spelling])]

    def _in_compound(self, word: str, stop_word_languages: tuple[str, ...]) -> tuple[str, ...]:
        folded = fold(word)
        for size in range(len(folded) - SHORTEST_REST, SHORTEST_PART - 1, -1):
            for part, rest in ((folded[:size], folded[size:]), (folded[-size:], folded[:-size])):
                if (keys := self._by_compound_part.get(part)) and not _is_stop_word_in(rest, stop_word_languages):
                    return tuple(keys)
        return ()

    # -- the words themselves --------------------------------------------------------------------------------

    def knows(self, word: str, language: str) -> bool:
        """Return whether a word is part of an expression of any language, or an inflection in the visitor's."""
        index = self._index(language)
        if index.has_form(index.key(word)):
            return True
        keys = {other.spelling: other.key(word) for other in self._one_of_each_spelling}
        return any(other.has_word(keys[other.spelling]) for other in self._languages.values())

    def vocabulary(self, language: str) -> dict[str, str]:
        """Return the words that the expressions of a language are made of: their keys, and how they are spelled."""
        return self._index(language).vocabulary


def _is_stop_word_in(word: str, languages: Iterable[str]) -> bool:
    return any(is_stop_word(word, code) for code in languages)
