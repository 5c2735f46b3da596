"""Partial dates, known to the year, month or day (a small part of EDTF, ISO 8601-2), and dates as people type them."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.core.content.sorting import without_accents
from portal.core.formats.day_first import DATE_INPUT_FORMATS

_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(~?)")
# A year outside these is a slip of the keyboard, or stands for "without an end", which is said otherwise.
YEARS = range(1800, 2101)


@dataclass(frozen=True, order=True)
class PartialDate:
    """A year, with month and day if they are known; `about` means approximately."""

    year: int
    month: int = 0
    day: int = 0
    about: bool = False

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Parse "2021", "2021-09" or "2021-09-13", optionally followed by "~" for about. Raises ValueError."""
        match = _FORM.fullmatch(text.strip())
        if not match:
            raise ValueError(f"not a date that is known so far: {text!r}")
        year, month, day = (int(part) if part else None for part in match.group(1, 2, 3))
        date(year or 0, 1 if month is None else month, 1 if day is None else day)  # ValueError for a 13th month, or 00
        return cls(year or 0, month or 0, day or 0, about=bool(match.group(4)))

    @classmethod
    def read(cls, text: str) -> "PartialDate | None":
        """Parse a stored text; None when it is empty or was stored before validation became strict."""
        try:
            return cls.parse(text)
        except ValueError:
            return None

    def is_before(self, other: "PartialDate") -> bool:
        """Whether this date is certainly earlier, compared as far as both are known: "2021" is not before "2021-03"."""
        for own, others in ((self.year, other.year), (self.month, other.month), (self.day, other.day)):
            if not own or not others or own != others:
                return bool(own and others) and own < others
        return False

    def sentence(self, language: str = "") -> str:
        """The date in words in `language` (the active one when empty): "13 september 2021", "about 2021"."""
        with translation.override(language or translation.get_language()):
            if self.day:
                words = date_format(date(self.year, self.month, self.day), "DATE_FORMAT")
            elif self.month:
                words = date_format(date(self.year, self.month, 1), "YEAR_MONTH_FORMAT")
            else:
                words = str(self.year)
            return gettext("about %(date)s") % {"date": words} if self.about else words

    @property
    def iso(self) -> str:
        """The machine-readable form for <time datetime>."""
        return "-".join(
            part
            for part in (f"{self.year:04}", self.month and f"{self.month:02}", self.day and f"{self.day:02}")
            if part
        )


# January to December in the languages of the staff, without accents; any beginning of three letters is enough.
_MONTHS = (
    ("januari", "janvier", "january", "januar"),
    ("februari", "fevrier", "february", "februar"),
    ("maart", "mars", "march", "marz", "maerz", "mrt"),
    ("april", "avril"),
    ("mei", "mai", "may"),
    ("juni", "juin", "june"),
    ("juli", "juillet", "july"),
    ("augustus", "aout", "august"),
    ("september", "septembre"),
    ("oktober", "octobre", "october"),
    ("november", "novembre"),
    ("december", "decembre", "dezember"),
)
_ORDINAL = re.compile(r"\b(\d{1,2})(?:er|ste|de|e|st|nd|rd|th)\b", re.IGNORECASE)
_WORD = re.compile(r"[\s./-]*\b([^\W\d_]{3,})\b[\s./-]*")
_HOUR = re.compile(
    r"(?:^|[\s,]+(?:(?:om|à|a|um|at|op)\s+)?)"
    r"(\d{1,2})(?:\s*[:.uh]\s*(\d{2})(?::(\d{2}))?)?\s*(uhr|uur|heures?|h|u|[ap]\.?m\.?)?$",
    re.IGNORECASE,
)


def words_to_numbers(text: str) -> str:
    """Return a typed date or time with its words as numbers: "14 september 2025 om 13u30" -> "14/9/2025 13:30".

    What this does not understand stays as it was typed, so that the form refuses it.
    """
    text = _HOUR.sub(_hour_in_numbers, " ".join(text.split()))
    text = re.sub(r"\s*([/.-])\s*", r"\1", _ORDINAL.sub(r"\1", text))
    return _WORD.sub(_month_in_numbers, text)


def _hour_in_numbers(match: re.Match) -> str:
    hour, minutes, seconds, word = int(match[1]), match[2], match[3], (match[4] or "").lower().replace(".", "")
    if not (minutes or word) or (word in ("am", "pm") and not 1 <= hour <= 12):
        return match[0]
    if word in ("am", "pm"):
        hour = hour % 12 + (12 if word == "pm" else 0)
    before = " " if match.start() else ""
    return f"{before}{hour:02}:{minutes or '00'}" + (f":{seconds}" if seconds else "")


def _month_in_numbers(match: re.Match) -> str:
    word = without_accents(match[1])
    found = [number for number, names in enumerate(_MONTHS, 1) if any(name.startswith(word) for name in names)]
    return f"/{found[0]}/" if len(found) == 1 else match[0]


def normalise_partial_date(text: str) -> str:
    """Return a date as it is stored: "13/9/2021" -> "2021-09-13", "sept 2021" -> "2021-09".

    What is not understood stays as it was typed, so that the form refuses it.
    """
    text = text.strip()
    day = text.strip("~ ")
    about = "~" if day != text else ""
    if _FORM.fullmatch(day + about):
        return day + about
    numbers = words_to_numbers(day)
    if month := re.fullmatch(r"/?(\d{1,2})[/.-](\d{4})", numbers):
        return f"{month[2]}-{int(month[1]):02}{about}"
    for form in DATE_INPUT_FORMATS:
        try:
            return f"{datetime.strptime(numbers, form):%Y-%m-%d}{about}"
        except ValueError:
            continue
    return text


def validate_partial_date(text: str) -> None:
    """Raises ValidationError with what to write when `text` is no partial date, or of a year that must be a mistake."""
    try:
        if PartialDate.parse(text).year not in YEARS:
            raise ValueError(f"not a year that the portal speaks of: {text!r}")
    except ValueError as error:
        raise ValidationError(
            _("Write a date as far as it is known: 2021, 09/2021 or 13/09/2021; add ~ when it is about then.")
        ) from error


def partial_date_sentence(text: str, language: str = "") -> str:
    """The partial date `text` in words; an empty text stays empty, one that cannot be read stays as it was typed."""
    known = PartialDate.read(text)
    return known.sentence(language) if known else text


def status_sentence(status: str, day: date | None) -> str:
    """Return a status with the date on which it was so: "Running on 14 September 2021"."""
    words = capfirst(status)
    if day is None:
        return words
    return gettext("%(status)s on %(date)s") % {"status": words, "date": date_format(day, "DATE_FORMAT")}
