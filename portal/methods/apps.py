from django.apps import AppConfig


class MethodsConfig(AppConfig):
    name = "portal.methods"
    label = "methods"
    verbose_name = "Methods"

    def ready(self):
        from portal.methods import registers

        registers.register()
