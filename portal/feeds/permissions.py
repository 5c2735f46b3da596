"""Who may do what in this room: an item is never edited, only looked at and decided about."""

from wagtail.permission_policies import BasePermissionPolicy

PULL, REVIEW, VIEW_ITEM = "feeds.pull_source", "feeds.review_item", "feeds.view_item"
CONNECT = "feeds.connect_source"
PUBLISH = "webinars.publish_recording"  # who may let a source publish by itself


class LookOnly(BasePermissionPolicy):
    """Whoever may view or review items sees them; nobody adds, changes or deletes one."""

    def user_has_permission(self, user, action):
        return action == "view" and (user.has_perm(VIEW_ITEM) or user.has_perm(REVIEW))

    def users_with_any_permission(self, actions):
        raise NotImplementedError("Nobody is notified about an item.")
