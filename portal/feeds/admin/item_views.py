"""Items to review in the admin: their list and page."""

from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.feeds.admin.base_views import NoBulkIndexView, WordedInspectView
from portal.feeds.admin.review_list import ItemColumn, ReviewListMixin, TickColumn, decision_context
from portal.feeds.choices import UNDECIDED_STATES
from portal.feeds.models import Item
from portal.feeds.permissions import PULL, ViewOnlyPolicy
from portal.feeds.review.matching import best_match, find_matches


class ItemIndexView(ReviewListMixin, NoBulkIndexView):
    """The review list, with buttons to add an item by its address or a file."""

    page_title = _("To review")

    @cached_property
    def header_buttons(self):
        buttons = []
        if self.request.user.has_perm("webinars.add_recording"):
            label, address = _("From an address"), reverse("feeds:new_from_address")
            buttons.append(HeaderButton(label, url=address, icon_name="plus"))
        if self.request.user.has_perm(PULL):
            label, address = _("From a file"), reverse("feeds:bring_in_file")
            buttons.append(HeaderButton(label, url=address, icon_name="upload"))
        return buttons


class ItemInspectView(WordedInspectView):
    def get_context_data(self, **kwargs):
        if self.object.state in UNDECIDED_STATES:
            self.object.match = best_match(find_matches([self.object])[self.object.pk])
        return super().get_context_data(**decision_context(self.object, self.request), **kwargs)


class ItemViewSet(SnippetViewSet):
    model = Item
    icon = "tasks"
    menu_label = _("To review")
    index_view_class = ItemIndexView
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_class = ItemInspectView
    inspect_template_name = "feeds/item_inspect.html"
    inspect_view_fields = [
        "title",
        "kind_guess",
        "state",
        "reason",
        "source",
        "published_at",
        "file_url",
        "first_seen",
        "last_seen",
    ]
    add_to_reference_index = False
    search_fields = ["title", "text", "external_id"]
    search_backend_name = None
    list_filter = ["state", "kind_guess", "source"]
    list_per_page = 50
    ordering = ["-published_at", "-first_seen", "-pk"]
    index_template_name = "feeds/review_list.html"
    index_results_template_name = "feeds/items.html"
    list_display = [
        TickColumn("tick", "feeds/tick_cell.html", label=_("Tick")),
        ItemColumn("title", "feeds/item_cell.html", label=_("Title"), sort_key="title"),
    ]

    @property
    def permission_policy(self):
        return ViewOnlyPolicy(self.model)

    def get_permissions_to_register(self):
        return Permission.objects.filter(content_type__app_label="feeds", codename__in=("view_item", "review_item"))
