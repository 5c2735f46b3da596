"""What staff do with a source or an item: one POST each, with a permission."""

from datetime import timedelta

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder

from portal.feeds.choices import Outcome
from portal.feeds.models import Item, Source
from portal.feeds.permissions import PULL, REVIEW
from portal.feeds.pull import pull
from portal.feeds.review import CannotDecide, accept, ignore

NOT_SOONER_THAN = timedelta(minutes=1)


class Act(PermissionRequiredMixin, View):
    """A change asked for by a button; never by a link that somebody could be sent."""

    http_method_names = ["post"]
    raise_exception = True


class PullNow(Act):
    """Pull a source at once, at most once a minute, whoever asks."""

    permission_required = PULL

    def post(self, request, pk):
        source = get_object_or_404(Source, pk=pk)
        if source.logs.filter(started_at__gt=timezone.now() - NOT_SOONER_THAN).exists():
            messages.warning(request, _("This source was pulled less than a minute ago. Wait a moment."))
        else:
            self.tell(request, pull(source))
        return redirect("wagtailsnippets_feeds_source:inspect", source.pk)

    def tell(self, request, log):
        if log.outcome in (Outcome.OK, Outcome.UNCHANGED) and not log.error_class:
            counts = {"entries": log.n_entries, "new": log.n_new, "changed": log.n_changed}
            waiting = messages.button(reverse("wagtailsnippets_feeds_item:list"), _("To review"))
            said = _("Pulled: %(entries)s entries, %(new)s new, %(changed)s changed.") % counts
            messages.success(request, said, buttons=[waiting])
        else:
            messages.error(request, log.message)


class Accept(Act):
    """Make a draft recording of an item and go there."""

    permission_required = REVIEW

    def post(self, request, pk):
        item = get_object_or_404(Item, pk=pk)
        try:
            recording = accept(item, request.user)
        except CannotDecide as error:
            messages.error(request, str(error))
            return redirect("wagtailsnippets_feeds_item:list")
        messages.success(
            request, _("“%(title)s” is a draft recording now. Complete it and publish it.") % {"title": item}
        )
        if recording.poster_id is None:
            messages.warning(request, _("It has no picture: the one of the source could not be fetched. Choose one."))
        edit_url = AdminURLFinder(request.user).get_edit_url(recording)
        return redirect(edit_url or reverse("wagtailsnippets_feeds_item:list"))


class Ignore(Act):
    """Put an item aside for ever."""

    permission_required = REVIEW

    def post(self, request, pk):
        item = get_object_or_404(Item, pk=pk)
        try:
            ignore(item, request.user)
        except CannotDecide as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("“%(title)s” is ignored from now on.") % {"title": item})
        return redirect("wagtailsnippets_feeds_item:list")
