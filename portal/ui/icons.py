"""The icons: line drawings in a square of 16, in the colour of the text beside them. An icon never stands alone.

Each is a template in `templates/ui/icons`. A page has dozens of them, so what was drawn once is kept.
"""

from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString

from portal.ui.rendering import rendered


@cache
def icon(name: str) -> SafeString:
    """Draw an icon as inline SVG, hidden from screen readers. An unknown name raises TemplateDoesNotExist."""
    return rendered("components/icon", {"drawing": f"ui/icons/{name}.html"})


def names() -> list[str]:
    return sorted(path.stem for path in (Path(__file__).parent / "templates" / "ui" / "icons").glob("*.html"))


@cache
def brand_mark() -> SafeString:
    """Draw the mark of the portal."""
    return rendered("components/brand_mark")
