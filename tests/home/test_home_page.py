"""The start page: a question box, problems, the next step, methods to start with, what changed, who is behind it."""

import gzip
from datetime import timedelta

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core import ask_links
from portal.home.models import HomePage
from portal.topics.models import Topic
from tests.factories import make_method, make_project
from tests.home.factories import choose_for_home, make_dossier, make_plain, section
from tests.markup import links, soup, text_of
from tests.organisations.factories import make_home_city, make_organisation
from tests.topics.factories import make_topic
from tests.webinars.factories import make_caption, make_recording, make_source, make_watchable

pytestmark = pytest.mark.django_db

MOST_BYTES = 100_000


def page(client, path="/nl/"):
    response = client.get(path)
    assert response.status_code == 200
    return soup(response)


def part(html, name):
    """The part of the page under the heading with this id."""
    return html.select_one(f'[aria-labelledby="{name}"]')


def titles(part):
    return [text_of(title) for title in part.select("h3.card__title > a")]


@pytest.fixture(autouse=True)
def without_form_for_questions(monkeypatch):
    """The portal takes no questions, unless a test says otherwise."""
    monkeypatch.setattr(ask_links, "_url", None)


@pytest.fixture
def with_form_for_questions(monkeypatch, without_form_for_questions):
    """The portal takes questions, at addresses that say what about."""
    monkeypatch.setattr(ask_links, "_url", lambda language, about, row, kind: f"/{language}/vraag/?kind={kind}")


def test_an_empty_portal_has_a_start_page(client, site):
    html = page(client)
    assert len(html.select("h1")) == 1
    assert _("No session is planned at the moment.") in text_of(html)
    assert not part(html, "methods") and not part(html, "problems")


def test_it_opens_with_the_question_box_and_words_of_the_thesaurus_under_which_there_is_something(client, site):
    nuisance = make_topic("nuisance", "overlast")
    diagnosis = make_topic("dual-diagnosis", "dubbele diagnose")
    make_topic("safe-space", "safe space")
    make_method(title="Buurtwerk", topics=[nuisance, diagnosis])
    html = page(client)
    assert html.select("input[name=q]")
    tries = links(html.select_one(".tries"))
    assert list(tries) == ["dubbele diagnose", "overlast"]
    assert tries["dubbele diagnose"].endswith("?q=dubbele%20diagnose")
    assert client.get(tries["dubbele diagnose"]).status_code == 200


def test_the_words_to_try_are_in_the_language_of_the_page(client, site, translate):
    translate(HomePage.objects.get(), "fr", slug="fr")
    nuisance = Topic.objects.create(key="nuisance", label_nl="overlast", label_fr="nuisances", live=True)
    diagnosis = Topic.objects.create(key="dual-diagnosis", label_nl="dubbele diagnose", live=True)
    make_method(title="Buurtwerk", topics=[nuisance, diagnosis])
    tries = {text_of(link): link.get("lang") for link in page(client, "/fr/").select(".tries a")}
    assert tries == {"nuisances": None, "dubbele diagnose": "nl"}


# Problems


def problems(html):
    return [text_of(link) for link in html.select(".problems a")]


def test_the_doors_are_the_problems_that_staff_chose_in_their_order(client, site):
    guides = [make_dossier(key=key, title=key.capitalize()) for key in ("pesten", "burenruzie", "geweld")]
    choose_for_home(problems=[guides[2], guides[0]])
    assert problems(page(client)) == ["Geweld", "Pesten"]


def test_without_a_choice_the_doors_are_the_first_eight_problems(client, site):
    for number in range(9):
        make_dossier(key=f"p-{number}", title=f"Probleem {number}")
    assert problems(page(client)) == [f"Probleem {number}" for number in range(8)]


def test_a_chosen_problem_that_went_off_line_is_no_door(client, site):
    gone, stays = make_dossier(key="weg", title="Weg"), make_dossier(key="blijft", title="Blijft")
    choose_for_home(problems=[gone, stays])
    gone.unpublish()
    assert problems(page(client)) == ["Blijft"]


def test_the_french_doors_are_those_of_the_dutch_page_in_french(client, site, translate):
    translate(HomePage.objects.get(), "fr", slug="fr")
    guide = make_dossier(key="pesten", title="Pesten")
    make_dossier(key="geweld", title="Geweld")
    translate(guide, "fr", title="Harcèlement", slug="harcelement")
    choose_for_home(problems=[guide])
    (link,) = page(client, "/fr/").select(".problems a")
    assert (text_of(link), link["href"]) == ("Harcèlement", "/fr/problemen-fr/harcelement/")


