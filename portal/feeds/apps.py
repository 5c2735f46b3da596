"""Sources, the pull and the review of what came in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedsConfig(AppConfig):
    name = "portal.feeds"
    label = "feeds"
    verbose_name = _("Feeds")

    def ready(self):
        from portal.feeds import registers

        registers.register()
