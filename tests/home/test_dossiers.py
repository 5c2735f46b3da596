"""Guides to problems: what to read and in which order, also beside the things that a guide names."""

import pytest
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.core import ask_links
from portal.core.cards import cards, links_of
from portal.core.page_cache import cached_values
from portal.home.models import DossierIndexPage
from portal.home.public.search_documents import dossier_documents
from portal.topics.models import Topic
from tests.factories import make_method, make_project
from tests.home.factories import make_dossier, section
from tests.markup import links, soup, text_of
from tests.webinars.factories import make_recording

pytestmark = pytest.mark.django_db

PATH = "/nl/problemen/veilig-in-dialoog/"


@pytest.fixture
def things(site):
    make_method(key="pim", title="PIM")
    make_method(key="pim-2", title="Een ander")
    make_project(key="orpheus", title="ORPHEUS")
    make_recording()


def body(client, path=PATH):
    response = client.get(path)
    assert response.status_code == 200
    return soup(response).main


def outline(html):
    """Headings of sections and cards in reading order."""
    return [text_of(heading) for heading in html.select("h2:not(nav h2), h3.card__title > a")]


def test_each_section_has_its_things_in_reading_order(client, things):
    make_dossier(
        section(1, "Eerst", ["recording:safe-spaces", "method:pim"], text="<p>Begin hier.</p>"),
        section(2, "Dan", ["project:orpheus", "method:unknown", "nonsense"]),
        introduction="<p>Waarover het gaat.</p>",
    )
    html = body(client)
    assert outline(html) == [
        "Eerst",
        "Veilige ruimtes",
        "PIM",
        "Dan",
        "ORPHEUS",
        _("Sources"),
    ]
    paragraphs = [text_of(paragraph) for paragraph in html.select("p")]
    assert "Waarover het gaat." in paragraphs
    assert "Begin hier." in paragraphs
    assert links(html)["Dan"] == "#part-2"


def test_the_french_dossier_has_french_words_and_the_things_of_the_dutch_one(client, things, translate):
    dossier = make_dossier(
        section(1, "Eerst", ["method:pim"], text="<p>Begin hier.</p>"), introduction="<p>Inleiding.</p>"
    )
    french = translate(dossier, "fr", title="Dialogue", slug="dialogue", introduction="Introduction.")
    html = body(client, french.url)
    assert "Eerst fr" in text_of(html)
    method = html.select_one("h3.card__title[lang=nl] > a[hreflang=nl]")
    assert (text_of(method), method["href"]) == ("PIM", "/nl/methodieken/pim/")
    dossier.sections = [section(1, "Eerst", ["project:orpheus"], text="<p>Begin hier.</p>")]
    dossier.save_revision().publish()
    assert "ORPHEUS" in text_of(body(client, french.url))


def test_a_link_in_the_text_to_a_page_that_went_away_is_only_words(client, things):
    method = make_method(key="weg", title="Weg")
    make_dossier(introduction=f'<p>Zie <a linktype="page" id="{method.pk}">die methodiek</a>.</p>')
    assert links(body(client))["die methodiek"] == method.url
    method.unpublish()
    assert method.url not in links(body(client)).values()
    assert "die methodiek" in text_of(body(client))


def test_without_dossiers_the_page_says_so(client, site):
    assert _("No guides yet") in text_of(body(client, "/nl/problemen/"))
    make_dossier()
    assert "Veilig in dialoog" in text_of(body(client, "/nl/problemen/"))


def dossiers_of(kind, thing, language="nl"):
    groups = links_of(kind, thing, language)
    return [card.key for group in groups if group.heading == _("Guides by problem") for card in group.cards]


def test_what_a_dossier_names_leads_back_to_it(things, translate):
    from portal.methods.models import MethodPage
    from portal.projects.models import ProjectPage
    from portal.webinars.models import Recording

    topic = Topic.objects.create(key="dialoog", label_nl="dialoog", live=True)
    make_dossier(section(1, "Deel", ["method:pim", "project:orpheus", "recording:safe-spaces"]), topics=[topic])
    method = MethodPage.objects.get(key="pim")
    assert dossiers_of("method", method) == ["veilig-in-dialoog"]
    assert dossiers_of("method", MethodPage.objects.get(key="pim-2")) == []
    assert dossiers_of("project", ProjectPage.objects.get(key="orpheus")) == ["veilig-in-dialoog"]
    assert dossiers_of("recording", Recording.objects.get()) == ["veilig-in-dialoog"]
    assert dossiers_of("topic", topic) == ["veilig-in-dialoog"]
    french = translate(method, "fr", slug="pim-fr")
    assert dossiers_of("method", french, "fr") == ["veilig-in-dialoog"]


