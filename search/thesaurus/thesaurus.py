"""The thesaurus as search uses it: which concepts a question speaks of, and in which other words they are said.

Pure: built from `Concept`s, knows no database (`search.thesaurus.current_thesaurus` reads those from the topics).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from search.text_analysis.inflection import inflections, within_expressions
from search.text_analysis.normalise import (
    fold,
    folded_word,
    folded_words,
    is_false_friend,
    is_filler,
    is_stop_word,
    normalise,
    words_of,
)
from search.text_analysis.spelling_variants import HYPHENED, asked_words, respelled

LONGEST_LABEL = 12  # words; longer labels are definitions, nobody types them
SHORTEST_PART = 5  # letters of a concept's word inside a compound: "overlast" in "overlastaanpak"
SHORTEST_REST = 4  # letters of what is left of the compound
MOST_NARROWER = 15  # a heading with more topics under it ("phenomena") lends no words, only its topics
NARROWER_WEIGHT = 0.6
PART_WEIGHT = 0.5
ONE_WORD_WEIGHT = 0.8  # of a concept that one everyday word speaks of; several words together are surer
WITHIN_LONGER_WEIGHT = 0.3  # of a concept whose words are part of a longer expression: "hate" in "hate, social media"
SHORTEST_APART = 3  # letters of each word that was typed apart where an expression has them together
LONGEST_ACRONYM = 6  # letters
UNSURE = "~"
SPELLINGS = ("en", "de")  # languages whose words `respelled` changes beyond what folding does
COMPOUNDING = ("nl", "de")
_UMLAUT = re.compile("[äöüß]")


@dataclass(frozen=True)
class Concept:
    """A topic: its label and other words in each language, and the keys of the broader topics.

    `everyday` are expressions that people use who do not know our terms: for understanding only. One with a wave
    at its end ("step~") says too little to tell anybody that it was understood so: it only helps to find.
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
class Expression:
    """A label, other word or everyday words of a concept, as it is compared: `words` folded and in one spelling.

    `raw` are the words as they are written. An `acronym` (GAS, BOA) is never inflected, and in another language it has
    to be typed in capitals. `whole` ones have no small word in them, so that they may be typed as one. Of what is no
    `sure` sign nobody is told.
    """

    key: str
    language: str
    text: str
    words: tuple[str, ...]
    raw: tuple[str, ...]
    acronym: bool = False
    whole: bool = True
    sure: bool = True

    def agrees(self, typed: Iterable[str]) -> bool:
        """Whether the typed words have no other accents than the expression's. They may have none at all."""
        return all(_agree(word, raw) for word, raw in zip(typed, self.raw, strict=False))


@dataclass(frozen=True)
class Recognised:
    """An expression with the words of the question that it was recognised by."""

    expression: Expression
    words: frozenset[str]


@dataclass(frozen=True)
class Match:
    """Concepts recognised in the words `start` to `end` (exclusive) of a question.

    `in_compound` ones find, with a `weight` below 1, but nobody is told of them: a part of a word may be an accident.
    """

    start: int
    end: int
    keys: tuple[str, ...]
    weight: float = 1.0
    in_compound: bool = False
    by: tuple[Expression, ...] = ()


@dataclass(frozen=True)
class Spoken:
    """How much a concept counts that a question speaks of, by what, and whether that is sure enough to say so."""

    weight: float
    sure: bool = True
    by: tuple[Recognised, ...] = ()


@dataclass(frozen=True)
class OtherWord:
    """One word or expression for a concept; `weight` is below 1 for a narrower topic."""

    language: str
    text: str
    weight: float = 1.0


def _agree(typed: str, raw: str) -> bool:
    """Whether the accents that were typed are those of the word: "née" is no "nee", "élevé" no "élève".

    A German word may get an umlaut in its plural; what an ending adds has no accent.
    """
    typed, raw = typed.lower(), raw.lower()
    if typed.isascii() or typed == raw:
        return True
    if folded_word(typed) != folded_word(raw) and _UMLAUT.search(typed):
        return True
    same = all(one == other or fold(one) != fold(other) for one, other in zip(typed, raw, strict=False))
    return same and typed[len(raw) :].isascii()


