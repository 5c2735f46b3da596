"""Parsing of caption files: each spoken line once, in the order of time, with its speaker (docs/feed-rules.md 4.2).

Cues may overlap or end before they begin. Automatic captions that *roll* (each cue repeats the line above the new one)
and live captions that *grow* (each cue repeats what it has so far, and adds a word) are read once. Tags are stripped,
entities unescaped, speakers taken from `<v Name>` and from Zoom's `Name: text`. `formats` reads the file formats.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate

from django.utils.translation import gettext as _

from portal.webinars.transcripts.caption_formats import MAX_BYTES, CaptionError, parse_cues

__all__ = ["MAX_BYTES", "CaptionError", "CueLine", "in_time_order", "parse"]

ROLLING_SHARE = 0.3
SPEAKER_SHARE = 0.5
# A live caption follows at once; somebody who says the same again does so after a while.
FOLLOWS_MS = 1000
# From so many repeated words on, the file repeats itself; fewer may be said twice, unless the file does so often.
REPEATED_LINE, REPEATED_WORDS = 3, 4
GROWN, GROWN_SHARE = 3, 0.05

_WORD_TIME = re.compile(r"<(?:\d+:)?\d{1,2}:\d{2}\.\d{3}>")
_VOICE = re.compile(r"<v(?:\.[^\s>]+)*\s+([^<>]+)>")
_TAG = re.compile(r"</?[A-Za-z0-9][^<>]*>|\{\\[^{}]*\}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")
_NAME = re.compile(r"([^\W\d_][^:<>]{0,59}):\s+(\S.*)")


@dataclass(frozen=True)
class CueLine:
    """A spoken line; times are in milliseconds from the start, `speaker` is empty when the file names none."""

    start_ms: int
    end_ms: int
    text: str
    speaker: str = ""


@dataclass
class _Cue:
    start_ms: int
    end_ms: int
    raw: list[str] = field(default_factory=list)
    lines: list[tuple[str, str]] = field(default_factory=list)  # (speaker, text) after cleaning


def parse(content: str | bytes, name: str = "") -> list[CueLine]:
    """The lines of a caption file in the order of time, each once. `name` of the file is for the error message only.

    Raises CaptionError, with the line, when this is no caption file.
    """
    cues = [_Cue(cue.start_ms, cue.end_ms, cue.lines) for cue in parse_cues(content, name)]
    rolling = any(_WORD_TIME.search(line) for cue in cues for line in cue.raw)
    for cue in cues:
        cue.lines = _clean(cue.raw)
    cues = [cue for cue in cues if cue.lines]
    if not cues:
        raise CaptionError(1, _("No cue has any text."))
    if rolling:
        _drop_repeated_lines(cues, rolling)
    else:
        shown = len(cues)
        cues = _merge_growing_cues(cues)
        whole = [_words(cue) for cue in cues]
        _drop_repeated_lines(cues, rolling)
        _drop_repeated_words(cues, whole, grown=shown - len(cues))
    _detect_speaker_prefixes(cues)
    found = [
        CueLine(cue.start_ms, max(cue.start_ms, cue.end_ms), text, speaker)
        for cue in cues
        for speaker, text in _joined_by_speaker(cue.lines)
    ]
    return in_time_order(found)


def in_time_order(lines: Iterable[CueLine]) -> list[CueLine]:
    """Lines in the order of time, each once.

    A file may hold a cue twice, as when two exports were glued together: what is the same in all is said once.
    """
    return sorted(dict.fromkeys(lines), key=lambda line: line.start_ms)


def normalise_line(text: str) -> str:
    """A text as one line of a transcript: single spaces, no invisible characters."""
    return " ".join(_CONTROL.sub(" ", text).split())


def _clean(raw: list[str]) -> list[tuple[str, str]]:
    """The lines as (speaker, text): no tags, no entities, single spaces. A voice lasts to the end of its cue."""
    speaker, lines = "", []
    for line in raw:
        if voice := _VOICE.search(line):
            speaker = " ".join(html.unescape(voice[1]).split())[:120]
        text = html.unescape(_TAG.sub("", _CONTROL.sub(" ", line)))
        if text := normalise_line(text):
            lines.append((speaker, text))
    return lines


def _merge_growing_cues(cues: list[_Cue]) -> list[_Cue]:
    """Merge cues of which each says the same as the one before and more, from the beginning of the first of them.

    A single word that begins the next sentence ("Ja", "Ja dat klopt") is no growing cue.
    """
    said = [" ".join(_words(cue)) for cue in cues]
    grows = [
        _is_continuation(cues[at], cues[at + 1])
        and len(said[at]) < len(said[at + 1])
        and said[at + 1].startswith(said[at])
        for at in range(len(cues) - 1)
    ]
    often = sum(grows) >= max(GROWN, GROWN_SHARE * len(cues))
    kept: list[_Cue] = []
    for at, cue in enumerate(cues):
        before = at - 1
        chain = at > 0 and (often or any(grows[max(before - 1, 0) : before]) or any(grows[at : at + 1]))
        if at and grows[before] and (chain or " " in said[before]):
            cue.start_ms = kept[-1].start_ms
            kept[-1] = cue
        elif (
            at
            and said[before] == said[at]
            and _is_continuation(cues[before], cue)
            and len(_words(cue)) >= REPEATED_WORDS
        ):
            kept[-1].end_ms = max(kept[-1].end_ms, cue.end_ms)
        else:
            kept.append(cue)
    return kept


def _drop_repeated_words(cues: list[_Cue], whole: list[list[str]], grown: int) -> None:
    """Drop the words at the beginning of a cue with which the one before ended.

    `whole` is what each cue said at first, `grown` how many cues were merged: a file that repeats itself does so often.
    """
    tails = [
        _overlap(whole[at - 1], whole[at]) if at and _is_continuation(cues[at - 1], cues[at]) else 0
        for at in range(len(cues))
    ]
    often = grown + sum(tail > 1 for tail in tails) >= max(GROWN, GROWN_SHARE * len(cues))
    for at, tail in enumerate(tails):
        lines = cues[at].lines
        if not tail or _words(cues[at]) != whole[at]:
            continue
        ends = list(accumulate(len(text.split()) for _speaker, text in lines))
        enough = 1 if often else REPEATED_LINE
        if tail < (enough if tail in ends else (2 if often else REPEATED_WORDS)):
            continue
        left: list[tuple[str, str]] = []
        for speaker, text in lines:
            words = text.split()
            if words[tail:]:
                left.append((speaker, " ".join(words[tail:])))
            tail = max(0, tail - len(words))
        cues[at].lines = left


def _overlap(before: list[str], now: list[str]) -> int:
    """The number of words with which the one ends and the other begins."""
    return next((size for size in range(min(len(before), len(now)), 0, -1) if before[-size:] == now[:size]), 0)


def _is_continuation(before: _Cue, now: _Cue) -> bool:
    speakers = {speaker for speaker, _text in (*before.lines[-1:], *now.lines[:1])}
    return before.start_ms <= now.start_ms <= before.end_ms + FOLLOWS_MS and len(speakers) == 1


def _words(cue: _Cue) -> list[str]:
    return [word for _speaker, text in cue.lines for word in text.split()]


def _drop_repeated_lines(cues: list[_Cue], rolling: bool) -> None:
    """Drop the lines that a cue repeats from the one before it, where the file rolls or the two overlap.

    The same words of another speaker are no repetition: in a vote each says yes.
    """
    before = [set(cue.lines) for cue in cues]
    repeats = sum(cue.lines[0] in earlier for earlier, cue in zip(before, cues[1:], strict=False))
    rolling = rolling or (repeats > 2 and repeats >= ROLLING_SHARE * len(cues))
    ends = [cue.end_ms for cue in cues]
    for index in range(1, len(cues)):
        if rolling or cues[index].start_ms < ends[index - 1]:
            cues[index].lines = [line for line in cues[index].lines if line not in before[index - 1]]


def _detect_speaker_prefixes(cues: list[_Cue]) -> None:
    """Take speakers from `Name: text`, as Zoom writes, when most cues have it; a rare colon is only a colon."""
    texts = [cue for cue in cues if cue.lines and not cue.lines[0][0]]
    named = [(cue, found) for cue in texts if (found := _NAME.fullmatch(cue.lines[0][1]))]
    if len(named) < 2 or len(named) < SPEAKER_SHARE * len(texts):
        return
    for cue, found in named:
        speaker = found[1].strip()
        cue.lines = [(speaker, found[2]), *((speaker, text) for _none, text in cue.lines[1:])]


def _joined_by_speaker(lines: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Join lines of the same speaker."""
    joined: list[tuple[str, str]] = []
    for speaker, text in lines:
        if joined and joined[-1][0] == speaker:
            joined[-1] = (speaker, f"{joined[-1][1]} {text}")
        else:
            joined.append((speaker, text))
    return joined
