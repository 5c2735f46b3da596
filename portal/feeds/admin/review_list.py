"""The list of items to review: its columns, its queryset, and its panel on the first screen."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import IndexView

from portal.feeds.choices import UNDECIDED_STATES
from portal.feeds.models import Item, ItemPicture
from portal.feeds.permissions import REVIEW
from portal.feeds.review.decisions import can_accept, can_ignore
from portal.feeds.review.matching import best_match, find_matches
from portal.webinars.permissions import may_edit_recording

CHOOSE_ALL = "all"


def decision_context(item: Item, request: HttpRequest, here: str = "") -> dict[str, Any]:
    """Return what this user may decide about an item, for the template of the buttons.

    `here` is the address to return to after the decision.
    """
    may = request.user.has_perm(REVIEW)
    match = getattr(item, "match", None)
    return {
        "item": item,
        "may_accept": may and can_accept(item),
        "may_ignore": may and can_ignore(item),
        "recording_url": AdminURLFinder(request.user).get_edit_url(item.recording) if item.recording else "",
        "match": match if may and match and may_edit_recording(request.user, match.recording) else None,
        "here": here,
        "stay": here.partition("#")[0] + f"#item-{item.pk}" if here else "",
        # A cell is rendered without its request, so its forms need the token.
        "csrf_token": get_token(request),
    }


class ItemColumn(Column):
    """A cell with an item and the buttons to decide about it."""

    def __init__(self, name, template, **kwargs):
        super().__init__(name, **kwargs)
        self.cell_template_name = template

    def get_cell_context_data(self, instance, parent_context):
        request = parent_context["request"]
        return super().get_cell_context_data(instance, parent_context) | decision_context(
            instance, request, instance.here
        )


class TickColumn(ItemColumn):
    """The checkbox of an item for a decision about several at once."""

    def get_cell_context_data(self, instance, parent_context):
        ticked = CHOOSE_ALL in parent_context["request"].GET
        return super().get_cell_context_data(instance, parent_context) | {"ticked": ticked}


class ReviewListMixin(IndexView):
    """The items that wait for a decision, each with the recording that it may belong to.

    Filter by state to see the others. After a decision the list opens at the next item, so that it can be worked
    through by keyboard.
    """

    def get_base_queryset(self):
        pictures = ItemPicture.objects.filter(item=OuterRef("pk")).exclude(webp=b"")
        items = super().get_base_queryset().select_related("source", "recording").annotate(has_picture=Exists(pictures))
        return items if self.request.GET.get("state") else items.filter(state__in=UNDECIDED_STATES)

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        items = list(context["object_list"])
        undecided = [item for item in items if item.state in UNDECIDED_STATES]
        matches = find_matches(undecided) if undecided else {}
        for number, item in enumerate(items, 1):
            item.match = best_match(matches.get(item.pk, []))
            item.here = f"{self.address}#item-{items[number].pk}" if number < len(items) else self.address
        return context | {
            "may_decide": self.request.user.has_perm(REVIEW),
            "here": self.address,
            "all_ticked": CHOOSE_ALL in self.request.GET,
            "tick_all_url": f"{self.address}{'&' if '?' in self.address else '?'}{CHOOSE_ALL}",
        }

    @cached_property
    def address(self) -> str:
        """The address of this list with its current filters."""
        query = self.request.GET.copy()
        for name in (CHOOSE_ALL, "_w_filter_fragment"):
            query.pop(name, None)
        address = reverse("wagtailsnippets_feeds_item:list")
        return f"{address}?{query.urlencode()}" if query else address


class ItemsToReviewPanel(Component):
    """Panel with the number of items that wait for a decision; empty if there are none."""

    order = 14
    template_name = "feeds/admin/items_panel.html"

    def __init__(self, user):
        self.user = user

    def get_context_data(self, parent_context):
        waiting = Item.objects.filter(state__in=UNDECIDED_STATES).count() if self.user.has_perm(REVIEW) else 0
        return {"number": waiting, "url": reverse("wagtailsnippets_feeds_item:list")}
