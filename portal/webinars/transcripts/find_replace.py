"""Search and replace over the lines of a transcript. No database: works on a list with the text of each line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Replacement:
    """What to search for and what to write instead; both are plain words, not patterns."""

    find: str
    instead: str = ""
    whole_words: bool = True
    same_case: bool = False

    @cached_property
    def pattern(self) -> re.Pattern | None:
        """The compiled pattern; None when there is nothing to search for."""
        words = self.find.split()
        if not words:
            return None
        wanted = r"\s+".join(re.escape(word) for word in words)
        if self.whole_words:
            # Only beside a letter or figure: “(applause)” begins and ends with neither.
            start = r"(?<!\w)" if re.match(r"\w", words[0]) else ""
            end = r"(?!\w)" if re.search(r"\w\Z", words[-1]) else ""
            wanted = f"{start}{wanted}{end}"
        return re.compile(wanted, 0 if self.same_case else re.IGNORECASE)


@dataclass(frozen=True)
class Piece:
    """A piece of a line: words that are kept, or words that are removed and what is written instead, if anything."""

    kept: str = ""
    removed: str = ""
    written: str = ""


@dataclass(frozen=True)
class Change:
    """What a replacement does to the line with this number, piece by piece."""

    row: int
    before: str
    after: str
    times: int
    pieces: tuple[Piece, ...]


def find_changes(texts: Sequence[str], wanted: Replacement) -> list[Change]:
    """What a replacement would change, in the order of the lines. Lines that stay the same are left out."""
    changes: list[Change] = []
    if wanted.pattern is None:
        return changes
    for row, before in enumerate(texts):
        after, times = wanted.pattern.subn(lambda _found: wanted.instead, before)
        after = " ".join(after.split())
        if times and after != before:
            changes.append(Change(row, before, after, times, _pieces(before, wanted.pattern, wanted.instead)))
    return changes


def matches_across_lines(texts: Sequence[str], wanted: Replacement) -> list[int]:
    """The numbers of the lines in which a match begins that goes on in the next line: a person has to change those."""
    rows: list[int] = []
    if wanted.pattern is None:
        return rows
    for row, (text, following) in enumerate(zip(texts, texts[1:], strict=False)):
        joined, edge = f"{text} {following}", len(text)
        if any(match.start() < edge < match.end() for match in wanted.pattern.finditer(joined)):
            rows.append(row)
    return rows


def _pieces(text: str, pattern: re.Pattern, instead: str) -> tuple[Piece, ...]:
    pieces, at = [], 0
    for match in pattern.finditer(text):
        pieces += [Piece(kept=text[at : match.start()]), Piece(removed=match[0], written=instead)]
        at = match.end()
    pieces.append(Piece(kept=text[at:]))
    return tuple(piece for piece in pieces if piece.kept or piece.removed)
