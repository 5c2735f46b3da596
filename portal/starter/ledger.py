"""The loader's memory: what it wrote, so that it knows what staff changed since."""

from collections.abc import Iterable, Iterator

from django.db.models import Model
from wagtail.models import Revision

from portal.starter.models import StarterEntry


def knows(name: str, language: str = "") -> bool:
    """Whether this was loaded before, in whatever words."""
    return StarterEntry.objects.filter(item=name, language=language).exists()


def is_current(name: str, language: str, source_hash: str) -> bool:
    """Whether these very words were loaded already."""
    return StarterEntry.objects.filter(item=name, language=language, source_hash=source_hash).exists()


def may_write(name: str, language: str, thing: Model | None) -> bool:
    """Whether the loader may write a thing: it never did, or nobody saved a newer revision since."""
    entry = StarterEntry.objects.filter(item=name, language=language).first()
    if entry is None:
        return True
    if thing is None:  # staff deleted it: it stays deleted
        return False
    return entry.revision is None or not Revision.objects.for_instance(thing).filter(pk__gt=entry.revision).exists()


def loaded_contents(names: Iterable[str]) -> Iterator[tuple[str, dict]]:
    """What was loaded under these names, as (name, content of the revision that the load left behind)."""
    entries = dict(StarterEntry.objects.filter(item__in=list(names), language="").values_list("revision", "item"))
    for revision in Revision.objects.filter(pk__in=[pk for pk in entries if pk]).iterator():
        yield entries[revision.pk], revision.content


def note(name: str, language: str, source_hash: str, thing: Model | None = None) -> None:
    """Remember what was loaded."""
    newest = (
        Revision.objects.for_instance(thing).order_by("-pk").values_list("pk", flat=True).first() if thing else None
    )
    StarterEntry.objects.update_or_create(
        item=name, language=language, defaults={"source_hash": source_hash, "revision": newest}
    )
