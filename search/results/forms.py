"""What a results address may ask: every value is held against what exists, the rest is ignored with grace."""

from collections.abc import Callable, Iterable

from django import forms
from django.http import QueryDict

from portal.core.content.characters import printable
from portal.core.content.countries import country_codes
from portal.core.content.numbers import whole_number
from portal.core.searchable import SORTS, SearchRequest
from portal.ui.vocabulary import EVIDENCE, KINDS, TIERS
from search.question.plan import LONGEST_TEXT
from search.results.facet_labels import SPECIAL
from search.thesaurus.current_thesaurus import LANGUAGES

FILTERS = ("topic", "tier", "evidence", "country", "year", "language")
LAST_PAGE = 100_000
MOST_VALUES = 50  # of one filter


class Known(forms.Field):
    """Several values of which only the known ones are kept, each once, in the order of the address."""

    widget = forms.SelectMultiple

    def __init__(self, known: Callable[[str], bool], **kwargs):
        super().__init__(required=False, **kwargs)
        self.known = known

    def clean(self, value: Iterable[str] | None) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one for one in value or () if self.known(one)))[:MOST_VALUES]


class Words(forms.Field):
    """The question: anything, cut to what search reads. Unlike CharField it takes control characters, as blanks."""

    def clean(self, value) -> str:
        return " ".join(printable(str(value or "")).split())[:LONGEST_TEXT]


class OneOf(forms.Field):
    """One of the known values; the first when it is none of them."""

    def __init__(self, known: Iterable[str], **kwargs):
        super().__init__(required=False, **kwargs)
        self.known = tuple(known)

    def clean(self, value) -> str:
        return value if value in self.known else self.known[0]


class Clamped(forms.Field):
    """A page number: the first when it is none, never beyond `LAST_PAGE`."""

    def clean(self, value) -> int:
        text = str(value or "").strip()
        return min(max(1, whole_number(text) or 1), LAST_PAGE)


class SearchForm(forms.Form):
    """The question and how it is narrowed. It is always valid."""

    q = Words(required=False)
    kind = Known(lambda value: value in KINDS)
    topic = Known(lambda value: value.replace("-", "").isalnum() and len(value) <= 80)
    tier = Known(lambda value: value in TIERS)
    evidence = Known(lambda value: value in map(str, range(len(EVIDENCE))))
    country = Known(lambda value: value in country_codes())
    year = Known(lambda value: len(value) == 4 and value.isascii() and value.isdecimal())
    language = Known(lambda value: value in SPECIAL or value in LANGUAGES)
    sort = OneOf(SORTS)
    page = Clamped(required=False)
    exact = OneOf(("", "1"))

    def address(self) -> QueryDict:
        """The question as an address holds it, without what was ignored: what links on the page are made from."""
        query = QueryDict(mutable=True)
        for name, value in self.cleaned_data.items():
            values = value if isinstance(value, tuple) else (value,)
            if value and (name, value) not in (("sort", SORTS[0]), ("page", 1)):
                query.setlist(name, [str(one) for one in values])
        return query

    def request(self, language: str, per_page: int) -> SearchRequest:
        """The question for the engine. Call after `is_valid`."""
        asked = self.cleaned_data
        return SearchRequest(
            text=asked["q"],
            language=language,
            kinds=asked["kind"],
            filters={name: asked[name] for name in FILTERS if asked[name]},
            sort=asked["sort"],
            page=asked["page"],
            per_page=per_page,
            expand=not asked["exact"],
            facets=FILTERS,
        )
