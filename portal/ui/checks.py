"""System checks of the look."""

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from portal.ui import css, icons
from portal.ui.styleguide.states import without_states
from portal.ui.tiers_and_evidence import Tier

FINDER = "portal.ui.finders.StylesheetFinder"


@register("ui")
def stylesheet_can_be_served(app_configs, **kwargs):
    """ui.E001: a part of the stylesheet is missing. ui.W002: nothing would offer the joined stylesheet."""
    problems: list[CheckMessage] = [
        Error(f"The stylesheet part {part} does not exist.", hint=f"Mend PARTS in {css.__file__}.", id="ui.E001")
        for part in css.PARTS
        if not (css.SOURCE / part).is_file()
    ]
    if FINDER not in settings.STATICFILES_FINDERS:
        problems.append(
            Warning("Pages would have no stylesheet.", hint=f"Add '{FINDER}' to STATICFILES_FINDERS.", id="ui.W002")
        )
    return problems


@register("ui")
def components_are_shown(app_configs, **kwargs):
    """ui.W003: the list of components does not show one of them."""
    hint = "Add its states to portal/ui/styleguide/states.py, or name it in PARTS there."
    return [
        Warning(f"The component {name} has no state in the style guide.", hint=hint, id="ui.W003")
        for name in sorted(without_states())
    ]


@register("ui")
def tiers_have_a_look(app_configs, **kwargs):
    """ui.E004: a tier lacks its icon, its colour or its class."""
    colours = (css.SOURCE / "tokens.css").read_text(encoding="utf-8")
    classes = (css.SOURCE / "components" / "tier.css").read_text(encoding="utf-8")
    problems = []
    for tier in Tier.values:
        if tier not in icons.names():
            problems.append(_lacks(tier, "icon", f"Draw it in portal/ui/templates/ui/icons/{tier}.html."))
        if f"--{tier}:" not in colours:
            problems.append(_lacks(tier, "colour", f"Add --{tier}, light and dark, to tokens.css."))
        if f".tier--{tier} " not in classes:
            problems.append(_lacks(tier, "class", f"Add .tier--{tier} to components/tier.css."))
    return problems


def _lacks(tier: str, what: str, hint: str) -> Error:
    return Error(f"The tier {tier} has no {what}.", hint=hint, id="ui.E004")
