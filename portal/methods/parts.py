"""The parts of a method's page: words from the page in the visitor's language, facts from the Dutch one."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.fields import RichTextField

from portal.core.content.partial_dates import partial_date_sentence
from portal.core.content.rich_text import as_markup
from portal.methods.choices import ConditionKind
from portal.methods.models import MethodPage

RICH_TEXTS = tuple(field.name for field in MethodPage._meta.local_fields if isinstance(field, RichTextField))
# What in a list is a fact: the same in every language, so read from the Dutch page.
FACTS_OF_A_LIST = ("tier", "confirmed", "kind", "essential", "year", "source")


@dataclass(frozen=True)
class Section:
    """A part of the page under its own heading; `known` is False for one that only staff see, still to be written."""

    id: str
    title: str
    known: bool


def rich_texts(page: MethodPage) -> dict[str, SafeString]:
    """The texts of a page as markup under their field names, "" where nothing is said."""
    shown = as_markup(getattr(page, name) for name in RICH_TEXTS)
    return dict(zip(RICH_TEXTS, shown, strict=True))


def listed(page: MethodPage, facts: MethodPage, name: str) -> list[dict]:
    """A list of a method as plain values: the words of `page`, the facts of the same items of the Dutch page."""
    known = {block.id: block.value for block in getattr(facts, name)}
    items = []
    for block in getattr(page, name):
        original = known.get(block.id, block.value)
        items.append(dict(block.value) | {fact: original[fact] for fact in FACTS_OF_A_LIST if fact in original})
    return items


def lists(page: MethodPage, facts: MethodPage) -> dict[str, list[dict]]:
    """Every list of a method under its field name."""
    names = ("steps", "building_blocks", "figure", "roles", "figures", "conditions", "first_steps")
    found = {name: listed(page, facts, name) for name in names}
    for condition in found["conditions"]:
        condition["kind_word"] = dict(ConditionKind.choices).get(condition["kind"], "")
    for figure in found["figures"]:
        figure["year_words"] = partial_date_sentence(figure["year"] or "")
    return found


def ages(facts: MethodPage) -> str:
    """Of which age the people are, in words; "" when not known."""
    first, last = facts.age_from, facts.age_to
    if first is not None and last is not None:
        return _("%(first)d to %(last)d years") % {"first": first, "last": last}
    if first is not None:
        return _("from %(first)d years") % {"first": first}
    if last is not None:
        return _("up to %(last)d years") % {"last": last}
    return ""


def amounts(facts: MethodPage) -> dict[str, str]:
    """What a method asks in staff, money and time, in words; "" for what is not known."""
    months = facts.months_to_start
    return {
        "staff": _("%(fte)s FTE") % {"fte": _number(facts.staff_fte)} if facts.staff_fte is not None else "",
        "cost_once": facts.get_cost_once_display(),
        "cost_yearly": facts.get_cost_yearly_display(),
        "months": ngettext("%(months)d month", "%(months)d months", months) % {"months": months}
        if months is not None
        else "",
    }


def _number(value) -> str:
    return number_format(value.normalize() if value != value.to_integral() else int(value))


def sections(
    page: MethodPage, texts: dict, items: dict, asked: dict, joined: bool, for_staff: bool
) -> dict[str, Section]:
    """The sections under which something is known, in their order; for staff also the others."""
    say = texts.get
    known = {
        "need": (_("The need"), say("challenge") or say("whom_it_helps") or say("objectives")),
        "how": (
            _("How it works"),
            any(map(say, ("mechanism", "safeguards", "legal_basis", "differs_abroad")))
            or any(items[name] for name in ("steps", "building_blocks", "figure", "roles")),
        ),
        "asks": (
            _("What you need"),
            any(asked.values()) or page.staff_profile or page.training or page.funding or page.lifetime,
        ),
        "results": (_("Results"), items["figures"] or say("results") or say("users_opinion") or say("evaluation")),
        "not_worked": (_("What did not work"), say("what_did_not_work")),
        "take_over": (
            _("Adopting this method"),
            items["conditions"]
            or items["first_steps"]
            or say("must_stay")
            or say("may_change")
            or say("common_mistakes"),
        ),
        "joined": (_("Related"), joined),
        "sources": (_("Sources and citation"), True),
    }
    return {
        name: Section(name.replace("_", "-"), title, bool(filled))
        for name, (title, filled) in known.items()
        if filled or for_staff
    }
