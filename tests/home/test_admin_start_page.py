"""The first screen of the admin offers what somebody may do, and nothing else."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse

from portal.methods.models import MethodPage
from portal.starter.groups import REVIEWERS, WRITERS, ensure_translators, translator_group_name
from tests.factories import make_method
from tests.markup import soup, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def first_screen(client):
    """What a member of a group reads on the first screen, as HTML."""

    def read(group):
        user = get_user_model().objects.create_user(group.replace(" ", ""), password="x")
        user.groups.add(Group.objects.get(name=group))
        client.force_login(get_user_model().objects.get(pk=user.pk))
        return client.get(reverse("wagtailadmin_home")).content.decode()

    return read


@pytest.fixture
def french(translate):
    """A method in French of which one Dutch passage changed since, and the group that translates into French."""
    method = make_method(title="Buurttafel", lead="Buren eten samen.", summary="Eén keer per jaar.")
    translate(method, "fr", title="Table de quartier")
    ensure_translators("fr")
    method = MethodPage.objects.get(pk=method.pk)
    method.summary = "Twee keer per jaar."
    method.save_revision().publish()
    return MethodPage.objects.get(translation_key=method.translation_key, locale__language_code="fr")


@pytest.mark.parametrize("group", [WRITERS, REVIEWERS])
def test_who_writes_is_offered_a_method_a_project_and_a_webinar(site, first_screen, group):
    html = first_screen(group)
    assert all(words in html for words in ("Een methodiek schrijven", "Een project toevoegen", "Een webinar toevoegen"))
    assert "Te vertalen" not in html


def test_a_translator_is_shown_the_pages_whose_dutch_changed_and_how_many_passages_wait(french, first_screen):
    html = first_screen(translator_group_name("fr"))
    row = soup(html).select_one(f'tr:has(a[href$="/{french.pk}/edit/"])')
    assert [text_of(cell) for cell in row.select("td")][:2] == ["Table de quartier", "1"]
    assert "Een methodiek schrijven" not in html


def test_a_translator_into_german_is_not_shown_what_waits_in_french(french, translate, first_screen):
    translate(make_method(title="Straatkoken"), "de", title="Kochen auf der Straße")
    ensure_translators("de")
    html = first_screen(translator_group_name("de"))
    assert "Te vertalen: Duits" in html
    assert "Table de quartier" not in html


def test_who_comes_to_log_in_reads_the_name_of_the_portal_in_her_own_language(site, client):
    html = client.get(reverse("wagtailadmin_login")).content.decode()
    assert "Aanmelden bij Schakel" in html
    assert "Wachtwoord" in html
    assert "Password" not in html


def test_without_a_mail_server_nobody_is_promised_a_message(site, client):
    html = client.get(reverse("wagtailadmin_login")).content.decode()
    assert "Een beheerder van het portaal kan u een nieuw geven" in html
    assert "password_reset" not in html
