"""Published copies: a public page that was rendered once answers from memory until anything public changes.

The generation is the time stamp of one file in the data folder, so that the server and the job runner share it
whatever the database is. A look at it costs some microseconds.
"""

import logging
import os
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import receiver
from django.http import HttpResponse
from modelcluster.fields import ParentalKey
from wagtail.models import Site
from wagtail.signals import page_published, page_unpublished, post_page_move, published, unpublished

logger = logging.getLogger(__name__)

MAX_COPIES = 2000


def _generation_file():
    return settings.DATA_DIR / "copies" / "generation"


def generation() -> int:
    """The moment of the last public change, in nanoseconds; 0 before the first."""
    try:
        return os.stat(_generation_file()).st_mtime_ns
    except FileNotFoundError:
        return 0


_kept: dict[tuple, tuple[int, object]] = {}


class _OfATransaction(dict):
    """What a transaction keeps for itself. It waits among what is to be done at the commit, and goes with that."""

    def __call__(self):
        pass


def _kept_in_transaction(connection) -> _OfATransaction | None:
    return next((one for _points, one, *_robust in connection.run_on_commit if isinstance(one, _OfATransaction)), None)


def kept_until_a_change(key: tuple, read):
    """What `read()` gives, read once and kept in this process until something public changes.

    For what every page asks and hardly ever changes: structure, names, dossiers. A transaction keeps what it reads for
    itself: nobody else sees its changes yet, and they may be taken back.
    """
    connection = transaction.get_connection()
    if connection.in_atomic_block and not settings.TESTING:
        kept = _kept_in_transaction(connection)
        if kept is None:
            kept = _OfATransaction()
            transaction.on_commit(kept)
        key = (*key, *connection.savepoint_ids)
        if key not in kept:
            kept[key] = read()
        return kept[key]
    now = generation()
    known = _kept.get(key)
    if known is None or known[0] != now:
        _kept[key] = known = (now, read())
    return known[1]


def forget() -> None:
    """Forget what is kept: this process has just changed something, or a test begins."""
    _kept.clear()
    if (kept := _kept_in_transaction(transaction.get_connection())) is not None:
        kept.clear()


def outdate() -> None:
    """Make every copy old. Called after the transaction that changed something public.

    Writes nothing but a time stamp, so that a full disk does not keep old copies alive.
    """
    path = _generation_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    now = max(time.time_ns(), os.stat(path).st_mtime_ns + 1)
    os.utime(path, ns=(now, now))


def outdate_after_commit() -> None:
    """Make every copy old when the transaction that goes on now is through."""
    forget()
    transaction.on_commit(outdate)


# -- what is public ----------------------------------------------------------------------------------------------
# A change makes the copies old when visitors can see it. Every model has one of these decisions (a test holds that):
#
#   while live         pages and records with drafts: what is saved live, what was live before, and what is deleted live
#   with <field>       what belongs to such a thing: a caption to its recording, a partner to its project
#   every change       what is always public
#   nothing            what no visitor sees: revisions, people, jobs, what came in
#
# The first two are read from the model: it has `live`, a ParentalKey, or says `public_with = "<field>"` ("" for
# nothing). The others are named here.

WHILE_LIVE, EVERY_CHANGE, NOTHING = "while live", "every change", "nothing"
WITH = "with "

_DECIDED = {
    "core.SchakelImage": EVERY_CHANGE,
    "core.SchakelDocument": EVERY_CHANGE,
    "core.SchakelRendition": NOTHING,  # made while a page is, or by the runner, which says so itself
    "core.SiteWords": EVERY_CHANGE,
    "core.User": NOTHING,
    "core.Attempts": NOTHING,
    "core.ReviewedPassage": EVERY_CHANGE,  # pages say what was reviewed
    "core.Address": NOTHING,  # looked up only where there is no page
    "core.SentNotice": NOTHING,
    "wagtailcore.Locale": EVERY_CHANGE,
    "wagtailcore.Site": EVERY_CHANGE,
    "wagtailcore.PageViewRestriction": EVERY_CHANGE,
    "wagtailcore.CollectionViewRestriction": EVERY_CHANGE,
    # What pages say of their translation. Passages become public with the page that is published from them.
    "wagtail_localize.Translation": EVERY_CHANGE,
    "wagtail_localize.TranslationSource": EVERY_CHANGE,
}
# Of everything else of these, no visitor sees anything.
_NOT_PUBLIC = {
    *("search", "starter", "feeds", "jobs", "wagtailcore", "wagtail_localize", "wagtailadmin", "wagtailusers"),
    *("wagtailsearch", "wagtailembeds", "wagtailimages", "wagtaildocs", "taggit"),
    *("admin", "auth", "contenttypes", "sessions"),
}
# What a saved draft, a lock and a workflow write on a page or record that is live; its public text stays.
_OF_THE_DRAFT = {
    *("latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes"),
    *("locked", "locked_at", "locked_by", "expire_at", "go_live_at", "expired"),
}


