"""Dates and hours as they are typed in Europe, the same in every language of the admin: the day comes first.

Two figures of a year are of this century up to 68, and of the last one from 69 on.
"""

_DAYS = tuple(f"%d{mark}%m{mark}{year}" for mark in ("/", "-", ".", " ") for year in ("%Y", "%y"))

DATE_INPUT_FORMATS = ["%Y-%m-%d", "%Y/%m/%d", *_DAYS]
TIME_INPUT_FORMATS = ["%H:%M", "%H:%M:%S", "%H:%M:%S.%f", "%H.%M"]
DATETIME_INPUT_FORMATS = [
    *(f"{day} {hour}" for day in DATE_INPUT_FORMATS for hour in TIME_INPUT_FORMATS),
    *DATE_INPUT_FORMATS,
]
