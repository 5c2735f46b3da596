"""A page that staff copy is another page: it answers to a permanent key of its own."""

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
