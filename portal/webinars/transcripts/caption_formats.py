"""Caption formats: reads the timed cues of WebVTT, SRT, SBV and json3 files (docs/feed-rules.md 4.2).

Tolerated in WebVTT and SRT: no WEBVTT header or several (a stream comes in pieces that somebody put together), a byte
order mark, short times, blank lines and identifiers in odd places, an arrow in the words. What the cues say is cleaned
in `portal.webinars.transcripts.parsing`. The formats that visitors download are in `exports`.
"""

import html
import json
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from portal.core.content.decoding import UndecodableTextError, decode_text
from portal.core.errors import ExplainedError

MAX_BYTES = 5_000_000
MAX_HOURS = 500  # the times are kept in milliseconds in 31 bits

_TIME = r"(?:(\d{1,4}):)?([0-5]?\d):([0-5]\d)(?:[.,](\d{1,3}))?"
_TIMING = re.compile(rf"{_TIME}\s*-->\s*{_TIME}(?:\s.*)?$")
# The same, with nothing behind it but cue settings: "align:start" or "X1:40".
_BARE_TIMING = re.compile(rf"{_TIME}\s*-->\s*{_TIME}(?:\s+[A-Za-z][\w-]*:\S*)*\s*$")
_BEGINS_WITH_A_TIME = re.compile(r"-?\d+:\w")
_TIME_AT_THE_ARROW = re.compile(r"\d+:\S*\s*-->|-->\s*\d+:\d")
_HEADER = re.compile(r"\ufeff?WEBVTT(?:[ \t].*)?$")
# When a segment of a stream begins: on its own clock, and on that of the stream in ticks of 90 kHz (HLS, 3.5).
_MAP = re.compile(rf"X-TIMESTAMP-MAP\s*=(?=.*LOCAL:{_TIME})(?=.*MPEGTS:(\d{{1,12}}))")
_SBV_TIMING = re.compile(r"(\d{1,4}:\d{1,2}:\d{1,2}\.\d{1,3}),(\d{1,4}:\d{1,2}:\d{1,2}\.\d{1,3})\s*$", re.MULTILINE)


class CaptionError(ExplainedError):
    """The file holds no captions, or cannot be read at `line` (counted from 1); `message` is a sentence for staff."""

    def __init__(self, line: int, message: str):
        super().__init__(message)
        self.line = line

    def __str__(self) -> str:
        return _("Line %(line)s: %(message)s") % {"line": self.line, "message": self.message}


@dataclass
class RawCue:
    """A cue as the file has it, with its tags; the times are in milliseconds from the start."""

    start_ms: int
    end_ms: int
    lines: list[str] = field(default_factory=list)


def parse_cues(content: str | bytes, name: str = "") -> list[RawCue]:
    """The cues of a caption file in the order of the file. `name` of the file is for the error message only.

    Raises CaptionError, with the line, when this is no caption file.
    """
    text = _decode(content)
    if text.lstrip().startswith("{"):
        return _read_json3(text, name)
    if _SBV_TIMING.match(text.lstrip()):
        # The same cues with another line of times; and no line of text may look like one.
        text = _SBV_TIMING.sub(r"\1 --> \2", text)
    return _read_timed_lines(text.split("\n"), name)


def _read_json3(text: str, name: str) -> list[RawCue]:
    """The cues of YouTube's json3: events with pieces of text. An event without pieces is no cue."""
    try:
        events = json.loads(text)["events"]
        cues = [
            RawCue(
                _checked_time(event["tStartMs"]), _checked_time(event["tStartMs"] + event.get("dDurationMs", 0)), lines
            )
            for event in events
            if (lines := "".join(piece.get("utf8", "") for piece in event.get("segs", ())).splitlines())
        ]
    except json.JSONDecodeError as error:
        raise CaptionError(error.lineno, _not_captions(name)) from error
    except (KeyError, TypeError, AttributeError, OverflowError) as error:
        raise CaptionError(1, _not_captions(name)) from error
    for cue in cues:
        cue.lines = [html.escape(line, quote=False) for line in cue.lines]  # plain text: nothing in it is a tag
    if not cues:
        raise CaptionError(1, _not_captions(name))
    return cues


def _checked_time(milliseconds: int) -> int:
    """A time of json3 in milliseconds. Raises CaptionError when it is out of range, TypeError when it is no number."""
    if not 0 <= milliseconds <= MAX_HOURS * 3_600_000:
        raise CaptionError(1, _("The time is more than %(hours)s hours from the start.") % {"hours": MAX_HOURS})
    return int(milliseconds)


