"""What a thing looks like from its words: only a guess, which saves a reviewer a look."""

import re
import unicodedata

from portal.feeds.choices import KindGuess

_WEBINAR = re.compile(r"\bweb(?:inar|inaire|seminar|sessie|session)|\bwébinaire", re.IGNORECASE)


def guess_kind(title: str, text: str, *, short: bool = False) -> str:
    """A `KindGuess` for a title and a text; `short` says that the source itself calls it a short video."""
    if short:
        return KindGuess.SHORT
    # Posts are made to look bold with mathematical letters, which only this turns into words.
    words = unicodedata.normalize("NFKC", f"{title}\n{text}")
    return KindGuess.WEBINAR if _WEBINAR.search(words) else KindGuess.OTHER
