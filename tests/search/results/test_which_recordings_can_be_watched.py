"""Who looks for a webinar reads whether it can be watched, and finds the nearest one where it cannot."""

import pytest

from portal.topics.models import Topic
from portal.webinars.models import WebinarIndexPage
from tests.markup import soup, text_of
from tests.webinars.factories import make_recording, make_watchable

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(index, committed, client, translate):
    """The main part of the results page for a question, in a language."""
    with committed():
        translate(WebinarIndexPage.objects.get(), "fr", title="Webinaires", slug="webinaires")
        topic = Topic.objects.create(key="safe-space", label_nl="veilige ruimte", slug_nl="veilige-ruimte", live=True)
        make_watchable("film", title_nl="Gesprek over polarisatie", medium="film", topics=[topic])
        make_recording("lost", title_nl="Verdwenen webinar", state="not_found", topics=[topic])
        make_recording("held", title_nl="Slotdag webinar", state="not_found", mechelen_part="speaker")
        make_recording("example", title_nl="Voorbeeld webinar", is_example=True)

    def search(question, language="nl", **more):
        path = {"nl": "/nl/zoeken/", "fr": "/fr/recherche/"}[language]
        response = client.get(path, {"q": question, **more})
        assert response.status_code == 200
        return soup(response).main

    return search


@pytest.mark.parametrize(
    ("language", "sentence", "instead"),
    [
        (
            "nl",
            "Hiervan is er geen opname die u kunt bekijken.",
            "Dit kunt u wel bekijken of beluisteren",
        ),
        (
            "fr",
            "Il n’y a pas d’enregistrement à regarder sur ce sujet.",
            "Vous pouvez regarder ou écouter ceci à la place",
        ),
    ],
)
def test_a_webinar_that_nobody_found_leads_to_the_nearest_that_can_be_watched(found, language, sentence, instead):
    page = found("verdwenen", language)
    (hit,) = page.select(".hit")
    assert sentence in text_of(hit)
    nearest = page.select_one('[aria-labelledby="nearest"]')
    assert instead in text_of(nearest)
    assert "Gesprek over polarisatie" in text_of(nearest)


def test_what_took_place_says_so_and_what_can_be_watched_says_what_it_is(found):
    (held,) = found("slotdag").select(".hit")
    assert "Vond plaats, geen opname gevonden" in text_of(held)
    page = found("polarisatie")
    assert "film" in text_of(page.select_one(".hit__over"))
    assert page.select_one('[aria-labelledby="nearest"]') is None


def test_the_lists_are_counted_apart_and_recordings_have_no_number_together(found):
    page = found("webinar", kind="recording")
    tab = next(chip for chip in page.select(".kinds a") if "Opnames" in text_of(chip))
    assert tab.select("span") == []
    options = {field["value"]: text_of(field.parent) for field in page.select("input[name=list]")}
    assert options["took_place"].endswith("1")


def test_an_example_is_not_found(found):
    assert "Voorbeeld" not in text_of(found("voorbeeld"))
