"""The words of dossiers and plain pages: as markup for readers, as plain text for search."""

from django.utils.text import slugify
from wagtail.rich_text import get_text_for_indexing

from portal.core.rich_text import as_markup
from portal.home.models import DossierPage, PlainPage


def body_of(page: PlainPage) -> list[dict]:
    """The blocks of a plain page as plain values: `type` and what belongs to it; a heading has an `id` of its own."""
    blocks = [{"type": block.block_type, "value": block.value} for block in page.body]
    texts = [block for block in blocks if block["type"] == "text"]
    for block, html in zip(texts, as_markup(block["value"].source for block in texts), strict=bool(texts)):
        block["html"] = html
    taken: set[str] = set()
    for block in blocks:
        if block["type"] == "heading":
            block |= {"title": block["value"], "id": _identifier(block["value"], taken)}
        elif block["type"] == "table":
            block["rows"] = [list(row["cells"]) for row in block["value"]["rows"]]
    return blocks


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
    """Everything that a plain page says under its title and lead, as plain text."""
    parts: list[str] = []
    for block in page.body:
        value = block.value
        if block.block_type == "heading":
            parts.append(value)
        elif block.block_type == "text":
            parts.append(get_text_for_indexing(value.source))
        elif block.block_type == "facts":
            parts += [f"{fact['term']}: {fact['text']}" for fact in value]
        elif block.block_type == "table":
            parts += [value["caption"], *value["head"]]
            parts += [cell for row in value["rows"] for cell in row["cells"] if cell]
    return "\n".join(part.strip() for part in parts if part and part.strip())
