"""Reads CSV as people and programs save it: any usual separator and encoding, and quotation marks that do not match.

Cells are text and stay text: a "formula" in one is never computed (case 47 of docs/feed-rules.md 5.5).
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.feeds.errors import UnusableDocument
from portal.feeds.reading.file_contents import MAX_ROWS, FileContents
from portal.feeds.reading.xml_document import decoded

SEPARATORS = ",;\t"
MAX_BROKEN_ROWS = 50

_SEP = re.compile(r'"?sep=(.)"?', re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """One row: the number of its first line, and its cells by the lower-case name of their column."""

    line: int
    cells: dict[str, str]


def read_header(content: bytes) -> list[str]:
    """Return the lower-case names of the columns; none if this is no table."""
    try:
        return _open_table(content).names
    except UnusableDocument:
        return []


def read_rows(content: bytes, contents: FileContents) -> Iterator[Row]:
    """Yield the rows under the header. A row that cannot be read gets a remark in `contents`, and the next is read.

    A repeated header is passed over. A quotation mark that is never closed costs its own line only. Raises
    UnusableDocument.
    """
    table = _open_table(content)
    names = table.names
    for number, (line, cells) in enumerate(_records(table, contents), start=1):
        if number > MAX_ROWS:
            contents.leave_out_rest(line)
            return
        if not any(cells):
            continue
        while len(cells) > len(names) and not cells[-1]:
            cells.pop()  # empty columns at the end of a spreadsheet
        if _names(cells) == names:
            contents.warn(line, _("The column names are repeated here; the row was left out."))
        elif len(cells) != len(names):
            numbers = {"found": len(cells), "expected": len(names)}
            contents.leave_out(line, _("This row has %(found)s cells instead of %(expected)s.") % numbers)
        else:
            yield Row(line, dict(zip(names, cells, strict=True)))


def write_table(names: list[str], *table_rows: list[str]) -> str:
    """Return a table for Excel: separated by semicolons, with the byte order mark by which it recognises UTF-8."""
    table = io.StringIO()
    csv.writer(table, delimiter=";").writerows([names, *table_rows])
    return "\ufeff" + table.getvalue()


@dataclass(frozen=True)
class _Table:
    """A table whose header was read."""

    lines: list[str]
    separator: str
    escape: str | None
    names: list[str]
    rows_at: int  # the index of the first line under the header

    def reader(self, at: int) -> Any:
        return _reader(self.lines[at:], self.separator, self.escape)


def _reader(lines: list[str], separator: str, escape: str | None) -> Any:  # the class of csv.reader is private
    return csv.reader((line + "\n" for line in lines), delimiter=separator, escapechar=escape, strict=True)


def _open_table(content: bytes) -> _Table:
    """Read the header of a table. A first line like `sep=;`, which Excel writes, only names the separator."""
    text = decoded(content).replace("\x00", "").lstrip("\ufeff\r\n ")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    at, separator = 0, _separator(lines[0])
    if named := _SEP.fullmatch(lines[0]):
        at, separator = 1, named[1]
    escape = "\\" if any('\\"' in line for line in lines) else None
    reader = _reader(lines[at:], separator, escape)
    try:
        names = _names(next(reader, []))
    except csv.Error as error:
        raise UnusableDocument("no_table", _("The names of the columns in the first row cannot be read.")) from error
    return _Table(lines, separator, escape, names, at + reader.line_num)


def _records(table: _Table, contents: FileContents) -> Iterator[tuple[int, list[str]]]:
    """Yield the records under the header, each with the number of its first line."""
    at, broken = table.rows_at, 0
    while at < len(table.lines):
        reader = table.reader(at)
        begin = at
        try:
            for cells in reader:
                yield begin + 1, [cell.strip() for cell in cells]
                begin = at + reader.line_num
            return
        except csv.Error:
            broken += 1
            contents.leave_out(begin + 1, _("The quotation marks of this row do not match."))
            if broken >= MAX_BROKEN_ROWS:
                contents.leave_out(begin + 2, _("Too many rows are damaged; the rest was left out."))
                return
            at = begin + 1


def _separator(line: str) -> str:
    return max(SEPARATORS, key=line.count)


def _names(cells: list[str]) -> list[str]:
    return [" ".join(cell.strip("\ufeff").split()).lower() for cell in cells]
