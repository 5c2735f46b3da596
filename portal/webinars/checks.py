"""System checks of webinars: what a platform still lacks."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from portal.webinars.platforms import Platform

ID = "{id}"


@register()
def platforms_are_complete(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Name what a platform lacks to be recognised, linked and played."""
    return [*_shared_prefixes(), *(error for platform in Platform for error in _missing(platform))]


def _shared_prefixes() -> Iterator[Error]:
    prefixed = sorted((one for one in Platform if one.spec.id_prefix), key=lambda one: one.spec.id_prefix)
    for prefix, group in groupby(prefixed, key=lambda one: one.spec.id_prefix):
        names = [platform.name for platform in group]
        if len(names) > 1:
            yield Error(
                f"The platforms {' and '.join(names)} share the prefix “{prefix}” of their identities.",
                hint="Give each platform in portal/webinars/platforms.py an id_prefix of its own.",
                id="webinars.E001",
            )


def _missing(platform: Platform) -> Iterator[Error]:
    spec = platform.spec
    if not spec.id_prefix:
        return  # own files and other websites, which have no identities of a platform
    if not (spec.id_pattern and spec.id_in_file_name and spec.hosts and ID in spec.watch_url):
        yield Error(
            f"The platform {platform.name} cannot be recognised or linked.",
            hint="Give it id_pattern, id_in_file_name, hosts and a watch_url with {id} (portal/webinars/platforms.py).",
            id="webinars.E002",
        )
    if not spec.embed_url:
        if not spec.announces:
            yield Error(
                f"The platform {platform.name} neither plays in the page nor announces sessions.",
                hint="Give it an embed_url with {id}, or announces=True, in portal/webinars/platforms.py.",
                id="webinars.E003",
            )
        return
    if ID not in spec.embed_url:
        yield Error(f"The embed_url of {platform.name} has no {{id}} in it.", id="webinars.E003")
    if spec.embed_origin not in settings.PLAYER_ORIGINS:
        yield Error(
            f"The player of {platform.name} may not play or fill the screen.",
            hint=f"Add {spec.embed_origin} to PLAYER_ORIGINS in portal/settings.py.",
            id="webinars.E004",
        )
