"""Changes at the source of a recording, which wait until staff choose what to do about them."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.feeds.choices import ChangeKind, Choice


class SourceChange(models.Model):
    """A change at the source of a recording that waits until staff choose what to do about it.

    `before` and `now` are the titles, or the times in ISO 8601 (UTC); empty for a change of state.
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
