"""Invalidation: from a change in the database to the cached pages that have to go."""

import logging
from dataclasses import dataclass

from django.apps import apps
from django.db import DatabaseError, transaction
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished, post_page_move, published, unpublished

from portal.core.page_cache.cached_values import clear
from portal.core.page_cache.generation import advance_generation
from portal.core.page_cache.models import PageChange
from portal.core.page_cache.registry import ALL, Paths, Visibility, is_visible, registered

logger = logging.getLogger(__name__)

# What a saved draft, a lock and a workflow write on a page or record that is live; its public text stays.
DRAFT_FIELDS = {
    *("latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes"),
    *("locked", "locked_at", "locked_by", "expire_at", "go_live_at", "expired"),
}


@dataclass(frozen=True)
class Change:
    """A row that was saved, deleted, related, published, unpublished or moved.

    `was_visible` is whether visitors could see it before; `fields` are the only ones that were saved, if that is known.
    """

    instance: Model
    was_visible: bool = False
    fields: frozenset[str] | None = None

    @property
    def is_of_a_draft(self) -> bool:
        """Whether only fields were saved that no visitor sees."""
        cached_model = registered(type(self.instance))
        has_drafts = cached_model is not None and cached_model.visibility is Visibility.WHEN_LIVE
        return has_drafts and self.fields is not None and self.fields <= DRAFT_FIELDS


def affected_paths(change: Change) -> Paths:
    """Return the paths of the pages that show what changed: none, some, or ALL when they cannot be told."""
    if change.is_of_a_draft or not (change.was_visible or is_visible(change.instance)):
        return frozenset()
    cached_model = registered(type(change.instance))
    return cached_model.paths(change.instance) if cached_model and cached_model.paths else ALL


def invalidate(paths: Paths = ALL) -> None:
    """Invalidate cached pages, all unless `paths` are given; takes effect when the current transaction commits."""
    clear()
    if not _is_noted(paths):
        _note(paths)
    transaction.on_commit(_Announcement(paths))


def _note(paths: Paths) -> None:
    try:
        PageChange.objects.create(paths=None if paths is ALL else sorted(paths))
    except DatabaseError:
        if transaction.get_connection().in_atomic_block:
            raise
        # The change itself is committed. A generation that moved without a row makes every page outdated.
        logger.exception("A change of pages could not be noted")


class _Announcement:
    """Moves the generation after the commit; until then it says what the transaction has noted already."""

    def __init__(self, paths: Paths):
        self.paths = paths
        self.is_made = False

    def __call__(self) -> None:
        self.is_made = True
        advance_generation()

    def covers(self, paths: Paths) -> bool:
        if self.is_made or self.paths is ALL or paths is ALL:
            return not self.is_made and self.paths is ALL
        return paths <= self.paths


def _is_noted(paths: Paths) -> bool:
    """Whether this transaction has a row for these paths. Django takes announcements back with their savepoint."""
    callbacks = (callback for _savepoints, callback, *_robust in transaction.get_connection().run_on_commit)
    return any(isinstance(callback, _Announcement) and callback.covers(paths) for callback in callbacks)


def _invalidate_for(change: Change) -> None:
    # Models of migrations are not those of the apps, and are saved before there is a table for PageChange.
    if change.instance._meta.apps is not apps:
        return
    if paths := affected_paths(change):
        invalidate(paths)


@receiver(pre_save)
def remember_whether_it_was_live(sender, instance, raw=False, **kwargs):
    """Before a row is saved as not live: look whether it was."""
    cached_model = registered(sender)
    if (
        not raw
        and cached_model is not None
        and cached_model.visibility is Visibility.WHEN_LIVE
        and not instance.live
        and instance.pk
        and not instance._state.adding
    ):
        instance._was_visible = sender._base_manager.filter(pk=instance.pk, live=True).exists()


@receiver(post_save)
def invalidate_on_save(sender, instance, update_fields=None, **kwargs):
    was_visible = instance.__dict__.pop("_was_visible", False)
    _invalidate_for(Change(instance, was_visible, None if update_fields is None else frozenset(update_fields)))


@receiver(post_delete)
def invalidate_on_delete(sender, instance, **kwargs):
    _invalidate_for(Change(instance))


@receiver(m2m_changed)
def invalidate_on_relation(sender, instance, action, **kwargs):
    if action.startswith("post_"):
        _invalidate_for(Change(instance))


@receiver([page_published, page_unpublished, published, unpublished, post_page_move])
def invalidate_on_publication(sender, instance, **kwargs):
    """Last of all, because what other receivers of these signals do is visible too."""
    _invalidate_for(Change(instance, was_visible=True))
