"""The usual words of four languages, so that none of them is taken for a misspelt one.

One file a language: the 50,000 words that people use most, those of five letters and more, folded; beside a folded word
stands how it is written, where that differs. Made from the data of wordfreq 3.1 (https://github.com/rspeer/wordfreq,
CC BY-SA 4.0, by Robyn Speer and the sources named there) by tests/search/make_word_lists.py.
"""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
LANGUAGES = ("nl", "fr", "en", "de")


@cache
def _words(language: str) -> str:
    """The whole file as one text: a set of 40,000 words would be ten times as large."""
    return "\n" + (FOLDER / f"{language}.txt").read_text(encoding="utf-8")


def written(folded: str, language: str) -> str:
    """How a usual word of the language is written; "" when it is none."""
    if language not in LANGUAGES or not folded.isalpha():
        return ""
    text = _words(language)
    if f"\n{folded}\n" in text:
        return folded
    start = text.find(f"\n{folded} ")
    return text[start + len(folded) + 2 : text.index("\n", start + 1)] if start >= 0 else ""


def is_ordinary(folded: str) -> bool:
    """Whether people use this word in any of the languages."""
    return any(written(folded, language) for language in LANGUAGES)
