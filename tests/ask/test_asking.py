"""A visitor asks, and the question arrives: stored first, then mailed."""

import pytest

from portal.ask.models import Question
from tests.markup import soup, text_of

pytestmark = pytest.mark.django_db


def test_a_question_is_stored_and_mailed_and_the_visitor_is_thanked(visitor, mails):
    answer = visitor.sends(text="Wat kost het in Mechelen?", name="Ann", organisation="Porto")
    assert answer.status_code == 303, soup(answer).main.get_text()
    question = Question.objects.get()
    assert (question.text, question.email, question.name) == ("Wat kost het in Mechelen?", "ann@porto.test", "Ann")
    assert question.language == "nl" and question.state == "new"
    thanks = soup(visitor.client.get(answer["Location"])).main
    assert "aangekomen" in text_of(thanks) and thanks.form is None
    assert [mail["to"] for mail in mails()] == [["preventie@stad.test"]]
