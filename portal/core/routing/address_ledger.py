"""The ledger of addresses: a public address is never a dead link (docs/design.md section 6).

Every address is stored when it becomes public. When it stops working, `look_up` returns the current one.
`/id/<kind>/<key>` uses the same registry of kinds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, post_page_move

from portal.core.content.records import Record
from portal.core.models import Address, BasePage

_current_url: dict[str, Callable[[str, str], str | None]] = {}


@dataclass(frozen=True)
class CurrentAddress:
    """The current address of the page or record of a former address; `url` is empty when it is gone."""

    kind: str
    key: str
    url: str


def register_identifier(kind: str, url_of: Callable[[str, str], str | None]) -> None:
    """Register the addresses of a kind: `url_of(key, language)` returns a path, or None when it is not public."""
    _current_url[kind] = url_of


def identifier_kinds() -> tuple[str, ...]:
    """Return the kinds that have permanent identifiers."""
    return tuple(_current_url)


def current_url(kind: str, key: str, language: str = "") -> str | None:
    """Return the current path of a key, in `language` or else in Dutch; None when it is not public."""
    url_of = _current_url.get(kind)
    if url_of is None:
        return None
    return url_of(key, language or settings.LANGUAGE_CODE) or url_of(key, settings.LANGUAGE_CODE)


def remember(path: str, kind: str, key: str, language: str) -> None:
    """Store the path of a key. A path that was that of another key is now of this one."""
    Address.objects.update_or_create(path=path[:500], defaults={"kind": kind, "key": key, "language": language})


def look_up(path: str) -> CurrentAddress | None:
    """Return where the page or record with this former path is now; None when the path was never public."""
    if "\0" in path:
        return None  # which PostgreSQL does not even look for
    known = Address.objects.filter(path__in=(path, path.rstrip("/") + "/")).first()
    if known is None:
        return None
    return CurrentAddress(known.kind, known.key, current_url(known.kind, known.key, known.language) or "")


def remember_page(page: Page) -> None:
    """Store the paths of a live page and of every live page under it."""
    for one in page.get_descendants(inclusive=True).live().specific():
        if isinstance(one, BasePage) and one.key and (url := one.get_url()):
            remember(urlsplit(url).path, one.kind, one.key, one.locale.language_code)


def remember_record(record: Record) -> None:
    """Store the paths of a public record in each content language."""
    for language in settings.CONTENT_LANGUAGES:
        if path := record.path_in(language):
            remember(path, record.kind, record.key, language)


@receiver([page_published, page_slug_changed, post_page_move])
def remember_published_page(sender, **kwargs):
    page = kwargs.get("instance") or kwargs["instance_after"]
    if page.live:
        remember_page(page)


@receiver(post_save)
def remember_saved_record(sender, instance, raw=False, **kwargs):
    if not raw and getattr(instance, "path_in", None) and getattr(instance, "live", False):
        remember_record(instance)


def was_public(kind: str, key: str) -> bool:
    """Whether a key ever had a public address."""
    return Address.objects.filter(kind=kind, key=key).exists()
