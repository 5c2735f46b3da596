"""A light stemmer for Slovak: it takes the most common endings off."""

import re

ENDINGS = "ovania|ovanie|ami|ách|och|ého|ému|ých|ými|iam|ách|ov|ej|ou|om|ím|ým|á|é|í|ý|ú|a|e|i|o|u|y"
_ENDING = re.compile(rf"(?<=....)(?:{ENDINGS})$")
_WORD = re.compile(r"[^\W\d_]+|\d+")


def strip_endings(text: str) -> str:
    """Return the text with its words in lower case and without their endings; four letters are left at least."""
    return _WORD.sub(lambda match: _ENDING.sub("", match.group().lower()), text)
