"""System checks: what a new kind of source, a new platform, or a new field of an item still lacks."""

from collections import Counter
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.db.models import Model

from portal.feeds.adapters.base import Adapter
from portal.feeds.adapters.file_base import FileAdapter
from portal.feeds.adapters.registry import ADAPTERS
from portal.feeds.item_values import ON_RECORDING, STORED, fields_used_for
from portal.feeds.models import Item, Source
from portal.feeds.platforms.mentioned_ids import FINDERS
from portal.webinars.models import RecordingSource
from portal.webinars.platforms import Platform


@register()
def kinds_of_source_are_complete(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    return [error for adapter in ADAPTERS for error in missing_from(adapter)] + _shared_names()


def missing_from(adapter: Adapter) -> list[CheckMessage]:
    """Return an error for each thing that an adapter still lacks."""
    name = type(adapter).__name__
    lacking = [attribute for attribute in ("kind", "label", "asks_for") if not getattr(adapter, attribute, "")]
    base: type[Adapter] = FileAdapter if isinstance(adapter, FileAdapter) else Adapter
    methods = ("recognises", "read") if isinstance(adapter, FileAdapter) else ("clean_config", "fetch")
    lacking += [f"{method}()" for method in methods if getattr(type(adapter), method) is getattr(base, method)]
    if isinstance(adapter, FileAdapter) and not adapter.endings:
        lacking.append("endings")
    errors: list[CheckMessage] = [
        Error(
            f"The kind of source {name} lacks `{attribute}`.",
            hint="portal/feeds/adapters/base.py and file_base.py say what each is for.",
            id="feeds.E001",
        )
        for attribute in lacking
    ]
    longest = Source._meta.get_field("kind").max_length or 0
    if len(getattr(adapter, "kind", "")) > longest:
        errors.append(Error(f"The kind of {name} has more than {longest} characters.", id="feeds.E002"))
    return errors


def _shared_names() -> list[CheckMessage]:
    times = Counter(getattr(adapter, "kind", "") for adapter in ADAPTERS)
    return [
        Error(f"Two kinds of source in portal/feeds/adapters/registry.py are called “{kind}”.", id="feeds.E003")
        for kind, number in times.items()
        if number > 1
    ]


@register()
def platforms_can_be_found(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    return [
        Error(
            f"The ids of the platform {platform.name} are not found in texts and addresses.",
            hint="Add a function for it to FINDERS in portal/feeds/platforms/mentioned_ids.py.",
            id="feeds.E005",
        )
        for platform in Platform
        if platform.spec.id_prefix and platform not in FINDERS
    ]


@register()
def item_fields_have_columns(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    models: list[tuple[type[Model], dict[str, bool]]] = [(Item, STORED), (RecordingSource, ON_RECORDING)]
    return [
        Error(
            f"{model.__name__} has no column “{name}”, which portal/feeds/item_values.py says it has.",
            hint=f"Add the field to {model.__module__} and make a migration.",
            id="feeds.E004",
        )
        for model, use in models
        for name in missing_columns(model, use)
    ]


def missing_columns(model: type[Model], use: dict[str, bool]) -> list[str]:
    """Return the fields of an item with this use that a model has no column for."""
    columns = {column.name for column in model._meta.get_fields()}
    return [name for name in fields_used_for(use) if name not in columns]
