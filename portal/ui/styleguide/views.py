"""The page that shows the components."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.ui.styleguide.states import states


def styleguide(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/styleguide.html", {"components": states()})
