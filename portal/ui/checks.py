"""System checks of the look."""

from django.conf import settings
from django.core.checks import Error, Warning, register

from portal.ui import css
from portal.ui.styleguide.states import without_states

FINDER = "portal.ui.finders.StylesheetFinder"


@register("ui")
def stylesheet_can_be_served(app_configs, **kwargs):
    """ui.E001: a part of the stylesheet is missing. ui.W002: nothing would offer the joined stylesheet."""
    problems = [
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
