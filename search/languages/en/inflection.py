"""The regular inflections of English. Words are in lower case."""

import re


def noun_forms(word: str) -> set[str]:
    """Return the plurals of a word."""
    if re.search(r"(?<![aeiou])y$", word):
        return {f"{word[:-1]}ies"}
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return {f"{word}es"}
    if word.endswith(("lf", "arf", "ief")) and not word.endswith("elief"):
        return {f"{word}s", f"{word[:-1]}ves"}
    if word.endswith("man"):
        return {f"{word[:-3]}men"}
    return {f"{word}s"}


def verb_forms(word: str) -> set[str]:
    """Return what a word in -ing or -ed comes from, and its other forms.

    No word gets an -ing: "park" is not "parking".
    """
    found = set()
    for ending in ("ing", "ed"):
        base = word.removesuffix(ending)
        if base != word and len(base) > 2:
            bases = {base, f"{base}e", base[:-1] if base[-1] == base[-2] else base}
            found |= bases | {f"{one}{more}" for one in bases for more in ("s", "ed", "d", "ing")}
    return found
