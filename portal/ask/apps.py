from django.apps import AppConfig


class AskConfig(AppConfig):
    name = "portal.ask"
    label = "ask"
    verbose_name = "Questions"

    def ready(self):
        from portal.ask import registers

        registers.register()