def test_a_key_that_is_part_of_another_is_not_taken_for_it(things):
    make_dossier(section(1, "Deel", ["method:pim-2"]))
    from portal.methods.models import MethodPage

    assert dossiers_of("method", MethodPage.objects.get(key="pim")) == []


def test_a_dossier_off_line_is_nowhere(client, things):
    dossier = make_dossier(section(1, "Deel", ["method:pim"]))
    dossier.unpublish()
    assert cards("dossier", ["veilig-in-dialoog"], "nl") == []
    assert list(dossier_documents(None)) == []
    assert client.get(PATH).status_code == 410


def test_a_card_is_in_the_language_of_the_page_when_there_is_one(things, translate):
    translate(make_dossier(), "fr", title="Dialogue", slug="dialogue")
    make_dossier(key="alleen", title="Alleen Nederlands")
    french, dutch = cards("dossier", ["veilig-in-dialoog", "alleen"], "fr")
    assert (french.title, french.language, french.languages) == ("Dialogue", "fr", ("nl", "fr"))
    assert (dutch.title, dutch.language, dutch.languages) == ("Alleen Nederlands", "nl", ("nl",))


def test_search_gets_the_words_of_every_language(things, translate):
    topic = Topic.objects.create(key="dialoog", label_nl="dialoog", live=True)
    dossier = make_dossier(
        section(1, "Eerst", ["method:pim"], text="<p>Begin <b>hier</b>.</p>"),
        introduction="<p>Inleiding.</p><p>Meer.</p>",
        lead="Belofte.",
        topics=[topic],
    )
    translate(dossier, "fr", title="Dialogue", slug="dialogue")
    (document,) = dossier_documents(["veilig-in-dialoog"])
    assert set(document.texts) == {"nl", "fr"}
    dutch = document.texts["nl"]
    assert (dutch.title, dutch.lead, dutch.url) == ("Veilig in dialoog", "Belofte.", PATH)
    assert "Begin hier" in dutch.body and "Inleiding." in dutch.body and "method:pim" not in dutch.body
    assert document.filters == {"topic": ("dialoog",)}


def test_the_permanent_identifier_leads_to_the_dossier(client, things):
    make_dossier()
    assert client.get("/id/dossier/veilig-in-dialoog").url == PATH


def test_the_pages_cost_the_same_however_many_sections_and_dossiers(things, cost_of):
    named = ["method:pim", "project:orpheus", "recording:safe-spaces"]
    other = make_dossier(key="ander", title="Ander")
    text = f'<p><a linktype="page" id="{other.pk}">link</a></p>'
    dossier = make_dossier(section(1, "Deel", named, text=text))
    few = {path: cost_of(path) for path in (PATH, DossierIndexPage.objects.get().url)}
    sections = [section(number, f"Deel {number}", [*named, "method:pim-2"], text=text) for number in range(8)]
    dossier.sections = sections
    dossier.save_revision().publish()
    for number in range(8):
        make_dossier(*sections, key=f"d-{number}", title=f"Dossier {number}")
    assert {path: cost_of(path) for path in few} == few


def test_sections_that_are_levels_of_work_are_drawn_as_a_figure_that_leads_to_them(client, things, translate):
    levels = [section(1, "Breed", ["method:pim"]), section(2, "Smal", ["method:pim-2"])]
    for level, tier in zip(levels, ("proactive", "curative"), strict=True):
        level["value"]["tier"] = tier
    dossier = make_dossier(*levels, section(3, "Nog iets"))
    figure = body(client).figure
    assert [(link["href"], text_of(link)) for link in figure.select("a[href]")] == [
        ("#part-1", "Breed"),
        ("/nl/methodieken/pim/", "PIM"),
        ("#part-2", "Smal"),
        ("/nl/methodieken/pim-2/", "Een ander"),
    ]
    french = translate(dossier, "fr", title="Dialogue", slug="dialogue")
    assert body(client, french.url).select(".level.tier--curative")


