"""The preview in the form of a project."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.projects.acknowledgement import acknowledgement, missing_parts
from portal.projects.forms import AcknowledgedFacts
from portal.projects.models import ProjectPage


def acknowledgement_preview(request: HttpRequest) -> HttpResponse:
    """Show the funding acknowledgement of the facts in the query string. Nothing is stored."""
    project = ProjectPage(**AcknowledgedFacts(request.GET).facts())
    context = {"acknowledgement": acknowledgement(project), "missing": missing_parts(project)}
    return render(request, "projects/admin/acknowledgement.html", context)
