"""Every change that makes an index entry old writes a row in the outbox, in the transaction of the change."""

from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from portal.core import searchable
from search.indexing import outbox
from search.indexing.dependents import is_ours, touched


@receiver([post_save, post_delete], dispatch_uid="search.saved_or_deleted")
def saved_or_deleted(sender, instance, **kwargs):
    if is_ours(sender):
        outbox.note(touched(instance))


@receiver(m2m_changed, dispatch_uid="search.relations_changed")
def relations_changed(sender, instance, action, **kwargs):
    if action.startswith("post_") and is_ours(type(instance)):
        changed = touched(instance)
        if kwargs["reverse"] and kwargs["pk_set"]:
            for other in kwargs["model"].objects.filter(pk__in=kwargs["pk_set"]):
                changed |= touched(other)
        outbox.note(changed)


@receiver([page_published, page_unpublished], dispatch_uid="search.page_goes_on_or_off_line")
def page_goes_on_or_off_line(sender, instance, **kwargs):
    outbox.note(touched(instance) | _records_under(instance))


@receiver([page_slug_changed, post_page_move], dispatch_uid="search.page_gets_another_address")
def page_gets_another_address(sender, instance, **kwargs):
    outbox.note(_branch(instance))


@receiver([post_save, post_delete], sender=PageViewRestriction, dispatch_uid="search.page_is_restricted")
def page_is_restricted(sender, instance, **kwargs):
    outbox.note(_branch(instance.page))


def _branch(page: Page) -> set[tuple[str, str]]:
    """A page and everything under it, records that have their address under it included."""
    changed: set[tuple[str, str]] = set()
    for one in Page.objects.descendant_of(page, inclusive=True).specific():
        changed |= touched(one) | _records_under(one)
    return changed


def _records_under(page) -> set[tuple[str, str]]:
    """The records to which an index page gives an address (portal/core/routing/routes.py); none for other pages."""
    model = getattr(page, "record_model", None)
    changed: set[tuple[str, str]] = set()
    for registered in searchable.kinds().values():
        if model is not None and registered.model is model:
            changed |= {(registered.kind, key) for one in model.objects.all() if (key := registered.key_of(one))}
    return changed