# The next step

LISTS = (_("Watch or listen"), _("To come"), _("Took place, no recording found"))


def test_the_next_session_is_the_one_next_step_with_its_date_and_calendar(client, site):
    now = timezone.now()
    make_recording("old", title_nl="Opname", event_start=now - timedelta(days=5))
    make_recording("passed", title_nl="Voorbij", state="planned", event_start=now - timedelta(days=1))
    make_recording("later", title_nl="Later", state="planned", event_start=now + timedelta(days=30))
    soon = make_recording("soon", title_nl="Binnenkort", state="planned", event_start=now + timedelta(days=3))
    step = part(page(client), "next")
    assert set(links(step)) == {"Binnenkort", _("Add to my calendar"), *LISTS}
    with translation.override("nl"):
        from portal.webinars.schedule import event_date

        assert event_date(soon).words in text_of(step)
    calendar = client.get(links(step)[_("Add to my calendar")])
    assert calendar["Content-Type"].startswith("text/calendar")


def test_a_session_without_a_known_date_says_so_and_has_no_calendar(client, site):
    make_recording("ooit", title_nl="Ooit", state="planned")
    step = part(page(client), "next")
    assert list(links(step)) == ["Ooit", *LISTS]
    assert _("The date is not known yet.") in text_of(step)


def test_without_a_session_the_newest_recording_with_mechelen_that_can_be_watched_stands_there(client, site):
    now = timezone.now()
    make_recording("lost", title_nl="Niet gevonden", state="not_found", announced_at=now - timedelta(days=1))
    make_source(make_recording("gone", title_nl="Verwijderd", event_start=now - timedelta(days=2)), state="unavailable")
    make_recording("nowhere", title_nl="Zonder video", event_start=now - timedelta(days=3))
    make_watchable("others", title_nl="Van anderen", mechelen_part="none", event_start=now - timedelta(days=4))
    make_watchable("new", title_nl="Nieuw", mechelen_part="speaker", event_start=now - timedelta(days=5))
    make_watchable("old", title_nl="Oud", mechelen_part="host", event_start=now - timedelta(days=50))
    example = make_recording("example", title_nl="Voorbeeld", is_example=True, event_start=now)
    make_source(example, external_id="yt:ddddddddddd")
    step = part(page(client), "next")
    assert _("No session is planned at the moment.") in text_of(step)
    assert list(links(step)) == ["Nieuw", *LISTS]


def test_nothing_to_watch_is_not_made_up(client, site):
    make_recording("nowhere", title_nl="Zonder video", event_start=timezone.now() - timedelta(days=3))
    assert list(links(part(page(client), "next"))) == [*LISTS]


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_each_of_the_three_lists_has_its_own_number(client, site, translate, language):
    if language != "nl":
        translate(HomePage.objects.get(), language, slug=language)
    for key in ("a", "b"):
        make_watchable(key)
    make_recording("c", state="not_found", mechelen_part="speaker")
    make_recording("example", is_example=True, event_start=timezone.now())
    step = part(page(client, f"/{language}/"), "next")
    assert [text_of(number) for number in step.select("li b")] == ["2", "0", "1"]


def test_a_session_can_be_proposed_where_the_portal_takes_questions(client, site, with_form_for_questions):
    assert links(part(page(client), "next"))[_("Propose a session")] == "/nl/vraag/?kind=session"


# What it promises


@pytest.mark.parametrize(("level", "promised"), [(0, False), (1, False), (2, False), (3, True), (4, True)])
@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_it_only_says_that_something_works_where_the_effect_of_a_method_was_evaluated(
    client, site, translate, level, promised, language
):
    if language != "nl":
        translate(HomePage.objects.get(), language, slug=language)
    make_method(title="Bemiddeling", evidence_level=level)
    make_method(title="Ontwerp", key="ontwerp", evidence_level=4, publish=False)
    with translation.override(language):
        works, does = (
            _("What works here, and would it work for you?"),
            _("What does Mechelen do, and would it work for you?"),
        )
    # French has a space of its own before the question mark.
    assert text_of(page(client, f"/{language}/").h1) == " ".join((works if promised else does).split())


