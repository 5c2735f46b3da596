"""The public path of a thing by its permanent key: what rooms register with the address ledger."""

from urllib.parse import urlsplit

from wagtail.models import Page

from portal.core.content.records import Record
from portal.core.publishing.visibility import visible, visible_records


def path_of_page(model: type[Page], key: str, language: str) -> str | None:
    """Return the path of the page of a type with this key in a language; None when it is not public in it."""
    page = visible(model, language).filter(key=key).first()
    return urlsplit(page.get_url() or "").path or None if page else None


def path_of_record(model: type[Record], key: str, language: str) -> str | None:
    """Return the path of the page of a record in a language; None when no public record has this key."""
    record = visible_records(model).filter(key=key).first()
    return record.path_in(language) if record else None
