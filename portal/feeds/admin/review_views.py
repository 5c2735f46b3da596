"""The decisions of staff about one item or several, by POST only."""

import time

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.core.content.numbers import whole_number
from portal.feeds.admin.pull_views import PostActionView
from portal.feeds.errors import DecisionError
from portal.feeds.models import Item, ItemPicture
from portal.feeds.permissions import REVIEW, ViewOnlyPolicy
from portal.feeds.review.decisions import accept, ignore, merge, reject
from portal.feeds.review.matching import find_matches
from portal.webinars.models import Recording
from portal.webinars.permissions import may_edit_recording

# Each picture is fetched from its source; items that are not reached in this time wait for the next click.
BULK_S = 20
MAX_RESULTS = 20


def redirect_back(request: HttpRequest) -> HttpResponse:
    """Redirect to the page with the button: the list, at the item after this one."""
    return redirect(get_valid_next_url_from_request(request) or reverse("wagtailsnippets_feeds_item:list"))


class ItemDecisionView(PostActionView):
    """Base view of a decision about one item."""

    permission_required = REVIEW

    def decide(self, request: HttpRequest, item: Item) -> HttpResponse:
        raise NotImplementedError

    def post(self, request, pk):
        item = get_object_or_404(Item, pk=pk)
        try:
            return self.decide(request, item)
        except DecisionError as error:
            messages.error(request, str(error))
            return redirect_back(request)


class AcceptItemView(ItemDecisionView):
    """Make a draft recording of an item and open it."""

    def decide(self, request, item):
        recording = accept(item, request.user)
        messages.success(
            request, _("“%(title)s” is a draft recording now. Complete it and publish it.") % {"title": item}
        )
        if recording.poster_id is None:
            messages.warning(request, _("It has no picture: the one of the source could not be fetched. Choose one."))
        edit_url = AdminURLFinder(request.user).get_edit_url(recording)
        return redirect(edit_url) if edit_url else redirect_back(request)


class IgnoreItemView(ItemDecisionView):
    """Ignore an item for ever."""

    def decide(self, request, item):
        ignore(item, request.user)
        messages.success(request, _("“%(title)s” is ignored from now on.") % {"title": item})
        return redirect_back(request)


class ItemAndRecordingView(ItemDecisionView):
    """Base view of a decision about an item and a recording."""

    def decide_both(self, request: HttpRequest, item: Item, recording: Recording) -> HttpResponse:
        raise NotImplementedError

    def decide(self, request, item):
        recording = get_object_or_404(Recording, pk=whole_number(request.POST.get("recording")))
        if not may_edit_recording(request.user, recording):
            raise PermissionDenied
        return self.decide_both(request, item, recording)


class MergeItemView(ItemAndRecordingView):
    """Add an item to an existing recording."""

    def decide_both(self, request, item, recording):
        merge(item, recording, request.user)
        names = {"title": item, "recording": recording}
        edit = messages.button(AdminURLFinder(request.user).get_edit_url(recording), _("Recording"))
        messages.success(request, _("“%(title)s” belongs to “%(recording)s” now.") % names, buttons=[edit])
        return redirect_back(request)


class RejectMatchView(ItemAndRecordingView):
    """Store that an item does not belong to a recording."""

    def decide_both(self, request, item, recording):
        reject(item, recording, request.user)
        names = {"title": item, "recording": recording}
        messages.success(request, _("“%(recording)s” is not suggested for “%(title)s” any more.") % names)
        return redirect_back(request)


class BulkDecisionView(PostActionView):
    """Accept or ignore all items that were ticked."""

    permission_required = REVIEW

    def post(self, request):
        chosen = [number for item in request.POST.getlist("item") if (number := whole_number(item)) is not None]
        if not chosen:
            messages.warning(request, _("Nothing was ticked."))
            return redirect_back(request)
        action = accept if request.POST.get("do") == "accept" else ignore
        ends, done, waiting = time.monotonic() + BULK_S, 0, 0
        for item in Item.objects.filter(pk__in=chosen).select_related("source"):
            if time.monotonic() > ends:
                waiting += 1
                continue
            try:
                action(item, request.user)
                done += 1
            except DecisionError as error:
                messages.error(request, f"{item}: {error}")
        if action is accept:
            sentence = ngettext("%d is a draft recording now.", "%d are draft recordings now.", done)
            recordings = messages.button(reverse("wagtailsnippets_webinars_recording:list"), _("Recordings"))
            messages.success(request, sentence % done, buttons=[recordings])
        else:
            messages.success(
                request, ngettext("%d is ignored from now on.", "%d are ignored from now on.", done) % done
            )
        if waiting:
            sentence = ngettext(
                "%d still waits: its picture took long.", "%d still wait: the pictures took long.", waiting
            )
            messages.warning(request, sentence % waiting)
        return redirect_back(request)


class ItemPictureView(View):
    """The small picture of an item, for whoever may see the item."""

    def get(self, request, pk):
        if not ViewOnlyPolicy(Item).user_has_permission(request.user, "view"):
            raise PermissionDenied
        picture = get_object_or_404(ItemPicture.objects.exclude(webp=b""), item_id=pk)
        response = HttpResponse(bytes(picture.webp), content_type="image/webp")
        response["Cache-Control"] = "private, max-age=86400"
        return response


class ChooseRecordingView(WagtailAdminTemplateMixin, TemplateView):
    """The recordings that an item may belong to, the likeliest first, or the results of a search."""

    template_name = "feeds/merge.html"
    page_title = gettext_lazy("Merge with an existing recording")
    header_icon = "media"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(REVIEW):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        waiting = {"url": reverse("wagtailsnippets_feeds_item:list"), "label": _("To review")}
        return [*self.breadcrumbs_items, waiting, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        item = get_object_or_404(Item.objects.select_related("source"), pk=self.kwargs["pk"])
        question = self.request.GET.get("q", "").strip()[:200]
        offered = [(match.recording, match.reason) for match in find_matches([item])[item.pk]]
        if question:
            has_words = Q(sources__title__icontains=question) | Q(key__icontains=question)
            for code in settings.CONTENT_LANGUAGES:
                has_words |= Q(**{f"title_{code}__icontains": question})
            results = Recording.objects.filter(has_words, take_down=None).distinct().prefetch_related("sources")
            offered = [(recording, "") for recording in results[:MAX_RESULTS]]
        allowed = [
            {"recording": recording, "reason": reason}
            for recording, reason in offered
            if may_edit_recording(self.request.user, recording)
        ]
        return super().get_context_data(item=item, offered=allowed, question=question, **kwargs)
