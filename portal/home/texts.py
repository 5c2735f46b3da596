"""The words of dossiers and plain pages: as markup for readers, as plain text for search."""

from django.utils.text import slugify
from wagtail.rich_text import get_text_for_indexing

from portal.core.content import site_details
from portal.core.content.rich_text import as_markup
from portal.home.models import DossierPage, PlainPage


def body_of(page: PlainPage) -> list[dict]:
    """The blocks of a plain page as plain values: `type` and what belongs to it; a heading has an `id` of its own.

    What the city has not filled in is left out, with a heading under which nothing is left.
    """
    facts = site_details.placeholder_values(site_details.site_words())
    blocks = [{"type": block.block_type, "value": block.value} for block in page.body]
    texts = [block for block in blocks if block["type"] == "text"]
    sources = [site_details.fill_in_rich_text(block["value"].source, facts) for block in texts]
    for block, html in zip(texts, as_markup(sources), strict=bool(texts)):
        block["html"] = html
    for block in blocks:
        if block["type"] == "facts":
            block["value"] = _facts(block["value"], facts)
    blocks = _without_bare_headings([block for block in blocks if block["value"] and block.get("html", True)])
    taken: set[str] = set()
    for block in blocks:
        if block["type"] == "heading":
            block |= {"title": block["value"], "id": _identifier(block["value"], taken)}
        elif block["type"] == "table":
            block["rows"] = [list(row["cells"]) for row in block["value"]["rows"]]
    return blocks


def _facts(entries, facts) -> list[dict]:
    """The entries of a block of facts with what they name, without those of which something is not known."""
    filled = ({"term": fact["term"], "text": site_details.fill_in_text(fact["text"], facts)} for fact in entries)
    return [fact for fact in filled if fact["text"]]


def _without_bare_headings(blocks: list[dict]) -> list[dict]:
    following = [block["type"] for block in blocks[1:]] + ["heading"]
    return [
        block
        for block, after in zip(blocks, following, strict=False)
        if block["type"] != "heading" or after != "heading"
    ]


def _identifier(title: str, taken: set[str]) -> str:
    """An anchor made of a heading; a number behind it when another heading has it already."""
    base = slugify(title)[:60] or "part"
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    taken.add(name)
    return name


def words_of_dossier(page: DossierPage) -> str:
    """Everything that a dossier says under its title and lead, as plain text."""
    parts = [get_text_for_indexing(page.introduction or "")]
    for block in page.sections:
        parts += [block.value["heading"], get_text_for_indexing(block.value["text"].source)]
    return "\n".join(part.strip() for part in parts if part and part.strip())


def words_of_page(page: PlainPage) -> str:
    """Everything that a plain page says under its title and lead, as plain text; nothing that the city fills in."""
    parts: list[str] = []
    nothing = site_details.no_placeholder_values()
    for block in page.body:
        value = block.value
        if block.block_type == "heading":
            parts.append(value)
        elif block.block_type == "text":
            parts.append(get_text_for_indexing(site_details.fill_in_rich_text(value.source, nothing)))
        elif block.block_type == "facts":
            parts += [f"{fact['term']}: {fact['text']}" for fact in _facts(value, nothing)]
        elif block.block_type == "table":
            parts += [value["caption"], *value["head"]]
            parts += [cell for row in value["rows"] for cell in row["cells"] if cell]
    return "\n".join(part.strip() for part in parts if part and part.strip())
