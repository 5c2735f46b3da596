"""System checks: nothing public may be forgotten by search without somebody having said so."""

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured

from portal.core import searchable
from portal.core.content.records import Record
from portal.core.models import BasePage
from search.engines import current_engine


@register(Tags.compatibility)
def everything_public_is_searchable(app_configs, **kwargs):
    """Every page type, and every record type with an address of its own, is registered or excluded by name."""
    registered = tuple(kind.model for kind in searchable.kinds().values())
    return [
        Error(
            f"{model._meta.label} is public but not offered to search.",
            hint="Call portal.core.searchable.register_kind for it in its room's `registers`, or set "
            "`searchable_excluded = True` on the class.",
            obj=model,
            id="search.E001",
        )
        for model in apps.get_models()
        if _is_public(model) and not issubclass(model, registered) and not getattr(model, "searchable_excluded", False)
    ]


@register(Tags.compatibility)
def the_engine_is_known(app_configs, **kwargs):
    """SEARCH_URL names an engine that this version has."""
    try:
        current_engine()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="search.E002", obj=f"SEARCH_URL={settings.SEARCH_URL}")]
    return []


def _is_public(model: type) -> bool:
    if issubclass(model, BasePage):
        return True
    return issubclass(model, Record) and model.path_in is not Record.path_in
