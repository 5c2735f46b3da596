"""Links from a recording, or from a second of it, to methods and projects."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable


class RecordingMethod(Orderable):
    """That a recording speaks of a method, from second `at_s` on or as a whole. Points at the Dutch page."""

    recording = ParentalKey("webinars.Recording", on_delete=models.CASCADE, related_name="method_links")
    method = models.ForeignKey(
        "methods.MethodPage", verbose_name=_("method"), on_delete=models.CASCADE, related_name="recording_links"
    )
    at_s = models.PositiveIntegerField(_("at second"), null=True, blank=True)
    note = models.CharField(_("what is said there"), max_length=200, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("method")
        verbose_name_plural = _("methods")


class RecordingProject(Orderable):
    """That a recording speaks of a project, from second `at_s` on or as a whole. Points at the Dutch page."""

    recording = ParentalKey("webinars.Recording", on_delete=models.CASCADE, related_name="project_links")
    project = models.ForeignKey(
        "projects.ProjectPage", verbose_name=_("project"), on_delete=models.CASCADE, related_name="recording_links"
    )
    at_s = models.PositiveIntegerField(_("at second"), null=True, blank=True)
    note = models.CharField(_("what is said there"), max_length=200, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("project")
        verbose_name_plural = _("projects")
