"""A page that is not for everybody is not shown, and nor is what is under it."""

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from portal.core.accounts import login
from portal.core.accounts.attempt_limits import AttemptLimit
from portal.methods.models import MethodIndexPage
from tests.factories import make_method
from tests.markup import soup

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


def test_the_login_that_is_asked_for_is_there(client, site):
    method = make_method(title="Besloten", key="besloten")
    restrict(method)
    form = client.get(method.url, follow=True)
    assert form.status_code == 200
    assert soup(form).select("[name=password]")
    assert form.redirect_chain == [(f"/admin/login/?next={method.url}", 302)]


def test_a_document_for_the_staff_leads_to_the_login(client, site):
    shut = Collection.get_first_root_node().add_child(name="Besloten")
    CollectionViewRestriction.objects.create(collection=shut, restriction_type=CollectionViewRestriction.LOGIN)
    document = get_document_model().objects.create(
        title="Nota", collection=shut, file=ContentFile(b"%PDF-1.4", name="nota.pdf")
    )
    form = client.get(document.url, follow=True)
    assert form.status_code == 200
    assert soup(form).select("[name=password]")


class TestAPassword:
    @pytest.fixture
    def page(self, site):
        method = make_method(title="Besloten", key="besloten", summary="Alleen met het woord")
        PageViewRestriction.objects.create(
            page=method.page_ptr, restriction_type=PageViewRestriction.PASSWORD, password="sesam"
        )
        return method

    def try_(self, client, page, password):
        address = soup(client.get(page.url)).select_one("form:has([name=password])")["action"]
        return client.post(address, {"password": password, "return_url": page.url}, follow=True)

    def test_it_opens_the_page(self, client, page):
        shown = self.try_(client, page, "sesam")
        assert shown.status_code == 200
        assert shown.request["PATH_INFO"] == page.url
        assert soup(shown).h1 and not soup(shown).select("[type=password]")

    def test_a_wrong_one_is_asked_for_again(self, client, page):
        assert soup(self.try_(client, page, "open u")).select("[type=password]")

    def test_who_guesses_has_to_wait(self, client, page, monkeypatch):
        monkeypatch.setattr(login, "GUESSES_OF_AN_ADDRESS", AttemptLimit(free=2, longest_s=900))
        for _time in range(2):
            self.try_(client, page, "open u")
        refused = self.try_(client, page, "sesam")
        assert refused.status_code == 429
        assert int(refused.headers["Retry-After"]) > 0
        assert "Te veel pogingen" in refused.content.decode()
