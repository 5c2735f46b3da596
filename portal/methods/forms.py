"""The form of a method, with checks that tell staff what to do; the filters of the methods page."""

from collections.abc import Container

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.core.content.countries import country_codes
from portal.core.forms import KeyedForm, PageForm, refuse_wrong_order
from portal.core.lists.form import CardListForm, ChoiceWithDefaultField, ExistingValuesField
from portal.core.searchable import NOT_GIVEN
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


class MethodFilters(CardListForm):
    """The filters in the address of the page of all methods. `topics` are the keys of the topics that exist."""

    FILTERS = ("topic", "tier", "evidence", "country")
    # The values of the parameter `sort`, which addresses have and so keeps its name.
    ORDERINGS = ("title", "newest")

    topic = ExistingValuesField(lambda key: False)
    tier = ExistingValuesField(lambda code: code in Tier or code == NOT_GIVEN)
    evidence = ExistingValuesField(lambda level: level in map(str, Evidence.values))
    country = ExistingValuesField(lambda code: code in country_codes() or code == NOT_GIVEN)
    sort = ChoiceWithDefaultField(ORDERINGS)

    def __init__(self, query: QueryDict, *, topics: Container[str]):
        super().__init__(query, topic=topics.__contains__)
