"""The most common words of a language, so that none of them is taken for a typing error.

`common_words.txt` in the folder of a language has the 50,000 words that people use most, those of five letters and
more, folded; beside a folded word stands its spelling where that differs. The files were made from the data of wordfreq
3.1 (https://github.com/rspeer/wordfreq, CC BY-SA 4.0, by Robyn Speer and the sources named there) by
tools/make_word_lists.py.
"""

from functools import cache

from search.languages import LANGUAGES, rules_for

WITH_A_LIST = tuple(code for code, rules in LANGUAGES.items() if rules.common_words_file.exists())


@cache
def _blocks(code: str) -> dict[str, str]:
    """Return the lines of a file by their first three letters: a set of all words would take much more memory."""
    blocks: dict[str, list[str]] = {}
    for line in rules_for(code).common_words_file.read_text(encoding="utf-8").splitlines():
        blocks.setdefault(line[:3], []).append(line)
    return {letters: "\n".join(["", *lines, ""]) for letters, lines in blocks.items()}


def spelling_of(folded: str, code: str) -> str:
    """Return how a common word of the language is spelled; "" when it is not a common one."""
    if code not in WITH_A_LIST or not folded.isalpha():
        return ""
    block = _blocks(code).get(folded[:3], "")
    if f"\n{folded}\n" in block:
        return folded
    start = block.find(f"\n{folded} ")
    return block[start + len(folded) + 2 : block.index("\n", start + 1)] if start >= 0 else ""


def is_common(folded: str) -> bool:
    """Return whether this is a common word of any of the languages."""
    return any(spelling_of(folded, code) for code in WITH_A_LIST)
