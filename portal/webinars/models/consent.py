"""Consent of speakers, and recordings that were taken down."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.webinars import choices


class Consent(models.Model):
    """How far a speaker, or everybody together when `speaker` is empty, agreed to a recording being public.

    For the staff only. A row of its own and no field of the recording: it is true at once, and no draft undoes it.
    """

    recording = models.ForeignKey("webinars.Recording", on_delete=models.CASCADE, related_name="consents")
    speaker = models.ForeignKey(
        "webinars.Speaker",
        verbose_name=_("speaker"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="consents",
    )
    state = models.CharField(
        _("state"), max_length=10, choices=choices.ConsentState, default=choices.ConsentState.NOT_ASKED
    )
    limit = models.CharField(_("limit"), max_length=10, choices=choices.ConsentLimit, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    since = models.DateField(_("date of the answer"), null=True, blank=True)
    review_on = models.DateField(_("look again on"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["recording", "speaker"]
        constraints = [
            models.UniqueConstraint(fields=["recording", "speaker"], name="one_consent_a_speaker"),
            models.UniqueConstraint(
                fields=["recording"], condition=models.Q(speaker=None), name="one_consent_for_everybody"
            ),
        ]

    def __str__(self):
        return f"{self.speaker or self.recording}: {self.get_state_display()}"


class TakeDown(models.Model):
    """That a recording was taken away: while this row is there, nobody gets its player, picture or words.

    A row of its own and no field of the recording, so that no draft, older version or pull ever undoes it. Who did it
    and who lifted it stands in the log. `words_stay` is whether title and abstract can still be read and found.
    """

    recording = models.OneToOneField("webinars.Recording", on_delete=models.CASCADE, related_name="take_down")
    reason = models.CharField(_("reason"), max_length=12, choices=choices.TakeDownReason)
    words_stay = models.BooleanField(_("title and abstract stay"), default=True)
    taken_at = models.DateTimeField(_("taken away on"), default=timezone.now)
    note = models.TextField(_("note"), blank=True, help_text=_("For the staff only."))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("take-down")
        verbose_name_plural = _("take-downs")

    def __str__(self):
        return f"{self.recording} ({self.get_reason_display()})"
