"""Chapters in the description of a video, by YouTube's own rule (feeds.md 1.5): all of them or none."""

import re

FEWEST, SHORTEST_S, TITLE_MAX = 3, 10, 200

_TIME = r"(?:(\d{1,2}):)?(\d{1,2}):([0-5]\d)"
_LINE = re.compile(rf"\s*[(\[]?{_TIME}[)\]]?\s*[-–—:|.]?\s+(\S.*?)\s*")
_TITLE_FIRST = re.compile(rf"\s*(\S.*?)\s*[-–—:|]?\s+[(\[]?{_TIME}[)\]]?\s*")


def chapters_in(text: str, duration_s: int | None = None) -> list[tuple[int, str]]:
    """The chapters that a description lists, as (second, title).

    Empty unless there are three or more that begin at 0:00, go up by ten seconds or more and lie within the video:
    a list that breaks the rule is about something else.
    """
    found = []
    for line in text.splitlines():
        if match := _LINE.fullmatch(line):
            *time, title = match.groups()
        elif match := _TITLE_FIRST.fullmatch(line):
            title, *time = match.groups()
        else:
            continue
        hours, minutes, seconds = (int(number or 0) for number in time)
        found.append((hours * 3600 + minutes * 60 + seconds, title[:TITLE_MAX]))
    begins = [second for second, _title in found]
    ascending = all(later - earlier >= SHORTEST_S for earlier, later in zip(begins, begins[1:], strict=False))
    if len(found) < FEWEST or begins[0] != 0 or not ascending:
        return []
    return [] if duration_s and begins[-1] >= duration_s else found
