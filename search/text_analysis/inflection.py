"""The inflections by which a word is recognised as another form of a word of the thesaurus.

Not a stemmer: a stemmer is made to find much, and folds "parking" onto "park" and "policies" onto "police". These are
the regular plurals and endings of four languages; what they lead to was read by hand
(tests/search/thesaurus/words_and_concepts.tsv). Everything is folded: as an umlaut makes no difference, German plurals
need none.
"""

import re
from functools import lru_cache

LANGUAGES = ("nl", "fr", "en", "de")
SHORTEST = 4  # letters of a word that is inflected; "has" is no Hass, "gro" no groen

_VOWEL = "aeiouy"
_DUTCH_LONG = re.compile(r"(aa|ee|oo|uu)([^aeiouy])$")
_DUTCH_SHORT = re.compile(r"(?<![aeiou])[aeiou][bdfgklmnprst]$")


@lru_cache(maxsize=50_000)
def inflections(word: str, language: str) -> frozenset[str]:
    """The plurals and the endings of adjectives of a folded word, itself left out."""
    if len(word) < SHORTEST or language not in _NOMINAL or not word.isalpha():
        return frozenset()
    return frozenset(_NOMINAL[language](word)) - {word}


@lru_cache(maxsize=50_000)
def within_expressions(word: str, language: str) -> frozenset[str]:
    """The same, with other endings of adjectives and verbs: for a word that means something only beside others."""
    found = set(inflections(word, language))
    endings = _ADJECTIVE.get(language, ())
    for ending in endings:
        base = word.removesuffix(ending)
        if base != word and len(base) > SHORTEST:
            found |= {base, *(f"{base}{other}" for other in endings), *inflections(base, language)}
    if language == "de" and len(word) > SHORTEST:
        found |= {f"{word}{ending}" for ending in endings}
    if language in _VERBAL and len(word) > SHORTEST:
        found |= set(_VERBAL[language](word))
    return frozenset(found) - {word}


def _dutch(word: str) -> set[str]:
    found = {f"{_dutch_stem(word)}{ending}" for ending in ("en", "e")}
    if not word.endswith(("s", "x", "z")):
        found.add(f"{word}s")
    if word.endswith("e"):
        found = {f"{word}n", f"{word}s"}
    if word.endswith("heid"):
        found.add(f"{word[:-4]}heden")
    return found


def _dutch_stem(word: str) -> str:
    """How a word goes on before "en": buur, buren; gezin, gezinnen; bedrijf, bedrijven."""
    if long := _DUTCH_LONG.search(word):
        stem = f"{word[: long.start()]}{long[1][0]}{long[2]}"
    elif _DUTCH_SHORT.search(word) and not word.endswith(("er", "el", "em", "en", "ig", "ik")):
        return word + word[-1]
    else:
        stem = word
    if re.search(r"([aeiou]|ij|[lr])f$", stem):
        return f"{stem[:-1]}v"
    return (
        f"{stem[:-1]}z" if re.search(r"([aeo]|ij|ui|ie|oe)s$", stem) and stem != word or stem.endswith("uis") else stem
    )


def _dutch_verb(word: str) -> set[str]:
    """Of an infinitive its regular forms: stelen gives steel and steelt, but not stal."""
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


def _french(word: str) -> set[str]:
    if word.endswith("al"):
        return {f"{word[:-2]}aux", f"{word}e", f"{word}es", f"{word}s"}
    if word.endswith("eux"):
        return {f"{word[:-1]}se", f"{word[:-1]}ses"}
    if word.endswith("if"):
        return {f"{word}s", f"{word[:-1]}ve", f"{word[:-1]}ves"}
    if word.endswith(("eau", "eu")):
        return {f"{word}x", f"{word}s"}
    if word.endswith("teur"):
        return {f"{word}s", f"{word[:-4]}trice", f"{word[:-4]}trices"}
    if word.endswith("eur"):
        return {f"{word}s", f"{word[:-1]}se", f"{word[:-1]}ses"}
    if word.endswith(("el", "en", "on")):
        return {f"{word}s", f"{word}{word[-1]}e", f"{word}{word[-1]}es"}
    if word.endswith("er"):
        return {f"{word}s", f"{word}e", f"{word}es"}
    if word.endswith("c"):
        return {f"{word}s", f"{word[:-1]}que", f"{word[:-1]}ques"}
    if word.endswith(("s", "x", "z")):
        return {f"{word}e", f"{word}es"}
    return {f"{word}s", f"{word}e", f"{word}es"}


def _french_verb(word: str) -> set[str]:
    if not word.endswith("er"):
        return set()
    stem = word[:-2]
    return {f"{stem}{ending}" for ending in ("e", "es", "ent", "ee", "ees", "ons", "ez", "ait", "aient", "ant")}


def _english(word: str) -> set[str]:
    if re.search(r"(?<![aeiou])y$", word):
        return {f"{word[:-1]}ies"}
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return {f"{word}es"}
    if word.endswith(("lf", "arf", "ief")) and not word.endswith("elief"):
        return {f"{word}s", f"{word[:-1]}ves"}
    if word.endswith("man"):
        return {f"{word[:-3]}men"}
    return {f"{word}s"}


def _english_verb(word: str) -> set[str]:
    """Of a word with -ing or -ed what it comes from; nothing gets an -ing: "park" would be "parking"."""
    found = set()
    for ending in ("ing", "ed"):
        base = word.removesuffix(ending)
        if base != word and len(base) > 2:
            bases = {base, f"{base}e", base[:-1] if base[-1] == base[-2] else base}
            found |= bases | {f"{one}{more}" for one in bases for more in ("s", "ed", "d", "ing")}
    return found


def _german(word: str) -> set[str]:
    """Without -er, -em and -r: those are as often somebody who does it (Tat, Täter; Müll, Müller)."""
    found = {f"{word}{ending}" for ending in ("e", "en", "es", "n", "s")}
    if word.endswith("e"):
        found = {f"{word}n", f"{word}s"}
    elif word.endswith(("er", "el", "en")):
        found = {f"{word}{ending}" for ending in ("n", "s")}
    if word.endswith("in"):
        found.add(f"{word}nen")
    if word.endswith("nis"):
        found |= {f"{word}se", f"{word}ses", f"{word}sen"}
    if word.endswith("mus"):
        found = set()
    return found


def _german_verb(word: str) -> set[str]:
    if not word.endswith("en"):
        return set()
    stem = word[:-2]
    soft = "e" if stem[-1:] in ("t", "d") else ""
    return {f"{stem}e", f"{stem}{soft}t", f"{stem}{soft}te", f"{stem}{soft}ten", f"ge{stem}{soft}t"}


_NOMINAL = {"nl": _dutch, "fr": _french, "en": _english, "de": _german}
_VERBAL = {"nl": _dutch_verb, "fr": _french_verb, "en": _english_verb, "de": _german_verb}
_ADJECTIVE = {"nl": ("e",), "fr": ("es", "e", "s"), "de": ("en", "er", "es", "em", "e")}
