"""A search can be taken to a spreadsheet: complete, readable in Excel, and never a formula."""

import csv

import pytest
from django.test import Client

from portal.core.content.csv_table import safe_cell
from portal.methods.models import MethodTier
from tests.factories import make_method

pytestmark = pytest.mark.django_db


@pytest.fixture
def content(index, committed, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://kennis.example.org"
    with committed():
        make_method(key="a", title="Overlast", lead='Eén; twee, "drie"', tiers=[MethodTier(tier="curative")])
        make_method(key="b", title='=HYPERLINK("https://evil.example";"overlast")')


@pytest.fixture
def table(content):
    def read(query, address="/nl/zoeken/results.csv", delimiter=";"):
        response = Client(HTTP_HOST="localhost").get(f"{address}?{query}")
        assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert response.headers["Content-Disposition"].startswith("attachment; filename=")
        text = response.content.decode()
        assert text.startswith("\ufeff")
        return list(csv.DictReader(text[1:].splitlines(), delimiter=delimiter))

    return read


def test_it_has_every_result_with_its_facts_in_words(table):
    rows = {row["Vaste sleutel"]: row for row in table("q=overlast")}
    assert rows.keys() == {"method:a", "method:b"}
    one = rows["method:a"]
    assert (one["Soort"], one["Titel"], one["Niveau"]) == ("Methodiek", "Overlast", "Curatief")
    assert one["Adres"] == "https://kennis.example.org/nl/methodieken/a/"
    assert one["Fragment"] == 'Eén; twee, "drie"'


def test_it_keeps_the_filters_and_has_all_pages(table):
    assert [row["Vaste sleutel"] for row in table("q=overlast&tier=curative&page=5")] == ["method:a"]


def test_a_title_that_is_a_formula_stays_text(table):
    titles = [row["Titel"] for row in table("sort=title")]
    assert any(title.startswith("'=HYPERLINK") for title in titles)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "\t=1", "\r\n=1"])
def test_no_cell_begins_a_formula(text):
    assert safe_cell(text)[0] == "'"


@pytest.mark.parametrize("text", ["", "overlast", "30-50", "a=b", "'s avonds"])
def test_an_ordinary_cell_stays_as_it_is(text):
    assert safe_cell(text) == text


def test_english_has_commas_and_english_words(table):
    rows = table("q=overlast", "/en/search/results.csv", ",")
    assert {row["Kind"] for row in rows} == {"Method"}


def test_more_than_a_page_is_read_in_pages(index, committed):
    with committed():
        for number in range(23):
            make_method(key=f"m{number}", title=f"Merelwerking {number}")
    text = Client(HTTP_HOST="localhost").get("/nl/zoeken/results.csv?q=merelwerking").content.decode()
    assert len(text.splitlines()) == 24


def test_without_an_index_it_says_that_search_does_not_answer(site):
    assert Client(HTTP_HOST="localhost").get("/nl/zoeken/results.csv").status_code == 503
