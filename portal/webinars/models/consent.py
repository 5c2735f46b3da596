"""Consent of speakers, and recordings that were taken down."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.webinars import choices


class Consent(models.Model):
    """How far a speaker agreed to a recording being public; of everybody together when `speaker` is empty.

    For the staff only. A model of its own, so that it holds at once and no draft of the recording undoes it.
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
    """That a recording was taken down: while this row exists, visitors get no player, picture or transcript of it.

    A model of its own, so that no draft, older version or pull of the recording undoes it. Who took it down and who
    lifted that is in the log. `words_stay` is whether title and abstract can still be read and found.
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
