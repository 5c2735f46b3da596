"""Tables that people and programmes save as CSV: any usual separator and encoding, quotes that go wrong, lines of text.

Cells are text and stay text: nothing in them is computed, so that a "formula" is only a word (feeds.md 5.5, 47).
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.feeds.adapters.base import Unusable
from portal.feeds.adapters.file_base import MAX_ROWS, Read
from portal.feeds.reading.xml_document import decoded

SEPARATORS = ",;\t"
MOST_BROKEN = 50

_SEP = re.compile(r'"?sep=(.)"?', re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """One row: the line at which it begins, and its cells by the name of their column (lower case)."""

    line: int
    cells: dict[str, str]


def header(content: bytes) -> list[str]:
    """The names of the columns in lower case; empty when this is no table of text."""
    try:
        return _opened(content).names
    except Unusable:
        return []


def rows(content: bytes, read: Read) -> Iterator[Row]:
    """The rows under the header. What is wrong with one is said in `read`, and the next one is read.

    A header that comes again is passed over. A quote that is never closed costs its own line only. Raises Unusable.
    """
    opened = _opened(content)
    names = opened.names
    for number, (line, cells) in enumerate(_records(opened, read), start=1):
        if number > MAX_ROWS:
            read.leave_out(
                line, _("The file has more than %(number)s rows; the rest was left out.") % {"number": MAX_ROWS}
            )
            return
        if not any(cells):
            continue
        while len(cells) > len(names) and not cells[-1]:
            cells.pop()  # a spreadsheet that was once wider
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


@dataclass(frozen=True)
class _Opened:
    """A table whose header was read: all its lines, how they are written, and where the rows begin."""

    lines: list[str]
    form: dict
    names: list[str]
    rows_at: int


def _opened(content: bytes) -> _Opened:
    """A table with its header. The line `sep=;` that Excel writes or obeys says only how cells are separated."""
    text = decoded(content).replace("\x00", "").lstrip("\ufeff\r\n ")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    at, separator = 0, _separator(lines[0])
    if named := _SEP.fullmatch(lines[0]):
        at, separator = 1, named[1]
    form = {"delimiter": separator, "strict": True}
    if any('\\"' in line for line in lines):
        form["escapechar"] = "\\"
    reader = csv.reader((line + "\n" for line in lines[at:]), **form)
    try:
        names = _names(next(reader, []))
    except csv.Error as error:
        raise Unusable("no_table", _("The names of the columns in the first row cannot be read.")) from error
    return _Opened(lines, form, names, at + reader.line_num)


def _records(opened: _Opened, read: Read) -> Iterator[tuple[int, list[str]]]:
    """The records under the header, each with the number of its line (counted from 1)."""
    lines, at, broken = opened.lines, opened.rows_at, 0
    while at < len(lines):
        reader = csv.reader((line + "\n" for line in lines[at:]), **opened.form)
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


def _separator(line: str) -> str:
    return max(SEPARATORS, key=line.count)


def _names(cells: list[str]) -> list[str]:
    return [" ".join(cell.strip("\ufeff").split()).lower() for cell in cells]
