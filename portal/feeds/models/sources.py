"""Sources that are pulled, the log of it, and what was found (docs/feed-rules.md 5.2)."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.feeds.adapters.registry import adapter_for, kind_choices
from portal.feeds.choices import Outcome

MIN_INTERVAL_S = 900  # what YouTube's own max-age says
REDIRECTS_BEFORE_WARNING = 3
SILENT_AFTER = timedelta(hours=72)


class Source(models.Model):
    """A feed that is pulled regularly, or the files of one kind. No failure of it changes or removes an item."""

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=kind_choices, default="youtube_atom")
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
        validators=[MinValueValidator(MIN_INTERVAL_S), MaxValueValidator(31 * 24 * 3600)],
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
    # When the body with that hash was first captured: its items have this as `last_seen` (`pulling.store`).
    body_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Data of its adapter from one pull to the next: units spent, ids that several entries share.
    memory = models.JSONField(default=dict, blank=True, editable=False)
    # Where the last responses came from after a permanent redirect, and how many times in a row
    # (docs/feed-rules.md 5.3.2).
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
                # What is known about the ids of one feed says nothing about another.
                self.memory = {name: value for name, value in self.memory.items() if name != "entries"}
                self.publishes_since = None  # another feed is trusted only for its items from now on
        if "update_fields" not in kwargs:
            self.publishes_since = (self.publishes_since or timezone.now()) if self.publishes else None
        super().save(*args, **kwargs)

    def clean_fields(self, exclude=None):
        super().clean_fields(exclude)
        if "config" not in (exclude or ()):
            try:
                self.config = adapter_for(self.kind).clean_config(self.config)
            except ValidationError as error:
                raise ValidationError({"config": error}) from error

    @property
    def is_silent(self) -> bool:
        """Whether it has failed for three days, so that somebody should look."""
        if not self.consecutive_failures:
            return False
        since = self.last_ok_at or self.logs.aggregate(first=models.Min("started_at"))["first"]
        return since is not None and timezone.now() - since > SILENT_AFTER

    @property
    def current_problem(self) -> str:
        """What is wrong with it now, for the list; empty if the last pull succeeded."""
        if self.is_silent:
            is_silent = gettext("Silent for three days")
            return f"{is_silent}: {self.last_error}"
        if self.moved_times >= REDIRECTS_BEFORE_WARNING:
            return gettext("Its address is now %(address)s: enter that one.") % {"address": self.moved_to}
        return self.last_error or adapter_for(self.kind).warning(self)


class Connection(models.Model):
    """Somebody's permission for one source at its platform: two tokens, and until when they are valid.

    Tokens are stored encrypted (`portal.feeds.encryption`) and appear in no form, log or message. `refused` says that
    the platform rejected them, so that it is not asked again until somebody connects again.
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
        """Until when it works without anybody: a refresh token gives new access tokens as long as it is valid."""
        return max(self.expires_at, self.refresh_expires_at or self.expires_at)

    @property
    def ended(self) -> bool:
        """Whether somebody has to connect again before the platform is asked."""
        return self.refused or self.ends_at <= timezone.now()


class FetchLog(models.Model):
    """The log entry of one pull or import. Kept for ninety days."""

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
