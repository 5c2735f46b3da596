"""Tables that people and programmes save as CSV: any usual separator and encoding, quotes that go wrong, lines of text.

Cells are text and stay text: nothing in them is computed, so that a "formula" is only a word (feeds.md 5.5, 47).
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.feeds.contract import Unusable
from portal.feeds.document import decoded
from portal.feeds.files import MAX_ROWS, Read

SEPARATORS = ",;\t"
MOST_BROKEN = 50


@dataclass(frozen=True)
class Row:
    """One row: the line at which it begins, and its cells by the name of their column (lower case)."""

    line: int
    cells: dict[str, str]


def header(content: bytes) -> list[str]:
    """The names of the columns in lower case; empty when this is no table of text."""
    begin = content[:20_000]
    try:
        lines = _lines(
            decoded(begin[: max(begin.rfind(b"\n"), begin.rfind(b"\r"))] if len(content) > 20_000 else begin)
        )
        return _names(next(csv.reader(lines[:1], delimiter=_separator(lines[0])), []))
    except (Unusable, csv.Error):
        return []


def rows(content: bytes, read: Read) -> Iterator[Row]:
    """The rows under the header. What is wrong with one is said in `read`, and the next one is read.

    A header that comes again is passed over. A quote that is never closed costs its own line only.
    """
    lines = _lines(decoded(content))
    form = {"delimiter": _separator(lines[0]), "strict": True}
    if any('\\"' in line for line in lines):
        form["escapechar"] = "\\"
    try:
        names = _names(next(csv.reader(lines[:1], **form), []))
    except csv.Error as error:
        raise Unusable("header", _("The quotation marks in the names of the columns do not fit.")) from error
    for number, (line, cells) in enumerate(_records(lines, form, read), start=1):
        if number > MAX_ROWS:
            read.leave_out(
                line, _("The file has more than %(number)s rows; the rest was left out.") % {"number": MAX_ROWS}
            )
            return
        if not any(cells):
            continue
        if _names(cells) == names:
            read.doubt(line, _("The names of the columns come again here; they were passed over."))
        elif len(cells) != len(names):
            numbers = {"found": len(cells), "expected": len(names)}
            read.leave_out(line, _("This row has %(found)s cells instead of %(expected)s.") % numbers)
        else:
            yield Row(line, dict(zip(names, cells, strict=True)))


def table(names: list[str], *table_rows: list[str]) -> str:
    """A table for a spreadsheet programme: separated by semicolons, with the mark by which Excel knows UTF-8."""
    written = io.StringIO()
    csv.writer(written, delimiter=";").writerows([names, *table_rows])
    return "\ufeff" + written.getvalue()


def _records(lines: list[str], form: dict, read: Read) -> Iterator[tuple[int, list[str]]]:
    """The records under the first line, each with the number of its line (counted from 1)."""
    at, broken = 1, 0
    while at < len(lines):
        reader = csv.reader((line + "\n" for line in lines[at:]), **form)
        begin = at
        try:
            for cells in reader:
                yield begin + 1, [cell.strip() for cell in cells]
                begin = at + reader.line_num
            return
        except csv.Error:
            broken += 1
            read.leave_out(begin + 1, _("The quotation marks of this row do not fit."))
            if broken >= MOST_BROKEN:
                read.leave_out(begin + 2, _("Too many rows are damaged; the rest was left out."))
                return
            at = begin + 1


def _lines(text: str) -> list[str]:
    """The lines of a text, whichever way they end: as on Windows, on Unix, or with a bare CR as on old Macs."""
    return text.lstrip("\ufeff\r\n ").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _separator(line: str) -> str:
    return max(SEPARATORS, key=line.count)


def _names(cells: list[str]) -> list[str]:
    return [cell.strip().strip("\ufeff").lower() for cell in cells]
