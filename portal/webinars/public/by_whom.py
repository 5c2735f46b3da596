"""By whom a session is, and what Mechelen did in it: one sentence for cards, pages and files."""

from django.utils.translation import gettext as _

from portal.core.content.records import text_in
from portal.webinars.choices import MechelenPart
from portal.webinars.models import Recording


def by_whom(recording: Recording, language: str) -> str:
    """By whom a recording is: "Efus; Mechelen took no part". Empty while nothing of it is known."""
    organiser = text_in(recording, "organiser", language)[0]
    part = _part(recording.mechelen_part, is_said=bool(organiser))
    return _joined(organiser, part) if organiser and part else organiser or part


def _joined(organiser: str, part: str) -> str:
    # Translators: the second half is one of the sentences on Mechelen, such as "Mechelen took no part".
    return _("%(organiser)s; %(part)s") % {"organiser": organiser, "part": part}


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
