"""The list of methods that is in the menu of the admin."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from portal.starter.groups import WRITERS, ensure_translators, translator_group_name
from tests.factories import make_method

pytestmark = pytest.mark.django_db
LIST = "/admin/methods/"


@pytest.fixture
def two_methods(translate):
    table = make_method(title="Buurttafel")
    make_method(title="Straatkoken")
    translate(table, "fr", title="Table de quartier")
    ensure_translators("fr")


def as_member_of(client, group):
    user = get_user_model().objects.create_user("iemand", password="x")
    user.groups.add(Group.objects.get(name=group))
    client.force_login(get_user_model().objects.get(pk=user.pk))
    return client


def titles(client, **query) -> set[str]:
    return {page.title for page in client.get(LIST, query).context["pages"]}


def test_who_writes_sees_the_dutch_methods(two_methods, client):
    assert titles(as_member_of(client, WRITERS)) == {"Buurttafel", "Straatkoken"}


def test_the_list_is_searched_by_a_part_of_the_title(two_methods, client):
    assert titles(as_member_of(client, WRITERS), q="Straat") == {"Straatkoken"}


def test_a_translator_sees_the_methods_in_her_own_language_only(two_methods, client):
    assert titles(as_member_of(client, translator_group_name("fr"))) == {"Table de quartier"}
