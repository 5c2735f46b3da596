"""The list of components shows each with its states, while developing only; every state is safe to show."""

import xml.etree.ElementTree as ElementTree

import pytest
from bs4 import BeautifulSoup
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

from portal.ui import checks
from portal.ui.styleguide import states as guide
from portal.ui.styleguide.views import styleguide

STATES = [
    pytest.param(name, state, id=f"{name}: {state.title}")
    for name, states in guide.states().items()
    for state in states
]
FIGURES = {path.stem for path in (guide.TEMPLATES / "figures").glob("*.html")}


@pytest.mark.parametrize(("name", "state"), STATES)
def test_a_state_escapes_its_text_and_has_no_style_or_script_of_its_own(name, state):
    shown = BeautifulSoup(state.rendered(), "html.parser")
    assert shown.find(["script", "style"]) is None
    for element in shown.find_all():
        assert not [attribute for attribute in element.attrs if attribute == "style" or attribute.startswith("on")]


@pytest.mark.parametrize(("name", "state"), [one for one in STATES if one.values[0] in FIGURES])
def test_a_figure_is_well_formed(name, state):
    ElementTree.fromstring(f"<root>{state.rendered()}</root>".replace(" open>", ' open="">'))


@pytest.mark.parametrize("name", guide.states())
def test_a_component_shows_something_in_at_least_one_state(name):
    assert any(state.rendered().strip() for state in guide.states()[name])


def test_no_component_is_without_states():
    assert checks.components_are_shown(None) == []


def test_a_component_without_states_is_named_by_a_system_check(monkeypatch):
    monkeypatch.setattr(guide, "STATES", {name: states for name, states in guide.STATES.items() if name != "card"})
    [problem] = checks.components_are_shown(None)
    assert problem.id == "ui.W003" and "card" in problem.msg


def test_every_state_belongs_to_a_component_and_every_part_too():
    named = {path.stem for folder in ("components", "figures") for path in (guide.TEMPLATES / folder).glob("*.html")}
    assert set(guide.STATES) | set(guide.PARTS) == named
    assert set(guide.PARTS.values()) <= set(guide.STATES)


def test_the_page_shows_every_state():
    page = BeautifulSoup(styleguide(RequestFactory().get("/styleguide/")).content, "html.parser")
    assert [
        heading.text for heading in page.find_all("h2", id=lambda value: value and value.startswith("heading-"))
    ] == [*guide.states()]
    assert len(page.select("section > .over + div")) == len(STATES)


def test_the_page_exists_while_developing_only():
    with pytest.raises(NoReverseMatch):
        reverse("styleguide")
