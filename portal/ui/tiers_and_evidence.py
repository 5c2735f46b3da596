"""The scales that things are classified by: the tier of a method, the evidence for it.

Adding a tier is one entry here; `manage.py check` names what the look still lacks (portal/ui/checks.py).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Tier(models.TextChoices):
    """What a method does about a problem, from before it is there to after."""

    PROACTIVE = "proactive", _("proactive")
    PREVENTIVE = "preventive", _("preventive")
    CURATIVE = "curative", _("curative")
    ENFORCEMENT = "enforcement", _("enforcement")


class Evidence(models.IntegerChoices):
    """How well it is known what a method brings about."""

    NOT_ASSESSED = 0, _("not assessed")
    DESCRIBED = 1, _("described")
    MONITORED = 2, _("monitored")
    EVALUATED = 3, _("evaluated")
    REPLICATED = 4, _("replicated or controlled")

    @property
    def meaning(self) -> str:
        """What the level says, in a sentence: the scale is explained where it stands."""
        return str(_MEANINGS[self])


_MEANINGS = {
    Evidence.NOT_ASSESSED: _("nobody has judged yet how far it is known whether it works"),
    Evidence.DESCRIBED: _("what is done is written down; whether it works was not measured"),
    Evidence.MONITORED: _("numbers are kept; nobody compared them with what would have happened without it"),
    Evidence.EVALUATED: _("somebody evaluated it and published how"),
    Evidence.REPLICATED: _("a controlled study, or the same result in several places"),
}
