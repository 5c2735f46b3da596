"""Registry of models: when a visitor can see a row, and on which pages.

    register_cached_model(MethodPage, Visibility.WHEN_LIVE)
    register_cached_model(MethodPartner, Visibility.WITH_OWNER, owner="page")
    register_cached_model(ReviewedPassage, Visibility.ALWAYS, paths=paths_of_reviewed_page)

Each app registers its own models in its `registers.py`; `portal.core` registers those of the libraries. A test fails
for a model that nobody registered; until it is, its rows count as visible, so that no visitor gets an outdated page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model


class Visibility(Enum):
    """When a visitor can see a row of a model."""

    ALWAYS = "always"
    WHEN_LIVE = "when live"  # pages and records that can be drafts: their field `live` says so
    WITH_OWNER = "with owner"  # what belongs to such a page or record: a caption to its recording
    NEVER = "never"


class All(Enum):
    """The type of `ALL`, which stands for the addresses of all pages."""

    ALL = "all"


ALL = All.ALL
Paths = frozenset[str] | Literal[All.ALL]


@dataclass(frozen=True)
class CachedModel:
    """What is registered about a model; `owner` is the field that leads to the row it is visible with.

    `paths(instance)` returns the addresses of the pages that show a row. Without it, any page may.
    """

    visibility: Visibility
    owner: str = ""
    # Any: the function takes an instance of the one model that it is registered for.
    paths: Callable[[Any], Paths] | None = None


_models: dict[str, CachedModel] = {}


def register_cached_model(
    model: type[Model] | str,
    visibility: Visibility,
    *,
    owner: str = "",
    paths: Callable[[Any], Paths] | None = None,
) -> None:
    """Register when a visitor can see a row of a model, given as the class or by its label ("app.Model")."""
    if bool(owner) is not (visibility is Visibility.WITH_OWNER):
        raise ValueError(f"{model}: give `owner` for a model that is visible with its owner, and for no other.")
    label = model if isinstance(model, str) else model._meta.label
    _models[label] = CachedModel(visibility, owner, paths)


def registered(model: type[Model]) -> CachedModel | None:
    """What is registered about a model; None for a model that nobody registered."""
    return _models.get(model._meta.label)


def is_visible(instance: Model) -> bool:
    """Whether visitors can see the row as it is now."""
    cached_model = registered(type(instance))
    if cached_model is None or cached_model.visibility is Visibility.ALWAYS:
        return True
    if cached_model.visibility is Visibility.WHEN_LIVE:
        return bool(instance.live)  # type: ignore[attr-defined]  # models with this visibility have the field
    if cached_model.visibility is Visibility.WITH_OWNER:
        try:
            owner = getattr(instance, cached_model.owner)
        except ObjectDoesNotExist:  # deleted together with this row, and a change of its own
            return False
        return owner is not None and is_visible(owner)
    return False
