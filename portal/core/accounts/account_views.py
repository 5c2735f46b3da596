"""Accounts and groups in the admin: Wagtail's own views, which give nobody more rights than who gives them has.

Wagtail asks only for the permission to change accounts, and its forms take what their page does not show.
"""

from django import forms
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.users import forms as wagtail_forms
from wagtail.users.views import bulk_actions, groups, users

from portal.core.accounts.permissions import groups_to_give, may_manage, rights_of, rights_of_groups

MORE_THAN_YOU = _("This group would be allowed more than you are. Take away what you may not do yourself.")


class GivenBySomebody:
    """Offers, and takes, only what the person `by` may give."""

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        if not by.is_superuser:
            self.fields.pop("is_superuser", None)
            self.fields["groups"].queryset = Group.objects.filter(pk__in=[group.pk for group in groups_to_give(by)])


class AccountForm(GivenBySomebody, wagtail_forms.UserCreationForm):
    pass


class AccountEditForm(GivenBySomebody, wagtail_forms.UserEditForm):
    pass


class BySomebody:
    """A view whose form wants to know who fills it in."""

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"by": self.request.user}


class OfSomebodyManaged:
    """A view of an account that may not do more than the person who manages it."""

    def get_object(self, *args, **kwargs):
        account = super().get_object(*args, **kwargs)
        if not may_manage(self.request.user, account):
            raise PermissionDenied
        return account


class Accounts(users.IndexView):
    def get_edit_url(self, instance):
        """No link to the form of an account that is only for administrators with every right."""
        if self.request.user.is_superuser or not instance.is_superuser:
            return super().get_edit_url(instance)
        return None


class CreateAccount(BySomebody, users.CreateView):
    pass


class EditAccount(BySomebody, OfSomebodyManaged, users.EditView):
    pass


class DeleteAccount(OfSomebodyManaged, users.DeleteView):
    pass


class AccountViewSet(users.UserViewSet):
    index_view_class = Accounts
    add_view_class = CreateAccount
    edit_view_class = EditAccount
    delete_view_class = DeleteAccount
    copy_view_enabled = False  # a copy would begin with the rights of the account that it is of

    @cached_property
    def create_template_name(self):
        return "wagtailusers/users/edit.html"  # create.html asks for “Administrator” whether the form has it or not

    def get_form_class(self, for_update=False):
        return AccountEditForm if for_update else AccountForm


class OfManagedAccounts:
    """A bulk action that leaves accounts alone that may do more than the person who asks for it."""

    def check_perm(self, obj):
        return super().check_perm(obj) and may_manage(self.request.user, obj)


class AssignRole(OfManagedAccounts, bulk_actions.AssignRoleBulkAction):
    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.fields["role"] = forms.ModelChoiceField(
            Group.objects.filter(pk__in=[group.pk for group in groups_to_give(self.request.user)])
        )
        return form


class DeleteAccounts(OfManagedAccounts, bulk_actions.DeleteBulkAction):
    pass


class SwitchAccounts(OfManagedAccounts, bulk_actions.SetActiveStateBulkAction):
    pass


class GroupForm(wagtail_forms.GroupForm):
    """Offers the permissions that the person `by` has; the others stay as they are."""

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["is_superuser"]  # no group has that, and no page shows it
        if not by.is_superuser:
            own = Permission.objects.filter(pk__in=rights_of(by).permissions)
            self.registered_permissions = self.registered_permissions & own
            self.fields["permissions"].queryset = self.registered_permissions.select_related("content_type")


class MoreThanOwn(Exception):
    """A group would be allowed more than who saves it."""


class WithinOwnRights(BySomebody):
    """Saves a group with its pages, collections and sites together, or not at all if it could then do more than who
    saves it."""

    def save_instance(self):
        own = rights_of(self.request.user)  # before: she may be a member of the group
        group = super().save_instance()
        for panel in self.permission_panel_forms:
            panel.save()
        if not own.cover(rights_of_groups([group])):
            raise MoreThanOwn
        return group

    def process_form(self):
        new = self.object.pk is None
        try:
            return super().process_form()
        except MoreThanOwn:
            if new:
                self.object.pk = None
            self.produced_error_message = MORE_THAN_YOU
            self.form.add_error(None, ValidationError(MORE_THAN_YOU))
            return self.form_invalid(self.form)


class OfGroupManaged:
    """A view of a group that may not do more than the person who manages it."""

    def get_object(self, *args, **kwargs):
        group = super().get_object(*args, **kwargs)
        if not rights_of(self.request.user).cover(rights_of_groups([group])):
            raise PermissionDenied
        return group


class CreateGroup(WithinOwnRights, groups.CreateView):
    pass


class EditGroup(WithinOwnRights, OfGroupManaged, groups.EditView):
    pass


class DeleteGroup(OfGroupManaged, groups.DeleteView):
    pass


class GroupViewSet(groups.GroupViewSet):
    add_view_class = CreateGroup
    edit_view_class = EditGroup
    delete_view_class = DeleteGroup

    def get_form_class(self, for_update=False):
        return GroupForm
