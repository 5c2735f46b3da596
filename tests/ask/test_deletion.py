"""What visitors sent is deleted when the page says so, with everything that was made of it."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from django.conf import settings as django_settings
from django.utils import timezone

from portal.ask.deletion import delete_old_questions
from portal.ask.models import Question
from portal.core.ask_links import QUESTIONS_KEPT_MONTHS, public_questions
from portal.core.content.site_details import placeholder_values, site_words
from portal.jobs import registry
from tests.ask.conftest import answered, make_question
from tests.markup import soup, text_of

pytestmark = pytest.mark.django_db

NOW = datetime(2028, 2, 29, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("received", "answer", "is_deleted"),
    [
        ("2027-02-28T11:00", None, True),
        ("2027-02-28T13:00", None, False),
        ("2026-06-01T12:00", "2027-03-01T12:00", False),
        ("2026-06-01T12:00", "2027-02-28T11:00", True),
    ],
)
def test_it_goes_twelve_months_after_the_answer_or_else_after_it_came(site, received, answer, is_deleted):
    day = datetime.fromisoformat(received).replace(tzinfo=UTC)
    fields = {"answered_at": datetime.fromisoformat(answer).replace(tzinfo=UTC), "state": "answered"} if answer else {}
    make_question(received_at=day, **fields)
    assert delete_old_questions(NOW) == is_deleted
    assert Question.objects.exists() is not is_deleted


def test_of_a_published_answer_only_what_visitors_read_stays(site):
    answered(about="method:pim", answered_at=NOW - timedelta(days=400), received_at=NOW - timedelta(days=410))
    assert delete_old_questions(NOW) == 1
    question = Question.objects.get()
    assert (question.text, question.name, question.organisation, question.email) == ("", "", "", "")
    assert public_questions("method:pim", "nl").answers[0].answer == "Niets."
    assert delete_old_questions(NOW) == 0


def test_messages_that_were_never_sent_go_with_it(visitor, mails):
    for text, day in (("Oud", NOW - timedelta(days=400)), ("Nieuw", NOW)):
        visitor.sends(text=text)
        Question.objects.filter(text=text).update(received_at=day)
    assert len(mails()) == 2
    assert delete_old_questions(NOW) == 1
    (mail,) = mails()
    assert "Nieuw" in mail["body"] and Question.objects.get().text == "Nieuw"


def test_the_job_does_it_every_day(site):
    registry.load()
    job = registry.get("ask.delete_old")
    assert job.every_s == 24 * 3600
    make_question(received_at=timezone.now() - timedelta(days=31 * (QUESTIONS_KEPT_MONTHS + 1)))
    job.function(type("Run", (), {"progress": lambda self, text: None})())
    assert not Question.objects.exists()


def test_the_form_the_page_on_privacy_and_the_job_say_the_same(visitor):
    assert f"{QUESTIONS_KEPT_MONTHS} maanden na het antwoord" in text_of(soup(visitor.opens()).main)
    assert placeholder_values(site_words())["questions_kept_months"] == str(QUESTIONS_KEPT_MONTHS)
    for language in django_settings.CONTENT_LANGUAGES:
        file = Path(django_settings.BASE_DIR) / f"portal/starter/content/pages/privacy/{language}.yaml"
        texts = " ".join(block["text"] for block in yaml.safe_load(file.read_text())["body"] if block["type"] == "text")
        assert len(re.findall(r"\{questions_kept_months\} (?:maanden|mois|months|Monate)", texts)) == 1, language
