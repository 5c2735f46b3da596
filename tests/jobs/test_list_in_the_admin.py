"""The list of background jobs: administrators may read it, nobody may change it."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from portal.core.models import User
from portal.jobs import queue
from portal.jobs.models import Job


@pytest.fixture
def administrator(site, client):
    client.force_login(User.objects.create_superuser("admin", password="a long enough password"))
    return client


@pytest.fixture
def editor(site, client):
    group = Group.objects.create(name="test editors")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = User.objects.create_user("editor", password="a long enough password")
    user.groups.add(group)
    client.force_login(user)
    return client


def test_an_administrator_reads_what_failed_and_why(administrator):
    queue.enqueue("test.job", key="over hier")
    Job.objects.update(last_error="OSError: the feed said no", attempts=2)
    page = administrator.get(reverse("jobs:index")).content.decode()
    assert "over hier" in page
    assert "OSError: the feed said no" in page


def test_an_administrator_finds_the_list_in_the_settings_menu(administrator):
    menu = administrator.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("jobs:index") in menu


def test_a_job_can_be_looked_at_but_its_payload_is_not_shown(administrator):
    job = queue.enqueue("test.job", {"token": "geheim"})
    page = administrator.get(reverse("jobs:inspect", args=[job.pk])).content.decode()
    assert "test.job" in page
    assert "geheim" not in page


@pytest.mark.parametrize("view", ["add", "edit", "delete"])
def test_even_an_administrator_cannot_change_jobs(administrator, view):
    job = queue.enqueue("test.job")
    address = reverse(f"jobs:{view}", args=[] if view == "add" else [job.pk])
    administrator.post(address, {"name": "other"})
    assert administrator.get(address).status_code in (302, 403, 404)
    assert Job.objects.filter(name="test.job").exists()
    assert not Job.objects.filter(name="other").exists()


def test_an_editor_does_not_see_the_list(editor):
    answer = editor.get(reverse("jobs:index"))
    assert answer.status_code == 302
    assert reverse("jobs:index") not in editor.get(reverse("wagtailadmin_home")).content.decode()
