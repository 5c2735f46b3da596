"""Subscriptions in the admin: who has the right sees, exports and deletes them; nobody adds or changes one."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from portal.core.models import User
from portal.follow.models import Subscription


class OnlyTheSubscriberChoosesPolicy(ModelPermissionPolicy):
    """Wagtail's rule for models, without adding and changing: an address counts when its owner confirmed it."""

    ALLOWED = ("view", "delete")

    def user_has_permission(self, user: User, action: str) -> bool:
        return action in self.ALLOWED and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: User, actions: list[str]) -> bool:
        return super().user_has_any_permission(user, [action for action in actions if action in self.ALLOWED])


class SubscriptionViewSet(ModelViewSet):
    model = Subscription
    icon = "mail"
    menu_label = _("Subscriptions")
    menu_order = 130
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = ["email", "language", "topics", "rhythm", "state", "requested_at", "confirmed_at", "refusals"]
    form_fields = ["rhythm"]
    search_fields = ["email"]
    search_backend_name = None
    list_filter = ["state", "language", "rhythm"]
    list_export = ["email", "language", "rhythm", "state", "requested_at", "confirmed_at", "told_until", "refusals"]
    list_display = [
        "email",
        Column("language", label=_("Language"), accessor="get_language_display"),
        Column("rhythm", label=_("How often"), accessor="get_rhythm_display"),
        Column("state", label=_("State"), accessor="get_state_display"),
        DateColumn("told_until", label=_("Told of everything until"), sort_key="told_until"),
        Column("refusals", label=_("Refusals in a row"), sort_key="refusals"),
    ]

    @property
    def permission_policy(self) -> OnlyTheSubscriberChoosesPolicy:
        return OnlyTheSubscriberChoosesPolicy(self.model)


@hooks.register("register_admin_viewset")
def subscription_viewset() -> SubscriptionViewSet:
    return SubscriptionViewSet("subscription")
