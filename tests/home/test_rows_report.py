"""The report for staff on the rows of methods that are unknown, undated, too old or wait for somebody."""

from datetime import date

import pytest

from portal.home.rows_report import rows_to_look_at
from tests.ask.conftest import make_question
from tests.markup import links, soup, text_of
from tests.methods.factories import fact, items, method, sources
from tests.organisations.factories import make_contact

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 30)
LIST = "/admin/reports/rows/"
LAW = {"act": "Wet van 24 juni 2013", "checked_on": "2026-11-20", "confirmed_by": "Juridische dienst"}
ALL = "for_whom what people money months partners evidence_here evidence_elsewhere did_not_work users".split()


def whole(*others, without=(), **fields):
    """A method of which every row is known but some, with other facts and fields."""
    facts = [fact(part, as_of="2026") for part in ALL if part not in without]
    fields = {"contact": make_contact("dienst", "Dienst"), "position_as_of": date(2026, 1, 1)} | fields
    return method("PIM", sources=sources("stad"), rows=items("fact", *facts, *others), **fields)


def found(page):
    return [(row.label, row.problem) for row in rows_to_look_at(page, TODAY)]


@pytest.mark.parametrize(
    ("without", "others", "fields", "expected"),
    [
        ((), [fact("law") | LAW], {}, []),
        (("users",), [fact("law") | LAW], {}, [("wie gebruikt het nog", "unknown")]),
        (("what",), [fact("law") | LAW, fact("what", as_of="")], {}, [("wat het is", "undated")]),
        (("people",), [fact("law") | LAW, fact("people", as_of="2018")], {}, [("mensen", "old")]),
        (("people",), [fact("law") | LAW, fact("people", as_of="")], {"position_as_of": None}, None),
        ((), [fact("law")], {}, [("wet", "law")]),
        ((), [fact("law") | LAW], {"contact": None}, [("Contact", "unknown")]),
        ((), [fact("law") | LAW], {"next_review_on": TODAY}, [("Stand van zaken op", "due")]),
    ],
)
def test_it_names_each_row_with_what_is_the_matter(site, without, others, fields, expected):
    rows = found(whole(*others, without=without, **fields))
    if expected is None:
        assert [problem for _label, problem in rows] == ["undated", "unknown"]
    else:
        assert [problem for _label, problem in rows] == [problem for _label, problem in expected]


def test_what_staff_confirmed_as_not_known_is_left_out(site):
    page = method("PIM")
    before = len(found(page))
    page.rows = [("not_known", {"part": "users", "confirmed_on": TODAY})]
    assert len(found(page)) == before - 1


def test_staff_read_it_choose_what_is_the_matter_and_go_to_the_form(admin_client, site):
    page = whole(fact("law"), without=("users", "money"))
    make_question(about="method:pim", row="money")
    html = soup(admin_client.get(LIST))
    rows = [text_of(row) for row in html.select("tbody tr")]
    assert len(rows) == 3 and [row for row in rows if row.endswith("ja")] == [row for row in rows if "geld" in row]
    assert f"/admin/pages/{page.pk}/edit/" in links(html).values()
    chosen = soup(admin_client.get(f"{LIST}?problem=law"))
    assert len(chosen.select("tbody tr")) == 1 and LIST in links(chosen.main).values()
    assert len(soup(admin_client.get(f"{LIST}?problem=<b>")).select("tbody tr")) == 3


def test_a_draft_and_a_translation_are_not_in_it(admin_client, site, translate):
    translate(whole(fact("law"), without=()), "fr")
    method("Ontwerp", publish=False)
    assert len(soup(admin_client.get(LIST)).select("tbody tr")) == 1


def test_visitors_do_not_read_it(client, site):
    assert client.get(LIST).status_code in (302, 403)
