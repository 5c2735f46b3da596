"""Dossiers and plain pages as search finds them: one document each, with the words of every public language."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from django.conf import settings

from portal.core.models import BasePage
from portal.core.publishing.visibility import SOURCE_LANGUAGE, visible
from portal.core.searchable import DocumentText, SearchDocument
from portal.home.models import DossierPage, PlainPage
from portal.home.texts import words_of_dossier, words_of_page


def dossier_documents(keys: Iterable[str] | None = None) -> Iterator[SearchDocument]:
    """The search documents of the public dossiers, all or those of `keys`."""
    return _documents(DossierPage, keys, words_of_dossier)


def page_documents(keys: Iterable[str] | None = None) -> Iterator[SearchDocument]:
    """The search documents of the public plain pages, all or those of `keys`."""
    return _documents(PlainPage, keys, words_of_page)


def _documents(model: type[BasePage], keys, words_of: Callable) -> Iterator[SearchDocument]:
    versions: dict[object, dict[str, BasePage]] = defaultdict(dict)
    for code in settings.CONTENT_LANGUAGES:
        pages = visible(model, code)
        for page in pages if keys is None else pages.filter(key__in=list(keys)):
            versions[page.translation_key][code] = page
    for pages in versions.values():
        original = pages.get(SOURCE_LANGUAGE)
        if original is None:  # nothing is public that is not public in Dutch
            continue
        own = original.topics.filter(live=True) if model is DossierPage else ()
        topics = tuple(topic.key for topic in own)
        yield SearchDocument(
            kind=model.kind,
            key=original.key,
            texts={
                code: DocumentText(page.title, page.lead, words_of(page), page.get_url() or "")
                for code, page in pages.items()
            },
            filters={"topic": topics} if topics else {},
            date=original.position_as_of,
            words=original.key,
        )
