"""What somebody wrote in the editor of a transcript so far, and the lines that it becomes. No database.

Every line has its text in a field. Its times and who speaks are in fields only where its paragraph was opened for that;
what a speaker is called can be changed in all lines at once.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from portal.ui.times import clock, exact_clock, milliseconds_of
from portal.webinars.transcripts.parsing import CueLine, normalise_line

LONGEST_NAME = 120
MOST_NAMES = 200  # of speakers that can be called otherwise in one go
TEXT, BEGIN, END, SPEAKER, NAME = "c", "b", "e", "w", "s"  # what the names of the fields begin with


class InvalidTimestamp(Exception):
    """A time cannot be kept; `str(error)` is a translated sentence, `field` the name of the field it is about."""

    def __init__(self, sentence: str, field: str):
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class ExpandedLine:
    """The further fields of a line, as they were written."""

    begin: str
    end: str
    speaker: str

    @classmethod
    def of(cls, line: CueLine) -> "ExpandedLine":
        return cls(exact_clock(line.start_ms), exact_clock(line.end_ms), line.speaker)


@dataclass
class TranscriptDraft:
    """The lines `base` that somebody saw, and what she wrote beside them: texts, opened lines, names of speakers."""

    base: list[CueLine]
    texts: list[str]
    opened: dict[int, ExpandedLine] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, base: list[CueLine]) -> "TranscriptDraft":
        """Nothing written yet."""
        return cls(base, [line.text for line in base], names={name: name for name in speakers_in(base)})

    @classmethod
    def read(cls, base: list[CueLine], sent: Mapping[str, str]) -> "TranscriptDraft":
        """What a form sent; `is_whole` says whether every line arrived."""
        opened = {
            row: ExpandedLine(*(normalise_line(sent.get(f"{part}{row}", "")) for part in (BEGIN, END, SPEAKER)))
            for row in range(len(base))
            if f"{BEGIN}{row}" in sent
        }
        texts = [
            _pieces(text, row in opened) for row in range(len(base)) if (text := sent.get(f"{TEXT}{row}")) is not None
        ]
        names = {name: normalise_line(sent.get(f"{NAME}{at}", name)) for at, name in enumerate(speakers_in(base))}
        return cls(base, ["\n".join(pieces) for pieces in texts], opened, names)

    @property
    def is_whole(self) -> bool:
        return len(self.texts) == len(self.base)

    @property
    def is_changed(self) -> bool:
        """Whether something is written that is not there yet."""
        return (
            any(line.text != text for line, text in zip(self.base, self.texts, strict=True))
            or any(ExpandedLine.of(self.base[row]) != opened for row, opened in self.opened.items())
            or any(name != called for name, called in self.names.items())
        )

    def open(self, rows) -> None:
        """Give these lines their further fields, as they are now."""
        self.opened |= {row: ExpandedLine.of(self.base[row]) for row in rows if row not in self.opened}

    def lines(self, length_s: int | None) -> list[tuple[CueLine, ...]]:
        """What each line of `base` becomes: one line, none when it was emptied, several when it was divided.

        `length_s` is how long the recording is, if that is known. Raises BadTime when a time that was changed cannot be
        read, ends before it begins, leaves the order of the lines or lies behind the end.
        """
        timed = [self._timed(row, line) for row, line in enumerate(self.base)]
        self._check_times(timed, length_s)
        return [tuple(_split_line(line, text.split("\n"))) for line, text in zip(timed, self.texts, strict=True)]

    def _timed(self, row: int, line: CueLine) -> CueLine:
        """A line with the times and the speaker that were written."""
        called = self.names.get(line.speaker, line.speaker)[:LONGEST_NAME]
        if (opened := self.opened.get(row)) is None:
            return replace(line, speaker=called)
        return replace(
            line,
            start_ms=_parse_timestamp(opened.begin, f"{BEGIN}{row}", line),
            end_ms=_parse_timestamp(opened.end, f"{END}{row}", line),
            speaker=called if opened.speaker == line.speaker else opened.speaker[:LONGEST_NAME],
        )

    def _check_times(self, timed: list[CueLine], length_s: int | None) -> None:
        # A length is in whole seconds, and captions that came in may go on a little longer than it says.
        last_ms = max(line.end_ms for line in self.base)
        limit = max(last_ms, (length_s + 1) * 1000) if length_s else None
        stay = [row for row, text in enumerate(self.texts) if text]
        for at, row in enumerate(stay):
            before, line = self.base[row], timed[row]
            if (line.start_ms, line.end_ms) == (before.start_ms, before.end_ms):
                continue
            said = {"time": clock(before.start_ms / 1000)}
            if line.end_ms <= line.start_ms:
                raise InvalidTimestamp(_("The line at %(time)s has to end after it begins.") % said, f"{END}{row}")
            if at and line.start_ms < timed[stay[at - 1]].start_ms:
                raise InvalidTimestamp(
                    _("The line at %(time)s would begin before the line above it.") % said, f"{BEGIN}{row}"
                )
            if at + 1 < len(stay) and line.start_ms > timed[stay[at + 1]].start_ms:
                raise InvalidTimestamp(
                    _("The line at %(time)s would begin after the line below it.") % said, f"{BEGIN}{row}"
                )
            if limit is not None and line.end_ms > limit:
                said["length"] = clock(limit / 1000)
                sentence = _("The line at %(time)s would go on after the end of the recording, at %(length)s.")
                raise InvalidTimestamp(sentence % said, f"{END}{row}")


def speakers_in(lines: list[CueLine]) -> list[str]:
    """Who speaks in a transcript, whoever says most lines first; two hundred at most."""
    said = Counter(line.speaker for line in lines if line.speaker)
    return [name for name, _times in said.most_common(MOST_NAMES)]


def _pieces(text: str, may_divide: bool) -> list[str]:
    """The texts of the lines that a field holds: one, or as many as were divided with Enter in an opened one."""
    if not may_divide:
        return [normalise_line(text)]
    return [piece for part in text.splitlines() if (piece := normalise_line(part))]


def _split_line(line: CueLine, texts: list[str]) -> Iterator[CueLine]:
    """A line as several: each gets as much of its time as its text is long."""
    texts = [text for text in texts if text]
    whole, at, length = sum(map(len, texts)), 0, line.end_ms - line.start_ms
    for text in texts:
        begin, at = at, at + len(text)
        yield replace(
            line,
            start_ms=line.start_ms + length * begin // whole,
            end_ms=line.start_ms + length * at // whole,
            text=text,
        )


def _parse_timestamp(written: str, field: str, line: CueLine) -> int:
    """What a field of a time says, in milliseconds. Raises BadTime."""
    found = milliseconds_of(written)
    if found is None:
        sentence = _("“%(written)s”, at the line of %(time)s, is not a time. Write it like 12:34.5.")
        raise InvalidTimestamp(sentence % {"written": written[:40], "time": clock(line.start_ms / 1000)}, field)
    return found
