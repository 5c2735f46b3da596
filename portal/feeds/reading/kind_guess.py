"""Guesses from the words of an item whether it is a webinar, so that reviewers see the likely ones first."""

import re
import unicodedata

from portal.feeds.choices import KindGuess

_WEBINAR = re.compile(r"\bweb(?:inar|inaire|seminar|sessie|session)|\bwébinaire", re.IGNORECASE)


def guess_item_kind(title: str, text: str, *, short: bool = False) -> str:
    """Return the `KindGuess` for a title and a text; `short` says that the source itself calls it a short video."""
    if short:
        return KindGuess.SHORT
    # Posts look bold by mathematical letters, which NFKC turns into plain ones.
    words = unicodedata.normalize("NFKC", f"{title}\n{text}")
    return KindGuess.WEBINAR if _WEBINAR.search(words) else KindGuess.OTHER
