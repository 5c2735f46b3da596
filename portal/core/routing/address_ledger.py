"""The ledger of addresses: what was once public answers for ever (DESIGN.md section 6).

Every public address is written down when it becomes public. When it stops answering, `look_up` tells where the
thing is now. `/id/<kind>/<key>` uses the same register of kinds.
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
    """Where the thing of an old address is now; `url` is empty when it is gone."""

    kind: str
    key: str
    url: str


def register_identifier(kind: str, url_of: Callable[[str, str], str | None]) -> None:
    """Tell how a kind's key becomes its address: `url_of(key, language)` is a path, or None when it is not public."""
    _current_url[kind] = url_of


def identifier_kinds() -> tuple[str, ...]:
    """The kinds that have permanent identifiers."""
    return tuple(_current_url)


def current_url(kind: str, key: str, language: str = "") -> str | None:
    """The path where a thing is now, in `language` or else in Dutch; None when it is not public."""
    url_of = _current_url.get(kind)
    if url_of is None:
        return None
    return url_of(key, language or settings.LANGUAGE_CODE) or url_of(key, settings.LANGUAGE_CODE)


def remember(path: str, kind: str, key: str, language: str) -> None:
    """Write down that a path is the address of a thing. A path that another thing takes over changes hands."""
    Address.objects.update_or_create(path=path[:500], defaults={"kind": kind, "key": key, "language": language})


def look_up(path: str) -> CurrentAddress | None:
    """Where the thing that once had this path is now; None when the path was never public."""
    if "\0" in path:
        return None  # which PostgreSQL does not even look for
    known = Address.objects.filter(path__in=(path, path.rstrip("/") + "/")).first()
    if known is None:
        return None
    return CurrentAddress(known.kind, known.key, current_url(known.kind, known.key, known.language) or "")


def remember_page(page: Page) -> None:
    """Write down the address of a live page and of every live page under it."""
    for one in page.get_descendants(inclusive=True).live().specific():
        if isinstance(one, BasePage) and one.key and (url := one.get_url()):
            remember(urlsplit(url).path, one.kind, one.key, one.locale.language_code)


def remember_record(record: Record) -> None:
    """Write down the addresses of a public record in each content language."""
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
    """Whether a thing ever had a public address."""
    return Address.objects.filter(kind=kind, key=key).exists()
