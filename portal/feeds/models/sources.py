"""Sources that are pulled, the log of it, and what was found (feeds.md 5.2)."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.feeds.adapters.registry import adapter_for, kinds
from portal.feeds.choices import Broadcast, ChangeKind, Choice, ItemState, KindGuess, Outcome, Reason

SHORTEST_S = 900  # what YouTube's own max-age says
MOVED_TIMES = 3
SILENT_AFTER = timedelta(hours=72)


class Source(models.Model):
    """A feed that is asked now and then. Nothing about it that fails ever changes or removes what was found."""

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=kinds, default="youtube_atom")
    config = models.CharField(
        _("address or id"), max_length=300, help_text=_("What this kind of source asks for; see below.")
    )
    enabled = models.BooleanField(
        _("pull automatically"),
        default=False,
        help_text=_("Read first what is said above about this kind of source, and docs/feeds.md."),
    )
    interval_s = models.PositiveIntegerField(
        _("seconds between two pulls"),
        default=None,
        blank=True,
        validators=[MinValueValidator(SHORTEST_S), MaxValueValidator(31 * 24 * 3600)],
        help_text=_(
            "Leave it empty for what suits the kind: six hours (21600) for a feed, a day (86400) for an API. "
            "Six hours or more is polite."
        ),
    )
    publishes = models.BooleanField(
        _("publish by itself"),
        default=False,
        help_text=_(
            "Only for a channel that the city fills itself. A video that is found from now on is public without "
            "anybody looking first. A short video, a session to come, a post, and what may belong to a recording that "
            "there is wait in “To review” as ever."
        ),
    )
    publishes_since = models.DateTimeField(null=True, blank=True, editable=False)
    next_run_at = models.DateTimeField(_("next pull"), null=True, blank=True, editable=False)
    last_ok_at = models.DateTimeField(_("last good answer"), null=True, blank=True, editable=False)
    last_error = models.CharField(_("last problem"), max_length=500, blank=True, editable=False)
    consecutive_failures = models.PositiveIntegerField(_("failures in a row"), default=0, editable=False)
    etag = models.CharField(max_length=200, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    body_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    # When the body with that hash was captured first: its items have this as `last_seen` (see `pull.py`).
    body_at = models.DateTimeField(null=True, blank=True, editable=False)
    # What its adapter has to remember from one pull to the next (units spent, when a permission ends).
    memory = models.JSONField(default=dict, blank=True, editable=False)
    # Where the last good answers came from after a lasting redirect, and how many times in a row (feeds.md 5.3.2).
    moved_to = models.CharField(max_length=500, blank=True, editable=False)
    moved_times = models.PositiveIntegerField(default=0, editable=False)
    leased_until = models.DateTimeField(null=True, blank=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "config"],
                name="one_source_a_feed",
                violation_error_message=_("This is a source already."),
            )
        ]
        permissions = [
            ("pull_source", _("Can pull a source now")),
            ("connect_source", _("Can connect a source with its platform")),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        if self.interval_s is None:
            self.interval_s = adapter_for(self.kind).interval_s
        if self.pk and "update_fields" not in kwargs:
            before = type(self).objects.filter(pk=self.pk).values_list("kind", "config").first()
            if before is not None and before != (self.kind, self.config):
                self.etag = self.last_modified = self.body_sha256 = self.last_error = ""
                self.body_at = self.next_run_at = self.last_ok_at = None
                self.consecutive_failures, self.moved_to, self.moved_times = 0, "", 0
                # What an adapter remembers of the entries of a feed is true of that feed only.
                self.memory = {name: kept for name, kept in self.memory.items() if name != "entries"}
                self.publishes_since = None  # another feed is trusted for what it brings from now on
        if "update_fields" not in kwargs:
            self.publishes_since = (self.publishes_since or timezone.now()) if self.publishes else None
        super().save(*args, **kwargs)

    def clean_fields(self, exclude=None):
        super().clean_fields(exclude)
        if "config" not in (exclude or ()):
            try:
                self.config = adapter_for(self.kind).normalised(self.config)
            except ValidationError as error:
                raise ValidationError({"config": error}) from error

    @property
    def silent(self) -> bool:
        """Whether it has failed for so long (three days) that somebody should look."""
        if not self.consecutive_failures:
            return False
        since = self.last_ok_at or self.logs.aggregate(first=models.Min("started_at"))["first"]
        return since is not None and timezone.now() - since > SILENT_AFTER

    @property
    def trouble(self) -> str:
        """What is wrong with it now, for the list; empty when the last answer was good."""
        if self.silent:
            silent = gettext("Silent for three days")
            return f"{silent}: {self.last_error}"
        if self.moved_times >= MOVED_TIMES:
            return gettext("It lives at %(address)s now: enter that address.") % {"address": self.moved_to}
        return self.last_error or adapter_for(self.kind).warning(self)


class Connection(models.Model):
    """What somebody allowed the portal at a platform, for one source: two tokens and until when they are good.

    Tokens are kept sealed (`portal.feeds.encryption`) and appear in no form, log or message. `refused` says that the
    platform did not take them any more, so that it is not asked again until somebody connects anew.
    """

    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="connection")
    access_token = models.TextField(editable=False)
    expires_at = models.DateTimeField(editable=False)
    refresh_token = models.TextField(blank=True, editable=False)
    refresh_expires_at = models.DateTimeField(null=True, editable=False)
    refused = models.BooleanField(default=False, editable=False)
    connected_at = models.DateTimeField(default=timezone.now, editable=False)
    connected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("connection")
        verbose_name_plural = _("connections")
        default_permissions = ()

    def __str__(self):
        return str(self.source)

    @property
    def ends_at(self):
        """Until when it goes on without anybody: a refresh token gives new access tokens as long as it lives."""
        return max(self.expires_at, self.refresh_expires_at or self.expires_at)

    @property
    def ended(self) -> bool:
        """Whether somebody has to connect anew before the platform is asked again."""
        return self.refused or self.ends_at <= timezone.now()


class FetchLog(models.Model):
    """One pull of one source. Kept for ninety days."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="logs")
    started_at = models.DateTimeField(_("started"))
    http_status = models.PositiveSmallIntegerField(_("HTTP status"), null=True, blank=True)
    bytes = models.PositiveIntegerField(_("bytes"), default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    n_entries = models.PositiveIntegerField(_("entries"), default=0)
    n_new = models.PositiveIntegerField(_("new"), default=0)
    n_changed = models.PositiveIntegerField(_("changed"), default=0)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome)
    error_class = models.CharField(_("kind of problem"), max_length=40, blank=True)
    message = models.CharField(_("message"), max_length=500, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("pull")
        verbose_name_plural = _("pulls")
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["source", "-started_at"], name="pulls_of_source")]

    def __str__(self):
        return f"{self.source} {self.started_at:%Y-%m-%d %H:%M} {self.outcome}"


