"""The text of a source on the page of a recording: the beginning to read, the rest behind one click.

A video's description often goes on for screens with addresses, thanks and ruled lines, and would push the transcript
out of sight. Its web addresses become links, as text from outside may have them (docs/feed-rules.md 5.3.12).
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

ENOUGH_WORDS = 60
_ADDRESS = re.compile(r"(https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]}…])")


class Part(NamedTuple):
    """A stretch of a line: words, or a web address."""

    text: str
    is_address: bool


Line = tuple[Part, ...]
Paragraph = tuple[Line, ...]


@dataclass(frozen=True)
class SourceText:
    """The paragraphs of a text; `rest` is empty when the beginning is all. webinars/source_text.html shows them."""

    beginning: tuple[Paragraph, ...]
    rest: tuple[Paragraph, ...]


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
    read = tuple(_paragraph(one) for one in paragraphs)
    return SourceText(read[:number], read[number:])


def _paragraph(text: str) -> Paragraph:
    return tuple(_line(line) for line in text.splitlines())


def _line(text: str) -> Line:
    """A line in parts: every second one is an address, because the pattern that divides it has one group."""
    return tuple(Part(part, is_address=number % 2 == 1) for number, part in enumerate(_ADDRESS.split(text)) if part)
