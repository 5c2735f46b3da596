"""Speakers, and in which recording each of them speaks."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable
from wagtail.search import index

from portal.core.content.records import Record
from portal.webinars import choices


class Speaker(Record):  # type: ignore[django-manager-missing]  # modelcluster has no types
    """Somebody who speaks in recordings; named in public only where she may be (consent/named_speakers.py)."""

    title_field = "role"

    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=160, blank=True)
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="speakers",
    )
    consent = models.BooleanField(
        _("agreed to publication"),
        default=False,
        help_text=_("Without it the name is not shown (legal duties, image rights)."),
    )

    search_fields = [index.AutocompleteField("name"), index.SearchField("name")]

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["name"]

    def __str__(self):
        return self.name


class RecordingSpeaker(Orderable):
    """A talk: that a speaker speaks in a recording, and as what."""

    recording = ParentalKey("webinars.Recording", on_delete=models.CASCADE, related_name="speakers")
    speaker = models.ForeignKey(Speaker, verbose_name=_("speaker"), on_delete=models.CASCADE, related_name="talks")
    role = models.CharField(_("role"), max_length=10, choices=choices.SpeakerRole, default=choices.SpeakerRole.SPEAKER)

    class Meta(Orderable.Meta):
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
