"""By whom a session is, and what Mechelen did in it: one sentence for cards, pages and files."""

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.core.content.records import text_in
from portal.ui.components.values import marked
from portal.webinars.choices import MechelenPart
from portal.webinars.models import FurtherSession, Recording


def by_whom(recording: Recording, language: str) -> SafeString:
    """By whom a recording is: "By Efus; Mechelen took no part". Empty while nothing of it is known."""
    organiser = marked(*text_in(recording, "organiser", language))
    part = _part(recording.mechelen_part, is_said=bool(organiser))
    return _sentence(organiser, part) if organiser else SafeString(part)


def by_others(session: FurtherSession) -> SafeString:
    """By whom a session of others is."""
    return _sentence(session.organiser, _part(MechelenPart.NONE))


def _sentence(organiser: str, part: str) -> SafeString:
    words = {"organiser": conditional_escape(organiser), "part": part}
    # Translators: the second half is one of the sentences on Mechelen, such as "Mechelen took no part".
    return SafeString((_("By %(organiser)s; %(part)s") if part else _("By %(organiser)s")) % words)


def _part(part: str, *, is_said: bool = False) -> str:
    if part == MechelenPart.ORGANISER and is_said:
        return ""  # the organiser's name says it
    return {
        MechelenPart.SPEAKER: _("Mechelen spoke there"),
        MechelenPart.HOST: _("Mechelen was the host"),
        MechelenPart.ORGANISER: _("Mechelen organised it"),
        MechelenPart.FEATURED: _("Mechelen is shown in it"),
        MechelenPart.NONE: _("Mechelen took no part"),
    }.get(part, "")
