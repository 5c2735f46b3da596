"""The list of background jobs in the admin, read-only and for administrators."""

from collections.abc import Iterable
from typing import NoReturn

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import BasePermissionPolicy

from portal.core.models import User
from portal.jobs.models import Job


class AdministratorsReadOnlyPolicy(BasePermissionPolicy):
    """Administrators may look; nobody may add, change or delete."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return action == "view" and user.is_active and user.is_superuser

    def users_with_any_permission(self, actions: Iterable[str]) -> NoReturn:
        raise NotImplementedError("Wagtail asks for this in workflows, which jobs do not have.")


class JobViewSet(ModelViewSet):
    model = Job
    icon = "history"
    menu_label = _("Background work")
    menu_order = 900
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields_exclude = ["lease", "payload"]
    exclude_form_fields = ["lease"]
    search_fields = ["name", "key", "last_error"]
    search_backend_name = None
    list_filter = ["name"]
    list_display = [
        "name",
        "key",
        Column("state", label=_("State")),
        "progress",
        DateColumn("run_at", label=_("Due"), sort_key="run_at"),
        DateColumn("last_run_at", label=_("Last started"), sort_key="last_run_at"),
        "last_error",
    ]

    @property
    def permission_policy(self) -> AdministratorsReadOnlyPolicy:
        return AdministratorsReadOnlyPolicy(self.model)

    def register_permissions(self) -> None:
        """Offer no permission to groups: there is nothing to grant."""


@hooks.register("register_admin_viewset")
def job_viewset() -> JobViewSet:
    return JobViewSet("jobs")
