"""Rendering the template of a component from Python."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe


def rendered(template: str, context: dict | None = None) -> SafeString:
    """Render a template of `ui/` without the white space around it, because it may stand in the middle of a line."""
    return mark_safe(render_to_string(f"ui/{template}.html", context).strip())  # noqa: S308  (markup of a template)
