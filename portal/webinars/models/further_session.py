"""Sessions of others, shown on the methods and projects that they belong to; never in the archive, never counted."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from portal.core.content.form_fields import PartialDateField
from portal.core.content.page_addresses import validate_page_address
from portal.core.content.partial_dates import validate_partial_date
from portal.core.content.records import Record
from portal.webinars import choices


class FurtherSession(ClusterableModel, Record):  # type: ignore[django-manager-missing]  # modelcluster has no types
    """A webinar or talk of others with a public page. Whether Mechelen was there is often not known, and not said."""

    kind = "further_session"

    title = models.CharField(_("title"), max_length=300, help_text=_("As its organiser calls it, in its own language."))
    title_language = models.CharField(_("language of the title"), max_length=10, blank=True, choices=settings.LANGUAGES)
    organiser = models.CharField(_("organiser"), max_length=200)
    event_day = PartialDateField(_("day"), max_length=11, blank=True, validators=[validate_partial_date])
    medium = models.CharField(
        _("medium"),
        max_length=8,
        blank=True,
        choices=choices.Medium,
        help_text=_("What can be watched or heard on its page. Empty: not known, or nothing."),
    )
    spoken_language = models.CharField(
        _("spoken language"),
        max_length=10,
        blank=True,
        choices=choices.SPOKEN_LANGUAGES,
        help_text=_("Empty: not known yet."),
    )
    url = models.URLField(_("address of its page"), max_length=500, validators=[validate_page_address])
    read_on = models.DateField(
        _("address read on"),
        null=True,
        blank=True,
        help_text=_("The day on which somebody read this page, or a stored copy of it."),
    )
    note = models.CharField(_("note"), max_length=300, blank=True, help_text=_("One sentence: what it is about."))

    class Meta:
        verbose_name = _("session of others")
        verbose_name_plural = _("sessions of others")
        ordering = ["-event_day", "title"]

    def __str__(self):
        return self.title

    def title_in(self, language: str = "") -> tuple[str, str]:
        """The title in its own language, whatever language is asked for."""
        return self.title, self.title_language


class FurtherSessionMethod(Orderable):
    """That a session of others belongs to a method. Points at the Dutch page."""

    session = ParentalKey(FurtherSession, on_delete=models.CASCADE, related_name="method_links")
    method = models.ForeignKey(
        "methods.MethodPage", verbose_name=_("method"), on_delete=models.CASCADE, related_name="further_session_links"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("method")
        verbose_name_plural = _("methods")


class FurtherSessionProject(Orderable):
    """That a session of others belongs to a project. Points at the Dutch page."""

    session = ParentalKey(FurtherSession, on_delete=models.CASCADE, related_name="project_links")
    project = models.ForeignKey(
        "projects.ProjectPage",
        verbose_name=_("project"),
        on_delete=models.CASCADE,
        related_name="further_session_links",
    )

    class Meta(Orderable.Meta):
        verbose_name = _("project")
        verbose_name_plural = _("projects")
