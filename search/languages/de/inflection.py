"""The regular inflections of German. Words are folded, so that a plural that only adds an umlaut needs no rule."""


def noun_forms(word: str) -> set[str]:
    """Return the plurals and cases of a word.

    Without -er, -em and -r: they mean somebody who does it as often (Tat, Täter; Müll, Müller).
    """
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


def verb_forms(word: str) -> set[str]:
    """Return the regular forms of an infinitive."""
    if not word.endswith("en"):
        return set()
    stem = word[:-2]
    soft = "e" if stem[-1:] in ("t", "d") else ""
    return {f"{stem}e", f"{stem}{soft}t", f"{stem}{soft}te", f"{stem}{soft}ten", f"ge{stem}{soft}t"}
