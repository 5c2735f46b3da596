"""In which language a transcript is written, by the small words that every sentence of a language has.

Only good enough to notice a file that was brought in under the wrong language (feeds.md 4): it is said, never refused.
"""

import re
from collections import Counter
from collections.abc import Iterable

ENOUGH = 40  # words, below which nothing is guessed
SHARE = 0.1  # of the words are small ones in any running text
AHEAD = 1.5  # times as many small words as in the language that was named

_SMALL = {
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
_WORDS_OF = {language: frozenset(words.split()) for language, words in _SMALL.items()}
_WORD = re.compile(r"[^\W\d_]+")
_GREEK = re.compile(r"[\u0370-\u03ff]")


def other_language(texts: Iterable[str], named: str) -> str:
    """The code of the language that some texts seem to be in, when it is not the named one; "" when nothing is odd."""
    counted = Counter(word.casefold() for text in texts for word in _WORD.findall(text))
    total = counted.total()
    if total < ENOUGH:
        return ""
    greek = sum(number for word, number in counted.items() if _GREEK.search(word))
    shares = {language: sum(counted[word] for word in small) / total for language, small in _WORDS_OF.items()} | {
        "el": greek / total
    }
    best = max(shares, key=shares.__getitem__)
    if best == named or shares[best] < SHARE or shares[best] < AHEAD * shares.get(named, 0):
        return ""
    return best