class _Language:
    """The expressions of one language, and how each is recognised."""

    def __init__(self, code: str):
        self.code = code
        self.spelling = code if code in SPELLINGS else ""  # languages with the same have the same keys
        # All letters of an expression, so that it does not matter how its words are put together.
        self.written: dict[str, list[Expression]] = {}
        self.inflected: dict[str, list[Expression]] = {}  # by an inflection of its end
        self.by_word: dict[str, list[Expression]] = {}  # of several words, by the first
        # Recognised wherever their words stand, small words aside: those of one word, and of several by the longest.
        self.single: dict[str, list[Expression]] = {}
        self.single_inflected: dict[str, list[Expression]] = {}
        self.loose: dict[str, list[Expression]] = {}
        self.vocabulary: dict[str, str] = {}  # each word of the expressions, and how it is written
        self.forms: dict[str, set[str]] = {}  # an inflection -> the words of the expressions that it is of

    def key(self, word: str) -> str:
        return fold(respelled(word, self.code))

    def words(self, text: str) -> list[str]:
        """The words of an expression."""
        words = words_of(asked_words(normalise(text), self.code))
        for word in words:
            self.vocabulary.setdefault(self.key(word), word)
        for hyphened in HYPHENED.findall(text):  # "gasbemiddeling" is GAS-bemiddeling
            self.vocabulary.setdefault("".join(map(self.key, words_of(hyphened))), hyphened)
        return words

    def _expression(self, key: str, text: str, words: list[str]) -> Expression:
        return Expression(
            key,
            self.code,
            text,
            tuple(map(self.key, words)),
            tuple(words),
            acronym=_is_acronym(text),
            whole=not any(is_stop_word(word, self.code) for word in words),
            sure=not text.endswith(UNSURE),
        )

    def learn(self, key: str, text: str, words: list[str]) -> None:
        """Recognise an expression as it stands, its words together or apart, or inflected."""
        one = self._expression(key, text, words)
        _put(self.written, "".join(one.words), one)
        if one.acronym:
            return
        *before, last = one.words
        for form in inflections(last, self.code):
            _put(self.inflected, "".join([*before, form]), one)
        if before:
            _put(self.by_word, one.words[0], one)
            self._learn_forms(one)

    def learn_loosely(self, key: str, text: str, words: list[str]) -> None:
        """Recognise an expression by its telling words in any order."""
        one = self._expression(key, text, words)
        if len(one.words) == 1:
            _put(self.single, one.words[0], one)
            if not one.acronym:
                for form in inflections(one.words[0], self.code):
                    _put(self.single_inflected, form, one)
        else:
            _put(self.loose, max(one.words, key=len), one)
            self._learn_forms(one)

    def _learn_forms(self, one: Expression) -> None:
        for word in one.words:
            for form in within_expressions(word, self.code):
                self.forms.setdefault(form, set()).add(word)

    def meant(self, word: str) -> set[str]:
        """The words that a word (as `key` gives it) may be a form of in an expression, itself included."""
        return {word, *self.forms.get(word, ()), *inflections(word, self.code)}

    def expressions(self, span: list[str], small: bool) -> list[Expression]:
        """The expressions that just these words of the visitor's are, or are an inflection of."""
        words = [self.key(word) for word in span]
        *before, last = words
        apart = not small and min(map(len, words)) >= SHORTEST_APART

        def fits(one: Expression) -> bool:
            """Words together may have been written apart, but not every two words are one: "over last"."""
            if len(words) == len(one.words):
                return one.agrees(span)
            return one.whole if len(words) == 1 else apart

        found = [one for one in self.written.get("".join(words), ()) if fits(one)]
        if len(words) == 1 and is_false_friend(last, self.code):
            return [one for one in found if span[0] in one.raw]  # only just as it is written: GAS, no gas
        if found:
            return found
        found = [one for one in self.inflected.get("".join(words), ()) if fits(one)]
        for form in inflections(last, self.code):
            found += [one for one in self.written.get("".join([*before, form]), ()) if fits(one) and not one.acronym]
        return found or self._in_order(words, span)

    def _in_order(self, words: list[str], span: list[str]) -> list[Expression]:
        """The expressions of just so many words, each of which may be inflected."""
        meant = [self.meant(word) for word in words] if len(words) > 1 else []
        return [
            one
            for first in (meant[0] if meant else ())
            for one in self.by_word.get(first, ())
            if len(one.words) == len(words)
            and one.agrees(span)
            and all(word in forms for word, forms in zip(one.words, meant, strict=True))
        ]

    def as_written(self, span: list[str], words: list[str], reader: str) -> list[Expression]:
        """The expressions that just these words (with their keys) are, for a visitor who reads another language."""
        if not (found := self.written.get("".join(words))) or (len(span) == 1 and is_false_friend(span[0], reader)):
            return []
        return [
            one
            for one in found
            if (one.agrees(span) if len(words) == len(one.words) else one.whole and len(words) == 1)
            and (not one.acronym or span[0].isupper())
        ]

    def spoken(self, words: list[str]) -> list[Recognised]:
        """The expressions of the visitor's language all of whose words are among these, inflected or not."""
        found = [
            Recognised(one, frozenset([word]))
            for word in words
            for one in self._spoken_alone(word)
            if not is_stop_word(word, self.code)
        ]
        meant = {word: self.meant(self.key(word)) for word in words}
        every = set().union(*meant.values())
        for name in sorted(every):
            for one in self.loose.get(name, ()):
                if every.issuperset(one.words):
                    found.append(
                        Recognised(one, frozenset(word for word in words if not meant[word].isdisjoint(one.words)))
                    )
        return found

    def _spoken_alone(self, word: str) -> list[Expression]:
        key = self.key(word)
        found = [one for one in self.single.get(key, ()) if one.agrees((word,))]
        if is_false_friend(word, self.code):
            return [one for one in found if word in one.raw]
        inflected = [
            *self.single_inflected.get(key, ()),
            *(one for form in inflections(key, self.code) for one in self.single.get(form, ()) if not one.acronym),
        ]
        return found + [one for one in inflected if one.agrees((word,))]

    def spoken_as_written(self, words: Mapping[str, str], reader: str) -> list[Recognised]:
        """The expressions all of whose words are among these (by their keys), for one who reads another language."""
        found = [
            Recognised(one, frozenset([word]))
            for key, word in words.items()
            for one in self.single.get(key, ())
            if one.agrees((word,))
            and (not one.acronym or word.isupper())
            and not is_false_friend(word, reader)
            and not is_stop_word(word, reader)
        ]
        for key in words:
            for one in self.loose.get(key, ()):
                if words.keys() >= set(one.words):
                    found.append(Recognised(one, frozenset(words[word] for word in one.words)))
        return found


