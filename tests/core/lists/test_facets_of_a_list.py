"""Which facets a list shows, and what each value of them would leave."""

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.core.cards import Card
from portal.core.facets import FacetDefinition, ListedThing, build_facets, counts_of
from portal.core.searchable import NOT_GIVEN

COLOURS = ("red", "blue", "green")
DEFINITION = FacetDefinition("colour", "Colour", lambda value: (value, ""), scale=COLOURS)


def things(*colours):
    return [
        ListedThing(Card("thing", str(number), str(number), "/"), {"colour": values, "size": ("large",)})
        for number, values in enumerate(colours)
    ]


def facets_of(listed, chosen=(), definitions=(DEFINITION,)):
    chosen = dict(chosen)
    names = [definition.name for definition in definitions]
    return build_facets(
        definitions,
        chosen=chosen,
        counts=counts_of(listed, names, chosen),
        offered=counts_of(listed, names, {}),
        total=len(listed),
    )


def counts(facet):
    return {option.value: option.count for option in facet.options}


def test_a_facet_with_one_value_that_all_things_have_is_not_shown():
    assert facets_of(things(("red",), ("red",))) == ()
    (chosen,) = facets_of(things(("red",), ("red",)), {"colour": ("red",)})
    assert counts(chosen) == {"red": 2}


def test_values_add_up_because_having_none_is_one_and_comes_last():
    (colour,) = facets_of(things(("red",), (), ("blue",), ()))
    assert list(counts(colour).items()) == [("red", 1), ("blue", 1), (NOT_GIVEN, 2)]
    assert colour.options[-1].label != NOT_GIVEN


def test_a_value_that_nothing_has_any_more_stays_with_nought():
    size = FacetDefinition("size", "Size", lambda value: (value, ""))
    listed = [*things(("red",), ("blue",)), ListedThing(Card("thing", "9", "9", "/"), {"colour": ("green",)})]
    colour, sizes = facets_of(listed, {"size": ("large",)}, (DEFINITION, size))
    assert counts(colour) == {"red": 1, "blue": 1, "green": 0}
    assert counts(sizes) == {"large": 2, NOT_GIVEN: 1}


@settings(deadline=None, max_examples=60, derandomize=True)
@given(st.lists(st.sets(st.sampled_from(COLOURS)).map(tuple), max_size=8), st.sets(st.sampled_from(COLOURS)))
def test_a_count_is_how_many_things_the_choice_leaves(colours, chosen):
    listed = things(*colours)
    for name, number in counts_of(listed, ["colour"], {"colour": tuple(chosen)})["colour"].items():
        assert number == sum(thing.passes({"colour": (name,)}) for thing in listed)
