from django.apps import AppConfig


class WebinarsConfig(AppConfig):
    name = "portal.webinars"
    label = "webinars"
    verbose_name = "Webinars"

    def ready(self):
        from portal.webinars import registers

        registers.register()
