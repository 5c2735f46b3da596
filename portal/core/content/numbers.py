"""Numbers that somebody else wrote: in an address, a form, a header or a file."""

LONGEST = 18  # digits that fit in the database and in a file's size


def whole_number(text: str | None) -> int | None:
    """Return the number that a text of ASCII digits stands for; None for any other text.

    `str.isdigit` also takes “²”, which `int` refuses, and `int` refuses thousands of digits, which `isdecimal` takes.
    """
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST else None
