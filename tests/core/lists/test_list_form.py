"""The parameters of a list in its address: whatever stands there is read, and only what was understood is kept."""

from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.core.lists.form import MOST_VALUES, CardListForm, ChoiceWithDefaultField, ExistingValuesField

NAMES = ("colour", "sort", "view", "format", "page", "other")
GOOD = ("red", "blue", "newest", "table", "csv", "3", "0", "")


class Form(CardListForm):
    FILTERS = ("colour",)

    colour = ExistingValuesField(lambda value: value in ("red", "blue") or value.isdecimal())
    sort = ChoiceWithDefaultField(("title", "newest"))


def read(address):
    return Form(QueryDict(address))


addresses = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(GOOD) | st.text(max_size=30)), max_size=8)


def query_of(pairs):
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)
    return query


@settings(deadline=None, max_examples=80, derandomize=True)
@given(addresses)
def test_the_address_that_was_understood_is_understood_as_the_same(pairs):
    form = Form(query_of(pairs))
    again = Form(form.address())
    assert again.cleaned_data == form.cleaned_data
    assert again.address() == form.address()
    assert "other" not in form.address()


def test_an_ordinary_address_stays_short():
    assert read("sort=title&view=cards&page=1&format=").address().urlencode() == ""
    assert (
        read("page=2&view=table&colour=red&colour=red&colour=odd").address().urlencode()
        == "colour=red&view=table&page=2"
    )


def test_two_hundred_values_are_cut_and_ten_thousand_characters_are_no_value():
    many = read("&".join(f"colour={number}" for number in range(200)))
    assert len(many.chosen["colour"]) == MOST_VALUES
    assert read(f"colour={'a' * 10_000}&view={'b' * 10_000}").address().urlencode() == ""