def _not_captions(name: str) -> str:
    if name:
        return _("“%(name)s” is not WebVTT, SRT, SBV or json3: it has no line with times.") % {"name": name}
    return _("This is not WebVTT, SRT, SBV or json3: it has no line with times.")


def _decode(content: str | bytes) -> str:
    if len(content) > MAX_BYTES:
        raise CaptionError(1, _("The file is larger than any caption file. Is this the right one?"))
    if isinstance(content, bytes):
        try:
            text = decode_text(content)
        except UndecodableTextError as error:
            line = content.count(b"\n", 0, error.position) + 1
            raise CaptionError(line, _("The text is damaged here. Save the file as UTF-8 and try again.")) from error
    else:
        text = content
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _read_timed_lines(lines: list[str], name: str) -> list[RawCue]:
    """The cues of WebVTT or SRT with their raw lines.

    `loose` holds lines outside a cue: an identifier, or more of the cue before. After a header nothing is that.
    """
    cues: list[RawCue] = []
    loose: list[tuple[int, str]] = []
    has_header = numbered = in_cue = skipping = in_header = False
    stream: int | None = None
    shift = 0
    for number, line in enumerate(lines, 1):
        word = line.strip()
        if _HEADER.match(word) and (cues or not loose):
            _attach_loose_lines(loose, cues, has_header)
            has_header = skipping = in_header = True
            in_cue = False
        elif word.startswith("X-TIMESTAMP-MAP"):
            began = _segment_start(word)
            stream = began if stream is None else stream
            shift = began - stream
        elif "-->" in line and not _is_spoken_text(word, in_cue, cues):
            skipping = False
            if loose and loose[-1][0] == number - 1:
                numbered = numbered or loose[-1][1].isdigit()
                loose.pop()
            elif in_cue and numbered and len(cues[-1].lines) > 1 and cues[-1].lines[-1].strip().isdigit():
                cues[-1].lines.pop()  # the number of this cue, glued to the text of the one before
            if in_header:
                loose.clear()
            _attach_loose_lines(loose, cues, has_header)
            start, end = _times(word, number)
            late = shift if start + shift >= 0 else 0
            cues.append(RawCue(start + late, end + late))
            in_cue, in_header = True, False
        elif not line:
            in_cue = skipping = False
        elif skipping:
            continue
        elif in_cue:
            cues[-1].lines.append(line)
        elif re.match(r"(NOTE|STYLE|REGION)(\s|$)", word):
            skipping = True
        elif word:
            loose.append((number, word))
    if not cues:
        raise CaptionError(1, _not_captions(name))
    _attach_loose_lines([] if in_header else loose, cues, has_header)
    return cues


def _is_spoken_text(word: str, in_cue: bool, cues: list[RawCue]) -> bool:
    """Whether a line with an arrow is spoken text: "step 1 --> step 2", or "10:00 --> 12:00 is a break"."""
    if in_cue:
        return not (_BARE_TIMING.match(word) or (_BEGINS_WITH_A_TIME.match(word) and not _TIMING.match(word)))
    return bool(cues) and not _TIME_AT_THE_ARROW.search(word)


def _segment_start(word: str) -> int:
    """When a segment of a stream begins, in milliseconds of the stream; 0 when it does not say."""
    found = _MAP.match(word)
    if not found:
        return 0
    hours, minutes, seconds, thousandths, ticks = (part or "0" for part in found.groups())
    local = ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(thousandths.ljust(3, "0"))
    return int(ticks) // 90 - local


def _attach_loose_lines(loose: list[tuple[int, str]], cues: list[RawCue], has_header: bool) -> None:
    """Add lines that follow a blank line within a cue to that cue; numbers among them are identifiers."""
    for number, word in loose:
        if word.isdigit():
            continue
        if cues:
            cues[-1].lines.append(word)
        elif not has_header:
            raise CaptionError(number, _("This text stands before the first line with times."))
    loose.clear()


def _times(word: str, number: int) -> tuple[int, int]:
    found = _TIMING.match(word)
    if found is None:
        raise CaptionError(number, _("The times cannot be read. Write them like 00:01:02.500 --> 00:01:05.000."))
    return _milliseconds(found.groups()[:4], number), _milliseconds(found.groups()[4:], number)


def _milliseconds(parts: tuple[str | None, ...], number: int) -> int:
    hours, minutes, seconds = (int(part or 0) for part in parts[:3])
    if hours > MAX_HOURS:
        raise CaptionError(number, _("The time is more than %(hours)s hours from the start.") % {"hours": MAX_HOURS})
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + int((parts[3] or "").ljust(3, "0"))
