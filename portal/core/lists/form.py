"""The parameters of a list in its address: filters, order, view, page. The same rules for every list of the portal.

A list form is always valid: what it does not know is ignored, so that an old address keeps its other filters.
"""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from portal.core.content.numbers import whole_number

LAST_PAGE = 100_000
MOST_VALUES = 50  # of one filter
CARDS, TABLE, MAP = "cards", "table", "map"
CSV = "csv"


class ExistingValuesField(forms.Field):
    """Several values, of which only those that exist are kept, each once, in the order of the address."""

    widget = forms.SelectMultiple

    def __init__(self, exists: Callable[[str], bool], **kwargs: Any):
        super().__init__(required=False, **kwargs)
        self.exists = exists

    def clean(self, value: Iterable[str] | None) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one for one in value or () if self.exists(one)))[:MOST_VALUES]


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


class ListForm(forms.Form):
    """The base of the form of a list. Subclasses name their filters in `FILTERS`, and add the fields of these."""

    FILTERS: ClassVar[tuple[str, ...]] = ()

    page = PageNumberField(required=False)

    @classmethod
    def parameters(cls) -> tuple[str, ...]:
        """The names that the page of the list reads from its address."""
        return tuple(cls.base_fields)

    def __init__(self, query: QueryDict, **exists: Callable[[str], bool]):
        """Read an address. `exists` says of a filter which values there are, where only the list knows that."""
        super().__init__(query)
        for name, is_known in exists.items():
            self.fields[name].exists = is_known  # type: ignore[attr-defined]  # an ExistingValuesField
        self.full_clean()  # always valid

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The filters that are on, as {name: values}."""
        return {name: values for name in self.FILTERS if (values := self.cleaned_data[name])}

    def address(self) -> QueryDict:
        """Return what was understood as an address; the links on the page are made from it."""
        query = QueryDict(mutable=True)
        for name, value in sorted(self.cleaned_data.items(), key=lambda item: item[0] == "page"):  # the page is last
            if value != self.fields[name].clean(None):
                query.setlist(name, [str(one) for one in (value if isinstance(value, tuple) else (value,))])
        return query


class CardListForm(ListForm):
    """The form of a list of cards, which is a table and a file too. Subclasses add `sort`, and another `view`."""

    view = ChoiceWithDefaultField((CARDS, TABLE))
    format = ChoiceWithDefaultField(("", CSV))
