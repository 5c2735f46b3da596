"""Projects in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from portal.core.listings import PagesInTheMenu
from portal.projects.models import ProjectPage


class ProjectsInTheMenu(PagesInTheMenu):
    model = ProjectPage
    icon = "folder-open-inverse"
    menu_label = _("Projects")
    menu_order = 115


@hooks.register("register_admin_viewset")
def projects_in_the_menu():
    return ProjectsInTheMenu("projects")
