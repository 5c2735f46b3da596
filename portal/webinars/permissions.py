"""Who of the staff may do what with a recording. Views, menus, forms and the review of feeds ask here."""

from django.contrib.auth.models import AnonymousUser

from portal.core.models import User
from portal.webinars.models import Recording

CHANGE_RECORDING = "webinars.change_recording"
PUBLISH_RECORDING = "webinars.publish_recording"
TAKE_DOWN_RECORDING = PUBLISH_RECORDING  # also who gets the mail about a consent that ends


def may_edit_recording(user: User | AnonymousUser, recording: Recording) -> bool:
    """Whether somebody may edit a recording, its transcripts and its sources, unless a colleague has locked it."""
    lock = recording.get_lock()
    return has_edit_permission(user, recording) and not (lock and lock.for_user(user))


def has_edit_permission(user: User | AnonymousUser, recording: Recording) -> bool:
    """Whether somebody's rights allow editing a recording, its transcripts and its sources, locked or not.

    Transcripts and sources have no draft, so those of a public recording are edited by whoever may publish it.
    """
    return user.has_perm(CHANGE_RECORDING) and (not recording.live or user.has_perm(PUBLISH_RECORDING))


def may_take_down(user: User | AnonymousUser) -> bool:
    """Whether somebody may take recordings down and restore them: whoever may publish them, locked or not."""
    return user.has_perm(TAKE_DOWN_RECORDING)


def may_see_consent(user: User | AnonymousUser, recording: Recording) -> bool:
    """Whether somebody may open the page about the consent of a recording's speakers."""
    return may_edit_recording(user, recording) or may_take_down(user)
