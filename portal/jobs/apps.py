"""Background work: the table of jobs and its runner. Imports no other room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "portal.jobs"
    label = "jobs"
    verbose_name = _("Background work")

    def ready(self) -> None:
        from portal.jobs import registers

        registers.register()
