"""The regular inflections of Dutch. Words are folded: in lower case and without accents."""

import re

_VOWEL = "aeiouy"
_LONG_VOWEL = re.compile(r"(aa|ee|oo|uu)([^aeiouy])$")
_SHORT_VOWEL = re.compile(r"(?<![aeiou])[aeiou][bdfgklmnprst]$")


def noun_forms(word: str) -> set[str]:
    """Return the plurals of a word and its forms as an adjective."""
    found = {f"{_stem(word)}{ending}" for ending in ("en", "e")}
    if not word.endswith(("s", "x", "z")):
        found.add(f"{word}s")
    if word.endswith("e"):
        found = {f"{word}n", f"{word}s"}
    if word.endswith("heid"):
        found.add(f"{word[:-4]}heden")
    return found


def _stem(word: str) -> str:
    """Return the word as it is spelled before "en": buur, buren; gezin, gezinnen; bedrijf, bedrijven."""
    if long := _LONG_VOWEL.search(word):
        stem = f"{word[: long.start()]}{long[1][0]}{long[2]}"
    elif _SHORT_VOWEL.search(word) and not word.endswith(("er", "el", "em", "en", "ig", "ik")):
        return word + word[-1]
    else:
        stem = word
    if re.search(r"([aeiou]|ij|[lr])f$", stem):
        return f"{stem[:-1]}v"
    return (
        f"{stem[:-1]}z" if re.search(r"([aeo]|ij|ui|ie|oe)s$", stem) and stem != word or stem.endswith("uis") else stem
    )


def verb_forms(word: str) -> set[str]:
    """Return the regular forms of an infinitive: "stelen" gives "steel" and "steelt", but not "stal"."""
    if not word.endswith("en") or len(word) < 5:
        return set()
    stem = word[:-2]
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in _VOWEL:
        stem = stem[:-1]
    elif re.search(r"(?<![aeiou])[aeou][^aeiouy]$", stem) and not stem.endswith(("el", "er", "en")):
        stem = f"{stem[:-1]}{stem[-2]}{stem[-1]}"
    stem = {"v": f"{stem[:-1]}f", "z": f"{stem[:-1]}s"}.get(stem[-1], stem)
    past = "t" if stem[-1] in "tkfspxc" else "d"
    return {stem, f"{stem}t", f"{stem}{past}e", f"{stem}{past}en", f"ge{stem}{past}", f"ge{stem}"}
