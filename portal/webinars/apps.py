from django.apps import AppConfig


class WebinarsConfig(AppConfig):
    name = "portal.webinars"
    label = "webinars"
    verbose_name = "Webinars"

    def ready(self):
        from portal.webinars import (
            checks,  # noqa: F401  (registers system checks)
            registers,
        )

        registers.register()
