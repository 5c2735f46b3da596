"""The usual words of four languages, so that none of them is taken for a misspelt one.

One file a language: the 50,000 words that people use most, those of five letters and more, folded; beside a folded word
stands how it is written, where that differs. Made from the data of wordfreq 3.1 (https://github.com/rspeer/wordfreq,
CC BY-SA 4.0, by Robyn Speer and the sources named there) by tools/make_word_lists.py.
"""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
LANGUAGES = ("nl", "fr", "en", "de")


@cache
def _blocks(language: str) -> dict[str, str]:
    """The lines of the file by the three letters that they begin with: a set of all words would be much larger."""
    blocks: dict[str, list[str]] = {}
    for line in (FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        blocks.setdefault(line[:3], []).append(line)
    return {letters: "\n".join(["", *lines, ""]) for letters, lines in blocks.items()}


def written(folded: str, language: str) -> str:
    """How a usual word of the language is written; "" when it is none."""
    if language not in LANGUAGES or not folded.isalpha():
        return ""
    block = _blocks(language).get(folded[:3], "")
    if f"\n{folded}\n" in block:
        return folded
    start = block.find(f"\n{folded} ")
    return block[start + len(folded) + 2 : block.index("\n", start + 1)] if start >= 0 else ""


def is_ordinary(folded: str) -> bool:
    """Whether people use this word in any of the languages."""
    return any(written(folded, language) for language in LANGUAGES)
