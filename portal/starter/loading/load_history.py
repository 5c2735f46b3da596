"""What the loader has written, so that it does not overwrite what staff have changed since."""

from collections.abc import Iterable, Iterator

from django.db.models import Model
from wagtail.models import Revision

from portal.starter.models import StarterEntry


def was_loaded(name: str, language: str = "") -> bool:
    """Return whether an item was loaded before, in any version."""
    return StarterEntry.objects.filter(item=name, language=language).exists()


def is_up_to_date(name: str, language: str, source_hash: str) -> bool:
    """Return whether the version with this hash was loaded."""
    return StarterEntry.objects.filter(item=name, language=language, source_hash=source_hash).exists()


def may_overwrite(name: str, language: str, target: Model | None) -> bool:
    """Return whether the loader may write a page or record: it never did, or nobody saved a newer revision since."""
    entry = StarterEntry.objects.filter(item=name, language=language).first()
    if entry is None:
        return True
    if target is None:  # staff have deleted it, and it stays deleted
        return False
    return entry.revision is None or not Revision.objects.for_instance(target).filter(pk__gt=entry.revision).exists()


def needs_loading(name: str, language: str, source_hash: str, target: Model | None) -> bool:
    """Return whether to write an item: the files have another version, and staff have not changed it."""
    return not is_up_to_date(name, language, source_hash) and may_overwrite(name, language, target)


def loaded_contents(names: Iterable[str]) -> Iterator[tuple[str, dict]]:
    """Yield what was loaded under these names, as (name, content of the revision that the loader made)."""
    entries = dict(StarterEntry.objects.filter(item__in=list(names), language="").values_list("revision", "item"))
    for revision in Revision.objects.filter(pk__in=[pk for pk in entries if pk]).iterator():
        yield entries[revision.pk], revision.content


def record_load(name: str, language: str, source_hash: str, target: Model | None = None) -> None:
    """Store that this version of an item was loaded."""
    newest = None
    if target:
        newest = Revision.objects.for_instance(target).order_by("-pk").values_list("pk", flat=True).first()
    StarterEntry.objects.update_or_create(
        item=name, language=language, defaults={"source_hash": source_hash, "revision": newest}
    )
