"""Staff see what people ask in vain, and make it another word for a topic with one click."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from portal.core.models import User
from portal.topics.models import Topic
from search.models import AskedQuestion
from tests.factories import make_method

pytestmark = pytest.mark.django_db

REPORT = "/admin/reports/questions/"


def question(text, results, language="nl", **fields):
    fields = {"days": 3, "times": 4, "first_day": date(2026, 11, 1), "last_day": date(2026, 11, 20)} | fields
    return AskedQuestion.objects.create(
        digest=f"{language}{text}", language=language, text=text, results=results, **fields
    )


@pytest.fixture
def staff(site):
    User.objects.create_superuser("an", "an@example.org", "a long password")
    client = Client(HTTP_HOST="localhost")
    client.login(username="an", password="a long password")
    return client


@pytest.fixture
def topic(index, committed):
    with committed():
        topic = Topic.objects.create(
            key="nuisance",
            label_nl="overlast",
            label_fr="nuisances",
            slug_nl="overlast",
            alternatives_nl="hinder",
            live=True,
        )
        make_method(key="boa", title="Geschakeld optreden", topics=[topic])
    return topic


def test_what_finds_nothing_comes_first(staff):
    question("overlast", 12)
    question("herrie", 0)
    AskedQuestion.objects.create(digest="x", language="nl", results=0, first_day=date(2026, 11, 1))
    html = staff.get(REPORT).content.decode()
    assert html.index('href="/nl/zoeken/?q=herrie"') < html.index('href="/nl/zoeken/?q=overlast"')
    assert html.count('name="topic"') == 2


def test_one_click_makes_it_another_word_and_search_knows_it_at_once(staff, topic, found, committed):
    asked = question("herrie", 0)
    assert found("herrie") == []
    with committed():
        response = staff.post(f"{REPORT}{asked.pk}/add/", {"topic": "Overlast"}, follow=True)
    assert "“herrie”" in response.content.decode()
    topic = Topic.objects.get(key="nuisance")
    assert topic.alternatives_nl.splitlines() == ["hinder", "herrie"]
    assert topic.latest_revision.user.username == "an"
    assert "method:boa" in found("herrie")
    asked.refresh_from_db()
    assert asked.results > 0


def test_the_word_goes_to_the_language_in_which_was_asked(staff, topic):
    staff.post(f"{REPORT}{question('tapage', 0, 'fr').pk}/add/", {"topic": "nuisances"})
    topic = Topic.objects.get(key="nuisance")
    assert (topic.alternatives_fr, topic.alternatives_nl) == ("tapage", "hinder")


@pytest.mark.parametrize("wanted", ["", "niemand kent dit", "x" * 1000])
def test_a_topic_that_is_not_there_is_refused(staff, topic, wanted):
    staff.post(f"{REPORT}{question('herrie', 0).pk}/add/", {"topic": wanted})
    assert Topic.objects.get(key="nuisance").alternatives_nl == "hinder"


def test_a_word_that_it_has_is_not_added_again(staff, topic):
    staff.post(f"{REPORT}{question('Hinder!', 0).pk}/add/", {"topic": "overlast"})
    assert Topic.objects.get(key="nuisance").alternatives_nl == "hinder"


def test_a_draft_that_somebody_is_writing_is_left_alone(staff, topic):
    topic.label_nl = "geluidshinder"
    topic.save_revision()
    staff.post(f"{REPORT}{question('herrie', 0).pk}/add/", {"topic": "overlast"})
    topic.refresh_from_db()
    assert topic.alternatives_nl == "hinder"
    assert topic.latest_revision.as_object().label_nl == "geluidshinder"


def test_who_may_not_change_topics_sees_nothing(site, client):
    visitor = User.objects.create_user("bo", "bo@example.org", "a long password")
    visitor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = Client(HTTP_HOST="localhost")
    client.login(username="bo", password="a long password")
    asked = question("herrie", 0)
    assert client.get(REPORT).status_code in (302, 403)
    assert client.post(f"{REPORT}{asked.pk}/add/", {"topic": "overlast"}).status_code in (302, 403)


def test_nobody_is_sent_to_it_by_a_link(staff):
    assert staff.get(f"{REPORT}{question('herrie', 0).pk}/add/").status_code == 405


def test_it_can_be_taken_along_as_a_table_in_which_nothing_is_a_formula(staff):
    question("=herrie", 0)
    response = staff.get(f"{REPORT}?export=csv")
    text = b"".join(response.streaming_content).decode() if response.streaming else response.content.decode()
    assert "'=herrie" in text
