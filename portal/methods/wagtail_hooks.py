"""Methods and who uses them, in the admin."""

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, PageChooserPanel
from wagtail.admin.ui.tables import LiveStatusTagColumn
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.core.admin.listings import MenuPageListingViewSet
from portal.core.admin.panels import with_example
from portal.methods.forms import AdoptionForm
from portal.methods.models import Adoption, MethodPage


class AdoptionViewSet(SnippetViewSet):
    model = Adoption
    icon = "globe"
    add_to_admin_menu = True
    menu_order = 135
    list_display = ["__str__", "how", "since", LiveStatusTagColumn(label=_("Status"))]
    list_filter = ["how", "organisation", "live"]
    search_fields = ["note_nl", "organisation__name_nl", "method__title"]
    edit_handler = ObjectList(
        [
            PageChooserPanel("method"),
            FieldPanel("organisation", help_text=_("Who uses it. Its page and the map then show the method.")),
            FieldRowPanel(
                [
                    FieldPanel("how"),
                    FieldPanel("since", help_text=with_example(_("As far as it is known."), "2019, 2019-05")),
                ]
            ),
            MultiFieldPanel(
                [
                    FieldPanel(f"note_{code}", widget=AdminAutoHeightTextInput(attrs={"rows": 2}))
                    for code in settings.CONTENT_LANGUAGES
                ],
                heading=_("What they changed"),
            ),
            FieldPanel("source_url", help_text=_("Where that is written.")),
            FieldPanel("key"),
        ],
        base_form_class=AdoptionForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Adoption]:
        return Adoption.objects.select_related("organisation", "method")


register_snippet(AdoptionViewSet)


class MethodsInTheMenu(MenuPageListingViewSet):
    model = MethodPage
    icon = "clipboard-list"
    menu_label = _("Methods")
    menu_order = 110


@hooks.register("register_admin_viewset")
def methods_in_the_menu() -> MethodsInTheMenu:
    return MethodsInTheMenu("methods")
