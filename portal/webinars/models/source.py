"""The places where a recording can be watched."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.webinars import choices
from portal.webinars.platforms import Platform


class RecordingSource(models.Model):
    """A place where a recording can be watched, and what it says of the recording; staff values are on the recording.

    `external_id` is the platform's own id with its prefix (docs/feed-rules.md 0.4): "yt:…", "li:…", "file:…".
    """

    recording = models.ForeignKey("webinars.Recording", on_delete=models.CASCADE, related_name="sources")
    platform = models.CharField(_("platform"), max_length=10, choices=Platform)
    external_id = models.CharField(_("identity"), max_length=80, unique=True)
    url = models.CharField(_("address"), max_length=500, blank=True)
    title = models.CharField(_("title at the source"), max_length=500, blank=True)
    text = models.TextField(_("text at the source"), blank=True)
    published_at = models.DateTimeField(_("published at the source"), null=True, blank=True)
    duration_s = models.PositiveIntegerField(_("length in seconds"), null=True, blank=True)
    thumbnail_url = models.URLField(_("picture at the source"), max_length=500, blank=True)
    event_start = models.DateTimeField(_("starts, says the source"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=30, blank=True, choices=choices.SourceState)
    state_since = models.DateTimeField(_("in this state since"), null=True, blank=True)
    read_on = models.DateField(
        _("address read on"),
        null=True,
        blank=True,
        help_text=_("The day on which somebody read this page, or a stored copy of it."),
    )
    content_hash = models.CharField(max_length=64, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("place to watch")
        verbose_name_plural = _("places to watch")
        ordering = ["pk"]

    def __str__(self):
        return self.external_id
