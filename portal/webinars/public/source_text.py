"""What a source says of a recording, for its page: the beginning to read, the rest behind one click.

A video's description often goes on for screens with addresses, thanks and ruled lines, and would push the transcript
out of sight. Its web addresses become links, as text from outside may have them (docs/feed-rules.md 5.3.12).
"""

import re
from dataclasses import dataclass

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

ENOUGH_WORDS = 60
_ADDRESS = re.compile(r"(https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]}…])")


@dataclass(frozen=True)
class SourceText:
    """Safe markup; `rest` is empty when the beginning is all."""

    beginning: SafeString
    rest: SafeString


def source_text(text: str) -> SourceText:
    """The text in paragraphs: as many as make sixty words first; a little more than that is not divided."""
    lines = [line.rstrip() for line in text.splitlines()]
    kept = "\n".join(line for line in lines if not line or any(letter.isalnum() for letter in line))
    paragraphs = [one.strip() for one in re.split(r"\n{2,}", kept) if one.strip()]
    number, words = 0, 0
    while number < len(paragraphs) and words < ENOUGH_WORDS:
        words += len(paragraphs[number].split())
        number += 1
    if sum(len(one.split()) for one in paragraphs[number:]) < ENOUGH_WORDS / 2:
        number = len(paragraphs)
    return SourceText(_markup(paragraphs[:number]), _markup(paragraphs[number:]))


def _markup(paragraphs: list[str]) -> SafeString:
    return format_html_join("\n", "<p>{}</p>", ((_lines(one),) for one in paragraphs))


def _lines(paragraph: str) -> SafeString:
    return SafeString("<br>".join(_linked(line) for line in paragraph.splitlines()))


def _linked(line: str) -> SafeString:
    parts = _ADDRESS.split(line)
    return SafeString(
        "".join(
            format_html('<a href="{0}" rel="external nofollow noopener">{0}</a>', part) if number % 2 else escape(part)
            for number, part in enumerate(parts)
        )
    )
