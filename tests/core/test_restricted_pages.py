"""A page that is not for everybody is not shown, and nor is what is under it."""

import pytest
from wagtail.models import PageViewRestriction

from portal.methods.models import MethodIndexPage
from tests.factories import make_method

pytestmark = pytest.mark.django_db


def restrict(page):
    PageViewRestriction.objects.create(page=page.page_ptr, restriction_type=PageViewRestriction.LOGIN)


def is_asked_to_log_in(response):
    return response.status_code == 302 and "login" in response.url


def test_a_restricted_page_asks_to_log_in_and_the_others_do_not(client, site):
    shut, free = make_method(title="Besloten", key="besloten"), make_method(title="Open", key="open")
    restrict(shut)
    assert is_asked_to_log_in(client.get(shut.url))
    assert client.get(free.url).status_code == 200
    assert "Besloten" not in client.get(free.get_parent().url).content.decode()


def test_what_is_under_a_restricted_section_is_shut_and_the_section_leaves_the_menu(client, site):
    method = make_method(title="Buurtwerk", key="buurtwerk")
    index = MethodIndexPage.objects.get()
    restrict(index)
    assert is_asked_to_log_in(client.get(method.url))
    assert f'href="{index.url}"' not in client.get("/nl/").content.decode()


def test_lifting_a_restriction_opens_the_page(client, site):
    method = make_method(title="Buurtwerk", key="buurtwerk")
    restrict(method)
    assert is_asked_to_log_in(client.get(method.url))
    PageViewRestriction.objects.get().delete()
    assert client.get(method.url).status_code == 200
