"""A transcript as text to read: lines become paragraphs under chapter headings. No database.

A line is never divided, because each has its own address (`#t-754`).
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

PAUSE_S = 2.5
# A paragraph has about sixty words: it ends with a sentence once it has fifty, and anywhere at ninety.
ENOUGH_WORDS, TOO_MANY_WORDS = 50, 90
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")


@dataclass(frozen=True)
class Line:
    """A line of a transcript; times are in seconds from the start.

    `html` is the same text as markup, if any; `seconds` have an anchor in it beside that of its own second.
    """

    start_s: float
    end_s: float
    text: str
    speaker: str = ""
    html: str = ""
    seconds: tuple[int, ...] = ()

    @property
    def second(self) -> int:
        """The whole second in its address."""
        return int(self.start_s)


@dataclass(frozen=True)
class Paragraph:
    """Consecutive lines of one speaker."""

    cues: tuple[Line, ...]

    @property
    def start_s(self) -> float:
        return self.cues[0].start_s

    @property
    def speaker(self) -> str:
        return self.cues[0].speaker

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.cues)


@dataclass(frozen=True)
class Part:
    """The paragraphs under one chapter heading; what comes before the first chapter has no title."""

    title: str
    start_s: float | None
    paragraphs: tuple[Paragraph, ...]


def paragraphs(lines: Iterable[Line]) -> list[Paragraph]:
    """Group lines in the order of time into paragraphs.

    A paragraph ends with its speaker, before a pause of more than 2.5 seconds, and at about sixty words.
    """
    groups: list[list[Line]] = []
    n_words = 0
    for line in lines:
        if not groups or _starts_paragraph(groups[-1][-1], line, n_words):
            groups.append([])
            n_words = 0
        groups[-1].append(line)
        n_words += len(line.text.split())
    return [Paragraph(tuple(group)) for group in groups]


def _starts_paragraph(before: Line, line: Line, words: int) -> bool:
    return (
        line.speaker != before.speaker
        or line.start_s - before.end_s > PAUSE_S
        or words >= TOO_MANY_WORDS
        or (words >= ENOUGH_WORDS and _SENTENCE_END.search(before.text) is not None)
    )


def parts(lines: Iterable[Line], chapters: Iterable[tuple[float, str]] = ()) -> list[Part]:
    """Group lines into paragraphs under chapter headings; `chapters` are (start in seconds, title) in time order.

    A line belongs to the chapter in which its middle is. Chapters in which nothing is said are left out.
    """
    chapters = list(chapters)
    starts = [start for start, _title in chapters]
    in_chapter: dict[int, list[Line]] = {}
    for line in lines:
        middle = (line.start_s + max(line.start_s, line.end_s)) / 2
        in_chapter.setdefault(bisect_right(starts, middle) - 1, []).append(line)
    return [
        Part(
            title=chapters[number][1] if number >= 0 else "",
            start_s=starts[number] if number >= 0 else None,
            paragraphs=tuple(paragraphs(chapter_lines)),
        )
        for number, chapter_lines in sorted(in_chapter.items())
    ]


def lines_of(text: Iterable[Part]) -> list[Line]:
    """The lines of a text in their order."""
    return [line for part in text for paragraph in part.paragraphs for line in paragraph.cues]


def with_lines(text: Iterable[Part], changed: dict[Line, Line]) -> list[Part]:
    """The same text with some of its lines replaced."""
    return [
        replace(
            part,
            paragraphs=tuple(
                Paragraph(tuple(changed.get(line, line) for line in paragraph.cues)) for paragraph in part.paragraphs
            ),
        )
        for part in text
    ]


def with_anchors(text: list[Part], seconds: Iterable[int]) -> list[Part]:
    """The same text, in which each of these seconds has an anchor even where no line begins at it.

    So a second that staff wrote down, or that matched in another language's transcript, leads to what is said then.
    """
    lines = lines_of(text)
    if not lines:
        return text
    own = {line.second for line in lines}
    starts = [line.start_s for line in lines]
    at: dict[Line, list[int]] = {}
    for second in sorted(set(seconds) - own):
        at.setdefault(lines[max(0, bisect_right(starts, second + 0.999) - 1)], []).append(second)
    return with_lines(text, {line: replace(line, seconds=tuple(own)) for line, own in at.items()})
