"""Sources in the admin: their list, form and page."""

from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.defaultfilters import yesno
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.snippets.views.snippets import DeleteView, SnippetViewSet

from portal.feeds.adapters.registry import adapter_for, pulled_adapters
from portal.feeds.admin.base_views import NoBulkIndexView, WordedInspectView
from portal.feeds.admin.forms import SourceForm
from portal.feeds.models import Source
from portal.feeds.permissions import CONNECT, PUBLISH, PULL

LOG_LINES = 20


class SourceInspectView(WordedInspectView):
    """The state of a source, its last log entries, and the button that pulls it."""

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
            may_pull=self.request.user.has_perm(PULL) and adapter_for(self.object.kind).is_pulled,
            may_connect=self.request.user.has_perm(CONNECT) and adapter_for(self.object.kind).needs_connection,
            **kwargs,
        )


class SourceDeleteView(DeleteView):
    """Deletes only a source without items: ignored items have to stay stored, or they would come back."""

    def dispatch(self, request, *args, **kwargs):
        if self.object.items.exists():
            messages.error(request, _("This source has items, so it cannot be deleted. Switch it off instead."))
            return redirect(self.index_url_name)
        return super().dispatch(request, *args, **kwargs)


class KindsPanel(HelpPanel):
    """The kinds of source: what each asks for, and what to know before it is pulled."""

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context=None):
            return super().get_context_data(parent_context) | {"kinds": pulled_adapters()}


class PullColumn(Column):
    """The button that pulls a source, and a link to its last pulls."""

    cell_template_name = "feeds/pull_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        request = parent_context["request"]
        return super().get_cell_context_data(instance, parent_context) | {
            "source": instance,
            "may_pull": request.user.has_perm(PULL) and adapter_for(instance.kind).is_pulled,
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
        Column("current_problem", label=capfirst(_("last problem"))),
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
