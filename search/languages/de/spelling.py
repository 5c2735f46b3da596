"""Umlauts and ß in every way that they are written: "Belästigung" and "Belaestigung" are both "belastigung"."""

import re

# As Lucene's german_normalization does, which the search server uses.
_PAIRS = ((re.compile("ae"), "a"), (re.compile("oe"), "o"), (re.compile("(?<![aeiouyq])ue|ue(?=ber)"), "u"))
_LETTERS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})


def respell(text: str) -> str:
    """Return a word or text in lower case, its umlauts as plain letters."""
    text = text.lower().translate(_LETTERS)
    for pattern, letter in _PAIRS:
        text = pattern.sub(letter, text)
    return text
