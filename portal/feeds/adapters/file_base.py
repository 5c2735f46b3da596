"""What every kind of file promises: a row becomes an item, or a sentence that says why not. No file is kept."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from portal.feeds.adapters.base import Adapter, ItemValues, Pulled, Unusable
from portal.feeds.choices import Outcome

MAX_BYTES = 5_000_000
MAX_ROWS = 5_000


@dataclass(frozen=True)
class Remark:
    """What there is to say about one row; `where` is its line, name or place in the file."""

    where: str
    sentence: str
    left_out: bool = True


@dataclass
class Read:
    """What a file holds: the items, and the remarks about rows that were left out or taken with a doubt.

    `called_off` are the identities of sessions that do not take place. Of what begins with one of `complete` the file
    knows all that is to come. Both with the moment when that was written, if the file tells.
    """

    items: list[ItemValues] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    called_off: dict[str, datetime | None] = field(default_factory=dict)
    complete: dict[str, datetime | None] = field(default_factory=dict)

    def leave_out(self, where, sentence) -> None:
        self.remarks.append(Remark(str(where), str(sentence)))

    def doubt(self, where, sentence) -> None:
        self.remarks.append(Remark(str(where), str(sentence), left_out=False))


class FileAdapter(Adapter):
    """A kind of file that staff bring in. It is never pulled; its source only holds the log and the items."""

    pulled = False
    rank = 0
    endings: ClassVar[tuple[str, ...]] = ()

    def normalised(self, config: str) -> str:
        return config

    def fetch(self, source) -> Pulled:
        raise Unusable(
            "file", _("This is no feed: its files are brought in by hand, under To review."), outcome=Outcome.REFUSED
        )

    def recognises(self, name: str, content: bytes) -> bool:
        """Whether a file of this name, with this content, is of this kind."""
        raise NotImplementedError

    def read(self, name: str, content: bytes) -> Read:
        """What is in the file. Raises Unusable when it cannot be used at all."""
        raise NotImplementedError
