"""Who may do what from the first day, and who is asked when a writer hands something in."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Workflow

from portal.starter.groups import REVIEWERS, WRITERS, ensure_groups
from portal.webinars.models import Recording
from tests.factories import make_method

pytestmark = pytest.mark.django_db


def member_of(group):
    user = get_user_model().objects.create_user(group.lower(), email=f"{group.lower()}@example.org", password="x")
    user.groups.add(Group.objects.get(name=group))
    return get_user_model().objects.get(pk=user.pk)


def what_waits_for(client, user) -> str:
    client.force_login(user)
    return client.get(reverse("wagtailadmin_home")).content.decode()


def test_a_method_that_a_writer_hands_in_waits_on_the_first_screen_of_the_reviewers(site, client):
    method = make_method(title="Samen koken op straat", publish=False)
    method.save_revision()
    writer, reviewer = member_of(WRITERS), member_of(REVIEWERS)

    method.get_workflow().start(method, writer)

    assert "Samen koken op straat" in what_waits_for(client, reviewer)


def test_a_recording_that_a_writer_hands_in_waits_for_the_reviewers_too(site, client):
    recording = Recording.objects.create(key="gesprek", title_nl="Een gesprek over de straat", live=False)
    recording.save_revision()
    writer, reviewer = member_of(WRITERS), member_of(REVIEWERS)

    recording.get_workflow().start(recording, writer)

    assert "Een gesprek over de straat" in what_waits_for(client, reviewer)


def test_no_group_is_offered_that_the_portal_does_not_know(site):
    assert {name for name in Group.objects.values_list("name", flat=True) if not name.startswith("Vertalers")} == {
        "Schrijvers",
        "Nalezers",
        "Beheerders",
    }


def test_who_is_asked_stays_as_an_administrator_left_it(site):
    workflow = Workflow.objects.get()
    workflow.name = "Nalezing door de coördinator"
    workflow.save()
    workflow.workflow_pages.all().delete()

    ensure_groups()

    assert Workflow.objects.get().name == "Nalezing door de coördinator"
    assert not workflow.workflow_pages.exists()
