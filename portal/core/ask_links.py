"""Where a question about something is asked: the room that takes questions registers it, every other room links there.

So methods and projects need not import the room (docs/design.md section 3).
"""

from collections.abc import Callable

_url: Callable[[str, str, str], str] | None = None


def register_ask_url(url: Callable[[str, str, str], str]) -> None:
    """Register `url(language, about, row)`: the address of the form, "" where there is no page for questions."""
    global _url  # noqa: PLW0603  (one room takes questions)
    _url = url


def ask_url(language: str, about: str = "", row: str = "") -> str:
    """Return the address at which to ask about a thing like "method:pim", and one row of it like "money".

    Returns "" while no room takes questions.
    """
    return _url(language, about, row) if _url else ""
