"""What staff do with a source: one POST each, with a permission."""

from datetime import timedelta

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages

from portal.feeds.choices import Outcome
from portal.feeds.models import Source
from portal.feeds.permissions import PULL
from portal.feeds.pulling.pull import pull

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
            said = _("Pulled: %(entries)s read, %(new)s new, %(changed)s changed.") % counts
            messages.success(request, said, buttons=[waiting])
            if log.message:
                messages.warning(request, log.message)
        else:
            messages.error(request, log.message)
