from django.apps import AppConfig


class StarterConfig(AppConfig):
    name = "portal.starter"
    label = "starter"
    verbose_name = "Starter content"

    def ready(self):
        from portal.starter import registers

        registers.register()
