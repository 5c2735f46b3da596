"""A topic, city or recording whose text a machine translated says so, with the way to the original.

A text that somebody wrote in its place does not. It is known of the text itself, whichever way it came to change.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.organisations.models import CityIndexPage, Organisation
from portal.starter.loading import load_history
from portal.starter.loading.records import note_machine_translations
from portal.topics.models import Topic, TopicIndexPage
from portal.webinars.models import WebinarIndexPage
from search.engines import current_engine
from search.indexing import outbox
from tests.markup import soup
from tests.organisations.factories import make_city
from tests.topics.factories import make_topic
from tests.webinars.factories import make_recording

NOTICE = "Traduit par une machine pour les villes partenaires, pas encore relu."
OUTDATED = "L’original a changé depuis"
IN_A_LIST = "Certains de ces titres et extraits ont été traduits par une machine"


@pytest.fixture
def topic(site, translate):
    translate(TopicIndexPage.objects.get(locale__language_code="nl"), "fr")
    topic = make_topic("nuisance", "overlast", label_fr="nuisances", slug_fr="nuisances", definition_nl="Hinder.")
    topic.definition_fr = "Gêne."
    topic.note_machine_translation(["fr"])
    topic.save()
    topic.save_revision()
    return topic


def page(client, record, language="fr"):
    response = client.get(record.path_in(language))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.django_db
def test_a_page_says_so_with_one_click_to_the_original(client, topic):
    html = page(client, topic)
    assert NOTICE in html
    assert soup(html).select(f'a[href="{topic.path_in("nl")}"][hreflang=nl]')
    assert NOTICE not in page(client, topic, "nl") and OUTDATED not in html


@pytest.mark.django_db
def test_a_text_that_staff_wrote_in_its_place_is_theirs(client, topic):
    topic.label_fr, topic.definition_fr = "incivilités", "Ce qui gêne."
    topic.save_revision().publish()
    assert NOTICE not in page(client, topic)


@pytest.mark.django_db
def test_one_text_that_is_left_of_the_machine_is_enough(client, topic):
    topic.label_fr = "incivilités"
    topic.save_revision().publish()
    assert NOTICE in page(client, topic)


@pytest.mark.django_db
def test_an_older_version_that_comes_back_brings_back_the_notice(client, topic):
    first = topic.latest_revision
    topic.label_fr, topic.definition_fr = "incivilités", "Ce qui gêne."
    topic.save_revision().publish()
    first.publish()
    assert NOTICE in page(client, Topic.objects.get())


@pytest.mark.django_db
def test_a_draft_from_before_it_was_known_does_not_make_it_forgotten(client, topic):
    old = topic.latest_revision
    old.content.pop("machine_texts")
    old.save()
    old.publish()
    assert NOTICE in page(client, Topic.objects.get())


@pytest.mark.django_db
def test_it_says_that_the_dutch_text_has_changed_since(client, topic):
    topic.definition_nl = "Hinder en ergernis."
    topic.save_revision().publish()
    assert OUTDATED in page(client, topic)


@pytest.mark.django_db
def test_cities_and_recordings_say_it_too(client, site, translate):
    for model in (CityIndexPage, WebinarIndexPage):
        translate(model.objects.get(locale__language_code="nl"), "fr")
    city = make_city("antwerpen", "Antwerpen", name_fr="Anvers")
    recording = make_recording("lezing", title_nl="Een lezing", title_fr="Une conférence", slug_fr="conference")
    for record in (city, recording):
        assert NOTICE not in page(client, record)
        record.note_machine_translation(["fr"])
        record.save()
        assert NOTICE in page(client, record)


@pytest.mark.django_db
def test_a_list_of_results_says_it_once(client, topic):
    make_recording("r", title_nl="Opname", topics=[topic])  # a topic under which there is nothing is no result
    outbox.rebuild(current_engine())
    assert client.get("/fr/recherche/?q=nuisances").content.decode().count(IN_A_LIST) == 1
    assert IN_A_LIST not in client.get("/nl/zoeken/?q=overlast").content.decode()
    topic.label_fr, topic.definition_fr = "incivilités", "Ce qui gêne."
    topic.save_revision().publish()
    outbox.rebuild(current_engine())
    assert IN_A_LIST not in client.get("/fr/recherche/?q=incivilités").content.decode()


@pytest.mark.django_db
def test_of_what_an_earlier_version_loaded_it_is_found_out(client, topic):
    """The loader's own revision says which texts are still as they were loaded."""
    Topic.objects.update(machine_texts={})
    load_history.record_load("topic:nuisance", "", "a hash", topic)
    topic.refresh_from_db()
    topic.label_fr = "incivilités"
    topic.save_revision().publish()
    note_machine_translations()
    assert Topic.objects.get().machine_translated("fr") == ["definition"]


WORDS = st.text(max_size=12)


@given(dutch=WORDS, made=WORDS, now=WORDS)
@settings(max_examples=80, deadline=None, derandomize=True)
def test_a_text_counts_as_the_machines_only_while_it_is_that_text(dutch, made, now):
    city = Organisation(name_nl=dutch, name_fr=made)
    city.note_machine_translation(["fr", "nl"])
    city.name_fr = now
    assert city.machine_translated("fr") == (["name"] if made and made != dutch and now == made else [])
    assert city.machine_translated("nl") == []
