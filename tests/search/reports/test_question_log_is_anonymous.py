"""What people ask is counted; nothing says who asked, and words are kept from the third day only."""

from datetime import date, timedelta

import pytest
from django.test import Client

from search.models import AskedQuestion
from search.reports.question_log import QuestionCounter, forget_old_questions, question_counter
from tests.factories import make_method

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def nothing_counted(monkeypatch):
    monkeypatch.setattr(question_counter, "_counts", {})


@pytest.fixture
def content(index, committed):
    with committed():
        make_method(key="boa", title="Geschakeld optreden", lead="Tegen overlast.")


@pytest.fixture
def ask(content):
    """Ask on a day, counted from Monday, as a visitor does."""

    def on(day, question, address="/nl/zoeken/", **query):
        response = Client(HTTP_HOST="localhost").get(address, {"q": question, **query})
        assert response.status_code == 200 and not response.cookies
        question_counter.write(MONDAY + timedelta(days=day))

    return on


def rows():
    return {row.text: row for row in AskedQuestion.objects.all()}


def test_the_words_are_kept_from_the_third_day_on(ask):
    for day in (0, 0, 0, 1):
        ask(day, "Overlast")
    assert list(rows()) == [""]
    ask(4, "  OVERLAST ")
    row = rows()["overlast"]
    assert (row.language, row.days, row.times, row.results) == ("nl", 3, 5, 1)
    assert (row.first_day, row.last_day) == (MONDAY, MONDAY + timedelta(days=4))


def test_before_that_nothing_in_the_row_tells_the_words(ask):
    ask(0, "overlast")
    row = AskedQuestion.objects.get()
    assert "overlast" not in repr(row.__dict__)
    assert len(row.digest) == 32


def test_the_row_has_no_place_for_a_person():
    assert {field.name for field in AskedQuestion._meta.get_fields()} == {
        "id", "digest", "language", "text", "days", "times", "results", "first_day", "last_day"
    }  # fmt: skip


def test_accents_capitals_and_signs_make_no_other_question(ask):
    for day, question in enumerate(("Café?", "cafe", "CAFÉ!")):
        ask(day, question)
    assert list(rows()) == ["café!"]


def test_the_same_word_in_another_language_is_another_question(ask):
    ask(0, "nuisance")
    ask(0, "nuisance", "/fr/recherche/")
    assert sorted(row.language for row in AskedQuestion.objects.all()) == ["fr", "nl"]


@pytest.mark.parametrize(
    "question", ["an.peeters@example.org", "0470 12 34 56", "85.07.30-033.28", "bel 015298000 nu", "", "?!"]
)
def test_what_may_be_about_a_person_is_not_counted_at_all(ask, question):
    ask(0, question)
    assert not AskedQuestion.objects.exists()


@pytest.mark.parametrize("query", [{"page": "2"}, {"kind": "method"}, {"tier": "curative"}, {"exact": "1"}])
def test_a_question_counts_once_not_with_each_page_and_filter(ask, query):
    ask(0, "overlast", **query)
    assert not AskedQuestion.objects.exists()


def test_what_a_browser_fetches_in_advance_does_not_count(content):
    Client(HTTP_HOST="localhost", headers={"Sec-Purpose": "prefetch"}).get("/nl/zoeken/?q=overlast")
    Client(HTTP_HOST="localhost").head("/nl/zoeken/?q=overlast")
    question_counter.write(MONDAY)
    assert not AskedQuestion.objects.exists()


def test_answering_a_question_writes_nothing(content, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        Client(HTTP_HOST="localhost").get("/nl/zoeken/?q=overlast")
    assert [query for query in queries.captured_queries if not query["sql"].lstrip().upper().startswith("SELECT")] == []


def test_old_questions_are_forgotten_those_without_words_sooner(db):
    def row(digest, text, days_ago):
        AskedQuestion.objects.create(
            digest=digest, language="nl", text=text, first_day=MONDAY, last_day=MONDAY - timedelta(days=days_ago)
        )

    row("a", "", 61)
    row("b", "", 59)
    row("c", "kept", 364)
    row("d", "old", 366)
    assert forget_old_questions(MONDAY) == 2
    assert set(AskedQuestion.objects.values_list("digest", flat=True)) == {"b", "c"}


def test_many_different_questions_do_not_fill_the_memory(content):
    from portal.core.searchable import SearchRequest, SearchResult

    own = QuestionCounter()
    for number in range(3000):
        own.count(SearchRequest(f"vraag nummer {number}"), SearchResult())
    assert len(own._counts) == 1000
