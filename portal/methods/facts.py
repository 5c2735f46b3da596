"""The facts of a method in words: the table beside the text, and what a method asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core.content.countries import country_name
from portal.core.content.partial_dates import status_sentence
from portal.methods.choices import Effect, JudgedBy, Status
from portal.methods.models import MethodPage
from portal.organisations.models import Organisation
from portal.ui.facts import Fact, known_facts


@dataclass(frozen=True)
class Requirements:
    """What a method asks in staff, money and time, in words; "" for what is not known."""

    staff: str
    cost_once: str
    cost_yearly: str
    months: str


@dataclass(frozen=True)
class JudgedTiers:
    """Tiers of a method, and who placed it there."""

    codes: list[str]
    who: str


def requirements_of(facts: MethodPage) -> Requirements:
    """Return what a method asks."""
    months = facts.months_to_start
    return Requirements(
        staff=_("%(fte)s FTE") % {"fte": _number(facts.staff_fte)} if facts.staff_fte is not None else "",
        cost_once=facts.get_cost_once_display(),
        cost_yearly=facts.get_cost_yearly_display(),
        months=ngettext("%(months)d month", "%(months)d months", months) % {"months": months}
        if months is not None
        else "",
    )


def _number(value: Decimal) -> str:
    return number_format(value.normalize() if value != value.to_integral() else int(value))


def requirement_facts(page: MethodPage, requirements: Requirements) -> list[Fact]:
    """Return the table of what a method asks."""
    return known_facts(
        [
            Fact(_("Staff"), requirements.staff),
            Fact(_("Profile of the staff"), page.staff_profile),
            Fact(_("Training"), page.training),
            Fact(_("Start-up cost"), requirements.cost_once),
            Fact(_("Yearly cost"), requirements.cost_yearly),
            Fact(_("Paid by"), page.funding),
            Fact(_("Preparation time"), requirements.months),
            Fact(_("Duration"), page.lifetime),
        ]
    )


def status_on(facts: MethodPage) -> str:
    """Return the status of a method, with the day of which that is the position: what runs may have stopped since."""
    if facts.status == Status.UNKNOWN:
        return ""
    return status_sentence(facts.get_status_display(), facts.position_as_of if facts.status != Status.STOPPED else None)


def ages(facts: MethodPage) -> str:
    """Return the ages of the people that a method is for, in words; "" when not known."""
    first, last = facts.age_from, facts.age_to
    if first is not None and last is not None:
        return _("%(first)d to %(last)d years") % {"first": first, "last": last}
    if first is not None:
        return _("from %(first)d years") % {"first": first}
    if last is not None:
        return _("up to %(last)d years") % {"last": last}
    return ""


def tiers_by_judge(tiers: Iterable[tuple[str, str]]) -> list[JudgedTiers]:
    """Return tiers, given as (tier, code of who says so), together where the same body placed a method there."""
    judged: dict[str, list[str]] = {}
    for tier, judge in tiers:
        judged.setdefault(judge, []).append(tier)
    return [JudgedTiers(codes, str(JudgedBy(judge).label)) for judge, codes in judged.items()]


def owner_country(owner: Organisation | None) -> str:
    """Return the country of the owner in the active language, "" when it is not known."""
    return country_name(owner.place.country or owner.country) if owner else ""


def assessment(facts: MethodPage) -> str:
    """Return who assessed the evidence, when, and the effect that they found; "" when nobody did."""
    parts = [
        facts.assessed_by,
        date_format(facts.assessed_on, "DATE_FORMAT") if facts.assessed_on else "",
        facts.get_effect_display() if facts.effect != Effect.UNKNOWN or facts.evidence_level else "",
    ]
    return ", ".join(part for part in parts if part)
