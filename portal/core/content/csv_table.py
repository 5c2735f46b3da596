"""A table as a file for a spreadsheet: the one place that knows what spreadsheets do with a CSV."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import get_format

from portal.core.content.sentences import one_line

# What a spreadsheet takes for the beginning of a formula (https://owasp.org/www-community/attacks/CSV_Injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def csv_table(heading: Sequence[str], rows: Iterable[Iterable[str]], language: str) -> str:
    """Return a table as CSV, in which no cell can be a formula.

    With a byte order mark, and the delimiter that a spreadsheet of that language expects, a comma only where it is not
    the decimal sign: else Excel shows one column of broken letters.
    """
    delimiter = ";" if get_format("DECIMAL_SEPARATOR", language) == "," else ","
    table = io.StringIO()
    writer = csv.writer(table, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([safe_cell(name) for name in heading])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return "\ufeff" + table.getvalue()


def safe_cell(text: str) -> str:
    """Return a cell in one line that no spreadsheet takes for a formula."""
    text = one_line(text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def csv_response(content: str, name: str) -> HttpResponse:
    """Return a table as a file named for the day. It changes with every choice, so no search engine keeps it."""
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate().isoformat()}.csv"'
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "private, no-cache"
    return response
