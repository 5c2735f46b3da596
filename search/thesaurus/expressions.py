"""The expressions of one language, and the lookup tables by which a question's words are recognised as them."""

from collections.abc import Mapping
from dataclasses import dataclass

from search.languages import rules_for
from search.text_analysis.inflection import inflections, inflections_in_expression
from search.text_analysis.normalise import fold, normalise, words_of
from search.text_analysis.spelling_variants import HYPHENATED, respelled, without_contractions
from search.text_analysis.stop_words import is_false_friend, is_stop_word
from search.thesaurus.concepts import UNSURE, Expression, is_acronym

SHORTEST_APART = 3  # letters of each word that was typed apart where an expression has them together


@dataclass(frozen=True)
class LooseMatch:
    """An expression, and the words of the question by which it was recognised wherever they stand."""

    expression: Expression
    words: frozenset[str]


class ExpressionIndex:
    """The expressions of one language.

    Those that are learned `in_order` are recognised as they stand, those learned `loosely` wherever their words stand.
    """

    def __init__(self, code: str):
        self.code = code
        # Languages with the same spelling rules have the same keys, so a word's key is computed once for all of them.
        self.spelling = code if rules_for(code).respell_word else ""
        # By all letters of the expression, so that it does not matter whether its words are typed apart.
        self._by_letters: dict[str, list[Expression]] = {}
        self._by_inflected_letters: dict[str, list[Expression]] = {}  # with an inflection of the last word
        self._by_first_word: dict[str, list[Expression]] = {}  # of several words
        # Loosely: of one word by that word, of several words by the longest.
        self._loose_by_word: dict[str, list[Expression]] = {}
        self._loose_by_inflection: dict[str, list[Expression]] = {}
        self._loose_by_longest_word: dict[str, list[Expression]] = {}
        self.vocabulary: dict[str, str] = {}  # the key of each word of the expressions, and its spelling
        self._words_by_form: dict[str, set[str]] = {}  # an inflection, and the words of expressions that it is of

    def key(self, word: str) -> str:
        """Return a word in the form in which it is looked up: folded, in the one spelling of the language."""
        return fold(respelled(word, self.code))

    def words(self, text: str) -> list[str]:
        """Return the words of an expression, and add them to the vocabulary."""
        words = words_of(without_contractions(normalise(text), self.code))
        for word in words:
            self.vocabulary.setdefault(self.key(word), word)
        for hyphenated in HYPHENATED.findall(text):  # "gasbemiddeling" is GAS-bemiddeling
            self.vocabulary.setdefault("".join(map(self.key, words_of(hyphenated))), hyphenated)
        return words

    # -- learning --------------------------------------------------------------------------------------------

    def learn_in_order(self, concept: str, text: str, words: list[str]) -> None:
        """Recognise an expression as it stands: its words together or apart, or inflected."""
        expression = self._expression(concept, text, words)
        _add(self._by_letters, "".join(expression.words), expression)
        if expression.is_acronym:
            return
        *before, last = expression.words
        for form in inflections(last, self.code):
            _add(self._by_inflected_letters, "".join([*before, form]), expression)
        if before:
            _add(self._by_first_word, expression.words[0], expression)
            self._learn_forms(expression)

    def learn_loosely(self, concept: str, text: str, words: list[str]) -> None:
        """Recognise an expression by these words in any order."""
        expression = self._expression(concept, text, words)
        if len(expression.words) == 1:
            _add(self._loose_by_word, expression.words[0], expression)
            if not expression.is_acronym:
                for form in inflections(expression.words[0], self.code):
                    _add(self._loose_by_inflection, form, expression)
        else:
            _add(self._loose_by_longest_word, max(expression.words, key=len), expression)
            self._learn_forms(expression)

    def _expression(self, concept: str, text: str, words: list[str]) -> Expression:
        return Expression(
            concept,
            self.code,
            text,
            tuple(map(self.key, words)),
            tuple(words),
            is_acronym=is_acronym(text),
            may_be_one_word=not any(is_stop_word(word, self.code) for word in words),
            sure=not text.endswith(UNSURE),
        )

    def _learn_forms(self, expression: Expression) -> None:
        for word in expression.words:
            for form in inflections_in_expression(word, self.code):
                self._words_by_form.setdefault(form, set()).add(word)

    # -- recognising -----------------------------------------------------------------------------------------

    def exact(self, span: list[str], has_stop_word: bool) -> list[Expression]:
        """Return the expressions that these words of the visitor's language are, or are an inflection of."""
        words = [self.key(word) for word in span]
        *before, last = words
        may_be_apart = not has_stop_word and min(map(len, words)) >= SHORTEST_APART

        def fits(expression: Expression) -> bool:
            """Words together may have been written apart, but not every two words are one: "over last"."""
            if len(words) == len(expression.words):
                return expression.has_accents_of(span)
            return expression.may_be_one_word if len(words) == 1 else may_be_apart

        found = [one for one in self._by_letters.get("".join(words), ()) if fits(one)]
        if len(words) == 1 and is_false_friend(last, self.code):
            return [one for one in found if span[0] in one.written]  # only just as it is written: GAS, not gas
        if found:
            return found
        found = [one for one in self._by_inflected_letters.get("".join(words), ()) if fits(one)]
        for form in inflections(last, self.code):
            singular = self._by_letters.get("".join([*before, form]), ())
            found += [one for one in singular if fits(one) and not one.is_acronym]
        return found or self._each_word_inflected(words, span)

    def _each_word_inflected(self, words: list[str], span: list[str]) -> list[Expression]:
        """Return the expressions of just so many words, each of which may be inflected."""
        meant = [self._may_be_forms_of(word) for word in words] if len(words) > 1 else []
        return [
            expression
            for first in (meant[0] if meant else ())
            for expression in self._by_first_word.get(first, ())
            if len(expression.words) == len(words)
            and expression.has_accents_of(span)
            and all(word in forms for word, forms in zip(expression.words, meant, strict=True))
        ]

    def _may_be_forms_of(self, word: str) -> set[str]:
        """Return the words of expressions that a word (by its key) may be a form of, itself included."""
        return {word, *self._words_by_form.get(word, ()), *inflections(word, self.code)}

    def exact_for_reader_of(self, reader: str, span: list[str], keys: list[str]) -> list[Expression]:
        """Return the expressions that these words are as they stand, for a visitor who reads another language."""
        found = self._by_letters.get("".join(keys))
        if not found or (len(span) == 1 and is_false_friend(span[0], reader)):
            return []
        return [
            expression
            for expression in found
            if (
                expression.has_accents_of(span)
                if len(keys) == len(expression.words)
                else expression.may_be_one_word and len(keys) == 1
            )
            and (not expression.is_acronym or span[0].isupper())
        ]

    def loose(self, words: list[str]) -> list[LooseMatch]:
        """Return the expressions of the visitor's language all of whose words are among these, inflected or not."""
        matches = [
            LooseMatch(expression, frozenset([word]))
            for word in words
            for expression in self._loose_alone(word)
            if not is_stop_word(word, self.code)
        ]
        meant = {word: self._may_be_forms_of(self.key(word)) for word in words}
        every: set[str] = set().union(*meant.values())
        for name in sorted(every):
            for expression in self._loose_by_longest_word.get(name, ()):
                if every.issuperset(expression.words):
                    by = frozenset(word for word in words if not meant[word].isdisjoint(expression.words))
                    matches.append(LooseMatch(expression, by))
        return matches

    def _loose_alone(self, word: str) -> list[Expression]:
        key = self.key(word)
        found = [one for one in self._loose_by_word.get(key, ()) if one.has_accents_of((word,))]
        if is_false_friend(word, self.code):
            return [one for one in found if word in one.written]
        inflected = [
            *self._loose_by_inflection.get(key, ()),
            *(
                one
                for form in inflections(key, self.code)
                for one in self._loose_by_word.get(form, ())
                if not one.is_acronym
            ),
        ]
        return found + [one for one in inflected if one.has_accents_of((word,))]

    def loose_for_reader_of(self, reader: str, words: Mapping[str, str]) -> list[LooseMatch]:
        """Return the expressions all of whose words are among these (by their keys) just as they are written."""
        matches = [
            LooseMatch(expression, frozenset([word]))
            for key, word in words.items()
            for expression in self._loose_by_word.get(key, ())
            if expression.has_accents_of((word,))
            and (not expression.is_acronym or word.isupper())
            and not is_false_friend(word, reader)
            and not is_stop_word(word, reader)
        ]
        for key in words:
            for expression in self._loose_by_longest_word.get(key, ()):
                if words.keys() >= set(expression.words):
                    matches.append(LooseMatch(expression, frozenset(words[word] for word in expression.words)))
        return matches

    # -- the words themselves --------------------------------------------------------------------------------

    def has_word(self, key: str) -> bool:
        """Return whether this is a word of an expression, or an expression typed as one word."""
        return key in self.vocabulary or key in self._by_letters

    def has_form(self, key: str) -> bool:
        """Return whether this is an inflection of a word of an expression."""
        tables = (self._words_by_form, self._by_inflected_letters, self._loose_by_inflection)
        return any(key in table for table in tables) or any(self.has_word(form) for form in inflections(key, self.code))


def _add(table: dict[str, list[Expression]], name: str, expression: Expression) -> None:
    expressions = table.setdefault(name, [])
    if expression not in expressions:
        expressions.append(expression)
