"""The form of a method, with checks that tell staff what to do; the filters of the methods page."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.core.content.countries import country_choices
from portal.core.content.numbers import whole_number
from portal.core.forms import KeyedForm, PageForm, refuse_wrong_order
from portal.ui.tiers_and_evidence import Evidence, Tier

SUMMARY_WORDS = 100
LEAD_WORDS = 35


def count_words(text: str) -> int:
    """Return how many words a text has, as a reader would count them."""
    return len(text.split())


class MethodForm(PageForm):
    """Asks for the snapshot before a method is public, and holds it to its length (docs/design.md section 4)."""

    needed_to_publish = ("lead", "summary", "topics", "position_as_of", "position_source")

    def clean(self) -> dict:
        cleaned = super().clean()
        for field, limit in (("summary", SUMMARY_WORDS), ("lead", LEAD_WORDS)):
            words = count_words(cleaned.get(field) or "")
            if words > limit:
                message = _("This has %(words)d words; keep it to %(limit)d. Move the rest to another tab.")
                self.add_error(field, ValidationError(message, params={"words": words, "limit": limit}))
        first, last = cleaned.get("age_from"), cleaned.get("age_to")
        if first is not None and last is not None and first > last:
            self.add_error("age_to", ValidationError(_("The highest age is below the lowest. Swap them.")))
        refuse_wrong_order(self, "since", "until", _("It ends before it begins. Check both dates."))
        return cleaned


class AdoptionForm(KeyedForm):
    """Makes the permanent key from the organisation and the method, and keeps the Dutch page of the method."""

    def name_in(self, cleaned: dict) -> str:
        return " ".join(str(cleaned[name]) for name in ("organisation", "method") if cleaned.get(name))

    def clean_method(self):
        return self.cleaned_data["method"].original


class KnownValues(forms.MultipleChoiceField):
    """Several choices. One that does not exist is ignored, so that an old address keeps its other filters."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any):
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> tuple[str, ...]:
        return tuple(dict.fromkeys(choice for choice in self.to_python(value) if self.valid_value(choice)))


class MethodFilters(forms.Form):
    """The filters in the address of the page of all methods. Always valid: what it does not know is ignored.

    `topics` are the keys of the topics that exist.
    """

    # The values of the parameter `sort`, which addresses have and so keeps its name.
    ORDERINGS = ("title", "newest")
    FILTERS = ("topic", "tier", "evidence", "country")

    topic = KnownValues()
    tier = KnownValues(choices=Tier.choices)
    evidence = KnownValues(choices=[(str(level), label) for level, label in Evidence.choices])
    country = KnownValues(choices=country_choices)
    sort = forms.CharField(required=False)
    page = forms.CharField(required=False)

    def __init__(self, query: QueryDict, *, topics: Iterable[str]):
        super().__init__(query)
        self.fields["topic"] = KnownValues(choices=[(key, key) for key in topics])
        self.full_clean()

    def clean_sort(self) -> str:
        ordering = self.cleaned_data["sort"]
        return ordering if ordering in self.ORDERINGS else self.ORDERINGS[0]

    def clean_page(self) -> int:
        return max(1, whole_number(self.cleaned_data["page"][:6]) or 1)

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The filters that are on, as {name: values}."""
        return {name: values for name in self.FILTERS if (values := self.cleaned_data[name])}
