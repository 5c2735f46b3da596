"""The first screen of a method: eight rows in the same place; what is known has a source, what is not a question."""

import json
from datetime import date

import pytest
from wagtail.blocks import StructBlockValidationError

from portal.core import ask_links
from portal.methods.blocks import RowFactBlock
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
    others = (fact(part, as_of="2026") for part in ("money", "months", "partners"))
    rows = items("fact", fact("people", as_of=as_of), *others, fact("law") | ACT)
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


ACT = {"act": "Wet van 24 juni 2013", "checked_on": "2026-11-20", "confirmed_by": "Juridische dienst"}


def with_law(*facts, **fields):
    return method("Straathoekwerk", sources=sources("stad"), rows=items("fact", *facts), **fields)


def row_of_law(client, page):
    return text_of(soup(client.get(page.url)).find(id="row-law"))


def test_law_says_that_it_waits_for_the_role_that_answers_for_the_method(client, site):
    page = with_law(fact("law", "Een wet."), contact=make_contact("dienst", "Dienst preventie"))
    assert row_of_law(client, page).endswith("Een wet. 1 Wacht op bevestiging door: Dienst preventie")


def test_without_a_contact_law_waits_for_the_department(client, site):
    assert "Wacht op bevestiging door de afdeling" in row_of_law(client, with_law(fact("law")))


def test_law_that_a_role_confirmed_names_the_act_the_day_and_the_role(client, site):
    words = row_of_law(client, with_law(fact("law", "Een wet.") | ACT))
    assert words.endswith(
        "(Wet van 24 juni 2013, van kracht, nagekeken op 20 november 2026, bevestigd door: Juridische dienst)"
    )
    assert "Wacht op" not in words


def test_law_of_which_somebody_looked_whether_it_is_in_force_still_waits(client, site):
    words = row_of_law(client, with_law(fact("law") | ACT | {"confirmed_by": ""}))
    assert "van kracht, nagekeken op 20 november 2026)" in words and "Wacht op bevestiging" in words


@pytest.mark.parametrize(("others", "known"), [((ACT,), True), ((ACT, {}), False), (({},), False), ((), False)])
def test_law_is_known_when_a_role_has_confirmed_all_of_it(others, known, site):
    page = with_law(*(fact("law") | more for more in others))
    row = next(row for row in decision_of(page, page, has_contact=True, today=TODAY).rows if row.id == "need")
    assert next(part for part in row.parts if part.code == "law").is_known is known


def test_a_passage_about_law_says_it_too(client, site):
    page = with_law(legal_basis="<p>Dit is het recht.</p>")
    assert "Wacht op bevestiging" in text_of(soup(client.get(page.url)).find(id="how"))
    confirmed = method("Twee", legal_basis="<p>Recht.</p>", rows=items("fact", fact("law") | ACT))
    assert "Wacht op bevestiging" not in text_of(soup(client.get(confirmed.url)).find(id="how"))


def test_no_other_row_speaks_of_confirmation(client, site):
    page = with_law(fact("people"), fact("what"))
    assert "Wacht op bevestiging" not in soup(client.get(page.url)).text


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"part": "law"} | ACT, set()),
        ({"part": "law"}, set()),
        ({"part": "law"} | ACT | {"confirmed_by": ""}, set()),
        ({"part": "law", "confirmed_by": "Juridische dienst"}, {"act", "checked_on"}),
        ({"part": "law"} | ACT | {"act": ""}, {"act"}),
        ({"part": "what", "act": "Wet"}, {"act"}),
        ({"part": "money"} | ACT, {"act", "checked_on", "confirmed_by"}),
    ],
)
def test_the_form_takes_a_confirmation_only_for_law_and_only_whole(values, wrong):
    block = RowFactBlock()
    value = block.to_python({"text": "Een feit.", "source": "stad", "as_of": "2025"} | values)
    if wrong:
        with pytest.raises(StructBlockValidationError) as error:
            block.clean(value)
        assert set(error.value.block_errors) == wrong
    else:
        assert block.clean(value)
