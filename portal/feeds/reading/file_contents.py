"""The contents of an imported file: its items, and a remark for each row that staff should look at."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from portal.feeds.item_values import ItemValues

MAX_FILE_BYTES = 5_000_000
MAX_ROWS = 5_000


@dataclass(frozen=True)
class RowRemark:
    """A sentence about one row; `where` is its line, name or place in the file."""

    where: str
    sentence: str
    left_out: bool = True


@dataclass
class FileContents:
    """The items of a file, and remarks about rows that were left out or that staff should check.

    `called_off` are the identities of sessions that do not take place. `complete` are beginnings of identities: the
    file has all future sessions whose identity begins so. Both map to when that was written, if the file says it.
    """

    items: list[ItemValues] = field(default_factory=list)
    remarks: list[RowRemark] = field(default_factory=list)
    called_off: dict[str, datetime | None] = field(default_factory=dict)
    complete: dict[str, datetime | None] = field(default_factory=dict)

    def leave_out(self, where: str | int, sentence: str | Promise) -> None:
        """Say why a row was left out."""
        self.remarks.append(RowRemark(str(where), str(sentence)))

    def warn(self, where: str | int, sentence: str | Promise) -> None:
        """Say what staff should check about a row that was imported."""
        self.remarks.append(RowRemark(str(where), str(sentence), left_out=False))

    def leave_out_rest(self, where: str | int) -> None:
        """Say that the rows from here on were left out, because there are too many."""
        self.leave_out(
            where, _("The file has more than %(number)s rows; the rest was left out.") % {"number": MAX_ROWS}
        )
