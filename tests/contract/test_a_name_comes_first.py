"""Who asks for a thing by its name has it first, however the name is written and whatever else the question holds."""

import pytest

from tests.contract.conftest import Asking
from tests.contract.corpus import document, text

PROJECTS = [
    document(
        "project", "pericles", text("nl", "PERICLES", "Aanslagen met voertuigen.", "", "pericles"), names=("PERICLES",)
    ),
    document("project", "urbsecurity", text("nl", "UrbSecurity", "Parken in de stad.", "", "urbsecurity")),
    document(
        "project",
        "pioc",
        text("nl", "Vrede in onze steden", "Een netwerk.", "", "pioc"),
        names=("Peace in Our Cities",),
    ),
    document("organisation", "mechelen", text("nl", "Mechelen", "Een stad.", "", "mechelen")),
]
# Things that hold the same words more often.
BESIDE = [
    document(
        kind,
        f"{kind}-{number}",
        text(
            "nl",
            f"Verslag {number} over security 2021",
            "PERICLES 2021, security, urb en peace in Mechelen",
            "Pericles pericles 2021 2021 security urb cities Mechelen Mechelen",
            f"{kind}-{number}",
        ),
    )
    for kind in ("method", "page")
    for number in range(4)
]


@pytest.fixture
def ask(empty_engine):
    empty_engine.rebuild([*BESIDE, *PROJECTS])
    return Asking(empty_engine)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("PERICLES 2021", "project:pericles"),
        ("wat deed pericles in 2021", "project:pericles"),
        ("urb security", "project:urbsecurity"),
        ("Urb-Security 2021", "project:urbsecurity"),
        ("urbsecurity", "project:urbsecurity"),
        ("peace in our cities", "project:pioc"),
        ("webinar peace in our cities 2021", "project:pioc"),
        ("vrede in onze steden", "project:pioc"),
        ("Mechelen", "organisation:mechelen"),
    ],
)
def test_what_is_called_by_its_name_comes_first(ask, question, first):
    assert ask.keys(question)[0] == first


def test_a_city_in_the_middle_of_a_question_does_not_come_before_what_answers_it(ask):
    assert ask.keys("verslag security Mechelen")[0] != "organisation:mechelen"


def test_a_filter_still_narrows_what_was_named(ask):
    assert ask.keys("PERICLES 2021", kinds=("page",))[0].startswith("page:")


EQUAL = [
    document("page", f"gelijk-{number}", text("nl", "Verslag", "Fietsers.", "", str(number))) for number in range(30)
]


@pytest.mark.parametrize("per_page", [7, 100])
def test_what_answers_equally_well_keeps_its_order_after_a_rebuild(empty_engine, per_page):
    def pages():
        ask = Asking(empty_engine)
        return [ask.keys("fietsers", page=number, per_page=per_page) for number in range(1, 31 // per_page + 2)]

    empty_engine.rebuild(EQUAL)
    before = pages()
    assert len({key for page in before for key in page}) == 30, "each once"
    empty_engine.rebuild(reversed(EQUAL))
    assert pages() == before
    empty_engine.write(EQUAL[3:6])
    assert pages() == before
