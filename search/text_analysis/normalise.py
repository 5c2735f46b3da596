"""Text as search compares it: normalised, split into words, folded. The same for documents and for questions."""

import re
import unicodedata
from functools import lru_cache

from portal.core.content.sorting import without_accents
from search.text_analysis.spelling_variants import with_abbreviations_joined

_WORD = re.compile(r"[^\W\d_]+|\d+")  # letters or digits: "48u" and "48 u" are the same
_JOINING = re.compile("[\u00ad\u200c\u200d\u2060\ufeff]")  # soft hyphens and the like: inside a word
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
# Letters that are no letter with an accent, and yet are typed without.
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def normalise(text: str) -> str:
    """Return the text in NFC, without control and invisible characters (NUL, zero width, lone surrogates)."""
    if not text.replace("\n", " ").isprintable():  # most texts are, and a rebuild normalises every one of them
        text = _CONTROL.sub(" ", _JOINING.sub("", text))
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Return the text in lower case and without accents, ß as ss: how the unstemmed field `words` is indexed."""
    lower = text.lower()
    return lower if lower.isascii() else " ".join(map(folded_word, lower.split(" ")))


@lru_cache(maxsize=100_000)
def folded_word(word: str) -> str:
    """Return the same as `fold` for a single word, from a cache: a large archive has few words that are new."""
    lower = word.lower()
    if lower.isascii():
        return lower
    return unicodedata.normalize("NFC", without_accents(lower.translate(_LETTERS)))


def words_with_positions(text: str) -> list[tuple[str, int, int]]:
    """Return the words of a text, each with its start and end in characters: [("L", 0, 1), ("école", 2, 7)]."""
    return [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]


def words_of(text: str) -> list[str]:
    """Return the words of a text."""
    return _WORD.findall(text)


def folded_words(text: str) -> list[str]:
    """Return the words of a text, folded: "L'École" is ["l", "ecole"]."""
    return [folded_word(word) for word in _WORD.findall(with_abbreviations_joined(normalise(text)))]
