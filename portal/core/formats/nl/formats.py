"""Dutch dates are written as Django says, and read day first."""

from portal.core.formats.day_first import DATE_INPUT_FORMATS, DATETIME_INPUT_FORMATS, TIME_INPUT_FORMATS  # noqa: F401
