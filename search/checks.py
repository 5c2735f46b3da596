"""System checks: nothing public may be missing from search without somebody having decided so."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db.models import ForeignObjectRel, Model

from portal.core.content.records import Record
from portal.core.models import BasePage
from portal.core.searchable import declared_dependents, searchable_kinds
from search.engines import current_engine
from search.languages import LANGUAGES


@register(Tags.compatibility)
def everything_public_is_searchable(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Check that every page type, and every record type with an address, is registered or excluded by name."""
    registered = tuple(kind.model for kind in searchable_kinds().values())
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
def the_engine_is_known(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Check that SEARCH_URL names an engine that this version has."""
    try:
        current_engine()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="search.E002", obj=f"SEARCH_URL={settings.SEARCH_URL}")]
    return []


@register(Tags.compatibility)
def dependents_are_declared(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Check that a room decided for every model beside an indexed thing which documents show its rows.

    These are the models that point at something indexed or at a declared model, and those that something indexed points
    at. A path that does not lead to something indexed is an error too.
    """
    errors: list[CheckMessage] = [
        Error(
            f"No room says which search documents show {model._meta.label}, although {reason}.",
            hint="Call portal.core.searchable.register_dependents for it in its room's `registers`.",
            obj=model,
            id="search.E003",
        )
        for model, reason in undeclared_models().items()
    ]
    return errors + [
        Error(
            f"“{path}” leads from {model._meta.label} to nothing that is indexed.",
            hint="Mend the path in register_dependents: relations of the models, with a dot between them.",
            obj=model,
            id="search.E005",
        )
        for model, dependents in declared_dependents().items()
        for path in dependents.paths
        if not _leads_to_something_indexed(model, path)
    ]


@register(Tags.compatibility)
def languages_are_complete(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Check that search knows everything of a language that pages are shown in, and can analyse every other one."""
    errors: list[CheckMessage] = []
    for code, name in settings.LANGUAGES:
        language = LANGUAGES.get(code)
        if language is None:
            missing = ["an entry"]
        else:
            missing = language.missing() if code in settings.CONTENT_LANGUAGES else []
        if missing:
            errors.append(
                Error(
                    f"Search does not know enough of the language {code} ({name}). Missing: {', '.join(missing)}.",
                    hint=f"Describe it in search/languages/{code}/ (search/languages/__init__.py says how).",
                    id="search.E004",
                )
            )
    return errors


# Documents hold no pictures, files or accounts, and the words of topics are looked up when somebody asks.
_IN_NO_DOCUMENT = {"core"}


def undeclared_models() -> dict[type[Model], str]:
    """Return the models of the portal that no room decided on, each with the relation by which it was found."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("portal.")]
    indexed = [model for model in ours if _is_indexed(model)]
    declared = declared_dependents()
    showing = (*indexed, *(model for model, dependents in declared.items() if dependents.paths))
    undecided: dict[type[Model], str] = {}
    for model in ours:
        for name, target in _foreign_keys(model):
            reason = f"{model._meta.label}.{name} points at {target._meta.label}"
            if issubclass(target, showing):
                undecided.setdefault(model, reason)
            if model in indexed and target in ours and target._meta.app_label not in _IN_NO_DOCUMENT:
                undecided.setdefault(target, reason)
    return {
        model: reason
        for model, reason in undecided.items()
        if model not in indexed and model not in declared and not issubclass(model, BasePage)
    }


def _foreign_keys(model: type[Model]) -> Iterator[tuple[str, type[Model]]]:
    for field in model._meta.concrete_fields:
        if field.remote_field and not field.remote_field.parent_link and isinstance(field.related_model, type):
            yield field.name, field.related_model


def _is_indexed(model: type[Model]) -> bool:
    return issubclass(model, tuple(kind.model for kind in searchable_kinds().values()))


def _leads_to_something_indexed(model: type[Model], path: str) -> bool:
    target: object = model
    for name in path.split("."):
        if not isinstance(target, type) or not issubclass(target, Model):
            return False
        try:
            field = target._meta.get_field(name)
        except FieldDoesNotExist:
            return False
        if not isinstance(field, ForeignObjectRel) and not field.is_relation:
            return False
        target = field.related_model
    return isinstance(target, type) and _is_indexed(target)


def _is_public(model: type) -> bool:
    if issubclass(model, BasePage):
        return True
    return issubclass(model, Record) and model.path_in is not Record.path_in
