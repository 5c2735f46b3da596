"""Who reads and answers questions: visitors send them, so nobody adds one in the admin."""

from django.contrib.auth.models import AnonymousUser
from wagtail.permission_policies import ModelPermissionPolicy

from portal.core.models import User

ANSWER = "ask.change_question"


class NobodyAddsPolicy(ModelPermissionPolicy):
    """Wagtail's rule for models, without adding."""

    def user_has_permission(self, user: User | AnonymousUser, action: str) -> bool:
        return action != "add" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: User | AnonymousUser, actions: list[str]) -> bool:
        return super().user_has_any_permission(user, [action for action in actions if action != "add"])
