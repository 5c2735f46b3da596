"""What the form of a project asks while it is filled in."""

from django.shortcuts import render

from portal.projects.acknowledgement import acknowledgement, missing
from portal.projects.forms import AcknowledgedFacts
from portal.projects.models import ProjectPage


def acknowledgement_preview(request):
    """The funding acknowledgement of a project with the facts in the query, of which nothing is stored."""
    project = ProjectPage(**AcknowledgedFacts(request.GET).facts())
    said = {"acknowledgement": acknowledgement(project), "missing": missing(project)}
    return render(request, "projects/admin/acknowledgement.html", said)
