"""Finds the chapters in the description of a video, by YouTube's own rule: all of them or none.

See docs/feed-rules.md 1.5.
"""

import re

MIN_CHAPTERS, MIN_LENGTH_S, TITLE_MAX = 3, 10, 200

_TIME = r"(?:(\d{1,2}):)?(\d{1,2}):([0-5]\d)"
_LINE = re.compile(rf"\s*[(\[]?{_TIME}[)\]]?\s*[-–—:|.]?\s+(\S.*?)\s*")
_TITLE_FIRST = re.compile(rf"\s*(\S.*?)\s*[-–—:|]?\s+[(\[]?{_TIME}[)\]]?\s*")


def find_chapters(text: str, duration_s: int | None = None) -> list[tuple[int, str]]:
    """Return the chapters that a description lists, as (second, title).

    There are none unless the list has three or more entries, begins at 0:00, goes up by ten seconds or more and ends
    within the video: a list that breaks the rule is about something else.
    """
    chapters: list[tuple[int, str]] = []
    for line in text.splitlines():
        if match := _LINE.fullmatch(line):
            *time, title = match.groups()
        elif match := _TITLE_FIRST.fullmatch(line):
            title, *time = match.groups()
        else:
            continue
        hours, minutes, seconds = (int(number or 0) for number in time)
        chapters.append((hours * 3600 + minutes * 60 + seconds, title[:TITLE_MAX]))
    begins = [second for second, _title in chapters]
    is_ascending = all(later - earlier >= MIN_LENGTH_S for earlier, later in zip(begins, begins[1:], strict=False))
    if len(chapters) < MIN_CHAPTERS or begins[0] != 0 or not is_ascending:
        return []
    return [] if duration_s and begins[-1] >= duration_s else chapters
