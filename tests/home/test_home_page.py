"""The start page: a question box, three doors, what is next, what is new, the dossiers, the cities."""

import gzip
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.home.models import HomePage
from portal.projects.models import ProjectPartner
from portal.topics.models import Topic
from tests.factories import make_method, make_project
from tests.home.factories import make_dossier, section
from tests.markup import links, soup, text_of
from tests.organisations.factories import make_city, make_home_city
from tests.webinars.factories import make_caption, make_recording

pytestmark = pytest.mark.django_db


def page(client, path="/nl/"):
    response = client.get(path)
    assert response.status_code == 200
    return soup(response)


def part(html, name):
    """The part of the page under the heading with this id."""
    return html.select_one(f'[aria-labelledby="{name}"]')


def titles(part):
    return [text_of(title) for title in part.select("h3.card__title > a")]


def test_an_empty_portal_has_a_start_page(client, site):
    html = page(client)
    assert len(html.select("h1")) == 1
    assert _("No session is planned at the moment.") in text_of(html)
    assert not part(html, "methods")


def test_it_opens_with_the_question_box_and_words_of_the_thesaurus(client, site):
    Topic.objects.create(key="nuisance", label_nl="overlast", label_fr="nuisances", live=True)
    Topic.objects.create(key="dual-diagnosis", label_nl="dubbele diagnose", live=True)
    Topic.objects.create(key="safe-space", label_nl="safe space", live=False)
    html = page(client)
    assert html.select("input[name=q]")
    tries = links(html.select_one(".tries"))
    assert list(tries)[:2] == ["dubbele diagnose", "overlast"]
    assert tries["dubbele diagnose"].endswith("?q=dubbele%20diagnose")
    assert client.get(tries["dubbele diagnose"]).status_code == 200
    assert "safe space" not in str(html)


def test_the_words_to_try_are_in_the_language_of_the_page(client, site, translate):
    translate(HomePage.objects.get(), "fr", slug="fr")
    Topic.objects.create(key="nuisance", label_nl="overlast", label_fr="nuisances", live=True)
    Topic.objects.create(key="dual-diagnosis", label_nl="dubbele diagnose", live=True)
    tries = {text_of(link): link.get("lang") for link in page(client, "/fr/").select(".tries a")}
    assert tries == {"nuisances": None, "dubbele diagnose": "nl"}


def test_the_doors_say_how_much_is_behind_them(client, site):
    for number in range(2):
        make_method(key=f"m-{number}", title=f"Methodiek {number}")
    make_method(key="draft", title="Ontwerp", publish=False)
    make_project(key="orpheus", title="ORPHEUS")
    make_recording()
    make_recording("hidden", live=False)
    doors = [(door["href"], text_of(door.i).split()[0]) for door in page(client).select("a.door")]
    assert doors == [("/nl/methodieken/", "2"), ("/nl/projecten/", "1"), ("/nl/webinars/", "1")]


def test_the_next_session_comes_before_everything_recorded(client, site):
    now = timezone.now()
    make_recording("old", title_nl="Opname", event_start=now - timedelta(days=5))
    make_recording("passed", title_nl="Voorbij", state="planned", event_start=now - timedelta(days=1))
    make_recording("later", title_nl="Later", state="planned", event_start=now + timedelta(days=30))
    make_recording("soon", title_nl="Binnenkort", state="planned", event_start=now + timedelta(days=3))
    sessions = part(page(client), "sessions")
    assert _("The next session") in text_of(sessions)
    assert titles(sessions) == ["Binnenkort", "Later"]


def test_without_a_session_the_latest_recordings_stand_there(client, site):
    now = timezone.now()
    make_recording("lost", title_nl="Niet gevonden", state="not_found", announced_at=now - timedelta(days=1))
    make_recording("old", title_nl="Oud", event_start=now - timedelta(days=500))
    make_recording("new", title_nl="Nieuw", event_start=now - timedelta(days=5))
    make_recording("example", title_nl="Voorbeeld", is_example=True, event_start=now)
    sessions = part(page(client), "sessions")
    assert titles(sessions) == ["Nieuw", "Oud", "Niet gevonden"]
    assert _("Recording not found yet") in text_of(sessions)


def test_the_six_newest_methods_and_the_dossiers_are_shown(client, site):
    for number in range(7):
        make_method(key=f"m-{number}", title=f"Methodiek {number}", lead="Belofte.")
    make_dossier(section(1, "Deel", ["method:m-1", "method:m-2"]))
    html = page(client)
    assert titles(part(html, "methods")) == [f"Methodiek {number}" for number in (6, 5, 4, 3, 2, 1)]
    assert titles(part(html, "dossiers")) == ["Veilig in dialoog"]
    words = ngettext("%(number)d page", "%(number)d pages", 2) % {"number": 2}
    assert words in text_of(part(html, "dossiers"))


def test_the_french_page_lists_an_untranslated_method_as_the_dutch_one_it_is(client, site, translate):
    translated = make_method(key="een", title="Een")
    make_method(key="twee", title="Twee")
    translate(translated, "fr", title="Un", slug="un")
    methods = part(page(client, "/fr/"), "methods")
    assert links(methods)["Un"] == "/fr/methodieken-fr/un/"
    assert links(methods)["Twee"] == "/nl/methodieken/twee/"
    assert [text_of(title) for title in methods.select("h3.card__title[lang=nl] > a[hreflang=nl]")] == ["Twee"]
    assert len(methods.select("h3.card__title[lang]")) == 1


@pytest.fixture
def cities(site):
    home, leiria = make_home_city(), make_city("leiria", "Leiria")
    partners = [ProjectPartner(organisation=one, role="partner") for one in (home, leiria)]
    make_project(key="urbsecurity", title="UrbSecurity", partners=partners)


def test_the_cities_are_on_the_map_and_in_a_list(client, cities):
    html = page(client)
    assert html.select("svg.map")
    assert "UrbSecurity: Leiria" in str(html)
    (leiria,) = part(html, "cities").select('a.chip[href="/nl/steden/leiria/"]')
    assert text_of(leiria).startswith("Leiria")


def test_it_is_light_and_costs_the_same_however_much_there_is(client, cities, cost_of):
    dossier = [section(number, f"Deel {number}", ["method:m-1"]) for number in range(3)]
    make_dossier(*dossier)
    make_method(key="m-1", title="Methodiek")
    make_caption(make_recording())
    few = cost_of("/nl/")
    for number in range(8):
        make_method(key=f"more-{number}", title=f"Methodiek {number}", lead="Een belofte in één zin. " * 5)
        make_dossier(*dossier, key=f"d-{number}", title=f"Dossier {number}")
        make_caption(make_recording(f"r-{number}", event_start=timezone.now()))
        make_city(f"city-{number}", f"Stad {number}")
    assert cost_of("/nl/") == few
    assert len(gzip.compress(client.get("/nl/").content)) < 40_000
