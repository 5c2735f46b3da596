from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "portal.home"
    label = "home"
    verbose_name = "Home"

    def ready(self):
        from portal.home import registers

        registers.register()
