"""The draft in the transcript editor: what somebody wrote so far, and the lines that it becomes. No database.

Every line has a field with its text. It has fields for its times and its speaker only where its paragraph was expanded;
the name of a speaker can be changed in all lines at once.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from portal.core.errors import ExplainedError
from portal.ui.times import clock, exact_clock, milliseconds_of
from portal.webinars.transcripts.parsing import CueLine, normalise_line

MAX_NAME_LENGTH = 120
MAX_NAMES = 200  # of speakers that can be renamed at once
TEXT, BEGIN, END, SPEAKER, NAME = "c", "b", "e", "w", "s"  # the prefixes of the names of the fields


class InvalidTimestamp(ExplainedError):
    """A time cannot be saved; `field` is the name of the field it is about."""

    def __init__(self, message: str, field: str):
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class ExpandedLine:
    """The further fields of a line in an expanded paragraph, as they were written."""

    begin: str
    end: str
    speaker: str

    @classmethod
    def of(cls, line: CueLine) -> "ExpandedLine":
        return cls(exact_clock(line.start_ms), exact_clock(line.end_ms), line.speaker)


@dataclass
class TranscriptDraft:
    """The lines `base` that somebody saw, and what she wrote: texts, expanded lines, names of speakers."""

    base: list[CueLine]
    texts: list[str]
    opened: dict[int, ExpandedLine] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, base: list[CueLine]) -> "TranscriptDraft":
        """A draft in which nothing is written yet."""
        return cls(base, [line.text for line in base], names={name: name for name in speakers_in(base)})

    @classmethod
    def read(cls, base: list[CueLine], sent: Mapping[str, str]) -> "TranscriptDraft":
        """The draft that a form sent; `is_complete` says whether every line arrived."""
        opened = {
            row: ExpandedLine(*(normalise_line(sent.get(f"{part}{row}", "")) for part in (BEGIN, END, SPEAKER)))
            for row in range(len(base))
            if f"{BEGIN}{row}" in sent
        }
        texts = [
            _split_text(text, row in opened)
            for row in range(len(base))
            if (text := sent.get(f"{TEXT}{row}")) is not None
        ]
        names = {name: normalise_line(sent.get(f"{NAME}{at}", name)) for at, name in enumerate(speakers_in(base))}
        return cls(base, ["\n".join(pieces) for pieces in texts], opened, names)

    @property
    def is_complete(self) -> bool:
        return len(self.texts) == len(self.base)

    @property
    def is_changed(self) -> bool:
        """Whether anything was written that is not saved."""
        return (
            any(line.text != text for line, text in zip(self.base, self.texts, strict=True))
            or any(ExpandedLine.of(self.base[row]) != opened for row, opened in self.opened.items())
            or any(name != new_name for name, new_name in self.names.items())
        )

    def expand(self, rows: Iterable[int]) -> None:
        """Give these lines their further fields, as they are now."""
        self.opened |= {row: ExpandedLine.of(self.base[row]) for row in rows if row not in self.opened}

    def lines(self, length_s: int | None) -> list[tuple[CueLine, ...]]:
        """What each line of `base` becomes: one line, none when it was emptied, several when it was divided.

        `length_s` is how long the recording is, if that is known. Raises InvalidTimestamp when a time that was changed
        cannot be read, ends before it begins, leaves the order of the lines or is after the end.
        """
        timed = [self._timed(row, line) for row, line in enumerate(self.base)]
        self._check_times(timed, length_s)
        return [tuple(_split_line(line, text.split("\n"))) for line, text in zip(timed, self.texts, strict=True)]

    def _timed(self, row: int, line: CueLine) -> CueLine:
        """A line with the times and the speaker that were written for it."""
        speaker = self.names.get(line.speaker, line.speaker)[:MAX_NAME_LENGTH]
        if (opened := self.opened.get(row)) is None:
            return replace(line, speaker=speaker)
        return replace(
            line,
            start_ms=_parse_timestamp(opened.begin, f"{BEGIN}{row}", line),
            end_ms=_parse_timestamp(opened.end, f"{END}{row}", line),
            speaker=speaker if opened.speaker == line.speaker else opened.speaker[:MAX_NAME_LENGTH],
        )

    def _check_times(self, timed: list[CueLine], length_s: int | None) -> None:
        # A length is in whole seconds, and captions that came in may go on a little longer than it says.
        last_ms = max(line.end_ms for line in self.base)
        limit = max(last_ms, (length_s + 1) * 1000) if length_s else None
        kept = [row for row, text in enumerate(self.texts) if text]
        for at, row in enumerate(kept):
            before, line = self.base[row], timed[row]
            if (line.start_ms, line.end_ms) == (before.start_ms, before.end_ms):
                continue
            values = {"time": clock(before.start_ms / 1000)}
            if line.end_ms <= line.start_ms:
                raise InvalidTimestamp(_("The line at %(time)s has to end after it begins.") % values, f"{END}{row}")
            if at and line.start_ms < timed[kept[at - 1]].start_ms:
                raise InvalidTimestamp(
                    _("The line at %(time)s would begin before the line above it.") % values, f"{BEGIN}{row}"
                )
            if at + 1 < len(kept) and line.start_ms > timed[kept[at + 1]].start_ms:
                raise InvalidTimestamp(
                    _("The line at %(time)s would begin after the line below it.") % values, f"{BEGIN}{row}"
                )
            if limit is not None and line.end_ms > limit:
                values["length"] = clock(limit / 1000)
                sentence = _("The line at %(time)s would go on after the end of the recording, at %(length)s.")
                raise InvalidTimestamp(sentence % values, f"{END}{row}")


def speakers_in(lines: list[CueLine]) -> list[str]:
    """The names of the speakers of a transcript, the one with most lines first; two hundred at most."""
    counts = Counter(line.speaker for line in lines if line.speaker)
    return [name for name, _count in counts.most_common(MAX_NAMES)]


def _split_text(text: str, may_split: bool) -> list[str]:
    """The texts of the lines in a field: one, or in an expanded paragraph as many as were divided with Enter."""
    if not may_split:
        return [normalise_line(text)]
    return [piece for part in text.splitlines() if (piece := normalise_line(part))]


def _split_line(line: CueLine, texts: list[str]) -> Iterator[CueLine]:
    """Split a line: each piece gets a share of its time in proportion to the length of its text."""
    texts = [text for text in texts if text]
    n_letters, end, length = sum(map(len, texts)), 0, line.end_ms - line.start_ms
    for text in texts:
        begin, end = end, end + len(text)
        yield replace(
            line,
            start_ms=line.start_ms + length * begin // n_letters,
            end_ms=line.start_ms + length * end // n_letters,
            text=text,
        )


def _parse_timestamp(written: str, field: str, line: CueLine) -> int:
    """The time that was written in a field, in milliseconds. Raises InvalidTimestamp."""
    milliseconds = milliseconds_of(written)
    if milliseconds is None:
        sentence = _("“%(written)s”, at the line of %(time)s, is not a time. Write it like 12:34.5.")
        raise InvalidTimestamp(sentence % {"written": written[:40], "time": clock(line.start_ms / 1000)}, field)
    return milliseconds
