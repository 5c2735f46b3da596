"""What goes off line with what, what comes back with it, and what is never deleted (docs/design.md section 4).

What was once public keeps its address, so it is unpublished and not deleted; so is a file that a public page shows.
A translation is public with its Dutch page only.
"""

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import Model, OuterRef, Q, Subquery
from wagtail.models import DraftStateMixin, Page, PageLogEntry, ReferenceIndex

from portal.core.content.records import Record
from portal.core.models import BasePage, SchakelDocument, SchakelImage
from portal.core.publishing.visibility import SOURCE_LANGUAGE
from portal.core.routing.address_ledger import was_public

# The entry in the log of a translation that was unpublished because its Dutch page was.
WITH_DUTCH = "schakel.off_line_with_dutch"
# What Wagtail writes when a page is published or unpublished, by hand or at the time that was set.
_PUBLISHED = ("wagtail.publish", "wagtail.publish.scheduled")
_UNPUBLISHED = ("wagtail.unpublish", "wagtail.unpublish.scheduled")


def page_with_translations(page: Page) -> list[Page]:
    """Return a page, and if it is Dutch its translations: they are deleted together."""
    if isinstance(page, BasePage) and not page.is_translation:
        return [page, *page.get_translations()]
    return [page]


def was_ever_public(thing: Model) -> bool:
    """Whether a page, one under it, one of its translations, or a record with an address was ever public."""
    if isinstance(thing, Page):
        branches = Q(pk__in=[])
        for page in page_with_translations(thing.specific):
            branches |= Q(path__startswith=page.path)
        public = Q(live=True) | Q(first_published_at__isnull=False)
        return Page.objects.filter(branches, public).exists()
    if isinstance(thing, Record) and type(thing).path_in is not Record.path_in:
        return thing.live or thing.first_published_at is not None or was_public(thing.kind, thing.key)
    return False


def public_uses_of(thing: Model) -> list[Model]:
    """Return the public pages and records that show an image or link to a document."""
    if not isinstance(thing, SchakelImage | SchakelDocument):
        return []
    users = (user for user, _references in ReferenceIndex.get_references_to(thing).group_by_source_object())
    return [user for user in users if isinstance(user, DraftStateMixin) and user.live]


def live_translations(page: Page) -> list[Page]:
    """Return the public translations of a Dutch page, which are unpublished with it."""
    if not isinstance(page, BasePage) or page.is_translation:
        return []
    return list(page.get_translations().live().select_related("locale"))


def translations_to_republish(page: Page) -> list[Page]:
    """Return the translations that were unpublished with a Dutch page which is public again."""
    if not isinstance(page, BasePage) or page.is_translation or not page.live:
        return []
    last = PageLogEntry.objects.filter(
        page=OuterRef("pk"), action__in=(WITH_DUTCH, *_PUBLISHED, *_UNPUBLISHED)
    ).order_by("-timestamp", "-pk")
    gone = page.get_translations().filter(live=False).annotate(last=Subquery(last.values("action")[:1]))
    return list(gone.filter(last=WITH_DUTCH).select_related("locale"))


def republish_translation(page: Page, user: AbstractUser | AnonymousUser) -> None:
    """Publish a translation as it was before it was unpublished; later drafts stay drafts."""
    published = PageLogEntry.objects.filter(page=page, action__in=_PUBLISHED, revision__isnull=False)
    entry = published.order_by("-timestamp", "-pk").first()
    newest = page.get_latest_revision()
    (entry.revision if entry else newest).publish(user=user, skip_permission_checks=True)


def waits_for_dutch(page: Page) -> bool:
    """Whether a page is a translation that cannot be public, because its Dutch page is not or is gone."""
    return isinstance(page, BasePage) and page.is_translation and (page.original is page or not page.original.live)


def delete_orphaned_translations(deleted: list[Page], user: AbstractUser | AnonymousUser) -> None:
    """Delete the translations of deleted Dutch pages: nobody could publish them any more."""
    keys = [page.translation_key for page in deleted if page.locale.language_code == SOURCE_LANGUAGE]
    for translated in Page.objects.filter(translation_key__in=keys).specific():
        translated.delete(user=user)


def unpublish_translations(page: BasePage) -> None:
    """Unpublish the translations of a Dutch page, and cancel their scheduled publication."""
    if page.language != SOURCE_LANGUAGE:
        return
    for translated in page.get_translations().specific():
        translated.revisions.update(approved_go_live_at=None)
        translated.unpublish(log_action=WITH_DUTCH)
