"""What an approval does: it publishes, and it is the review that the page then shows.

Wagtail imports this module before there are models, so none is imported at the top.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation
from django.utils.translation import gettext as _


def publish_as_reviewed(workflow_state: Any, user: Any = None) -> None:
    """Publish what was approved. A Dutch page gets the day, and a role where none was written since it was last public:
    never a name, and not the role of whoever reviewed it before.

    Who approves what she handed in herself has reviewed nothing. (The setting WAGTAIL_FINISH_WORKFLOW_ACTION.)
    """
    # No models yet when this module is imported.
    from portal.core.models import BasePage
    from portal.core.publishing.withdrawal import waits_for_dutch

    revision = workflow_state.content_object.get_latest_revision()
    draft = revision.as_object()
    if isinstance(draft, BasePage):
        if waits_for_dutch(draft):
            raise PermissionDenied(_("The Dutch page is not public. Publish that first."))
        if not draft.is_translation and user is not None and user != workflow_state.requested_by:
            draft.reviewed_on = timezone.localdate()
            draft.reviewer_role = _role_written_in(draft) or _role()
            revision = draft.save_revision(user=user, clean=False)
    revision.publish(user=user)


def _role_written_in(draft: Any) -> str:
    """The role of the reviewer in a draft, unless it is the one of an earlier review that the public page shows."""
    public = type(draft).objects.filter(pk=draft.pk, first_published_at__isnull=False)
    return "" if public.filter(reviewer_role=draft.reviewer_role).exists() else draft.reviewer_role


def _role() -> str:
    """Return the role of the reviewer, in Dutch as the other facts are."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("reviewer of the portal")
