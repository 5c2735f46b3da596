"""Nobody comes to more rights by way of the accounts: who manages them gives only what she may do herself."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import Page

from portal.core.accounts.permissions import assignable_groups, may_manage
from portal.starter.groups import ADMINISTRATORS, REVIEWERS, WRITERS
from tests.factories import make_member

pytestmark = pytest.mark.django_db
PASSWORD = "een heel ander wachtwoord"


@pytest.fixture
def administrator(site, client):
    """Somebody in the group of administrators, logged in; she may manage accounts, and is no superuser."""
    user = make_member(ADMINISTRATORS)
    client.force_login(user)
    return user


@pytest.fixture
def superuser(site):
    return make_member(name="baas", is_superuser=True, is_staff=True)


def account(name="nieuw", **more):
    names = {"username": name, "email": f"{name}@example.org", "first_name": "An", "last_name": "Proef"}
    return names | {"password1": PASSWORD, "password2": PASSWORD, "is_active": "on"} | more


def as_stored(user):
    user = get_user_model().objects.get(pk=user.pk)
    return (user.username, user.email, user.password, user.is_active, user.is_superuser, set(user.groups.all()))


def with_more_rights(name="Meer", *codenames):
    """A group that may do what administrators may not, for one: change groups."""
    group = Group.objects.create(name=name)
    group.permissions.set(Permission.objects.filter(codename__in=codenames or ["change_group", "access_admin"]))
    return group


def test_a_new_account_is_no_superuser_whatever_is_posted(administrator, client):
    page = client.get(reverse("wagtailusers_users:add"))
    assert page.status_code == 200
    assert 'name="is_superuser"' not in page.content.decode()

    data = account(is_superuser="on", is_staff="on", user_permissions=["1", "2"])
    client.post(reverse("wagtailusers_users:add"), data)

    made = get_user_model().objects.get(username="nieuw")
    assert not (made.is_superuser or made.is_staff or made.user_permissions.exists())


def test_an_account_does_not_become_superuser_when_it_is_changed(administrator, client):
    writer = make_member(WRITERS)
    client.post(reverse("wagtailusers_users:edit", args=[writer.pk]), account(is_superuser="on", is_staff="on"))

    writer.refresh_from_db()
    assert writer.username == "nieuw"
    assert not (writer.is_superuser or writer.is_staff)


def test_nobody_makes_herself_a_superuser(administrator, client):
    client.post(reverse("wagtailusers_users:edit", args=[administrator.pk]), account(is_superuser="on"))

    administrator.refresh_from_db()
    assert administrator.username == "nieuw"
    assert not administrator.is_superuser


@pytest.mark.parametrize("view", ["edit", "delete"])
def test_the_account_of_a_superuser_is_left_alone(administrator, superuser, client, view):
    before = as_stored(superuser)
    address = reverse(f"wagtailusers_users:{view}", args=[superuser.pk])

    assert client.get(address).status_code == 302
    client.post(address, account("overgenomen", is_active=""))

    assert as_stored(superuser) == before


@pytest.mark.parametrize("action", ["delete", "set_active_state", "assign_role"])
def test_no_action_on_many_accounts_touches_a_superuser(administrator, superuser, client, action):
    writer = make_member(WRITERS)
    before = as_stored(superuser)
    address = reverse("wagtail_bulk_action", args=["core", "user", action])
    reviewers = Group.objects.get(name=REVIEWERS)

    client.post(f"{address}?id={superuser.pk}&id={writer.pk}", {"role": reviewers.pk, "mark_as_active": "False"})

    assert as_stored(superuser) == before
    writer = get_user_model().objects.filter(pk=writer.pk).first()
    assert writer is None or not writer.is_active or reviewers in writer.groups.all()


def test_an_account_is_not_copied_with_its_rights(administrator, superuser, client):
    client.post(f"/admin/users/copy/{superuser.pk}/", account(is_superuser="on"))
    assert not get_user_model().objects.filter(username="nieuw").exists()


@pytest.mark.parametrize("whose", ["her own", "somebody else's"])
def test_a_group_that_may_more_is_not_given(administrator, client, whose):
    more = with_more_rights()
    writer = administrator if whose == "her own" else make_member(WRITERS)
    own = Group.objects.get(name=ADMINISTRATORS)

    page = client.get(reverse("wagtailusers_users:edit", args=[writer.pk])).content.decode()
    assert WRITERS in page
    assert ">Meer<" not in "".join(page.split())
    client.post(reverse("wagtailusers_users:edit", args=[writer.pk]), account(groups=[own.pk, more.pk]))
    client.post(reverse("wagtailusers_users:add"), account("tweede", groups=[more.pk]))
    client.post(
        reverse("wagtail_bulk_action", args=["core", "user", "assign_role"]) + f"?id={writer.pk}", {"role": more.pk}
    )

    assert not more.user_set.exists()


@pytest.mark.parametrize("group", [WRITERS, REVIEWERS, ADMINISTRATORS])
def test_administrators_manage_everybody_of_the_groups_that_a_portal_starts_with(administrator, client, group):
    colleague = make_member(group, name="collega")
    given = Group.objects.get(name=group)
    assert may_manage(administrator, colleague)
    assert given in assignable_groups(administrator)

    client.post(reverse("wagtailusers_users:add"), account(groups=[given.pk]))
    client.post(reverse("wagtailusers_users:edit", args=[colleague.pk]), account("anders", groups=[given.pk]))

    assert {user.username for user in given.user_set.all()} >= {"nieuw", "anders"}


def test_who_may_more_than_an_administrator_is_left_alone(administrator, client):
    other = make_member(name="ander")
    other.groups.add(with_more_rights())
    before = as_stored(other)

    client.post(reverse("wagtailusers_users:edit", args=[other.pk]), account("overgenomen"))
    client.post(reverse("wagtailusers_users:delete", args=[other.pk]))
    client.post(reverse("wagtail_bulk_action", args=["core", "user", "delete"]) + f"?id={other.pk}")

    assert as_stored(other) == before


def test_a_superuser_manages_everybody(superuser, client):
    client.force_login(superuser)
    other = make_member(name="ander", is_superuser=True)
    assert 'name="is_superuser"' in client.get(reverse("wagtailusers_users:add")).content.decode()

    client.post(reverse("wagtailusers_users:add"), account(is_superuser="on"))
    client.post(reverse("wagtailusers_users:edit", args=[other.pk]), account("anders"))

    assert get_user_model().objects.get(username="nieuw").is_superuser
    other.refresh_from_db()
    assert (other.username, other.is_superuser) == ("anders", False)


@pytest.fixture
def keeper_of_groups(site, client):
    """Somebody who may change groups and little else."""
    group = with_more_rights("Beheer van groepen", "change_group", "add_group", "delete_group", "access_admin")
    user = make_member("Beheer van groepen")
    user.user_permissions.add(Permission.objects.get(codename="add_speaker"))
    client.force_login(user)
    return group


def group_form(name, permissions=(), pages=()):
    """What the form of a group posts: permissions, and (page, permission) for pages."""
    rows = {"page_permissions-TOTAL_FORMS": str(len(pages)), "page_permissions-INITIAL_FORMS": "0"}
    for number, (page, codename) in enumerate(pages):
        rows[f"page_permissions-{number}-page"] = page.pk
        rows[f"page_permissions-{number}-permissions"] = codename
    for prefix in ("image_permissions", "document_permissions", "collection_permissions"):
        rows |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    return {"name": name, "permissions": [permission.pk for permission in permissions]} | rows


def test_a_group_gets_no_permission_that_its_keeper_has_not(keeper_of_groups, client):
    kept = Permission.objects.get(codename="add_speaker")
    wanted = Permission.objects.filter(codename__in=["change_user", "delete_speaker"])
    own = reverse("wagtailusers_groups:edit", args=[keeper_of_groups.pk])
    before = set(keeper_of_groups.permissions.all())

    client.post(own, group_form("Beheer van groepen", [kept, *wanted, *before]))
    client.post(reverse("wagtailusers_groups:add"), group_form("Nieuw", wanted))

    assert set(keeper_of_groups.permissions.all()) <= before | {kept}
    assert not Group.objects.filter(name="Nieuw", permissions__in=wanted).exists()


def test_a_group_gets_no_pages_that_its_keeper_has_not(keeper_of_groups, client):
    page = client.post(
        reverse("wagtailusers_groups:edit", args=[keeper_of_groups.pk]),
        group_form("Beheer van groepen", pages=[(Page.get_first_root_node(), "publish_page")]),
    )

    assert "zelf niet mag" in page.content.decode()
    assert not keeper_of_groups.page_permissions.exists()


@pytest.mark.parametrize("view", ["edit", "delete"])
def test_a_group_that_may_more_than_its_keeper_is_left_alone(keeper_of_groups, client, view):
    administrators = Group.objects.get(name=ADMINISTRATORS)
    before = set(administrators.permissions.all())

    client.post(reverse(f"wagtailusers_groups:{view}", args=[administrators.pk]), group_form("Leeg"))

    assert Group.objects.get(pk=administrators.pk).name == ADMINISTRATORS
    assert set(administrators.permissions.all()) == before


def test_a_keeper_changes_what_she_may(keeper_of_groups, client):
    kept = Permission.objects.get(codename="add_speaker")
    client.post(reverse("wagtailusers_groups:add"), group_form("Nieuw", [kept]))
    assert set(Group.objects.get(name="Nieuw").permissions.all()) == {kept}
