"""Transcripts of recordings: their timed lines and earlier versions."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.webinars import choices


class Caption(models.Model):
    """A transcript of a recording in one language, of one origin."""

    recording = models.ForeignKey("webinars.Recording", on_delete=models.CASCADE, related_name="captions")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    origin = models.CharField(
        _("how it was made"), max_length=10, choices=choices.CaptionOrigin, default=choices.CaptionOrigin.MACHINE
    )
    made_on = models.DateField(_("made on"), null=True, blank=True)
    corrected_from = models.CharField(max_length=10, blank=True, choices=choices.CaptionOrigin, editable=False)

    class Meta:
        verbose_name = _("transcript")
        verbose_name_plural = _("transcripts")
        ordering = ["language", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["recording", "language", "origin"], name="one_caption_an_origin")
        ]

    def __str__(self):
        return f"{self.recording} ({self.language})"

    @property
    def corrects_a_person(self) -> bool:
        """Whether this is a corrected version of a transcript that a person wrote, and not a machine."""
        return self.origin == choices.CaptionOrigin.CORRECTED and self.corrected_from == choices.CaptionOrigin.HUMAN

    # A method that is there already keeps Django from adding its own.
    def get_origin_display(self) -> str:  # type: ignore[no-redef]
        if self.corrects_a_person:
            return gettext("written by a person, corrected since")
        return str(choices.CaptionOrigin(self.origin).label)


class Cue(models.Model):
    """A timed line of a transcript; times are in milliseconds from the start."""

    caption = models.ForeignKey(Caption, on_delete=models.CASCADE, related_name="cues")
    position = models.PositiveIntegerField()
    start_ms = models.PositiveIntegerField()
    end_ms = models.PositiveIntegerField()
    text = models.TextField()
    speaker = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["caption", "position"]
        indexes = [models.Index(fields=["caption", "position"], name="cues_in_order")]

    def __str__(self):
        return self.text


class EarlierTranscript(models.Model):
    """An earlier version of a transcript; it can be restored.

    `lines` are [start_ms, end_ms, text, speaker] in their order, `digest` identifies them (transcripts/storage.py).
    """

    caption = models.ForeignKey(Caption, on_delete=models.CASCADE, related_name="earlier")
    lines = models.JSONField()
    digest = models.CharField(max_length=64)
    until = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("changed by")
    )
    change = models.CharField(max_length=10, choices=choices.TranscriptChange)

    class Meta:
        ordering = ["-until", "-pk"]

    def __str__(self):
        return f"{self.caption}, {self.until}"
