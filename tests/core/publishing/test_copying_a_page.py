"""A page that staff copy is another page: it answers to a permanent key of its own."""

from datetime import date

import pytest
from django.urls import reverse

from portal.methods.models import MethodPage
from tests.factories import make_method

pytestmark = pytest.mark.django_db


def copied(client, page, title: str, slug: str) -> MethodPage:
    form = {"new_title": title, "new_slug": slug, "new_parent_page": page.get_parent().pk}
    client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form)
    return MethodPage.objects.get(slug=slug)


def test_a_copy_gets_a_key_from_its_own_address(admin_client, site):
    method = make_method(title="Buurttafel", key="buurttafel")
    copy = copied(admin_client, method, "Straattafel", "straattafel")
    assert (copy.key, copy.get_latest_revision_as_object().key) == ("straattafel", "straattafel")
    assert MethodPage.objects.get(pk=method.pk).key == "buurttafel"


def test_a_key_that_is_taken_gets_a_number(admin_client, site):
    method = make_method(title="Buurttafel", key="buurttafel")
    make_method(title="Straattafel elders", key="straattafel", slug="elders")
    assert copied(admin_client, method, "Straattafel", "straattafel").key == "straattafel-2"


def test_a_copy_of_a_reviewed_page_was_not_reviewed(admin_client, site):
    days = {"reviewed_on": date(2026, 1, 5), "next_review_on": date(2027, 1, 5)}
    method = make_method(title="Buurttafel", key="buurttafel", reviewer_role="coördinator", **days)
    copy = copied(admin_client, method, "Straattafel", "straattafel")
    for page in (copy, copy.get_latest_revision_as_object()):
        assert (page.reviewed_on, page.reviewer_role, page.next_review_on) == (None, "", None)
    assert MethodPage.objects.get(pk=method.pk).reviewed_on == date(2026, 1, 5)


@pytest.mark.parametrize("ticked", ["publish_copies", "alias"])
def test_a_copy_is_not_public_at_once(admin_client, site, ticked):
    method = make_method(title="Buurttafel", key="buurttafel")
    form = {"new_title": "Straattafel", "new_slug": "straattafel", "new_parent_page": method.get_parent().pk}
    url = reverse("wagtailadmin_pages:copy", args=[method.pk])
    answer = admin_client.post(url, form | {ticked: "on"}, follow=True)
    assert "Niet gekopieerd" in " ".join(str(message) for message in answer.context["messages"])
    assert not MethodPage.objects.filter(slug="straattafel").exists()
