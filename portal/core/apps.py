from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "portal.core"
    label = "core"
    verbose_name = "Schakel"

    def ready(self):
        from portal.core import checks, copies, ledger, translations  # noqa: F401  (they connect signals)
