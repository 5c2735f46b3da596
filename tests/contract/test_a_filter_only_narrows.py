"""What is narrowed is a part of what was found, and each count is what one gets by choosing it."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contract.conftest import Asking
from tests.contract.corpus import document, text

FACETS = ("topic", "tier", "evidence", "country", "year", "language")
WORDS = "overlast fietsers bruggen parken school jongeren buurt politie avond verslag nuisance neighbourhood".split()


def documents():
    """Forty things of a few words each, so that some words are often together and others hardly ever."""
    chance = random.Random(2021)  # noqa: S311
    for number in range(40):
        words = " ".join(chance.sample(WORDS, 4))
        yield document(
            chance.choice(("method", "project", "page")),
            f"thing-{number}",
            text(chance.choice(("nl", "en")), f"Ding {number}", words, words, str(number)),
            filters={
                "tier": (chance.choice(("preventive", "curative")),),
                "country": tuple(chance.sample(("BE", "FR", "PT"), chance.randint(0, 2))),
                "topic": tuple(chance.sample(("nuisance", "school"), chance.randint(0, 2))),
                "year": (chance.choice(("2021", "2022")),),
            },
        )


# What a visitor may type: some words, some of them cut off, some in quotes.
questions = st.lists(
    st.one_of(
        st.sampled_from(WORDS),
        st.sampled_from(WORDS).map(lambda word: word[: max(3, len(word) - 2)]),
        st.sampled_from(WORDS).map(lambda word: f'"{word}"'),
    ),
    min_size=1,
    max_size=5,
).map(" ".join)


@pytest.fixture
def everything(empty_engine):
    """All the ids that a question finds, in order, with its counts."""
    empty_engine.rebuild(documents())
    ask = Asking(empty_engine)

    def answer(text, **request):
        result = ask(text, per_page=100, facets=FACETS, **request)
        assert len(result.hits) == result.total
        return [hit.id for hit in result.hits], result

    return answer


def holds(everything, text, language, expand, data):
    request = {"language": language, "expand": expand}
    found, result = everything(text, **request)
    values = [(name, value, count) for name in FACETS for value, count in result.facets[name]]
    values += [("kind", kind, count) for kind, count in result.groups.items()]
    for name, value, count in data.draw(st.lists(st.sampled_from(values), max_size=3, unique=True)) if values else ():
        chosen = {"kinds": (value,)} if name == "kind" else {"filters": {name: (value,)}}
        narrowed, further = everything(text, **request, **chosen)
        assert len(narrowed) == count, f"{text!r} with {name} {value}: {count} were promised"
        assert set(narrowed) <= set(found), f"{text!r} with {name} {value} adds {set(narrowed) - set(found)}"
        if not {kind for kind, number in further.groups.items() if number}:
            continue
        second = next(((other, one, n) for other in FACETS for one, n in further.facets[other] if other != name), None)
        if second and name != "kind":
            other, one, number = second
            both, _result = everything(text, **request, filters={name: (value,), other: (one,)})
            assert len(both) == number and set(both) <= set(narrowed)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(questions, st.sampled_from(["nl", "fr", "en", "de"]), st.booleans(), st.data())
def test_a_count_is_what_one_gets_and_a_narrowed_list_is_a_part_of_the_whole(everything, text, language, expand, data):
    holds(everything, text, language, expand, data)
