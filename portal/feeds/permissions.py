"""The permissions of the feeds room: who may pull, connect, review and publish."""

from collections.abc import Iterable
from typing import NoReturn

from wagtail.permission_policies import BasePermissionPolicy

from portal.core.models import User

PULL, REVIEW, VIEW_ITEM = "feeds.pull_source", "feeds.review_item", "feeds.view_item"
CONNECT = "feeds.connect_source"
PUBLISH = "webinars.publish_recording"  # also needed to let a source publish by itself


class ViewOnlyPolicy(BasePermissionPolicy):
    """Lets whoever may view or review items see them; nobody adds, edits or deletes one in a form."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return action == "view" and (user.has_perm(VIEW_ITEM) or user.has_perm(REVIEW))

    def users_with_any_permission(self, actions: Iterable[str]) -> NoReturn:
        raise NotImplementedError("Nobody is notified about an item.")
