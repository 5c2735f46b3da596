"""The form of a project: checks that tell staff what to do."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal.core.dates import PartialDate
from portal.core.forms import PageForm

# The facts that a page can show as "to be confirmed".
FACTS = (
    "sort",
    "full_name",
    "status",
    "start",
    "end",
    "mechelen_role",
    "programme",
    "period",
    "fund",
    "grant_number",
    "priority",
    "total_budget_eur",
    "eu_contribution_eur",
    "mechelen_budget_eur",
    "mechelen_eu_eur",
    "website",
)


class ProjectForm(PageForm):
    """Keeps the dates in order and the European share within the budget; facts in doubt are ticked, not typed."""

    needed_to_publish = ("lead", "summary", "position_as_of", "position_source")

    unconfirmed = forms.MultipleChoiceField(
        label=_("Not confirmed yet"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Visitors read “to be confirmed” beside what you tick."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "unconfirmed" in self.fields:
            fields = self.instance._meta
            self.fields["unconfirmed"].choices = [
                (name, capfirst(fields.get_field(name).verbose_name)) for name in FACTS
            ]

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and _first_year(end) < _first_year(start):
            self.add_error("end", ValidationError(_("The project ends before it starts. Check both dates.")))
        total, share = cleaned.get("total_budget_eur"), cleaned.get("eu_contribution_eur")
        if total is not None and share is not None and share > total:
            self.add_error(
                "eu_contribution_eur",
                ValidationError(_("The EU contribution is larger than the budget. Check both amounts.")),
            )
        return cleaned


def _first_year(text: str) -> int:
    return PartialDate.parse(text).year
