"""The form of a project, with checks that tell staff what to do."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal.core.content.countries import country_codes
from portal.core.forms import PageForm, refuse_future, refuse_wrong_order
from portal.core.lists.form import CARDS, MAP, TABLE, CardListForm, ChoiceWithDefaultField, ExistingValuesField
from portal.core.searchable import NOT_GIVEN
from portal.projects import choices

# The facts that a page can show as "to be confirmed".
FACTS = (
    "type",
    "full_name",
    "status",
    "start",
    "end",
    "home_city_role",
    "programme",
    "period",
    "fund",
    "grant_number",
    "priority",
    "total_budget_eur",
    "eu_contribution_eur",
    "home_city_budget_eur",
    "home_city_eu_eur",
    "website",
)


class ProjectForm(PageForm):
    """Checks the order of the dates and that the European share fits in the budget; facts in doubt are ticked."""

    needed_to_publish = ("lead", "summary", "position_as_of", "position_source")

    unconfirmed = forms.MultipleChoiceField(
        label=_("Not confirmed yet"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Visitors read “to be confirmed” beside what you tick."),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if "unconfirmed" in self.fields:
            fields = self.instance._meta
            self.fields["unconfirmed"].choices = [
                (name, capfirst(fields.get_field(name).verbose_name)) for name in FACTS
            ]

    def clean(self) -> dict:
        cleaned = super().clean()
        refuse_wrong_order(self, "start", "end", _("The project ends before it starts. Check both dates."))
        refuse_future(self, "website_seen_on")
        total, share = cleaned.get("total_budget_eur"), cleaned.get("eu_contribution_eur")
        if total is not None and share is not None and share > total:
            self.add_error(
                "eu_contribution_eur",
                ValidationError(_("The EU contribution is larger than the budget. Check both amounts.")),
            )
        return cleaned


class ProjectFilters(CardListForm):
    """The filters in the address of the page of all projects."""

    FILTERS = ("type", "topic", "role", "status", "country")

    type = ExistingValuesField(lambda code: code in choices.ProjectType)
    topic = ExistingValuesField(lambda key: False)
    role = ExistingValuesField(lambda code: code in choices.HomeCityRole or code == NOT_GIVEN)
    status = ExistingValuesField(lambda code: code in choices.ProjectStatus or code == NOT_GIVEN)
    country = ExistingValuesField(lambda code: code in country_codes() or code == NOT_GIVEN)
    sort = ChoiceWithDefaultField(("newest", "title"))
    view = ChoiceWithDefaultField((CARDS, TABLE, MAP))


class AcknowledgedFacts(forms.Form):
    """The fields that the funding acknowledgement is computed from, as they stand in a form that is not saved yet.

    Always gives a value: what cannot be read yet is not known yet.
    """

    programme = forms.CharField(required=False)
    period = forms.ChoiceField(required=False, choices=[("", ""), *choices.Period.choices])
    fund = forms.ChoiceField(required=False, choices=choices.Fund.choices)
    grant_number = forms.CharField(required=False)
    total_budget_eur = forms.DecimalField(required=False)
    eu_contribution_eur = forms.DecimalField(required=False)
    unconfirmed = forms.MultipleChoiceField(required=False, choices=[(name, name) for name in FACTS])

    def facts(self) -> dict:
        """The values that could be read, by the name of the field of a project."""
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}


ACKNOWLEDGED_FIELDS = tuple(AcknowledgedFacts.base_fields)
