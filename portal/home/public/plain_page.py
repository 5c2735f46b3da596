"""The plain pages: blocks of words, with what only the city knows filled in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.text import slugify
from django.utils.translation import gettext as _

from portal.core.content import site_details
from portal.core.content.blocks import sources_shown
from portal.core.content.rich_text import as_markup
from portal.home.models import PlainPage
from portal.links.selectors import with_link_notes


@dataclass(frozen=True)
class PlainContext:
    """A plain page: its blocks, its headings as contents, its sources."""

    blocks: list[dict]
    sources: list[dict]
    contents: list[dict]


def plain_page(page: PlainPage, request: HttpRequest) -> PlainContext:
    """Return what a plain page shows."""
    blocks = body_blocks(page)
    sources = with_link_notes(sources_shown(page.original.sources))
    headings = [block for block in blocks if block["type"] == "heading"]
    contents = [*headings, *([{"id": "sources", "title": _("Sources")}] if sources else [])]
    return PlainContext(blocks=blocks, sources=sources, contents=contents if headings else [])


def body_blocks(page: PlainPage) -> list[dict]:
    """Return the blocks of a page as plain values: `type` and what belongs to it; a heading has an `id` of its own.

    What the city has not filled in is left out, with a heading under which nothing is left.
    """
    details = site_details.placeholder_values(site_details.site_words())
    blocks = [{"type": block.block_type, "value": block.value} for block in page.body]
    texts = [block for block in blocks if block["type"] == "text"]
    sources = [site_details.fill_in_rich_text(block["value"].source, details) for block in texts]
    for block, html in zip(texts, as_markup(sources), strict=bool(texts)):
        block["html"] = html
    for block in blocks:
        if block["type"] == "facts":
            block["value"] = filled_facts(block["value"], details)
    blocks = _without_bare_headings([block for block in blocks if block["value"] and block.get("html", True)])
    taken: set[str] = set()
    for block in blocks:
        if block["type"] == "heading":
            block |= {"title": block["value"], "id": _anchor(block["value"], taken)}
        elif block["type"] == "table":
            block["rows"] = [list(row["cells"]) for row in block["value"]["rows"]]
    return blocks


def filled_facts(entries: Iterable[Mapping], details: Mapping) -> list[dict]:
    """Return the entries of a block of facts with the details filled in, without those that name an unknown one."""
    filled = ({"term": fact["term"], "text": site_details.fill_in_text(fact["text"], details)} for fact in entries)
    return [fact for fact in filled if fact["text"]]


def _without_bare_headings(blocks: list[dict]) -> list[dict]:
    following = [block["type"] for block in blocks[1:]] + ["heading"]
    return [
        block
        for block, after in zip(blocks, following, strict=False)
        if block["type"] != "heading" or after != "heading"
    ]


def _anchor(title: str, taken: set[str]) -> str:
    """An anchor made of a heading; a number behind it when another heading has it already."""
    base = slugify(title)[:60] or "part"
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    taken.add(name)
    return name
