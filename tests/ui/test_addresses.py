"""Addresses that change one thing of the query string and keep the rest."""

from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory

from portal.ui.addresses import moment, query_with, query_without


def test_a_page_number_keeps_the_query_and_every_filter():
    query = QueryDict("q=overlast+park&tier=preventive&tier=curative&page=2")
    assert query_with(query, {"page": 3}) == "?q=overlast+park&tier=preventive&tier=curative&page=3"


def test_another_filter_starts_at_the_first_page():
    assert query_with(QueryDict("q=a&page=4"), {"sort": "newest"}) == "?q=a&sort=newest"


def test_nothing_takes_a_parameter_out():
    query = QueryDict("q=a&tier=preventive")
    assert query_with(query, {"tier": None}) == "?q=a"
    assert query_with(query, {"tier": ""}) == "?q=a"
    assert query_with(QueryDict("tier=x"), {"tier": None}) == "?"


def test_a_list_sets_several_values():
    assert query_with(QueryDict(""), {"topic": ["a", "b"]}) == "?topic=a&topic=b"


def test_one_of_several_values_can_be_taken_away():
    query = QueryDict("q=a&tier=preventive&tier=curative&page=2")
    assert query_without(query, "tier", "preventive") == "?q=a&tier=curative"


def test_the_query_that_is_being_answered_is_not_changed():
    query = QueryDict("tier=preventive&page=2")
    query_with(query, {"tier": None})
    assert query.urlencode() == "tier=preventive&page=2"


def test_what_a_visitor_typed_is_escaped_in_a_template():
    request = RequestFactory().get("/", {"q": '"><script>'})
    template = Template('{% load schakel %}<a href="{% query_with page=2 %}">2</a>')
    shown = template.render(Context({"request": request}))
    assert shown == '<a href="?q=%22%3E%3Cscript%3E&amp;page=2">2</a>'


def test_a_moment_works_with_and_without_a_script():
    assert moment("/nl/webinars/x/", 754.9) == "/nl/webinars/x/?t=754#t-754"
