"""What an engine marked, without the marks."""

import html
import re

_TAG = re.compile(r"<[^>]*>")


def plain(marked: str) -> str:
    """An escaped text with <mark> in it as plain text."""
    return html.unescape(_TAG.sub("", marked))
