"""Rendering the template of a component from Python."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language


def rendered(template: str, context: dict | None = None) -> SafeString:
    """Render a template of `ui/` without the white space around it, because it may stand in the middle of a line."""
    return mark_safe(render_to_string(f"ui/{template}.html", context).strip())  # noqa: S308  (markup of a template)


def kept(most: int) -> Callable[[Callable[..., SafeString]], Callable[..., SafeString]]:
    """Keep the markup of a component that shows nothing but its arguments, which must be hashable, in each language.

    The `most` that were used last are kept. Nothing makes them outdated: other content is another argument.
    """

    def decorate(render: Callable[..., SafeString]) -> Callable[..., SafeString]:
        @lru_cache(maxsize=most)
        def in_language(_language: str, *args: Any) -> SafeString:
            return render(*args)

        @wraps(render)
        def kept_render(*args: Any) -> SafeString:
            return in_language(get_language(), *args)

        return kept_render

    return decorate
