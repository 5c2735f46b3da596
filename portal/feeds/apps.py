"""Sources, their pull, and the review of the items found in them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedsConfig(AppConfig):
    name = "portal.feeds"
    label = "feeds"
    verbose_name = _("Feeds")

    def ready(self) -> None:
        from portal.feeds import checks, registers  # noqa: F401  (registers the checks, which need the models)

        registers.register()
