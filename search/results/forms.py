"""The form of the results page. Its values are checked against what exists; everything else is ignored."""

from typing import Any

from django import forms

from portal.core.content.characters import printable
from portal.core.content.countries import country_codes
from portal.core.lists.form import ChoiceWithDefaultField, ExistingValuesField, ListForm
from portal.core.searchable import NOT_GIVEN, ORDERINGS, SearchRequest
from portal.ui.labels import EVIDENCE, KINDS, TIERS
from portal.webinars.choices import Medium, RecordingList
from search.question.plan import LONGEST_TEXT
from search.results.facet_labels import SPECIAL_LANGUAGES
from search.thesaurus.current_thesaurus import LANGUAGES

FILTERS = ("list", "medium", "topic", "tier", "evidence", "country", "year", "language")


class QuestionField(forms.Field):
    """The question: any text, cut to what search reads. Unlike CharField it accepts control characters, as blanks."""

    def clean(self, value: Any) -> str:
        return " ".join(printable(str(value or "")).split())[:LONGEST_TEXT]


class SearchForm(ListForm):
    """The question and how it is narrowed."""

    FILTERS = FILTERS

    q = QuestionField(required=False)
    kind = ExistingValuesField(lambda value: value in KINDS)
    list = ExistingValuesField(lambda value: value in RecordingList.values)
    medium = ExistingValuesField(lambda value: value in Medium.values)
    topic = ExistingValuesField(lambda value: value.replace("-", "").isalnum() and len(value) <= 80)
    tier = ExistingValuesField(lambda value: value in TIERS or value == NOT_GIVEN)
    evidence = ExistingValuesField(lambda value: value in map(str, range(len(EVIDENCE))))
    country = ExistingValuesField(lambda value: value in country_codes() or value == NOT_GIVEN)
    year = ExistingValuesField(lambda value: len(value) == 4 and value.isascii() and value.isdecimal())
    language = ExistingValuesField(lambda value: value in SPECIAL_LANGUAGES or value in LANGUAGES)
    sort = ChoiceWithDefaultField(ORDERINGS)
    exact = ChoiceWithDefaultField(("", "1"))

    def search_request(self, language: str, per_page: int) -> SearchRequest:
        """Return the question for the engine."""
        values = self.cleaned_data
        return SearchRequest(
            text=values["q"],
            language=language,
            kinds=values["kind"],
            filters=self.chosen,
            ordering=values["sort"],
            page=values["page"],
            per_page=per_page,
            expand=not values["exact"],
            facets=FILTERS,
        )
