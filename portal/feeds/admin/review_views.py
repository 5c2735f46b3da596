"""What staff decide about what came in: one item or several at once, by POST only."""

import time

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
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
from portal.feeds.admin.pull_views import Act
from portal.feeds.models import Item, ItemPicture
from portal.feeds.permissions import REVIEW, LookOnly
from portal.feeds.review.decisions import CannotDecide, accept, ignore, merge, reject
from portal.feeds.review.matching import matches
from portal.webinars.models import Recording
from portal.webinars.permissions import may_edit_recording

# Each picture is fetched from its source; what is not reached in this time waits for the next click.
BULK_S = 20
FOUND = 20


def back(request):
    """To where the decision was asked for: the list, at the item after this one."""
    return redirect(get_valid_next_url_from_request(request) or reverse("wagtailsnippets_feeds_item:list"))


class Decide(Act):
    """A decision about one item."""

    permission_required = REVIEW

    def post(self, request, pk, **more):
        item = get_object_or_404(Item, pk=pk)
        try:
            return self.decide(request, item, **more)
        except CannotDecide as error:
            messages.error(request, str(error))
            return back(request)


class Accept(Decide):
    """Make a draft recording of an item and go there."""

    def decide(self, request, item):
        recording = accept(item, request.user)
        messages.success(
            request, _("“%(title)s” is a draft recording now. Complete it and publish it.") % {"title": item}
        )
        if recording.poster_id is None:
            messages.warning(request, _("It has no picture: the one of the source could not be fetched. Choose one."))
        edit_url = AdminURLFinder(request.user).get_edit_url(recording)
        return redirect(edit_url) if edit_url else back(request)


class Ignore(Decide):
    """Put an item aside for ever."""

    def decide(self, request, item):
        ignore(item, request.user)
        messages.success(request, _("“%(title)s” is ignored from now on.") % {"title": item})
        return back(request)


class OfAPair(Decide):
    """A decision about an item and a recording."""

    def decide(self, request, item):
        recording = get_object_or_404(Recording, pk=whole_number(request.POST.get("recording")))
        if not may_edit_recording(request.user, recording):
            raise PermissionDenied
        return self.decide_both(request, item, recording)


class Merge(OfAPair):
    """Make an item a place of a recording that there is."""

    def decide_both(self, request, item, recording):
        merge(item, recording, request.user)
        names = {"title": item, "recording": recording}
        edit = messages.button(AdminURLFinder(request.user).get_edit_url(recording), _("Recording"))
        messages.success(request, _("“%(title)s” belongs to “%(recording)s” now.") % names, buttons=[edit])
        return back(request)


class Reject(OfAPair):
    """Remember that an item does not belong to a recording."""

    def decide_both(self, request, item, recording):
        reject(item, recording, request.user)
        names = {"title": item, "recording": recording}
        messages.success(request, _("“%(recording)s” is not suggested for “%(title)s” any more.") % names)
        return back(request)


class DecideChosen(Act):
    """Accept or ignore all items that were ticked."""

    permission_required = REVIEW

    def post(self, request):
        chosen = [number for item in request.POST.getlist("item") if (number := whole_number(item)) is not None]
        if not chosen:
            messages.warning(request, _("Nothing was ticked."))
            return back(request)
        act = accept if request.POST.get("do") == "accept" else ignore
        ends, done, waiting = time.monotonic() + BULK_S, 0, 0
        for item in Item.objects.filter(pk__in=chosen).select_related("source"):
            if time.monotonic() > ends:
                waiting += 1
                continue
            try:
                act(item, request.user)
                done += 1
            except CannotDecide as error:
                messages.error(request, f"{item}: {error}")
        if act is accept:
            said = ngettext("%d is a draft recording now.", "%d are draft recordings now.", done)
            recordings = messages.button(reverse("wagtailsnippets_webinars_recording:list"), _("Recordings"))
            messages.success(request, said % done, buttons=[recordings])
        else:
            messages.success(
                request, ngettext("%d is ignored from now on.", "%d are ignored from now on.", done) % done
            )
        if waiting:
            left = ngettext("%d still waits: its picture took long.", "%d still wait: the pictures took long.", waiting)
            messages.warning(request, left % waiting)
        return back(request)


class Picture(View):
    """The small picture of an item, for who may see it."""

    def get(self, request, pk):
        if not LookOnly(Item).user_has_permission(request.user, "view"):
            raise PermissionDenied
        picture = get_object_or_404(ItemPicture.objects.exclude(webp=b""), item_id=pk)
        response = HttpResponse(bytes(picture.webp), content_type="image/webp")
        response["Cache-Control"] = "private, max-age=86400"
        return response


class ChooseRecording(WagtailAdminTemplateMixin, TemplateView):
    """The recordings that an item may belong to, those that are likely first; or those that are searched for."""

    template_name = "feeds/merge.html"
    page_title = gettext_lazy("Belongs to a recording that there is")
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
        offered = [{"recording": one.recording, "reason": one.reason} for one in matches([item])[item.pk]]
        if question:
            named = Q(sources__title__icontains=question) | Q(key__icontains=question)
            for code in settings.CONTENT_LANGUAGES:
                named |= Q(**{f"title_{code}__icontains": question})
            found = Recording.objects.filter(named, take_down=None).distinct().prefetch_related("sources")[:FOUND]
            offered = [{"recording": recording, "reason": ""} for recording in found]
        offered = [one for one in offered if may_edit_recording(self.request.user, one["recording"])]
        return super().get_context_data(item=item, offered=offered, question=question, **kwargs)
