"""The words that components show for a code: the visitor reads the same word everywhere."""

from django.utils.translation import gettext_lazy as _

TIERS = {
    "proactive": _("Proactive"),
    "preventive": _("Preventive"),
    "curative": _("Curative"),
    "enforcement": _("Enforcement"),
}
EVIDENCE = (_("not assessed"), _("described"), _("monitored"), _("evaluated"), _("replicated or controlled"))
KINDS = {
    "method": _("Method"),
    "project": _("Project"),
    "recording": _("Recording"),
    "dossier": _("Dossier"),
    "topic": _("Topic"),
    "organisation": _("Organisation"),
    "city": _("City"),
    "page": _("Page"),
}
