"""Organisations as documents for search."""

from collections.abc import Iterable, Iterator

from django.utils import translation
from django.utils.html import strip_tags

from portal.core.content.records import text_in
from portal.core.searchable import DocumentText, SearchDocument
from portal.organisations.models import Organisation
from portal.organisations.selectors import organisation_languages, type_and_place, visible_organisations


def organisation_documents(keys: Iterable[str] | None = None) -> Iterator[SearchDocument]:
    """Yield the documents of the public organisations, all or those of `keys`."""
    organisations = visible_organisations()
    if keys is not None:
        organisations = organisations.filter(key__in=list(keys))
    for organisation in organisations:
        texts = _texts(organisation)
        if texts:
            yield SearchDocument(
                kind=Organisation.kind,
                key=organisation.key,
                texts=texts,
                filters={"country": (organisation.country,) if organisation.country else ()},
                date=organisation.last_published_at.date() if organisation.last_published_at else None,
                words=_words(organisation),
                names=(organisation.short_name,) if organisation.short_name else (),
            )


def _texts(organisation: Organisation) -> dict[str, DocumentText]:
    texts = {}
    for language in organisation_languages(organisation):
        path = organisation.path_in(language)
        if path is None:
            continue
        description, found = text_in(organisation, "description", language)
        with translation.override(language):
            texts[language] = DocumentText(
                title=text_in(organisation, "name", language)[0],
                lead=description if found == language else "",
                body=strip_tags(type_and_place(organisation, language)),
                url=path,
            )
    return texts


def _words(organisation: Organisation) -> str:
    """The short name, and the names of its city in every language: somebody may search Lille or Rijsel."""
    words = [organisation.short_name]
    for thing in (organisation, organisation.city):
        if thing is not None:
            words += [getattr(thing, field) or "" for field in _NAMES]
    return " ".join(dict.fromkeys(word for word in words if word))


_NAMES = tuple(field.name for field in Organisation._meta.get_fields() if field.name.startswith("name_"))
