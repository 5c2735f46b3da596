from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class CoreConfig(AppConfig):
    default = True
    name = "portal.core"
    label = "core"
    verbose_name = "Schakel"

    def ready(self):
        from wagtail.admin.views.account import AvatarSettingsPanel

        from portal.core import checks, copies, ledger, translations  # noqa: F401  (they connect signals)
        from portal.core.uploads import StaffPictureForm

        AvatarSettingsPanel.form_class = StaffPictureForm  # Wagtail has a setting for every other form of an upload


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's accounts and groups, with the views of portal/core/people.py."""

    user_viewset = "portal.core.people.AccountViewSet"
    group_viewset = "portal.core.people.GroupViewSet"
