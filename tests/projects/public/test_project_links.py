import pytest
from django.utils.translation import gettext as _

from portal.core.cards import cards
from portal.projects.public.links import (
    projects_as_shared_activities,
    projects_of_method,
    projects_of_organisation,
    projects_of_topic,
)
from portal.topics.models import Topic
from tests.factories import make_method
from tests.organisations.factories import make_city, make_home_city, make_organisation
from tests.projects.factories import project_with

pytestmark = pytest.mark.django_db


def test_a_method_names_the_projects_it_was_born_and_used_in(site, translate):
    method = make_method(title="Online safe spaces", key="online-safe-spaces")
    project_with(title="ORPHEUS", methods=[(method, "used"), (method, "born_in")])
    project_with(title="PERICLES")
    found = projects_of_method(translate(method, "fr"), "fr").cards
    assert [(card.key, card.note.lower()) for card in found] == [("orpheus", _("born in this project"))]


def test_a_method_without_projects_has_no_heading_for_them(site):
    assert projects_of_method(make_method(), "nl") is None


def test_a_topic_names_its_public_projects(site):
    topic = Topic.objects.create(key="nuisance", label_nl="overlast", live=True)
    project_with(title="UrbSecurity", topics=[topic])
    project_with(title="Geheim", topics=[topic], publish=False)
    assert [card.key for card in projects_of_topic(topic, "nl").cards] == ["urbsecurity"]


def test_an_organisation_names_its_projects_with_its_role(site):
    efus = make_organisation("efus", "Efus")
    project_with((efus, "coordinator"), title="IcARUS")
    card = projects_of_organisation(efus, "nl").cards[0]
    assert (card.key, card.note.lower()) == ("icarus", _("coordinator"))


def test_a_city_names_the_projects_of_the_organisations_in_it_too(site):
    portsmouth = make_city("portsmouth", "Portsmouth", country="GB")
    university = make_organisation("university-of-portsmouth", "Universiteit van Portsmouth", city=portsmouth)
    project_with((portsmouth, "partner"), (university, "partner"), title="ORPHEUS")
    note = projects_of_organisation(portsmouth, "nl").cards[0].note
    assert "Universiteit van Portsmouth" in note
    assert note.lower().startswith(_("partner"))


def test_mechelen_names_a_project_that_it_only_advised(site):
    home = make_home_city()
    project_with((make_city("nice", "Nice"), "partner"), title="IcARUS", home_city_role="adviser")
    project_with((make_city("dresden", "Dresden"), "participant"), title="EMMA", home_city_role="unknown")
    found = projects_of_organisation(home, "nl").cards
    assert [(card.key, card.note.lower()) for card in found] == [("icarus", _("member of an advisory committee"))]


def test_a_project_is_shared_with_mechelen_only_when_mechelen_takes_part(site):
    nice = make_city("nice", "Nice")
    project_with((nice, "partner"), title="IcARUS", home_city_role="adviser")
    project_with((nice, "partner"), title="EMMA", home_city_role="unknown")
    shared = {one.key: one for one in projects_as_shared_activities("nl")}
    assert shared["icarus"].with_home and shared["icarus"].places == {nice.pk}
    assert _("member of an advisory committee") in shared["icarus"].note
    assert not shared["emma"].with_home


def test_cards_come_in_the_order_in_which_they_are_asked(site):
    project_with(title="ORPHEUS", start="2019")
    project_with(title="IcARUS", start="2020")
    assert [card.key for card in cards("project", ["orpheus", "icarus", "gone"], "nl")] == ["orpheus", "icarus"]
