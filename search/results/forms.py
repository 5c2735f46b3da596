"""The form of the results page. Its values are checked against what exists; everything else is ignored."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from portal.core.content.characters import printable
from portal.core.content.countries import country_codes
from portal.core.content.numbers import whole_number
from portal.core.searchable import ORDERINGS, SearchRequest
from portal.ui.labels import EVIDENCE, KINDS, TIERS
from portal.webinars.choices import Medium, RecordingList
from search.question.plan import LONGEST_TEXT
from search.results.facet_labels import SPECIAL_LANGUAGES
from search.thesaurus.current_thesaurus import LANGUAGES

FILTERS = ("list", "medium", "topic", "tier", "evidence", "country", "year", "language")
LAST_PAGE = 100_000
MOST_VALUES = 50  # of one filter


class ExistingValuesField(forms.Field):
    """Several values, of which only those that exist are kept, each once, in the order of the address."""

    widget = forms.SelectMultiple

    def __init__(self, exists: Callable[[str], bool], **kwargs: Any):
        super().__init__(required=False, **kwargs)
        self.exists = exists

    def clean(self, value: Iterable[str] | None) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one for one in value or () if self.exists(one)))[:MOST_VALUES]


class QuestionField(forms.Field):
    """The question: any text, cut to what search reads. Unlike CharField it accepts control characters, as blanks."""

    def clean(self, value: Any) -> str:
        return " ".join(printable(str(value or "")).split())[:LONGEST_TEXT]


class ChoiceWithDefaultField(forms.Field):
    """One of some values; the first of them when it is none."""

    def __init__(self, values: Iterable[str], **kwargs: Any):
        super().__init__(required=False, **kwargs)
        self.values = tuple(values)

    def clean(self, value: Any) -> str:
        return value if value in self.values else self.values[0]


class PageNumberField(forms.Field):
    """A page number: the first page when it is none, never more than `LAST_PAGE`."""

    def clean(self, value: Any) -> int:
        text = str(value or "").strip()
        return min(max(1, whole_number(text) or 1), LAST_PAGE)


class SearchForm(forms.Form):
    """The question and how it is narrowed. It is always valid."""

    q = QuestionField(required=False)
    kind = ExistingValuesField(lambda value: value in KINDS)
    list = ExistingValuesField(lambda value: value in RecordingList.values)
    medium = ExistingValuesField(lambda value: value in Medium.values)
    topic = ExistingValuesField(lambda value: value.replace("-", "").isalnum() and len(value) <= 80)
    tier = ExistingValuesField(lambda value: value in TIERS)
    evidence = ExistingValuesField(lambda value: value in map(str, range(len(EVIDENCE))))
    country = ExistingValuesField(lambda value: value in country_codes())
    year = ExistingValuesField(lambda value: len(value) == 4 and value.isascii() and value.isdecimal())
    language = ExistingValuesField(lambda value: value in SPECIAL_LANGUAGES or value in LANGUAGES)
    sort = ChoiceWithDefaultField(ORDERINGS)
    page = PageNumberField(required=False)
    exact = ChoiceWithDefaultField(("", "1"))

    def address(self) -> QueryDict:
        """Return the question as an address, without what was ignored: the links on the page are made from it."""
        query = QueryDict(mutable=True)
        for name, value in self.cleaned_data.items():
            values = value if isinstance(value, tuple) else (value,)
            if value and (name, value) not in (("sort", ORDERINGS[0]), ("page", 1)):
                query.setlist(name, [str(one) for one in values])
        return query

    def search_request(self, language: str, per_page: int) -> SearchRequest:
        """Return the question for the engine. Call it after `is_valid`."""
        values = self.cleaned_data
        return SearchRequest(
            text=values["q"],
            language=language,
            kinds=values["kind"],
            filters={name: values[name] for name in FILTERS if values[name]},
            ordering=values["sort"],
            page=values["page"],
            per_page=per_page,
            expand=not values["exact"],
            facets=FILTERS,
        )