@cache
def decision_of(model: type[Model]) -> str | None:
    """When a change of a row of this model makes the copies old; None for a model that nobody decided on."""
    fields = {field.name: field for field in model._meta.get_fields()}
    parent = next((name for name, field in fields.items() if isinstance(field, ParentalKey)), None)
    if decided := _DECIDED.get(model._meta.label):
        return decided
    if "live" in fields:
        return WHILE_LIVE
    if model._meta.app_label in _NOT_PUBLIC:
        return NOTHING
    owner = getattr(model, "public_with", parent)
    if owner is None:
        return None
    return f"{WITH}{owner}" if owner else NOTHING


def is_public(instance: Model) -> bool:
    """Whether visitors can see the row as it is now, or what it belongs to."""
    decision = decision_of(type(instance))
    if decision == WHILE_LIVE:
        return instance.live
    if decision and decision.startswith(WITH):
        try:
            owner = getattr(instance, decision.removeprefix(WITH))
        except ObjectDoesNotExist:  # it goes together with this row, and says so itself
            return False
        return owner is not None and is_public(owner)
    return decision != NOTHING  # what nobody decided on is taken for public


@receiver(pre_save)
def going_off_line(sender, instance, raw=False, **kwargs):
    """Before a row is saved that is not live: see whether it was."""
    if (
        not raw
        and decision_of(sender) == WHILE_LIVE
        and not instance.live
        and instance.pk
        and not instance._state.adding
    ):
        instance._was_public = sender._base_manager.filter(pk=instance.pk, live=True).exists()


@receiver(post_save)
def something_was_saved(sender, instance, update_fields=None, **kwargs):
    was_public = instance.__dict__.pop("_was_public", False)
    if update_fields is not None and decision_of(sender) == WHILE_LIVE and set(update_fields) <= _OF_THE_DRAFT:
        return
    if was_public or is_public(instance):
        outdate_after_commit()


@receiver(post_delete)
def something_was_deleted(sender, instance, **kwargs):
    if is_public(instance):
        outdate_after_commit()


@receiver(m2m_changed)
def relations_changed(sender, instance, action, **kwargs):
    if action.startswith("post_") and is_public(instance):
        outdate_after_commit()


@receiver([page_published, page_unpublished, published, unpublished, post_page_move])
def something_went_on_or_off_line(sender, **kwargs):
    """What the rooms do about it is seen as well, where it is not one transaction with the publication."""
    outdate_after_commit()


@dataclass(frozen=True)
class Copy:
    """An answer as it goes out, and the parameters that its page would have read from the address."""

    content: bytes
    headers: dict[str, str]
    parameters: frozenset[str]


class PublishedCopies:
    """Answers a visitor's GET without session from memory; fills the memory from the answer.

    A page says which parameters it reads from its address (`request.parameters`, set by `views.page`). An address with
    one of those is always rendered; whatever else stands there is ignored, so it is part of no key. Nor is the name of
    the host: the portal is one site, and whoever sends the request could make up as many as there are ports.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self._copies: OrderedDict[tuple, Copy] = OrderedDict()
        self._generation = self._seen = -1
        self._lock = threading.Lock()

    def __call__(self, request):
        now = generation()
        if now != self._seen:
            # Another process changed something: Wagtail's own memory of where the languages begin is old as well.
            self._seen = now
            forget()
            Site.clear_site_root_paths_cache()
        if not self._may_copy(request):
            return self.get_response(request)
        request.get_host()  # raises DisallowedHost
        # Compressed once, and kept as it goes out; whoever takes no gzip has a copy of her own.
        compressed = "gzip" in request.headers.get("Accept-Encoding", "")
        key = (request.path_info, request.is_secure(), compressed)
        with self._lock:
            if now != self._generation:
                self._copies.clear()
                self._generation = now
            copy = self._copies.get(key)
        if copy and not copy.parameters & set(request.GET):
            return HttpResponse(copy.content, headers=copy.headers)
        response = self.get_response(request)
        if not request.GET and self._may_keep(response):
            response.headers.setdefault("Cache-Control", "public, max-age=0, must-revalidate")
            parameters = getattr(request, "parameters", frozenset())
            with self._lock:
                if self._generation == now:
                    self._copies[key] = Copy(response.content, dict(response.headers), parameters)
                    while len(self._copies) > MAX_COPIES:
                        self._copies.popitem(last=False)
        return response

    @staticmethod
    def _may_copy(request) -> bool:
        return (
            settings.PUBLISHED_COPIES
            and request.method in ("GET", "HEAD")
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and request.path_info.lstrip("/").partition("/")[0] in settings.CONTENT_LANGUAGES
        )

    @staticmethod
    def _may_keep(response) -> bool:
        return (
            response.status_code == 200
            and not response.streaming
            and not response.cookies
            and not {"private", "no-store"} & set(response.get("Cache-Control", "").replace(" ", "").split(","))
        )
