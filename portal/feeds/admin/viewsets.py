"""Sources and the list of what came in, in the admin."""

from datetime import datetime

from django.contrib.auth.models import Permission
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.defaultfilters import yesno
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, DateColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import DeleteView, IndexView, InspectView, SnippetViewSet, SnippetViewSetGroup

from portal.feeds.adapters.registry import REGISTER, adapter_for
from portal.feeds.admin import source_change_views
from portal.feeds.admin.forms import SourceForm
from portal.feeds.admin.review_list import ItemColumn, ReviewListMixin, TickColumn, decisions
from portal.feeds.choices import WAITING
from portal.feeds.models import Item, Source, SourceChange
from portal.feeds.permissions import CONNECT, PUBLISH, PULL, LookOnly
from portal.feeds.review.matching import matches, suggested

LOG_LINES = 20


class NoBulkIndexView(IndexView):
    """A list without bulk actions: each row is looked at by somebody."""

    @cached_property
    def columns(self):
        return [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]


class WordedInspectView(InspectView):
    """An inspect view that says moments in the portal's own time, and yes, no and nothing in words."""

    def get_field_display_value(self, field_name, field):
        value = super().get_field_display_value(field_name, field)
        if isinstance(value, datetime):
            return date_format(localtime(value), "DATETIME_FORMAT")
        if isinstance(value, bool):
            return yesno(value)
        return "–" if value in (None, "") else value


class SourceInspectView(WordedInspectView):
    """How a source stands, the last lines of its log, and the button that pulls it."""

    def get_field_display_value(self, field_name, field):
        value = super().get_field_display_value(field_name, field)
        if field_name == "next_run_at" and not self.object.enabled:
            return "–"  # it waits for somebody's click, whatever its interval says
        if field_name == "interval_s":
            hours = number_format(f"{self.object.interval_s / 3600:.3g}")
            return _("%(seconds)s (%(hours)s h)") % {"seconds": value, "hours": hours}
        return value

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            logs=self.object.logs.all()[:LOG_LINES],
            status=adapter_for(self.object.kind).status(self.object),
            may_pull=self.request.user.has_perm(PULL) and adapter_for(self.object.kind).pulled,
            may_connect=self.request.user.has_perm(CONNECT) and adapter_for(self.object.kind).connects,
            **kwargs,
        )


class SourceDeleteView(DeleteView):
    """Only a source that never found anything is deleted; what was ignored has to stay known."""

    def dispatch(self, request, *args, **kwargs):
        if self.object.items.exists():
            messages.error(request, _("Things were found in this source, so it stays. Switch it off instead."))
            return redirect(self.index_url_name)
        return super().dispatch(request, *args, **kwargs)


class KindsPanel(HelpPanel):
    """What each kind of source asks for, and what to know before it is pulled."""

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context=None):
            return super().get_context_data(parent_context) | {
                "kinds": [adapter for adapter in REGISTER if adapter.pulled]
            }


class PullColumn(Column):
    """The button that pulls a source, for who may, and the way to what its last pulls gave."""

    cell_template_name = "feeds/pull_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        request = parent_context["request"]
        return super().get_cell_context_data(instance, parent_context) | {
            "source": instance,
            "may_pull": request.user.has_perm(PULL) and adapter_for(instance.kind).pulled,
            # A cell is rendered without its request, so the token of its form has to be handed on.
            "csrf_token": get_token(request),
        }


class SourceViewSet(SnippetViewSet):
    model = Source
    index_view_class = NoBulkIndexView
    icon = "download"
    menu_label = _("Sources")
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_class = SourceInspectView
    inspect_template_name = "feeds/source_inspect.html"
    inspect_view_fields = [
        "name",
        "kind",
        "config",
        "enabled",
        "interval_s",
        "publishes",
        "next_run_at",
        "last_ok_at",
        "consecutive_failures",
        "last_error",
    ]
    delete_view_class = SourceDeleteView
    search_fields = ["name", "config"]
    search_backend_name = None
    list_filter = ["kind", "enabled"]
    list_display = [
        "name",
        Column("enabled", label=_("Automatic"), sort_key="enabled", accessor=lambda source: yesno(source.enabled)),
        DateColumn("last_ok_at", label=_("Last good answer"), sort_key="last_ok_at"),
        Column("trouble", label=capfirst(_("last problem"))),
        PullColumn("pulls", label=_("The last pulls")),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("kind"),
            FieldPanel("config"),
            KindsPanel(heading=_("Kinds of source"), template="feeds/kinds.html"),
            FieldPanel("enabled"),
            FieldPanel("interval_s"),
            FieldPanel("publishes", permission=PUBLISH),
        ],
        base_form_class=SourceForm,
    )


class ItemIndexView(ReviewListMixin, NoBulkIndexView):
    """The review list, with the other ways in at its top."""

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
        if self.object.state in WAITING:
            self.object.match = suggested(matches([self.object])[self.object.pk])
        return super().get_context_data(**decisions(self.object, self.request), **kwargs)


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
        return LookOnly(self.model)

    def get_permissions_to_register(self):
        return Permission.objects.filter(content_type__app_label="feeds", codename__in=("view_item", "review_item"))


class ChangeIndexView(NoBulkIndexView):
    """What waits for a choice; what was chosen about is shown to who filters for a choice."""

    def get_base_queryset(self):
        changes = super().get_base_queryset().select_related("place__recording")
        return changes if self.request.GET.get("choice") else changes.filter(choice="")


class ChangeViewSet(SnippetViewSet):
    model = SourceChange
    icon = "warning"
    menu_label = _("Changed at the source")
    index_view_class = ChangeIndexView
    copy_view_enabled = False
    add_to_reference_index = False
    list_filter = ["choice", "kind"]
    list_per_page = 50
    list_display = [
        source_change_views.RecordingColumn("recording", label=_("Recording")),
        Column("said", label=_("What changed"), accessor=source_change_views.what_changed),
        DateColumn("noticed_at", label=_("Noticed"), sort_key="noticed_at"),
        source_change_views.ChooseColumn("choose", label=_("Choose")),
    ]

    @property
    def permission_policy(self):
        return LookOnly(self.model)

    def get_permissions_to_register(self):
        return Permission.objects.none()


class FeedsGroup(SnippetViewSetGroup):
    items = (ItemViewSet, ChangeViewSet, SourceViewSet)
    menu_label = _("Feeds")
    menu_icon = "download"
    menu_name = "feeds"
    menu_order = 125
