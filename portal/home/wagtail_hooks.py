"""The start page of the admin: what colleagues come to do, in one click."""

from collections.abc import Mapping

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import Locale, Page, Site
from wagtail.permissions import page_permission_policy

from portal.core.content import site_details
from portal.core.models import User
from portal.core.publishing.visibility import SOURCE_LANGUAGE
from portal.core.translation.state import pages_with_missing_passages
from portal.home.note_translations import NotesView, NoteView
from portal.home.rows_report import RowsView
from portal.methods.models import MethodIndexPage, MethodPage
from portal.projects.models import ProjectIndexPage, ProjectPage
from portal.webinars.models import Recording

MOST_TRANSLATIONS = 20


class ShortcutsPanel(Component):
    """Shortcuts to the forms that colleagues use most; only what the user may do is offered."""

    order = 10
    template_name = "home/admin/shortcuts.html"

    def __init__(self, user: User | AnonymousUser):
        self.user = user

    def get_context_data(self, parent_context: Mapping) -> dict:
        return {
            "method_url": _add_url(MethodIndexPage, MethodPage, self.user),
            "project_url": _add_url(ProjectIndexPage, ProjectPage, self.user),
            "recording_url": reverse(Recording.snippet_viewset.get_url_name("add"))
            if self.user.has_perm("webinars.add_recording")
            else "",
        }


class TranslationsPanel(Component):
    """The pages in a translator's languages whose Dutch page has new passages, those with most of them first."""

    order = 20
    template_name = "home/admin/translations.html"

    def __init__(self, user: User | AnonymousUser):
        self.user = user

    def get_context_data(self, parent_context: Mapping) -> dict:
        languages = [_to_translate(locale) for locale in _languages_of(self.user)]
        return {"languages": languages}


def _languages_of(user: User | AnonymousUser) -> list[Locale]:
    """The languages that a translator may publish: those of the trees of her groups. None for who may publish Dutch."""
    if user.is_superuser:
        return []
    allowed = page_permission_policy.instances_user_has_permission_for(user, "publish").filter(depth=2)
    codes = set(allowed.values_list("locale__language_code", flat=True))
    return [] if SOURCE_LANGUAGE in codes else list(Locale.objects.filter(language_code__in=codes))


def _to_translate(locale: Locale) -> dict:
    return {
        "name": get_language_info(locale.language_code)["name_translated"],
        "pages": pages_with_missing_passages(locale)[:MOST_TRANSLATIONS],
    }


def _add_url(index_model: type[Page], page_model: type[Page], user: User | AnonymousUser) -> str:
    """The address of the form for a new page under its Dutch index page; "" when the user may not add one."""
    index = index_model.objects.filter(locale__language_code=SOURCE_LANGUAGE).first()
    if index is None or not index.permissions_for_user(user).can_add_subpage():
        return ""
    return reverse("wagtailadmin_pages:add", args=[page_model._meta.app_label, page_model._meta.model_name, index.pk])


class MissingDetailsPanel(Component):
    """Details that only the city knows and has not filled in yet. Public pages leave them out without saying so."""

    order = 30
    template_name = "home/admin/missing_details.html"

    def __init__(self, user: User | AnonymousUser):
        self.user = user

    def get_context_data(self, parent_context: Mapping) -> dict:
        site = Site.objects.filter(is_default_site=True).first()
        if site is None or not self.user.has_perm("core.change_sitewords"):
            return {"missing": []}
        return {
            "missing": site_details.missing_fields(site_details.site_words()),
            "url": reverse("wagtailsettings:edit", args=["core", "sitewords", site.pk]),
        }


@hooks.register("construct_homepage_panels")
def add_panels(request: HttpRequest, panels: list[Component]) -> None:
    """Put the panels of this room above Wagtail's own."""
    panels[:0] = [ShortcutsPanel(request.user), TranslationsPanel(request.user), MissingDetailsPanel(request.user)]


@hooks.register("register_admin_urls")
def addresses_of_reports() -> list[URLPattern]:
    return [
        path("reports/rows/", RowsView.as_view(), name="rows_of_methods"),
        path("reports/changes/", NotesView.as_view(), name="notes_of_changes"),
        path("reports/changes/<int:pk>/", NoteView.as_view(), name="translate_note"),
    ]


@hooks.register("register_reports_menu_item")
def notes_in_the_menu() -> MenuItem:
    return MenuItem(_("Notes of changes"), reverse("notes_of_changes"), icon_name="history", order=1300)


@hooks.register("register_reports_menu_item")
def rows_in_the_menu() -> MenuItem:
    return MenuItem(_("Rows of methods"), reverse("rows_of_methods"), icon_name="clipboard-list", order=1250)
