"""Organisations and contacts in the admin."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from portal.core.admin.choosers import text_search_chooser
from portal.core.admin.panels import language_tabs
from portal.organisations.forms import ContactForm, OrganisationForm
from portal.organisations.models import Contact, Organisation


def _in_every_language(field: str) -> list[str]:
    return [f"{field}_{code}" for code in settings.CONTENT_LANGUAGES]


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    icon = "group"
    list_display = [
        "__str__",
        "type",
        "city",
        "country",
        BooleanColumn("place_confirmed", label=_("Place confirmed")),
        BooleanColumn("population_confirmed", label=_("Inhabitants confirmed")),
    ]
    list_filter = ["type", "country", "place_confirmed", "population_confirmed", "live"]
    search_fields = [*_in_every_language("name"), "short_name", "key"]
    chooser_viewset_class = text_search_chooser(*search_fields)
    chooser_per_page = 25
    search_backend_name = None
    list_per_page = 50
    edit_handler = language_tabs(
        ["name", "slug", "description"],
        [
            FieldPanel("key"),
            FieldRowPanel([FieldPanel("type"), FieldPanel("short_name")]),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("city"), FieldPanel("country")]),
                    FieldRowPanel([FieldPanel("lat"), FieldPanel("lon")]),
                    FieldPanel("place_confirmed"),
                ],
                heading=_("Place"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("population"), FieldPanel("population_year")]),
                    FieldPanel("population_confirmed"),
                    FieldPanel("population_source"),
                ],
                heading=_("Inhabitants"),
            ),
            FieldPanel("website"),
            FieldPanel("description_source"),
        ],
        heading=_("The same in every language"),
        form=OrganisationForm,
    )


class ContactViewSet(SnippetViewSet):
    model = Contact
    icon = "mail"
    list_display = ["__str__", "organisation", "email", "url"]
    list_filter = ["organisation", "live"]
    search_fields = [*_in_every_language("role"), "email", "key"]
    chooser_viewset_class = text_search_chooser(*search_fields)
    search_backend_name = None
    edit_handler = language_tabs(
        ["role"],
        [FieldPanel("key"), FieldPanel("organisation"), FieldPanel("email"), FieldPanel("url")],
        heading=_("The same in every language"),
        form=ContactForm,
    )


class OrganisationGroup(SnippetViewSetGroup):
    items = (OrganisationViewSet, ContactViewSet)
    menu_icon = "group"
    menu_label = _("Organisations")
    menu_name = "organisations"
    menu_order = 130


register_snippet(OrganisationGroup)
