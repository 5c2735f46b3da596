import json
from datetime import date

import pytest

from portal.core.searchable import searchable_kinds
from portal.projects.models import ProjectPage
from portal.topics.models import Topic
from tests.organisations.factories import make_city, make_organisation
from tests.projects.factories import event, project_with

pytestmark = pytest.mark.django_db


def documents(keys=None):
    return {document.key: document for document in searchable_kinds()["project"].documents(keys)}


@pytest.fixture
def urbsecurity(site):
    topic = Topic.objects.create(key="nuisance", label_nl="overlast", live=True)
    leiria = make_city("leiria", "Leiria", name_de="Leiria (Portugal)")
    ghent = make_organisation(
        "ugent", "Universiteit Gent", short_name="UGent", city=make_city("gent", "Gent", name_fr="Gand", country="BE")
    )
    return project_with(
        (leiria, "lead"), (ghent, "partner"),
        title="UrbSecurity", acronym="UrbSec", programme="URBACT III", fund="erdf", status="ended", topics=[topic],
        start="2019-09-02", end="2022", grant_number="1555346960", lead="Negen steden.",
        what_was_done="<p>Eerste stap.</p><p>Tweede <b>stap</b>.</p>",
        timeline=json.dumps([event(1, "Begin van het netwerk.")]),
    )  # fmt: skip


def test_a_project_is_one_document_with_all_its_languages(urbsecurity, translate):
    translate(urbsecurity, "fr", title="UrbSecurity en français")
    found = documents()["urbsecurity"]
    assert set(found.texts) == {"nl", "fr"}
    assert found.texts["fr"].title == "UrbSecurity en français"
    assert found.texts["nl"].url == urbsecurity.url


def test_the_text_is_plain_and_words_of_two_paragraphs_stay_apart(urbsecurity):
    text = documents()["urbsecurity"].texts["nl"].body
    assert "Eerste stap. Tweede stap ." in text or "Eerste stap. Tweede stap." in text
    assert "<" not in text
    assert "Begin van het netwerk." in text


def test_it_can_be_filtered_by_topic_country_fund_status_and_year(urbsecurity):
    assert documents()["urbsecurity"].filters == {
        "topic": ("nuisance",),
        "country": ("BE", "PT"),
        "fund": ("erdf",),
        "status": ("ended",),
        "year": ("2019", "2020", "2021", "2022"),
    }
    assert documents()["urbsecurity"].date == date(2019, 9, 2)


def test_it_is_found_by_its_acronym_its_number_and_its_partners_in_every_language(urbsecurity):
    words = documents()["urbsecurity"].words
    assert all(word in words for word in ("UrbSec", "1555346960", "UGent", "Gand", "Leiria (Portugal)"))


def test_a_fund_that_is_not_settled_is_no_filter(site):
    project_with(title="PERICLES", fund="unresolved")
    assert "fund" not in documents()["pericles"].filters


def test_what_is_not_public_any_more_is_not_offered(urbsecurity):
    assert list(documents(["urbsecurity", "gone"])) == ["urbsecurity"]
    urbsecurity.unpublish()
    assert documents(["urbsecurity"]) == {}


def test_every_language_of_a_project_is_indexed_under_the_same_key(urbsecurity, translate):
    key_of = searchable_kinds()["project"].key_of
    assert {key_of(page) for page in (urbsecurity, translate(urbsecurity, "fr"))} == {"urbsecurity"}
    assert searchable_kinds()["project"].model is ProjectPage