def test_one_level_makes_no_figure(client, things):
    only = section(1, "Breed", ["method:pim"])
    only["value"]["tier"] = "proactive"
    make_dossier(only)
    assert not body(client).select("figure")


# For professionals


def help_line(number, name, text="", **facts):
    value = {"name": name, "text": text, "phone": "", "url": "", "source": ""} | facts
    return {"type": "line", "id": f"00000000-0000-4000-8000-{number:012}", "value": value}


def notes(html):
    return [text_of(note) for note in html.select(".note")]


SOURCE = {
    "type": "source",
    "id": "00000000-0000-4000-8000-000000000099",
    "value": {
        "key": "fjc",
        "title": "Family Justice Center",
        "url": "https://example.org/fjc",
        "as_of": "",
        "read_on": "",
    },
}


def test_a_guide_on_violence_says_first_that_it_is_for_professionals_and_where_to_get_help(client, things, translate):
    guide = make_dossier(
        for_professionals=True,
        lead="Wat wij doen.",
        sources=[SOURCE],
        help_lines=[
            help_line(1, "Hulplijn 1712", "bij geweld", url="https://example.org/1712", source="fjc"),
            help_line(2, "Iemand anders", phone="0800 00 000"),
        ],
    )
    for html in (body(client), body(client, translate(guide, "fr", title="Dialogue", slug="dialogue").url)):
        (note,) = html.select(".note")
        assert note.find_previous("h1") and "Wat wij doen." not in "".join(map(str, note.find_all_previous("p")))
        assert "0800 00 000" in text_of(note)
        assert [link["href"] for link in note.select("a")] == ["https://example.org/1712", "https://example.org/fjc"]
    assert _("This page is for professionals") in notes(body(client))[0]
    assert _("General knowledge of the field, not confirmed by the department yet") in notes(body(client))[0]
    with override("fr"):
        assert _("This page is for professionals") in text_of(note)
        assert "Hulplijn 1712 fr" in text_of(note)


def test_a_helpline_that_is_not_known_is_said_to_be_unknown(client, things):
    make_dossier(for_professionals=True)
    (note,) = notes(body(client))
    assert _("It gives no help to people in need. Which helpline to name here is not yet known.") in note


def test_another_guide_has_no_such_note(client, things):
    make_dossier(help_lines=[help_line(1, "Hulplijn 1712")])
    assert notes(body(client)) == []


def test_another_problem_can_be_asked_about_where_the_portal_takes_questions(client, things, monkeypatch):
    make_dossier()
    monkeypatch.setattr(ask_links, "_url", None)
    assert _("Ask the department") not in links(body(client))
    monkeypatch.setattr(ask_links, "_url", lambda language, about, row, kind: f"/{language}/vraag/?about={about}")
    cached_values.clear()
    assert links(body(client))[_("Ask the department")] == "/nl/vraag/?about=dossier:veilig-in-dialoog"


# Addresses


@pytest.mark.parametrize(("language", "word"), [("nl", "dossiers"), ("fr", "dossiers-fr")])
def test_an_address_under_the_former_word_leads_on_when_it_was_public(client, site, translate, language, word):
    index = DossierIndexPage.objects.get(locale__language_code="nl")
    index.slug = "dossiers"
    index.save_revision().publish()
    guide = make_dossier()
    shown = guide if language == "nl" else translate(guide, "fr", title="Dialogue", slug="dialogue")
    former, former_index = shown.url, shown.get_parent().url
    assert former_index == f"/{language}/{word}/"
    for page in shown.get_parent().specific.versions:
        page.slug = {"nl": "problemen", "fr": "problemes"}[page.language]
        page.save_revision().publish()
    cached_values.clear()
    for path in (former, former_index):
        response = client.get(path)
        assert (response.status_code, client.get(response.url).status_code) == (301, 200)
        assert response.url == path.replace(word, {"nl": "problemen", "fr": "problemes"}[language])
