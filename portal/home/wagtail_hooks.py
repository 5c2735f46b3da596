"""The first screen of the admin: what a colleague comes to do, in one click."""

from django.urls import reverse
from django.utils.translation import get_language_info
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Locale, Site
from wagtail.permissions import page_permission_policy

from portal.core.content import site_details
from portal.core.publishing.visibility import SOURCE_LANGUAGE
from portal.core.translation.state import pages_with_missing_passages
from portal.methods.models import MethodIndexPage, MethodPage
from portal.projects.models import ProjectIndexPage, ProjectPage
from portal.webinars.models import Recording

MOST_TRANSLATIONS = 20


class WhatToDo(Component):
    """The ways in for a colleague who comes twice a year: only what she may do is offered."""

    order = 10
    template_name = "home/admin/what_to_do.html"

    def __init__(self, user):
        self.user = user

    def get_context_data(self, parent_context):
        return {
            "method_url": _add_url(MethodIndexPage, MethodPage, self.user),
            "project_url": _add_url(ProjectIndexPage, ProjectPage, self.user),
            "recording_url": reverse(Recording.snippet_viewset.get_url_name("add"))
            if self.user.has_perm("webinars.add_recording")
            else "",
        }


class ToTranslate(Component):
    """The pages of a translator's own language whose Dutch page says something new, most of it first."""

    order = 20
    template_name = "home/admin/to_translate.html"

    def __init__(self, user):
        self.user = user

    def get_context_data(self, parent_context):
        languages = [_to_translate(locale) for locale in _languages_of(self.user)]
        return {"languages": languages}


def _languages_of(user) -> list[Locale]:
    """The languages that somebody publishes and does not write the source of: those of her groups' trees."""
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


def _add_url(index_model, page_model, user) -> str:
    """The form for a new page under its Dutch index page; empty when the user may not add one."""
    index = index_model.objects.filter(locale__language_code=SOURCE_LANGUAGE).first()
    if index is None or not index.permissions_for_user(user).can_add_subpage():
        return ""
    return reverse("wagtailadmin_pages:add", args=[page_model._meta.app_label, page_model._meta.model_name, index.pk])


class MissingDetails(Component):
    """What only the city knows and has not filled in yet: pages leave it out, and only staff see that."""

    order = 30
    template_name = "home/admin/missing_details.html"

    def __init__(self, user):
        self.user = user

    def get_context_data(self, parent_context):
        site = Site.objects.filter(is_default_site=True).first()
        if site is None or not self.user.has_perm("core.change_sitewords"):
            return {"missing": []}
        return {
            "missing": site_details.missing_fields(site_details.site_words()),
            "url": reverse("wagtailsettings:edit", args=["core", "sitewords", site.pk]),
        }


@hooks.register("construct_homepage_panels")
def first_what_to_do(request, panels):
    panels[:0] = [WhatToDo(request.user), ToTranslate(request.user), MissingDetails(request.user)]
