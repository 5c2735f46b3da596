"""Dossiers and plain pages as documents for search: one each, with the words of every public language."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from wagtail.rich_text import get_text_for_indexing

from portal.core.content import site_details
from portal.core.models import BasePage
from portal.core.publishing.visibility import SOURCE_LANGUAGE, visible
from portal.core.searchable import DocumentText, SearchDocument
from portal.home.models import DossierPage, PlainPage
from portal.home.public.plain_page import filled_facts


def dossier_documents(keys: Iterable[str] | None = None) -> Iterator[SearchDocument]:
    """Yield the search documents of the public dossiers, all or those of `keys`."""
    return _documents(DossierPage, keys, words_of_dossier)


def page_documents(keys: Iterable[str] | None = None) -> Iterator[SearchDocument]:
    """Yield the search documents of the public plain pages, all or those of `keys`."""
    return _documents(PlainPage, keys, words_of_page)


def _documents(
    model: type[BasePage], keys: Iterable[str] | None, words_of: Callable[[Any], str]
) -> Iterator[SearchDocument]:
    versions: dict[object, dict[str, BasePage]] = defaultdict(dict)
    for code in settings.CONTENT_LANGUAGES:
        public = visible(model, code)
        for page in public if keys is None else public.filter(key__in=list(keys)):
            versions[page.translation_key][code] = page
    for by_language in versions.values():
        original = by_language.get(SOURCE_LANGUAGE)
        if original is None:  # nothing is public that is not public in Dutch
            continue
        topics = _topics(original)
        yield SearchDocument(
            kind=model.kind,
            key=original.key,
            texts={
                code: DocumentText(page.title, page.lead, words_of(page), page.get_url() or "")
                for code, page in by_language.items()
            },
            filters={"topic": topics} if topics else {},
            date=original.position_as_of,
            words=original.key,
        )


def _topics(page: BasePage) -> tuple[str, ...]:
    """The keys of the public topics of a dossier; a plain page has none."""
    return tuple(topic.key for topic in page.topics.filter(live=True)) if isinstance(page, DossierPage) else ()


def words_of_dossier(page: DossierPage) -> str:
    """Return everything that a dossier says under its title and lead, as plain text."""
    parts = [get_text_for_indexing(page.introduction or "")]
    for block in page.sections:
        parts += [block.value["heading"], get_text_for_indexing(block.value["text"].source)]
    return _joined(parts)


def words_of_page(page: PlainPage) -> str:
    """Return everything that a plain page says under its title and lead, as plain text; no details of the city."""
    parts: list[str] = []
    no_details = site_details.no_placeholder_values()
    for block in page.body:
        value = block.value
        if block.block_type == "heading":
            parts.append(value)
        elif block.block_type == "text":
            parts.append(get_text_for_indexing(site_details.fill_in_rich_text(value.source, no_details)))
        elif block.block_type == "facts":
            parts += [f"{fact['term']}: {fact['text']}" for fact in filled_facts(value, no_details)]
        elif block.block_type == "table":
            parts += [value["caption"], *value["head"]]
            parts += [cell for row in value["rows"] for cell in row["cells"] if cell]
    return _joined(parts)


def _joined(parts: Iterable[str]) -> str:
    return "\n".join(part.strip() for part in parts if part and part.strip())
