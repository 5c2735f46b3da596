"""The form of a method: what a colleague who comes twice a year is asked, told and refused."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data
from wagtail.users.models import UserProfile

from portal.methods.models import MethodIndexPage, MethodPage
from portal.starter.groups import REVIEWERS, WRITERS
from tests.factories import make_method
from tests.markup import soup
from tests.topics.factories import make_topic

pytestmark = pytest.mark.django_db

STREAMS = "rows steps building_blocks figure roles figures conditions first_steps sources".split()
RICH = (
    "challenge whom_it_helps objectives mechanism safeguards legal_basis differs_abroad results users_opinion "
    "evaluation what_did_not_work debate must_stay may_change common_mistakes"
).split()
SNAPSHOT = {
    "title": "Samen koken op straat",
    "lead": "Buren die elkaar niet kennen, eten samen aan een tafel op straat.",
    "summary": "Eén keer per jaar zet de straat haar tafels buiten en kookt iedereen.",
    "position_as_of": "2021-09-14",
    "position_source": "Een proef van deze test",
}


@pytest.fixture
def topic(site):
    return make_topic("street", "straat")


def member_of(group):
    user = get_user_model().objects.create_user(group.lower(), email=f"{group.lower()}@example.org", password="x")
    user.groups.add(Group.objects.get(name=group))
    return get_user_model().objects.get(pk=user.pk)


def add_url() -> str:
    index = MethodIndexPage.objects.get(locale__language_code="nl")
    return reverse("wagtailadmin_pages:add", args=["methods", "methodpage", index.pk])


def filled(**fields) -> dict:
    """What a browser without JavaScript sends when only these are filled in: no address was made of the title."""
    empty = {f"{name}-count": "0" for name in STREAMS} | dict.fromkeys(RICH, "null")
    empty |= {
        f"{name}-{part}": "0"
        for name in ("tiers", "partners", "related", "comments")
        for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    }
    chosen = {
        "status": "unknown",
        "figure_kind": "none",
        "evidence_level": "0",
        "effect": "unknown",
        "translation_origin": "written",
        "slug": "",
    }
    return nested_form_data(empty | chosen) | fields


def sent(client, group, **fields):
    """The answer to the form of a new method, filled in by a member of this group."""
    client.force_login(member_of(group))
    return client.post(add_url(), filled(**fields))


def errors(answer) -> dict:
    return {name: " ".join(said) for name, said in answer.context["form"].errors.items()}


def test_the_snapshot_is_enough_to_publish_and_the_address_follows_from_the_title(client, topic):
    answer = sent(client, REVIEWERS, **SNAPSHOT, topics=[topic.pk], **{"action-publish": "1"})
    assert answer.status_code == 302, errors(answer)
    method = MethodPage.objects.get(title=SNAPSHOT["title"])
    assert (method.live, method.slug, method.key) == (True, "samen-koken-op-straat", "samen-koken-op-straat")


def test_a_title_is_enough_for_a_draft(client, site):
    answer = sent(client, WRITERS, title="Samen koken op straat")
    assert answer.status_code == 302, errors(answer)
    assert not MethodPage.objects.get(title="Samen koken op straat").live


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
def test_what_the_snapshot_needs_is_asked_before_it_is_published_or_handed_in(client, site, action):
    group = REVIEWERS if action == "action-publish" else WRITERS
    answer = sent(client, group, title="Samen koken op straat", **{action: "1"})
    assert set(errors(answer)) == {"lead", "summary", "topics", "position_as_of", "position_source"}


def test_a_title_that_is_taken_is_said_beside_the_title(client, site):
    make_method(title="Samen koken", publish=False)
    answer = sent(client, WRITERS, title="Samen koken", slug="samen-koken")
    assert "kies een andere titel" in errors(answer)["title"]


def test_a_summary_of_more_than_a_hundred_words_is_refused_with_its_length(client, site):
    answer = sent(client, WRITERS, title="Lang", summary="woord " * 101)
    assert "101" in errors(answer)["summary"]


def test_each_field_of_the_snapshot_has_help_with_a_good_example(client, site):
    client.force_login(member_of(WRITERS))
    html = client.get(add_url()).content.decode()
    _before, snapshot, *_other_tabs = html.split('role="tabpanel"')
    fields = re.findall(r'data-contentpath="(\w+)"(.*?)data-field-input', snapshot, re.DOTALL)
    without = [name for name, beside in fields if "help__example" not in beside]
    assert len(fields) >= 9
    assert without == []


def test_a_date_is_kept_as_it_was_meant_and_a_wrong_one_stays_as_it_was_typed(client, site):
    answer = sent(client, WRITERS, title="Samen koken", position_as_of="14/09/2025", since="9/2021")
    assert answer.status_code == 302, errors(answer)
    draft = MethodPage.objects.get(title="Samen koken").get_latest_revision_as_object()
    assert (draft.position_as_of.isoformat(), draft.since) == ("2025-09-14", "2021-09")
    wrong = {"position_as_of": "31/02/2025", "since": "ooit"}
    answer = client.post(add_url(), filled(title="Samen eten", **wrong))
    assert set(errors(answer)) == set(wrong)
    assert {answer.context["form"][name].value() for name in wrong} == set(wrong.values())


@pytest.mark.parametrize(("language", "words"), [("nl", "Kies: organisatie"), ("fr", "Choisir\u202f: organisation")])
def test_what_is_chosen_is_said_in_the_language_of_who_looks(client, site, language, words):
    writer = member_of(WRITERS)
    UserProfile.objects.create(user=writer, preferred_language=language)
    client.force_login(writer)
    assert words in client.get(add_url()).content.decode()


def test_every_limit_in_words_is_counted_while_somebody_writes(client, site):
    client.force_login(member_of(WRITERS))
    counted = soup(client.get(add_url())).select("textarea[data-word-limit]")
    assert {field["name"]: field["data-word-limit"] for field in counted} == {"lead": "35", "summary": "100"}


def test_the_permanent_key_stays_what_it_was(client, topic):
    method = make_method(title="Samen koken op straat", key="samen-koken")
    client.force_login(member_of(REVIEWERS))
    fields = SNAPSHOT | {"slug": method.slug, "key": "iets-anders", "topics": [topic.pk], "action-publish": "1"}
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[method.pk]), filled(**fields))
    assert answer.status_code == 302, errors(answer)
    method.refresh_from_db()
    assert (method.lead, method.key) == (SNAPSHOT["lead"], "samen-koken")


def test_a_writer_cannot_publish(client, topic):
    sent(client, WRITERS, **SNAPSHOT, topics=[topic.pk], **{"action-publish": "1"})
    assert not MethodPage.objects.get(title=SNAPSHOT["title"]).live


def test_a_related_method_is_chosen_among_dutch_pages_only(site, admin_client, translate):
    """Its translations have the same name, and a relation to one of them would be to the wrong page."""
    nero = make_method(key="nero", title="NERO")
    for language in ("fr", "en", "de"):
        translate(nero, language, title="NERO")
    query = {"page_type": "methods.methodpage", "q": "NERO"}
    found = admin_client.get("/admin/choose-page/search/", query).context["pages"]
    assert [page.pk for page in found] == [nero.pk]
    anywhere = admin_client.get("/admin/choose-page/search/", query | {"page_type": "wagtailcore.page"}).context[
        "pages"
    ]
    assert len(anywhere) == 4, "a link in a text may lead to a translation"
