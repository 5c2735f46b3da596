"""What every adapter promises: it asks one source and hands back what it found, all of it or nothing."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Self

from portal.feeds.choices import Outcome

SIX_HOURS_S, DAY_S = 6 * 3600, 24 * 3600


@dataclass(frozen=True)
class ItemValues:
    """What a source says of one thing. `external_id` is the platform's own id with its prefix ("yt:…", "li:…").

    With any other prefix it is an id of this source alone: `keep` adds which source that is (`identity.scoped`).
    `aliases` are further ids of the same thing: LinkedIn gives a post several that have nothing to do with each other.
    `formerly` are ids under which this portal may have kept it when it read such sources otherwise: what is found under
    one of them, with the same title or address, is the same thing. Those of a run (`identity.OF_RUN`) are kept for it.

    `event_start` and `event_end` are when it takes place, if the source says so; `broadcast` is a `choices.Broadcast`.
    `reason` is a `choices.Reason` or empty. Texts are plain text, already cleaned (`portal.feeds.reading.text`).
    """

    external_id: str
    title: str
    text: str
    url: str
    thumbnail_url: str
    published_at: datetime | None
    updated_at: datetime | None
    kind_guess: str
    reason: str = ""
    duration_s: int | None = None
    aliases: tuple[str, ...] = ()
    event_start: datetime | None = None
    event_end: datetime | None = None
    broadcast: str = ""
    file_url: str = ""  # of the film or the sound itself
    formerly: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pulled:
    """One good answer of a source. `age_s` is how old the copy was that we got, `max_age_s` how long it keeps.

    `window_from` says that everything which the source published after that moment is in the answer; None when it
    cannot be said, and then nothing is concluded from what is missing. `moved_to` is where the source says that it
    lives from now on. `gone` are the identities that the platform proved not to show any more. `remarks` are sentences
    for the log, and `memory` is what the source has to remember for the next pull.
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
    remarks: tuple = ()
    memory: dict = field(default_factory=dict)


class Unusable(Exception):
    """The source answered, but with nothing that can be used: the archive stays as it is.

    `code` is for the log, `str(error)` a translated sentence for staff. `retry_after_s` is what the server asked for;
    `gone` says that the server declared the address dead for good.
    """

    def __init__(self, code: str, sentence, *, outcome=Outcome.REJECTED, status=200, n_bytes=0, sha256="", **more):
        super().__init__(code)
        self.code, self.sentence, self.outcome = code, sentence, outcome
        self.status, self.n_bytes, self.sha256 = status, n_bytes, sha256
        self.retry_after_s: int | None = more.get("retry_after_s")
        self.gone: bool = more.get("gone", False)

    def of(self, answer) -> Self:
        """The same, with the status, size and hash of the answer (a `FetchedResponse`) for the log."""
        self.status, self.n_bytes, self.sha256 = answer.status, len(answer.body), answer.sha256
        return self

    def __str__(self):
        return str(self.sentence)


class Adapter:
    """One kind of source: a folder in `portal.feeds.adapters` with a class like this, and a line in the register there.

    `label` names it in the admin, `asks_for` says what staff enter as its address, `note` what they should know first.
    """

    kind: ClassVar[str]
    label: ClassVar
    asks_for: ClassVar
    note: ClassVar = ""
    pulled: ClassVar[bool] = True  # or brought in as files
    connects: ClassVar[bool] = False  # needs the permission of somebody at the platform (`models.Connection`)
    # Of two kinds that mention the same thing, the one with the higher rank knows more and is believed.
    rank: ClassVar[int] = 1
    # How many seconds a source of this kind waits between two pulls, unless staff say otherwise (feeds.md 5.3.1).
    interval_s: ClassVar[int] = SIX_HOURS_S

    def normalised(self, config: str) -> str:
        """The one spelling of what staff entered; raises ValidationError with a sentence when it is none."""
        raise NotImplementedError

    def fetch(self, source) -> Pulled:
        """Ask the source, conditionally when it gave validators. Raises Unusable or FetchError (core/http)."""
        raise NotImplementedError

    def status(self, source) -> list[tuple[str, str]]:
        """What the page of a source says beside its log: pairs of a name and what stands there now."""
        return []

    def warning(self, source) -> str:
        """What staff should do soon so that this source goes on, for the list and the log; empty when nothing."""
        return ""

    def can_be_watched(self, external_id: str) -> bool | None:
        """Whether one thing that disappeared is still to be watched; None when that cannot be asked."""
        return None
