"""The beginning of a text, for where there is room for one sentence."""

import re

from django.utils.text import Truncator

# Not after a number: "vom 14. September" is one sentence.
_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\d\.)\s+(?=[^\W\d_])")


def first_sentence(text: str, words: int) -> str:
    """Return the first sentence of a text without its full stop, cut after so many words."""
    sentence = _SENTENCE_END.split(text.strip(), maxsplit=1)[0]
    return Truncator(sentence.removesuffix(".")).words(words)
