"""The regular inflections of French. Words are folded: in lower case and without accents."""


def noun_forms(word: str) -> set[str]:
    """Return the plurals and the feminine forms of a word."""
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


def verb_forms(word: str) -> set[str]:
    """Return the regular forms of an infinitive in -er."""
    if not word.endswith("er"):
        return set()
    stem = word[:-2]
    return {f"{stem}{ending}" for ending in ("e", "es", "ent", "ee", "ees", "ons", "ez", "ait", "aient", "ant")}
