"""A text where there is room for one line or one sentence.

Python and Django take every space for one to break at, and would part what belongs together: a number and its unit, or
a French word and the colon behind it.
"""

import re

_SPACES = re.compile(r"[ \t\r\n\f\v]+")
# Not after a number: "vom 14. September" is one sentence.
_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\d\.)\s+(?=[^\W\d_])")


def one_line(text: str) -> str:
    """Return a text on one line, with its spaces that do not break."""
    return _SPACES.sub(" ", text).strip()


def first_sentence(text: str, words: int, *, full_stop: bool = False) -> str:
    """Return the first sentence of a text, cut after so many words; without its full stop, unless it is asked for."""
    sentence = one_line(_SENTENCE_END.split(text.strip(), maxsplit=1)[0])
    written = sentence.split(" ")
    if len(written) > words:
        return " ".join(written[:words]) + "…"
    return sentence if full_stop else sentence.removesuffix(".")
