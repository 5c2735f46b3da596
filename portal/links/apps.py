"""Links that lead out of the portal: whether they still answer, tried by a job."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LinksConfig(AppConfig):
    name = "portal.links"
    label = "links"
    verbose_name = _("Links to other sites")

    def ready(self) -> None:
        from portal.links import registers

        registers.register()
