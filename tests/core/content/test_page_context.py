"""What a page shows is registered by its room (portal/core/page_context.py)."""

from dataclasses import dataclass

import pytest
from django.core.checks import run_checks

from portal.core import page_context
from portal.methods.models import MethodPage
from portal.topics.models import Topic, TopicIndexPage


@dataclass(frozen=True)
class ShownPage:
    title: str
    items: list


def problems(id="schakel.E002"):
    return [problem for problem in run_checks() if problem.id == id]


def test_every_page_type_and_every_record_with_an_address_has_a_context():
    assert problems() == []


@pytest.mark.parametrize(
    ("register", "model", "function"),
    [("_pages", MethodPage, "register_page_context"), ("_records", Topic, "register_record_context")],
)
def test_a_check_says_what_to_do_about_one_without(monkeypatch, register, model, function):
    monkeypatch.delitem(getattr(page_context, register), model)
    (problem,) = problems()
    assert problem.obj is model
    assert f"{function}({model.__name__}" in problem.hint
    assert f"{model.__module__.rpartition('.')[0]}.registers" in problem.hint


@pytest.mark.parametrize(("model", "attribute"), [(MethodPage, "template"), (TopicIndexPage, "record_template")])
def test_a_check_names_the_template_that_a_page_lacks(monkeypatch, model, attribute):
    assert problems("schakel.E005") == []
    monkeypatch.setattr(model, attribute, "methods/forgotten.html")
    (problem,) = problems("schakel.E005")
    assert problem.obj is model
    assert "methods/forgotten.html" in problem.msg


def test_the_fields_of_a_context_are_the_variables_of_the_template():
    items = [{"a": 1}]
    variables = page_context.template_variables(ShownPage("PIM", items))
    assert variables == {"title": "PIM", "items": items}
    assert variables["items"] is items, "what they hold is not copied"