def _put(table: dict[str, list[Expression]], name: str, one: Expression) -> None:
    found = table.setdefault(name, [])
    if one not in found:
        found.append(one)


def _is_acronym(text: str) -> bool:
    return len(text) <= LONGEST_ACRONYM and text.isalpha() and text.isupper()


class Thesaurus:
    """Recognises concepts in a question, in ten languages, and knows their words and narrower topics.

    A word of the visitor's language is a concept only by an expression of it or a real inflection of one
    (search/text_analysis/inflection.py), a word of another language only as it is written there.
    """

    def __init__(self, concepts: Iterable[Concept] = ()):
        self.concepts = {concept.key: concept for concept in concepts}
        self._narrower: dict[str, list[str]] = {}
        for concept in self.concepts.values():
            for key in concept.broader:
                self._narrower.setdefault(key, []).append(concept.key)
        self._languages: dict[str, _Language] = {}
        self._parts: dict[str, list[str]] = {}
        self._most_words = 1  # of any expression
        # concept -> its words as (language, text, folded words)
        self._said: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
        for concept in self.concepts.values():
            for language in dict.fromkeys((*concept.labels, *concept.others)):
                for text in concept.words_in(language):
                    self._learn(concept.key, language, text)
            for language, texts in concept.everyday.items():
                for text in texts:
                    self._learn_loosely(concept.key, language, text)

    @property
    def _spellings(self) -> list[_Language]:
        """One language of each way of spelling."""
        return list({known.spelling: known for known in self._languages.values()}.values())

    def _of(self, language: str) -> _Language:
        if language not in self._languages:
            self._languages[language] = _Language(language)
        return self._languages[language]

    def _learn(self, key: str, language: str, text: str) -> None:
        known = self._of(language)
        raw = known.words(text)
        if not 0 < len(raw) <= LONGEST_LABEL:
            return
        self._most_words = max(self._most_words, len(raw))
        self._said.setdefault(key, []).append((language, text, tuple(folded_words(text))))
        known.learn(key, text, raw)
        self._learn_loosely(key, language, text, least=2)
        whole = "".join(map(fold, raw))
        if language in COMPOUNDING and len(raw) == 1 and len(whole) >= SHORTEST_PART:
            self._parts.setdefault(whole, []).append(key)

    def _learn_loosely(self, key: str, language: str, text: str, least: int = 1) -> None:
        """Recognise the concept by these words in any order, its small words left out, if at least so many are left.

        Several words of which fewer than two say something ("us against them", "in my city") are recognised only as
        they stand: apart they are in every other question.
        """
        known = self._of(language)
        words = known.words(text)
        meant = [word for word in words if not is_stop_word(word, language)]
        if len(words) > 1 and (len(set(map(known.key, meant))) < 2 or all(is_filler(word, language) for word in meant)):
            self._most_words = max(self._most_words, len(words))
            known.learn(key, text, words)
        elif len(meant) >= least:
            known.learn_loosely(key, text, meant)

    def speaks_of(self, words: list[str], language: str) -> dict[str, Spoken]:
        """The concepts that a question speaks of in everyday words, wherever these stand, by their keys.

        Other languages are only looked at when nothing is recognised in the visitor's.
        """
        if found := self._weighed(self._of(language).spoken(words)):
            return found
        keys = {other.spelling: {other.key(word): word for word in words} for other in self._spellings}
        for other in self._languages.values():
            if other.code != language and (spoken := other.spoken_as_written(keys[other.spelling], language)):
                found = {**self._weighed(spoken), **found}
        return found

    def _weighed(self, spoken: list[Recognised]) -> dict[str, Spoken]:
        found: dict[str, Spoken] = {}
        for each in spoken:
            one = each.expression
            longer = [other.expression for other in spoken if each.words < other.words]
            if any(other.key in self.narrower(one.key) for other in longer):
                continue  # of a concept and one under it, that with the longer expression counts
            weight = ONE_WORD_WEIGHT if len(one.words) == 1 else 1.0
            weight *= WITHIN_LONGER_WEIGHT if longer else 1.0
            before = found.get(one.key, Spoken(0.0, sure=False))
            found[one.key] = Spoken(
                max(before.weight, weight), sure=before.sure or (one.sure and not longer), by=(*before.by, each)
            )
        return found

    def find(self, words: list[str], language: str, stop_languages: Iterable[str] = ()) -> list[Match]:
        """The concepts in a list of words (as typed), the longest expression first, without overlap.

        The visitor's language counts before the others: a word that is a label in it is not looked up elsewhere. A
        single word that is a stop word in one of `stop_languages` ("les", "was") never is a concept.
        """
        matches, start = [], 0
        while start < len(words):
            match = self._longest(words, start, language, tuple(stop_languages))
            if match:
                matches.append(match)
            start = match.end if match else start + 1
        return matches

    def _longest(self, words, start, language, stop_languages) -> Match | None:
        for end in range(min(len(words), start + self._most_words), start, -1):
            span = words[start:end]
            small = [end - start > 1 and any(is_stop_word(word, code) for code in stop_languages) for word in span]
            found = self._expressions(span, language, any(small))
            if found and (end - start > 1 or not any(is_stop_word(span[0], code) for code in stop_languages)):
                keys = tuple(dict.fromkeys(one.key for one in found))
                return Match(start, end, keys, by=tuple(found))
        if keys := self._keys_in_compound(words[start], stop_languages):
            return Match(start, start + 1, keys, PART_WEIGHT, in_compound=True)
        return None

    def _expressions(self, span: list[str], language: str, small: bool) -> list[Expression]:
        """The expressions that a span is, of the visitor's language or else others; `small`: it has a stop word."""
        if found := self._of(language).expressions(span, small):
            return found
        keys = {other.spelling: list(map(other.key, span)) for other in self._spellings}
        others = (other for other in self._languages.values() if other.code != language)
        return [one for other in others for one in other.as_written(span, keys[other.spelling], language)]

    def _keys_in_compound(self, word: str, stop_languages: tuple[str, ...]) -> tuple[str, ...]:
        folded = fold(word)
        for size in range(len(folded) - SHORTEST_REST, SHORTEST_PART - 1, -1):
            for part, rest in ((folded[:size], folded[size:]), (folded[-size:], folded[:-size])):
                if (keys := self._parts.get(part)) and not any(is_stop_word(rest, code) for code in stop_languages):
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

    def knows(self, word: str, language: str) -> bool:
        """Whether a word is one of an expression of any language, or an inflection of one of the visitor's."""
        own = self._of(language)
        key = own.key(word)
        known = (own.vocabulary, own.written)
        if any(key in table for table in (own.forms, own.inflected, own.single_inflected)):
            return True
        if any(form in table for form in inflections(key, language) for table in known):
            return True
        keys = {other.spelling: other.key(word) for other in self._spellings}
        return any(
            keys[other.spelling] in table
            for other in self._languages.values()
            for table in (other.vocabulary, other.written)
        )

    def vocabulary(self, language: str) -> Mapping[str, str]:
        """The words that expressions of the language are made of: in one spelling -> as written. Typing errors are
        looked up in it."""
        return self._of(language).vocabulary
