"""Projects in the admin."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from portal.core.admin.listings import MenuPageListingViewSet
from portal.projects.models import ProjectPage
from portal.projects.views import acknowledgement_preview


class ProjectsInTheMenu(MenuPageListingViewSet):
    model = ProjectPage
    icon = "folder-open-inverse"
    menu_label = _("Projects")
    menu_order = 115


@hooks.register("register_admin_viewset")
def projects_in_the_menu() -> ProjectsInTheMenu:
    return ProjectsInTheMenu("projects")


@hooks.register("register_admin_urls")
def acknowledgement_address() -> list[URLPattern]:
    return [path("projects/acknowledgement/", acknowledgement_preview, name="project_acknowledgement")]
