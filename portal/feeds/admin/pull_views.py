"""The button that pulls a source at once."""

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

MIN_INTERVAL = timedelta(minutes=1)


class PostActionView(PermissionRequiredMixin, View):
    """Base view of an action behind a button: by POST only, so that no link can trigger it."""

    http_method_names = ["post"]
    raise_exception = True


class PullNowView(PostActionView):
    """Pull a source at once, at most once a minute."""

    permission_required = PULL

    def post(self, request, pk):
        source = get_object_or_404(Source, pk=pk)
        if source.logs.filter(started_at__gt=timezone.now() - MIN_INTERVAL).exists():
            messages.warning(request, _("This source was pulled less than a minute ago. Wait a moment."))
        else:
            self.show_result(request, pull(source))
        return redirect("wagtailsnippets_feeds_source:inspect", source.pk)

    def show_result(self, request, log):
        if log.outcome in (Outcome.OK, Outcome.UNCHANGED) and not log.error_class:
            counts = {"entries": log.n_entries, "new": log.n_new, "changed": log.n_changed}
            waiting = messages.button(reverse("wagtailsnippets_feeds_item:list"), _("To review"))
            sentence = _("Pulled: %(entries)s read, %(new)s new, %(changed)s changed.") % counts
            messages.success(request, sentence, buttons=[waiting])
            if log.message:
                messages.warning(request, log.message)
        else:
            messages.error(request, log.message)
