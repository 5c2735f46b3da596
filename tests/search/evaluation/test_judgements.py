"""The judged questions are well written, cover the four languages alike, and expect only things that exist."""

from collections import Counter

import pytest
from django.conf import settings

from portal.starter.loading.content_files import read_items, read_list
from search.evaluation.judged_questions import judged_questions

QUESTIONS = judged_questions()


@pytest.fixture(scope="module")
def public():
    """The ids of everything in the starter content that is published."""
    folders = {
        "methods": "method",
        "projects": "project",
        "dossiers": "dossier",
        "recordings": "recording",
        "pages": "page",
    }
    items = [item for folder, kind in folders.items() for item in read_items(folder, kind)]
    found = {item.name for item in items if item.facts.get("live", True)}
    found |= {f"topic:{record['key']}" for record in read_list("topics.yaml")}
    return found | {f"organisation:{record['key']}" for record in read_list("organisations.yaml")}


def test_every_expected_answer_exists(public):
    assert {(one.need, answer) for one in QUESTIONS for answer in one.grades if answer not in public} == set()


def test_each_language_of_the_content_asks_for_every_need():
    needs = {one.need for one in QUESTIONS}
    for language in settings.CONTENT_LANGUAGES:
        assert {one.need for one in QUESTIONS if one.language == language} == needs
    assert len(needs) >= 60


def test_every_need_has_a_good_answer():
    assert {one.need for one in QUESTIONS if max(one.grades.values()) < 2} == set()


def test_about_a_quarter_is_held_out():
    held_out = Counter(one.held_out for one in QUESTIONS if one.language == "nl")
    assert 0.2 <= held_out[True] / sum(held_out.values()) <= 0.3


def test_a_grade_outside_the_scale_is_refused_by_name(tmp_path):
    (tmp_path / "wrong.yaml").write_text("- need: gates\n  nl: poorten\n  answers: {4: [project:urbsecurity]}\n")
    with pytest.raises(ValueError, match="gates"):
        judged_questions(tmp_path)
