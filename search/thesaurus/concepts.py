"""What the thesaurus is made of: concepts, the expressions by which they are recognised, and their synonyms."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from search.text_analysis.normalise import fold, folded_word

LONGEST_ACRONYM = 6  # letters
UNSURE = "~"
_UMLAUT = re.compile("[äöüß]")


@dataclass(frozen=True)
class Concept:
    """A topic: its label and alternative labels in each language, and the keys of the broader and related topics.

    `everyday` are expressions of people who do not know our terms. They are recognised and never shown. One that ends
    with a tilde ("step~") says too little to announce that the concept was recognised: it only helps to find.
    """

    key: str
    labels: Mapping[str, str]
    alternatives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    everyday: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def words_in(self, language: str) -> tuple[str, ...]:
        """Return the label and the alternative labels in a language, the label first."""
        label = self.labels.get(language, "")
        return tuple(dict.fromkeys(word for word in (label, *self.alternatives.get(language, ())) if word))


@dataclass(frozen=True)
class Expression:
    """A label, alternative label or everyday expression of a concept, in the form in which it is compared.

    `words` are folded and in one spelling, `written` are the same words as they are written. An acronym (GAS, BOA) is
    never inflected, and in another language it has to be typed in capitals. An expression without stop words
    (`may_be_one_word`) is recognised when it is typed as one word. One that is not `sure` is not announced.
    """

    key: str
    language: str
    text: str
    words: tuple[str, ...]
    written: tuple[str, ...]
    is_acronym: bool = False
    may_be_one_word: bool = True
    sure: bool = True

    def has_accents_of(self, typed: Iterable[str]) -> bool:
        """Return whether the typed words have the accents of the expression, or none at all."""
        return all(_accents_agree(word, written) for word, written in zip(typed, self.written, strict=False))


@dataclass(frozen=True)
class Synonym:
    """A word or expression for a concept; `weight` is below 1 for that of a narrower concept."""

    language: str
    text: str
    weight: float = 1.0


def is_acronym(text: str) -> bool:
    """Return whether a label is an acronym."""
    return len(text) <= LONGEST_ACRONYM and text.isalpha() and text.isupper()


def _accents_agree(typed: str, written: str) -> bool:
    """Return whether the accents that were typed are those of the word: "née" is not "nee", "élevé" not "élève".

    A German word may get an umlaut in its plural. What an ending adds has no accent.
    """
    typed, written = typed.lower(), written.lower()
    if typed.isascii() or typed == written:
        return True
    if folded_word(typed) != folded_word(written) and _UMLAUT.search(typed):
        return True
    same = all(one == other or fold(one) != fold(other) for one, other in zip(typed, written, strict=False))
    return same and typed[len(written) :].isascii()
