from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class CoreConfig(AppConfig):
    default = True
    name = "portal.core"
    label = "core"
    verbose_name = "Schakel"

    def ready(self):
        from wagtail.admin.views.account import AvatarSettingsPanel

        from portal.core import checks, registers  # noqa: F401  (they connect signals)
        from portal.core.files.uploads import StaffPictureForm
        from portal.core.page_cache import invalidation  # noqa: F401
        from portal.core.routing import address_ledger  # noqa: F401
        from portal.core.translation import state  # noqa: F401

        registers.register()
        AvatarSettingsPanel.form_class = StaffPictureForm  # Wagtail has a setting for every other form of an upload


class AccountsConfig(WagtailUsersAppConfig):
    """Wagtail's accounts and groups, with the views of portal/core/accounts/account_views.py."""

    user_viewset = "portal.core.accounts.account_views.AccountViewSet"
    group_viewset = "portal.core.accounts.account_views.GroupViewSet"
