"""The thesaurus in the admin."""

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import LiveStatusTagColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.core.admin.choosers import text_search_chooser
from portal.core.admin.panels import TopicsPanel, language_tabs
from portal.topics.forms import TopicForm
from portal.topics.models import Topic


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    add_to_admin_menu = True
    menu_label = _("Topics")
    menu_order = 140
    list_display = ["__str__", "label_fr", "label_en", "label_de", LiveStatusTagColumn(label=_("Status"))]
    list_filter = ["broader", "live"]
    search_fields = [
        *(f"{field}_{code}" for field in ("label", "alternatives") for code in settings.CONTENT_LANGUAGES),
        "key",
    ]
    search_backend_name = None
    chooser_viewset_class = text_search_chooser(*search_fields)
    list_per_page = 50
    edit_handler = language_tabs(
        ["label", "alternatives", "definition", "slug"],
        [FieldPanel("key"), TopicsPanel("broader"), TopicsPanel("related")],
        _("Place in the thesaurus"),
        form=TopicForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        return Topic.objects.order_by(Lower(f"label_{settings.LANGUAGE_CODE}"), "pk")


register_snippet(TopicViewSet)
