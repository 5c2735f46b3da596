"""The list of components has an address while developing only."""

from django.conf import settings
from django.urls import path

from portal.ui.styleguide.views import styleguide

urlpatterns = [path("styleguide/", styleguide, name="styleguide")] if settings.DEBUG else []