class Item(models.Model):
    """One thing that a source mentioned. It is no webinar until somebody accepts it.

    `fetched_at` is the age of the capture that the values come from, `first_seen` and `last_seen` those of the first
    and the last capture that mentioned it. An ignored item stays ignored, however often it comes by.

    `external_id` is unique everywhere: outside the platforms it holds the source whose id it is (`identity.scoped`).
    """

    source = models.ForeignKey(Source, verbose_name=_("source"), on_delete=models.PROTECT, related_name="items")
    external_id = models.CharField(_("identity"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True)
    # Made by `addresses.web_address`, which lets through what a browser opens: Django's own rule refuses more.
    url = models.CharField(_("address"), max_length=500, blank=True)
    thumbnail_url = models.CharField(_("picture at the source"), max_length=500, blank=True)
    file_url = models.CharField(_("film or sound at the source"), max_length=500, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    updated_at = models.DateTimeField(_("updated"), null=True, blank=True)
    duration_s = models.PositiveIntegerField(_("length in seconds"), null=True, blank=True)
    event_start = models.DateTimeField(_("starts"), null=True, blank=True)
    event_end = models.DateTimeField(_("ends"), null=True, blank=True)
    broadcast = models.CharField(_("live stream"), max_length=10, choices=Broadcast, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=ItemState, default=ItemState.NEW)
    kind_guess = models.CharField(_("looks like"), max_length=10, choices=KindGuess, default=KindGuess.OTHER)
    reason = models.CharField(_("remark"), max_length=20, choices=Reason, blank=True)
    first_seen = models.DateTimeField(_("first seen"))
    last_seen = models.DateTimeField(_("last seen"))
    fetched_at = models.DateTimeField(_("fetched"))
    # When good and complete answers did not mention it, after it was last seen (see `vanished.py`).
    missed = models.JSONField(default=list, blank=True, editable=False)
    recording = models.ForeignKey(
        "webinars.Recording",
        verbose_name=_("recording"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="feed_items",
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("item to review")
        verbose_name_plural = _("items to review")
        ordering = ["-published_at", "-first_seen", "-pk"]
        indexes = [models.Index(fields=["state", "-published_at"], name="items_to_review")]
        permissions = [("review_item", _("Can accept or ignore an item"))]

    def __str__(self):
        return self.title or self.external_id

    @property
    def remark(self) -> str:
        """What is odd about it, and its state when that is not simply new; for the list."""
        state = "" if self.state == ItemState.NEW else capfirst(self.get_state_display())
        return ". ".join(part for part in (state, self.get_reason_display()) if part)

    @property
    def identities(self) -> list[str]:
        """All ids under which it is known."""
        return [self.external_id, *(alias.external_id for alias in self.aliases.all())]


class SourceChange(models.Model):
    """Something that became different where a recording can be watched; it waits until staff choose what to do.

    `before` and `now` are the titles, or the moments in ISO 8601 (UTC), of what changed; empty for a state.
    """

    place = models.ForeignKey(
        "webinars.RecordingSource", verbose_name=_("place to watch"), on_delete=models.CASCADE, related_name="changes"
    )
    kind = models.CharField(_("what changed"), max_length=20, choices=ChangeKind)
    before = models.CharField(_("before"), max_length=500, blank=True)
    now = models.CharField(_("now"), max_length=500, blank=True)
    noticed_at = models.DateTimeField(_("noticed"), default=timezone.now)
    choice = models.CharField(_("choice"), max_length=10, choices=Choice, blank=True)
    chosen_at = models.DateTimeField(_("chosen on"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("change at a source")
        verbose_name_plural = _("changes at sources")
        ordering = ["-noticed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "kind"], condition=models.Q(choice=""), name="one_change_waits_a_kind"
            )
        ]

    def __str__(self):
        return f"{self.place.recording}: {self.get_kind_display()}"


class ItemAlias(models.Model):
    """A further id of an item: LinkedIn calls one post an activity, a share and a ugcPost, each with its own number."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="aliases")
    external_id = models.CharField(_("identity"), max_length=80, unique=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("further identity")
        verbose_name_plural = _("further identities")

    def __str__(self):
        return self.external_id


class ItemPicture(models.Model):
    """The small picture of an item that waits for a decision, as WebP; empty when there is none to be had."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="picture")
    webp = models.BinaryField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("picture of an item")
        verbose_name_plural = _("pictures of items")
        default_permissions = ()

    def __str__(self):
        return str(self.item)


class Rejection(models.Model):
    """That staff said an item does not belong to a recording; it is not suggested again (feeds.md 5.4)."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="rejections")
    recording = models.ForeignKey("webinars.Recording", on_delete=models.CASCADE, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("rejected match")
        verbose_name_plural = _("rejected matches")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["item", "recording"], name="one_rejection_a_pair")]

    def __str__(self):
        return f"{self.item} ≠ {self.recording}"
