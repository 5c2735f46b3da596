"""The words that components show for a code: the visitor reads the same word everywhere."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal.ui.tiers_and_evidence import Evidence, Tier

TIERS = {str(code): capfirst(word) for code, word in Tier.choices}
EVIDENCE = tuple(word for _level, word in Evidence.choices)
KINDS = {
    "method": _("Method"),
    "project": _("Project"),
    "recording": _("Recording"),
    "dossier": _("Guide"),
    "topic": _("Topic"),
    "organisation": _("Organisation"),
    "city": _("City"),
    "page": _("Page"),
}
