"""Sorting words as a reader looks for them."""

import unicodedata


def without_accents(text: str) -> str:
    """Return a text without capitals and accents, ß as ss: "Élève" -> "eleve", "Österreich" -> "osterreich"."""
    # Once more after the casefold, which writes some letters with a mark of their own.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
