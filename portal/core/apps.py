from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class CoreConfig(AppConfig):
    default = True
    name = "portal.core"
    label = "core"
    verbose_name = "Schakel"

    def ready(self):
        from portal.core import checks, copies, ledger, translations  # noqa: F401  (they connect signals)


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's accounts and groups, with the views of portal/core/people.py."""

    user_viewset = "portal.core.people.AccountViewSet"
    group_viewset = "portal.core.people.GroupViewSet"
