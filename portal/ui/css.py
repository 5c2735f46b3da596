"""The stylesheet: many files to write in, one file to send.

The parts stand in ``static/ui/css`` in the order of `PARTS`; `joined` puts them together and the finder in
`portal.ui.finders` offers the result as ``ui/css/schakel.css``, in development as well as to ``collectstatic``.
The order of the cascade is decided by the layers, so the order of the parts within a layer hardly matters.
"""

import os
import re
import tempfile
from pathlib import Path

from django.conf import settings

SOURCE = Path(__file__).parent / "static" / "ui" / "css"
NAME = "ui/css/schakel.css"

COMPONENTS = (
    "skip", "header", "language_switch", "search_box", "text", "language_mark", "buttons", "forms", "tier",
    "evidence", "card", "facts", "contents", "chips", "linked", "steps", "note", "translation_notice",
    "filters", "pagination", "footer", "breadcrumb", "funding", "blank_slate", "search_hit", "player",
    "chapters", "moments_strip", "transcript", "downloads", "sources", "cite", "ruled", "table", "figure", "ladder",
    "chain", "levels", "timeline", "partner_map", "decision", "voices",
)  # fmt: skip
PAGES = ("home", "article", "recording", "topics", "error")
PARTS = (
    "layers.css",
    "reset.css",
    "tokens.css",
    "base.css",
    "layout.css",
    *(f"components/{name}.css" for name in COMPONENTS),
    *(f"pages/{name}.css" for name in PAGES),
    "print.css",
)


def joined() -> str:
    """Return all parts in their order as one stylesheet. A missing part raises FileNotFoundError.

    Only what is for the people who write it is left out: comments, and white space around braces and semicolons. White
    space elsewhere can have a meaning (`a :hover` is not `a:hover`), and compression takes care of it.
    """
    text = "\n".join((SOURCE / part).read_text(encoding="utf-8") for part in PARTS)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"\s*([{};])\s*", r"\1", re.sub(r"\s*\n\s*", " ", text)).replace(";}", "}").strip() + "\n"


def folder() -> Path:
    """Where the joined file is kept: in the data folder, or in the system's temporary folder when there is none."""
    data = getattr(settings, "DATA_DIR", None)
    return Path(data) / "stylesheet" if data else Path(tempfile.gettempdir()) / f"schakel-static-{os.getuid()}"


def write() -> Path:
    """Write the joined stylesheet when it differs from what is there. The path; safe with several processes."""
    target = folder() / NAME
    text = joined()
    if target.exists() and target.read_text(encoding="utf-8") == text:
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=target.parent, encoding="utf-8", delete=False) as handle:
        handle.write(text)
    os.chmod(handle.name, 0o644)
    os.replace(handle.name, target)
    return target
