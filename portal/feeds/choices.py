"""The choices of sources, their log, items and changes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    OK = "ok", _("pulled")
    UNCHANGED = "unchanged", _("nothing new")
    REJECTED = "rejected", _("answer not used")
    FAILED = "failed", _("no answer")
    REFUSED = "refused", _("not allowed")
    BUSY = "busy", _("already being pulled")


class ItemState(models.TextChoices):
    NEW = "new", _("new")
    ACCEPTED = "accepted", _("accepted")
    IGNORED = "ignored", _("ignored")
    QUARANTINED = "quarantined", _("set apart")


# Items in these states are in the review list.
UNDECIDED_STATES = (ItemState.NEW, ItemState.QUARANTINED)


class KindGuess(models.TextChoices):
    WEBINAR = "webinar", _("webinar")
    SHORT = "short", _("short video")
    OTHER = "other", _("other")


class Broadcast(models.TextChoices):
    """The state of a live stream; empty for a video that was uploaded, and if the source does not say."""

    UPCOMING = "upcoming", _("to come")
    LIVE = "live", _("live now")
    ENDED = "ended", _("was live")


class Reason(models.TextChoices):
    """Why an item is quarantined or ignored, or what a reviewer should know about it."""

    NO_ID = "no_id", _("It has no identity, so it cannot be recognised next time.")
    NO_URN = "no_urn", _("It names no LinkedIn post: a message of the service itself, perhaps.")
    NO_TITLE = "no_title", _("It has no title.")
    OTHER_CHANNEL = "other_channel", _("It belongs to another channel than the one that was asked for.")
    STRANGE_DATE = "strange_date", _("Its date cannot be right.")
    UNAVAILABLE = "unavailable", _("The source says that the video is private or deleted.")
    SHORT = "short", _("Short videos are left out unless somebody accepts them.")
    NO_VIEWS = "no_views", _("Nobody has watched it yet: it may still have to take place.")
    UPCOMING = "upcoming", _("It still has to take place.")
    NOT_EMBEDDABLE = "not_embeddable", _("Its owner does not let it be played on other sites.")
    REGION = "region", _("It cannot be watched in every country.")
    NO_DATE = "no_date", _("The source gives no date.")
    MISSING = "missing", _("It is not in the source any more: private or deleted, perhaps.")
    RESHARE = "reshare", _("It passes on another post, without words of its own.")
    NOT_PUBLIC = "not_public", _("Not everybody can see it at the source.")
    UNLISTED = "unlisted", _("It is not in the source any more, but can still be watched.")
    CALLED_OFF = "called_off", _("The calendar says that it does not take place.")


class ChangeKind(models.TextChoices):
    """A change at the source of a recording that staff have to choose about."""

    GONE = "gone", _("It is not shown there any more")
    NOT_EMBEDDABLE = "not_embeddable", _("It may only be watched there, not on this site")
    REGION = "region", _("It is not shown in every country any more")
    RETITLED = "retitled", _("It has another title there")
    RESCHEDULED = "rescheduled", _("It has another date there")
    ENDED = "ended", _("It was live and is over")
    CALLED_OFF = "called_off", _("It does not take place any more")


class Choice(models.TextChoices):
    """What staff chose; `OVER` if the source took the change back before anybody chose."""

    KEEP = "keep", _("Keep ours")
    ACCEPT = "accept", _("Take it over")
    OTHER_SOURCE = "other", _("Use another source")
    OFF_LINE = "off_line", _("Take off line")
    OVER = "over", _("no choice needed any more")


# An item with one of these reasons is quarantined; the other reasons are only hints.
QUARANTINE_REASONS = frozenset(
    {
        Reason.NO_ID,
        Reason.NO_URN,
        Reason.NO_TITLE,
        Reason.OTHER_CHANNEL,
        Reason.STRANGE_DATE,
        Reason.UNAVAILABLE,
        Reason.RESHARE,
    }
)
# An item with one of these reasons cannot become a recording: it has no id, or cannot be watched.
REASONS_WITHOUT_RECORDING = frozenset({Reason.NO_ID, Reason.NO_URN, Reason.UNAVAILABLE, Reason.CALLED_OFF})
