"""System checks: what would otherwise be found out by a visitor."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, register


@register()
def base_url_is_an_address(app_configs, **kwargs):
    parts = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return [
            Error(
                f"SCHAKEL_BASE_URL is “{settings.WAGTAILADMIN_BASE_URL}”, which is not an address.",
                hint="Write it with its scheme, like https://schakel.example.org.",
                id="schakel.E001",
            )
        ]
    return []
