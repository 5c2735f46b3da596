from django.apps import AppConfig


class TopicsConfig(AppConfig):
    name = "portal.topics"
    label = "topics"
    verbose_name = "Topics"

    def ready(self):
        from portal.topics import registers

        registers.register()
