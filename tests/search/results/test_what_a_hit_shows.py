"""A hit can be judged in the list: what it is, how old, who speaks, in which languages, and why it is here."""

from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from portal.projects.models import ProjectPage
from portal.topics.models import Topic
from tests.factories import make_method, make_project
from tests.markup import soup, text_of
from tests.webinars.factories import make_caption, make_recording, make_speaker

pytestmark = pytest.mark.django_db


def results(question, address="/nl/zoeken/"):
    """The results page of a question."""
    return soup(Client(HTTP_HOST="localhost").get(address, {"q": question}))


@pytest.fixture
def hits(index, committed):
    with committed():
        topic = Topic.objects.create(
            key="nuisance", label_nl="overlast", label_fr="nuisances", slug_nl="overlast", live=True
        )
        make_project(key="emma", title="EMMA", lead="Over overlast.", start="2019-10", end="2022-09")
        make_project(key="een-jaar", title="Eén jaar overlast", start="2020-01", end="2020-12")
        lecture = make_recording(
            key="lezing", title_nl="Een lezing over overlast", title_en="A lecture", slug_nl="lezing", duration_s=1200,
            event_start=timezone.make_aware(datetime(2021, 9, 28, 10)),
            speakers=[make_speaker(), make_speaker("bea", "Bea Smits", consent=False)],
        )  # fmt: skip
        make_caption(lecture, "nl", [(754, 760, "Dan is er weer overlast.")])
        make_method(key="buurt", title="Buurtwerking", lead="Praten met de buurt.", topics=[topic])
        make_method(key="livc", title="Lokale cel", slug="livc", lead="Overleg.")

    def ask(question, language="nl", address="/nl/zoeken/"):
        return {
            " ".join(hit.select_one(".hit__title").text.split()): text_of(hit)
            for hit in results(question, address).select("article.hit")
        }

    return ask


def test_a_project_shows_its_years(hits):
    found = hits("overlast")
    assert found["EMMA"].startswith("Project · 2019–2022")
    assert found["Eén jaar overlast"].startswith("Project · 2020 ")


def test_a_recording_shows_its_day_length_and_the_speakers_who_agreed(hits):
    one = hits("overlast")["Een lezing over overlast"]
    assert "28 september 2021" in one and "20 min" in one
    assert "Met Ann Peeters" in one and "Bea Smits" not in one


def test_a_moment_shows_its_time_and_sentence(hits):
    assert "12:34 Dan is er weer overlast ." in hits("overlast")["Een lezing over overlast"]


def test_a_hit_says_whether_there_is_a_translation(hits, translate, committed):
    assert "Talen:" not in hits("overlast")["EMMA"]
    with committed():
        translate(ProjectPage.objects.get(key="emma"), "fr", title="EMMA", slug="emma")
    assert "Talen: NL FR" in hits("overlast")["EMMA"]


def test_what_is_found_by_its_topic_only_says_so(hits):
    found = hits("nuisances")
    assert "Over het thema: overlast" in found["Buurtwerking"]


def test_what_shows_its_words_needs_no_reason(hits):
    assert "Over het thema" not in hits("overlast")["EMMA"]


def test_what_is_found_by_a_name_in_its_data_is_said_once_above_the_list(hits):
    said = "Sommige resultaten zijn gevonden via een verwant woord of in een andere taal."
    assert said not in hits("livc")["Lokale cel"]
    assert text_of(results("livc")).count(said) == 1
    assert said not in text_of(results("overlast"))


def test_a_thing_of_a_related_topic_says_through_which_it_was_found(hits, committed):
    with committed():
        nuisance = Topic.objects.get(key="nuisance")
        litter = Topic.objects.create(key="litter", label_nl="zwerfvuil", slug_nl="zwerfvuil", live=True)
        nuisance.related.add(litter)
        nuisance.save()
        make_method(key="propere-straat", title="Propere straat", lead="Samen opruimen.", topics=[litter])
    assert "Gevonden via een verwant thema: zwerfvuil" in hits("overlast")["Propere straat"]
