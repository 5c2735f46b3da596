"""Formats in which a transcript can be downloaded: WebVTT, SRT and plain text. No database."""

from collections.abc import Iterable

from portal.ui.times import clock
from portal.webinars.transcripts.paragraphs import Line, Part

# The formats by their file name ending, with the content type of each.
FORMATS = {
    "vtt": "text/vtt; charset=utf-8",
    "srt": "application/x-subrip; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}


def vtt(lines: Iterable[Line]) -> str:
    """Lines as WebVTT; a speaker is a voice (https://www.w3.org/TR/webvtt1/#webvtt-cue-voice-span)."""
    cues = ["WEBVTT\n"]
    for line in lines:
        text = _escape_vtt(line.text)
        if line.speaker:
            text = f"<v {_escape_vtt(line.speaker)}>{text}"
        cues.append(f"{_times(line, '.')}\n{text}\n")
    return "\n".join(cues)


def srt(lines: Iterable[Line]) -> str:
    """Lines as SubRip; the speaker stands before the text, because the format has no place for one."""
    return "\n".join(
        f"{number}\n{_times(line, ',')}\n{_with_speaker(line.speaker, line.text)}\n"
        for number, line in enumerate(lines, 1)
    )


def txt(text: Iterable[Part], head: Iterable[str]) -> str:
    """Paragraphs as plain text: the lines of `head`, then each paragraph with its time, under its chapter."""
    blocks = ["\n".join(line for line in head if line)]
    for part in text:
        if part.title:
            blocks.append(f"{part.title}\n{'-' * len(part.title)}")
        blocks += [f"[{clock(one.start_s)}] {_with_speaker(one.speaker, one.text)}" for one in part.paragraphs]
    return "\n\n".join(blocks) + "\n"


def _with_speaker(speaker: str, text: str) -> str:
    return f"{speaker}: {text}" if speaker else text


def _escape_vtt(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _times(line: Line, point: str) -> str:
    return f"{_time(line.start_s, point)} --> {_time(max(line.start_s, line.end_s), point)}"


def _time(seconds: float, point: str) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}{point}{rest % 1000:03}"