def test_the_numbers_are_those_of_what_is_public(client, site):
    for number in range(2):
        make_method(key=f"m-{number}", title=f"Methodiek {number}")
    make_method(key="draft", title="Ontwerp", publish=False)
    for number in range(3):
        make_project(key=f"p-{number}", title=f"Project {number}")
    choose_for_home(flagships=[make_method(key="m-3", title="Methodiek 3")])
    html = page(client)
    words = ngettext("The %(number)s method", "All %(number)s methods", 3) % {"number": 3}
    assert links(part(html, "methods"))[words] == "/nl/methodieken/"
    words = ngettext("%(number)s European project or network", "%(number)s European projects and networks", 3)
    assert links(part(html, "behind"))[words % {"number": 3}] == "/nl/projecten/"


def test_the_methods_to_start_with_are_those_that_staff_chose(client, site):
    methods = [make_method(key=f"m-{number}", title=f"Methodiek {number}") for number in range(4)]
    choose_for_home(flagships=[methods[2], methods[0], methods[3]])
    assert titles(part(page(client), "methods")) == ["Methodiek 2", "Methodiek 0", "Methodiek 3"]
    methods[0].unpublish()
    assert titles(part(page(client), "methods")) == ["Methodiek 2", "Methodiek 3"]


def test_the_french_page_lists_an_untranslated_method_as_the_dutch_one_it_is(client, site, translate):
    translated, dutch = make_method(key="een", title="Een"), make_method(key="twee", title="Twee")
    translate(translated, "fr", title="Un", slug="un")
    choose_for_home(flagships=[translated, dutch])
    methods = part(page(client, "/fr/"), "methods")
    assert links(methods)["Un"] == "/fr/methodieken-fr/un/"
    assert links(methods)["Twee"] == "/nl/methodieken/twee/"
    assert [text_of(title) for title in methods.select("h3.card__title[lang=nl] > a[hreflang=nl]")] == ["Twee"]
    assert len(methods.select("h3.card__title[lang]")) == 1


def test_it_says_who_is_behind_it_what_that_service_does_and_where_to_read_more(client, site, with_form_for_questions):
    make_organisation(
        "afdeling-preventie-en-veiligheid",
        "Afdeling Preventie",
        city=make_home_city(),
        description_nl="Vijf pijlers in september 2021.",
    )
    make_plain(title="Over de afdeling", key="over")
    behind = part(page(client), "behind")
    assert "Vijf pijlers in september 2021." in text_of(behind)
    assert links(behind)["Over de afdeling"] == "/nl/over/"
    assert links(behind)[_("Ask the department")] == "/nl/vraag/?kind="
    assert any(url.startswith("/nl/steden/afdeling") for url in links(behind).values())


def test_what_nobody_knows_of_the_makers_is_left_out(client, site):
    assert list(links(part(page(client), "behind"))) == []


# What it costs


def test_it_is_light_and_costs_the_same_however_much_there_is(client, site, cost_of, translate):
    dossier = [section(number, f"Deel {number}", ["method:m-1"]) for number in range(3)]
    guide = make_dossier(*dossier)
    method = make_method(key="m-1", title="Methodiek", topics=[make_topic("nuisance", "overlast")])
    make_plain(title="Over de afdeling", key="over")
    recording = make_recording()
    make_caption(recording)
    make_source(recording, external_id="yt:bbbbbbbbbbb")
    choose_for_home(problems=[guide], flagships=[method])
    translate(HomePage.objects.get(), "fr", slug="fr")
    few = cost_of("/nl/"), cost_of("/fr/")
    methods = [
        make_method(key=f"more-{number}", title=f"Methodiek {number}", lead="Een belofte in één zin. " * 5)
        for number in range(8)
    ]
    guides = [
        make_dossier(*dossier, key=f"d-{number}", title=f"Probleem {number}", lead="Kort.") for number in range(8)
    ]
    for number in range(8):
        more = make_recording(f"r-{number}", event_start=timezone.now())
        make_caption(more)
        make_source(more, external_id=f"yt:{number}aaaaaaaaaa")
    choose_for_home(problems=guides, flagships=methods[:3])
    assert (cost_of("/nl/"), cost_of("/fr/")) == few
    assert len(gzip.compress(client.get("/nl/").content)) < MOST_BYTES
