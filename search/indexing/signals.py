"""Every change that puts a search document out of date adds a row to the outbox, in the transaction of the change."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from portal.core.searchable import searchable_kinds
from search.indexing import outbox
from search.indexing.dependents import stale_documents


@receiver([post_save, post_delete], dispatch_uid="search.saved_or_deleted")
def row_saved_or_deleted(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    outbox.add(stale_documents(instance))


@receiver(m2m_changed, dispatch_uid="search.relations_changed")
def relations_changed(sender: type[Model], instance: Model, action: str, **kwargs: Any) -> None:
    if action.startswith("post_"):
        stale = stale_documents(instance)
        if kwargs["reverse"] and kwargs["pk_set"]:
            for other in kwargs["model"].objects.filter(pk__in=kwargs["pk_set"]):
                stale |= stale_documents(other)
        outbox.add(stale)


@receiver([page_published, page_unpublished], dispatch_uid="search.page_goes_on_or_off_line")
def page_published_or_unpublished(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    outbox.add(stale_documents(instance) | _records_under(instance))


@receiver([page_slug_changed, post_page_move], dispatch_uid="search.page_gets_another_address")
def page_gets_another_address(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    outbox.add(_branch(instance))


@receiver([post_save, post_delete], sender=PageViewRestriction, dispatch_uid="search.page_is_restricted")
def page_is_restricted(sender: type[Model], instance: PageViewRestriction, **kwargs: Any) -> None:
    outbox.add(_branch(instance.page))


def _branch(page: Page) -> set[tuple[str, str]]:
    """Return the documents of a page and everything below it, with the records whose address is below it."""
    stale: set[tuple[str, str]] = set()
    for descendant in Page.objects.descendant_of(page, inclusive=True).specific():
        stale |= stale_documents(descendant) | _records_under(descendant)
    return stale


def _records_under(page: Page) -> set[tuple[str, str]]:
    """Return the documents of the records that have their address under an index page; none for another page."""
    model = getattr(page, "record_model", None)
    stale: set[tuple[str, str]] = set()
    for registered in searchable_kinds().values():
        if model is not None and registered.model is model:
            stale |= {(registered.kind, key) for record in model.objects.all() if (key := registered.key_of(record))}
    return stale
