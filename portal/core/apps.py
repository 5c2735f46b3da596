from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "portal.core"
    label = "core"
    verbose_name = "Schakel"

    def ready(self):
        from wagtail.admin.views.account import AvatarSettingsPanel

        from portal.core import checks, copies, ledger, translations  # noqa: F401  (they connect signals)
        from portal.core.uploads import StaffPictureForm

        AvatarSettingsPanel.form_class = StaffPictureForm  # Wagtail has a setting for every other form of an upload
