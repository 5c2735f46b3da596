"""Plain pages: headings, text, facts and tables."""

import pytest

from portal.home.models import HomePage
from portal.home.public.search_documents import page_documents
from tests.home.factories import block, make_plain
from tests.markup import links, soup, text_of

pytestmark = pytest.mark.django_db

TABLE = {
    "caption": "De pijlers",
    "head": ["Preventie", "Toezicht"],
    "rows": [{"cells": ["Straathoekwerk", "Wachten"]}, {"cells": ["", "Boa's"]}],
}
BLOCKS = (
    block(1, "heading", "Wie wij zijn"),
    block(2, "text", "<p>Een <b>afdeling</b>.</p>"),
    block(
        3,
        "facts",
        [
            {
                "type": "item",
                "value": {"term": "Medewerkers", "text": "80"},
                "id": "11111111-0000-4000-8000-000000000001",
            }
        ],
    ),
    block(4, "heading", "Wie wij zijn"),
    block(5, "table", TABLE),
)


def body(client, path="/nl/over/"):
    response = client.get(path)
    assert response.status_code == 200
    return soup(response).main


def test_every_block_is_shown_in_its_own_form(client, site):
    make_plain(
        *BLOCKS, sources=[{"type": "source", "value": {"title": "Raadspresentatie", "url": "", "as_of": "2021-09-14"}}]
    )
    html = body(client)
    assert [text.b.text for text in html.select("p") if text.text == "Een afdeling."] == ["afdeling"]
    assert {text_of(term): text_of(term.find_next_sibling("dd")) for term in html.select("dt")}["Medewerkers"] == "80"
    assert text_of(html.table.caption) == "De pijlers"
    assert [text_of(heading) for heading in html.select("th[scope=col]")] == ["Preventie", "Toezicht"]
    assert "Boa's" in [text_of(cell) for cell in html.select("td")]
    assert "Raadspresentatie" in text_of(html) and "14 september 2021" in text_of(html)


def test_headings_are_the_contents_each_with_its_own_anchor(client, site):
    make_plain(*BLOCKS)
    html = body(client)
    assert [heading["id"] for heading in html.select('h2[id^="wie"]')] == ["wie-wij-zijn", "wie-wij-zijn-2"]
    assert links(html)["Wie wij zijn"] == "#wie-wij-zijn-2"


def test_what_an_editor_types_in_a_fact_or_table_is_never_markup(client, site):
    make_plain(block(1, "table", TABLE | {"caption": "<script>x</script>", "head": ["<b>"], "rows": []}))
    html = str(body(client))
    assert "<script>x" not in html
    assert "&lt;b&gt;" in html


def test_an_empty_page_is_a_page(client, site):
    make_plain()
    assert text_of(body(client).h1) == "Over ons"


def test_the_french_page_reads_its_sources_from_the_dutch_one(client, site, translate):
    page = make_plain(
        *BLOCKS, sources=[{"type": "source", "value": {"title": "Raadspresentatie", "url": "", "as_of": ""}}]
    )
    french = translate(page, "fr", title="À propos", slug="a-propos")
    html = body(client, french.url)
    assert text_of(html.h1) == "À propos" and not html.h1.has_attr("lang")
    assert "Raadspresentatie" in text_of(html)


def test_search_gets_all_its_words(site, translate):
    translate(make_plain(*BLOCKS, lead="Kort gezegd."), "fr", title="À propos", slug="a-propos")
    (document,) = page_documents(["over"])
    assert set(document.texts) == {"nl", "fr"}
    for words in ("Wie wij zijn", "Een afdeling", "Medewerkers: 80", "De pijlers", "Straathoekwerk", "Wachten"):
        assert words in document.texts["nl"].body
    assert (document.kind, document.texts["nl"].lead) == ("page", "Kort gezegd.")


def test_permanent_identifiers_of_pages_lead_to_plain_pages_home_and_index_pages(client, site, translate):
    make_plain()
    translate(HomePage.objects.get(), "fr", slug="fr")
    assert client.get("/id/page/over").url == "/nl/over/"
    assert client.get("/id/page/home").url == "/nl/"
    assert client.get("/id/page/home?language=fr").url == "/fr/"
    assert client.get("/id/page/methods?language=fr").url == "/nl/methodieken/"
    assert client.get("/id/page/never-there").status_code == 404


def test_a_page_costs_the_same_however_long_it_is(site, cost_of):
    page = make_plain(*BLOCKS)
    few = cost_of("/nl/over/")
    page.body = [*BLOCKS, *(block(number, "text", f"<p>Alinea {number}.</p>") for number in range(10, 40))]
    page.save_revision().publish()
    assert cost_of("/nl/over/") == few
