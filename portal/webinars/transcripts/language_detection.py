"""Detects the language of a text by function words, the small words that are in every sentence of a language.

Good enough to warn of captions that were imported under the wrong language (docs/feed-rules.md 4), and to mark up the
text of a source of which the language is not known. Nothing is refused because of it.
"""

import re
from collections import Counter
from collections.abc import Iterable

MIN_WORDS = 40  # of a text; below that nothing is guessed
MIN_SHARE = 0.1  # of function words in any running text
MIN_LEAD = 1.5  # times as many function words as of any other language, or of the expected one

_FUNCTION_WORDS = {
    "nl": "de het een en van ik je niet dat is in te zijn op die voor met maar we wat er ook dit als aan om naar",
    "fr": "le la les des et est une que qui pas dans pour vous nous sur ce avec un il du en au je cette mais",
    "en": "the and of to is that it you in we this are for have what was not a on with be they as but",
    "de": "der die und das ist nicht wir sie ein eine auf mit auch den zu es ich dass von im sich wie aber",
    "es": "el los las que y de en una por con para pero como está no se lo es un del al más esto",
    "it": "il che di non è un per sono con della gli questo una le si e ma la nel anche come più",
    "pt": "o os que não uma para com você isso mais como são e um do da em no se mas por esta",
    "hu": "a az és hogy nem is egy ez meg de van csak mint vagy ezt azt itt volt kell",
    "sk": "a je sa že na to som ako ale v sú si tak čo pre aj nie alebo keď by",
}
_WORDS_OF = {language: frozenset(words.split()) for language, words in _FUNCTION_WORDS.items()}
LANGUAGES = (*_FUNCTION_WORDS, "el")  # Greek by its letters
_ADDRESS = re.compile(r"https?://\S+")
_WORD = re.compile(r"[^\W\d_]+")
_GREEK = re.compile(r"[\u0370-\u03ff]")


def unexpected_language(texts: Iterable[str], expected: str) -> str:
    """The code of the language that texts seem to be in when it is not the expected one; "" when it is, or in doubt."""
    shares = _shares(texts)
    best = max(shares, key=shares.__getitem__, default=expected)
    if best == expected or shares[best] < MIN_SHARE or shares[best] < MIN_LEAD * shares.get(expected, 0):
        return ""
    return best


def detect_language(*texts: str) -> str:
    """The code of the language that texts are in; "" in doubt."""
    shares = sorted(((share, language) for language, share in _shares(texts).items()), reverse=True)
    if not shares or shares[0][0] < MIN_SHARE or shares[0][0] < MIN_LEAD * shares[1][0]:
        return ""
    return shares[0][1]


def _shares(texts: Iterable[str]) -> dict[str, float]:
    """The share of function words of each language in some texts; empty when there are too few words."""
    counts = Counter(word.casefold() for text in texts for word in _WORD.findall(_ADDRESS.sub(" ", text)))
    total = counts.total()
    if total < MIN_WORDS:
        return {}
    shares = {language: sum(counts[word] for word in words) / total for language, words in _WORDS_OF.items()}
    return shares | {"el": sum(number for word, number in counts.items() if _GREEK.search(word)) / total}
