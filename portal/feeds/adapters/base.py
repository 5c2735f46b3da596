"""The base class of a kind of source: it fetches one source and returns everything that it found, or nothing."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, TypeAlias

from django.utils.functional import Promise

from portal.feeds.item_values import ItemValues

# The models `Source` and `Connection` import the adapters, which therefore cannot import them.
Source: TypeAlias = Any
Connection: TypeAlias = Any

SIX_HOURS_S, DAY_S = 6 * 3600, 24 * 3600


@dataclass(frozen=True)
class PullResult:
    """One usable response of a source. `age_s` is how old the cached copy was, `max_age_s` how long it stays fresh.

    `window_from` promises that everything the source published after that time is in `items`. Without it, nothing is
    concluded from an item that is missing. `moved_to` is the new address that the source announced. `gone` are the
    identities that the platform proved to show no more. `remarks` are sentences for the log, `memory` is stored on the
    source for its next pull.
    """

    status: int
    items: tuple[ItemValues, ...] = ()
    not_modified: bool = False
    n_bytes: int = 0
    sha256: str = ""
    etag: str = ""
    last_modified: str = ""
    age_s: int = 0
    max_age_s: int = 0
    salvaged: bool = False
    window_from: datetime | None = None
    moved_to: str = ""
    gone: tuple[str, ...] = ()
    remarks: tuple[str | Promise, ...] = ()
    memory: dict[str, Any] = field(default_factory=dict)


class Adapter:
    """Base class of the kinds of source.

    To add a kind, write a package beside this module with a class like this, and add it to `registry.ADAPTERS`. The
    admin form and the commands take it from there, and a system check names what it lacks (`portal.feeds.checks`).
    """

    # A system check asks for these three; empty, so that it can name what is forgotten.
    kind: ClassVar[str] = ""  # stored on the source
    label: ClassVar[str | Promise] = ""  # its name in the admin
    asks_for: ClassVar[str | Promise] = ""  # what staff enter as its address
    note: ClassVar[str | Promise] = ""  # what staff should know before they use it
    is_pulled: ClassVar[bool] = True  # False for files, which staff import
    needs_connection: ClassVar[bool] = False  # needs somebody's permission at the platform (`models.Connection`)
    # When two kinds mention the same item, the values of the one with the higher rank are used.
    rank: ClassVar[int] = 1
    # Seconds between two pulls, unless staff enter another interval (docs/feed-rules.md 5.3.1).
    interval_s: ClassVar[int] = SIX_HOURS_S
    # Beginnings of the ids of items that announce a session and are no recording of it.
    session_prefixes: ClassVar[tuple[str, ...]] = ()

    def clean_config(self, config: str) -> str:
        """Return the canonical form of the address that staff entered. Raises ValidationError."""
        raise NotImplementedError

    def fetch(self, source: Source) -> PullResult:
        """Fetch the source, conditionally if it gave an ETag or date. Raises UnusableDocument or FetchError."""
        raise NotImplementedError

    def status(self, source: Source) -> list[tuple[str, str]]:
        """Return facts for the page of the source beside its log, as (name, value)."""
        return []

    def warning(self, source: Source) -> str:
        """Return what staff should do soon to keep the source working, for the list and the log; "" for nothing."""
        return ""

    def is_watchable(self, external_id: str) -> bool | None:
        """Return whether an item that disappeared can still be watched; None if the platform does not say."""
        return None
