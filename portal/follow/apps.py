from django.apps import AppConfig


class FollowConfig(AppConfig):
    name = "portal.follow"
    label = "follow"
    verbose_name = "Follow"

    def ready(self):
        from portal.follow import registers

        registers.register()
