"""The first screen of a method: eight rows in the same place; what is known has a source, what is not a question."""

import json
from datetime import date

import pytest

from portal.core import ask_links
from portal.methods.choices import RowPart
from portal.methods.decision import ROWS, decision_of
from tests.markup import soup, text_of
from tests.methods.factories import adoption, fact, items, method, sources
from tests.organisations.factories import make_contact, make_organisation

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 30)


def states(page, **known):
    return {row.id: row.state for row in decision_of(page, page, today=TODAY, **({"has_contact": False} | known)).rows}


def test_every_method_has_the_same_eight_rows(client, site):
    html = soup(client.get(method("Straathoekwerk").url))
    assert [row["id"] for row in html.select(".decision > div")] == [f"row-{name}" for name, _parts in ROWS]
    assert len(ROWS) == 8


def test_every_part_stands_in_a_row_or_beside_the_position():
    placed = [part for _name, parts in ROWS for part in parts]
    assert sorted(placed) == sorted(set(RowPart) - {RowPart.SINCE_THEN})


def test_what_is_not_known_is_said_and_leads_to_a_question_about_that_row(client, site):
    html = soup(client.get(method("Straathoekwerk").url))
    row = html.select_one("#row-money")
    assert text_of(row.parent).startswith("Nog niet bekend, vraag naar:") and text_of(row) == "geld"
    assert row.a["href"] == "/nl/vraag/?about=method:straathoekwerk&row=money"


def test_while_nobody_takes_questions_no_link_leads_nowhere(client, site, monkeypatch):
    monkeypatch.setattr(ask_links, "_url", None)
    html = soup(client.get(method("Straathoekwerk").url))
    assert not html.select(".unknown a")


def test_a_fact_names_its_source_by_the_number_that_stands_at_the_foot(client, site):
    page = method("Straathoekwerk", sources=sources("pers", "stad"), rows=items("fact", fact("people")))
    html = soup(client.get(page.url))
    link = html.select_one("#row-people a.ref")
    assert link.text == "2"
    assert "Bron stad" in text_of(html.select_one(link["href"]))


def test_a_fact_is_read_in_the_language_of_the_page_and_marked_when_it_is_not_translated_yet(client, site, translate):
    page = method("Straathoekwerk", sources=sources("stad"), rows=items("fact", fact("people")))
    french = translate(page, "fr")
    assert text_of(soup(client.get(french.url)).select_one("#row-people p")).startswith("Drie medewerkers. fr")
    two = json.loads(items("fact", fact("people"), fact("money", "Niets.")))
    page.rows = json.dumps(two)
    page.save_revision().publish()
    late = soup(client.get(french.url)).select_one("#row-money p")
    assert text_of(late).startswith("Niets.") and late["lang"] == "nl"


def test_staff_can_confirm_that_something_is_not_known(client, site):
    page = method("Straathoekwerk", rows=items("not_known", {"part": "months", "confirmed_on": "2026-11-02"}))
    assert "Niet bekend, zegt de afdeling op 2 november 2026" in text_of(
        soup(client.get(page.url)).select_one("#row-months")
    )


@pytest.mark.parametrize(
    ("as_of", "state"),
    [
        ("2025", "known"),
        ("2023-12", "known"),
        ("2023", "known"),
        ("2023-11-29", "partly"),
        ("2018", "partly"),
        ("", "partly"),
    ],
)
def test_a_number_of_people_or_an_amount_older_than_three_years_counts_as_partly_known(site, as_of, state):
    parts = ("people", "money", "months", "partners", "law")
    rows = items("fact", *(fact(part, as_of=as_of if part == "people" else "2026") for part in parts))
    assert states(method("Straathoekwerk", sources=sources("stad"), rows=rows))["need"] == state


def test_an_old_value_shows_its_year(client, site):
    page = method("Straathoekwerk", sources=sources("stad"), rows=items("fact", fact("people", as_of="2018")))
    assert "(2018)" in text_of(soup(client.get(page.url)).select_one("#row-people"))


def test_a_row_is_partly_known_while_one_of_its_parts_is_not(site):
    page = method("Straathoekwerk", sources=sources("stad"), rows=items("fact", fact("evidence_elsewhere")))
    assert states(page)["evidence"] == "partly"


def test_the_position_is_known_whole_when_somebody_has_reviewed_it(site):
    assert states(method("Een"))["position"] == "unknown"
    assert states(method("Twee", position_as_of="2021-09-14"))["position"] == "partly"
    assert states(method("Drie", position_as_of="2021-09-14", reviewed_on="2026-01-01"))["position"] == "known"


def test_who_is_registered_as_using_it_is_named_in_the_row(client, site):
    page = method("Straathoekwerk")
    adoption(page, make_organisation("parma", "Parma"))
    row = soup(client.get(page.url)).select_one("#row-users")
    assert "Parma" in text_of(row) and "is-known" in row["class"]


def test_a_later_change_stands_beside_the_position_with_its_date(client, site):
    rows = items("fact", fact("since_then", "De dienst heet nu anders.", as_of="2024-03"))
    page = method("Straathoekwerk", position_as_of="2021-09-14", sources=sources("stad"), rows=rows)
    words = text_of(soup(client.get(page.url)).select_one("#row-position"))
    assert "Sindsdien: De dienst heet nu anders." in words and "maart 2024" in words


def test_the_page_says_how_many_rows_are_known(client, site):
    page = method(
        "Straathoekwerk",
        contact=make_contact("dienst", "Dienst preventie"),
        sources=sources("stad"),
        rows=items("fact", fact("for_whom"), fact("what"), fact("law")),
    )
    words = text_of(soup(client.get(page.url)).aside)
    assert "3 bekend, 1 deels bekend en 4 nog niet bekend" in words


def test_the_mark_of_general_knowledge_is_explained_only_where_it_stands(client, site):
    own = method("Een", mechanism="<p>Wij doen dit.</p>")
    general = method("Twee", mechanism='<p class="general">Dit doet het vak.</p>')
    assert not soup(client.get(own.url)).select(".voices")
    assert soup(client.get(general.url)).select(".voices")


def test_what_only_an_undated_source_says_counts_as_partly_known_and_says_so(client, site):
    page = method("Straathoekwerk", sources=sources("stad"), rows=items("fact", fact("what", as_of="")))
    assert states(page)["what"] == "partly"
    assert "(ongedateerd)" in text_of(soup(client.get(page.url)).select_one("#row-what"))
