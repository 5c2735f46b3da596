"""Admin views of accounts and groups: nobody can grant more permissions than she has.

Wagtail asks only for the permission to change accounts, and its forms take what their page does not show.
"""

from typing import Any, cast

from django import forms
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.users import forms as wagtail_forms
from wagtail.users.views import bulk_actions, groups, users
from wagtail.users.views.bulk_actions.user_bulk_action import UserBulkAction

from portal.core.accounts.permissions import assignable_groups, may_manage, permissions_of, permissions_of_groups
from portal.core.models import User

MORE_THAN_YOU = _("This group would be allowed more than you are. Take away what you may not do yourself.")


class GrantorFormMixin(forms.BaseForm):
    """Offers, and takes, only what the person `by` may grant."""

    def __init__(self, *args: Any, by: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not by.is_superuser:
            self.fields.pop("is_superuser", None)
            allowed = Group.objects.filter(pk__in=[group.pk for group in assignable_groups(by)])
            cast(forms.ModelMultipleChoiceField, self.fields["groups"]).queryset = allowed


class AccountForm(GrantorFormMixin, wagtail_forms.UserCreationForm):
    pass


class AccountEditForm(GrantorFormMixin, wagtail_forms.UserEditForm):
    pass


class GrantorViewMixin(WagtailAdminTemplateMixin):
    """A view that tells its form who fills it in."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.request.user}


class ManagedAccountMixin(WagtailAdminTemplateMixin):
    """Refuses accounts that have permissions which the person who manages them lacks."""

    def get_object(self, *args: Any, **kwargs: Any) -> User:
        account = super().get_object(*args, **kwargs)
        if not may_manage(self.request.user, account):
            raise PermissionDenied
        return account


class AccountIndexView(users.IndexView):
    def get_edit_url(self, instance: User) -> str | None:
        """Return no link to accounts of superusers, except for superusers."""
        if self.request.user.is_superuser or not instance.is_superuser:
            return super().get_edit_url(instance)
        return None


class AccountCreateView(GrantorViewMixin, users.CreateView):
    pass


class AccountEditView(GrantorViewMixin, ManagedAccountMixin, users.EditView):
    pass


class AccountDeleteView(ManagedAccountMixin, users.DeleteView):
    pass


class AccountViewSet(users.UserViewSet):
    index_view_class = AccountIndexView
    add_view_class = AccountCreateView
    edit_view_class = AccountEditView
    delete_view_class = AccountDeleteView
    copy_view_enabled = False  # a copy would begin with the rights of the account that it is of

    @cached_property
    def create_template_name(self) -> str:
        return "wagtailusers/users/edit.html"  # create.html asks for “Administrator” whether the form has it or not

    def get_form_class(self, for_update: bool = False) -> type[forms.BaseForm]:
        return AccountEditForm if for_update else AccountForm


class ManagedAccountsMixin(UserBulkAction):
    """A bulk action that skips accounts with permissions which the person who runs it lacks."""

    def check_perm(self, obj: User) -> bool:
        return super().check_perm(obj) and may_manage(self.request.user, obj)


class AssignRoleBulkAction(ManagedAccountsMixin, bulk_actions.AssignRoleBulkAction):
    def get_form(self, form_class: type[forms.BaseForm] | None = None) -> forms.BaseForm:
        form = super().get_form(form_class)
        form.fields["role"] = forms.ModelChoiceField(
            Group.objects.filter(pk__in=[group.pk for group in assignable_groups(self.request.user)])
        )
        return form


class DeleteAccountsBulkAction(ManagedAccountsMixin, bulk_actions.DeleteBulkAction):
    pass


class SetAccountsActiveBulkAction(ManagedAccountsMixin, bulk_actions.SetActiveStateBulkAction):
    pass


class GroupForm(wagtail_forms.GroupForm):
    """Offers the permissions that the person `by` has; the others stay as they are."""

    def __init__(self, *args: Any, by: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        del self.fields["is_superuser"]  # no group has that, and no page shows it
        if not by.is_superuser:
            own = Permission.objects.filter(pk__in=permissions_of(by).permissions)
            self.registered_permissions &= own
            self.fields["permissions"].queryset = self.registered_permissions.select_related("content_type")


class PermissionsExceededError(Exception):
    """The group would have permissions that the person who saves it lacks."""


class WithinOwnPermissionsMixin(GrantorViewMixin):
    """Saves a group with its page, collection and site permissions in one transaction, unless it would then have more
    permissions than the person who saves it."""

    def save_instance(self) -> Group:
        own = permissions_of(self.request.user)  # before: she may be a member of the group
        group = super().save_instance()
        for panel in self.permission_panel_forms:
            panel.save()
        if not own.cover(permissions_of_groups([group])):
            raise PermissionsExceededError
        return group

    def process_form(self) -> HttpResponse:
        new = self.object.pk is None
        try:
            return super().process_form()
        except PermissionsExceededError:
            if new:
                self.object.pk = None
            self.produced_error_message = MORE_THAN_YOU
            self.form.add_error(None, ValidationError(MORE_THAN_YOU))
            return self.form_invalid(self.form)


class ManagedGroupMixin(WagtailAdminTemplateMixin):
    """Refuses groups that have permissions which the person who manages them lacks."""

    def get_object(self, *args: Any, **kwargs: Any) -> Group:
        group = super().get_object(*args, **kwargs)
        if not permissions_of(self.request.user).cover(permissions_of_groups([group])):
            raise PermissionDenied
        return group


class GroupCreateView(WithinOwnPermissionsMixin, groups.CreateView):
    pass


class GroupEditView(WithinOwnPermissionsMixin, ManagedGroupMixin, groups.EditView):
    pass


class GroupDeleteView(ManagedGroupMixin, groups.DeleteView):
    pass


class GroupViewSet(groups.GroupViewSet):
    add_view_class = GroupCreateView
    edit_view_class = GroupEditView
    delete_view_class = GroupDeleteView

    def get_form_class(self, for_update: bool = False) -> type[forms.BaseForm]:
        return GroupForm
