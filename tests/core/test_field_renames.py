"""A renamed field loses nothing that is stored under its name (portal/core/field_renames.py)."""

import json

import pytest
from django.apps import apps
from wagtail.models import Comment
from wagtail_localize.models import TranslationContext, TranslationSource

from portal.core.field_renames import rename_in_stored_content
from portal.projects.models import ProjectPage
from tests.projects.factories import project_with

pytestmark = pytest.mark.django_db

NAMES = {"summary": "abstract", "programme": "scheme"}


@pytest.fixture
def project(site, translate, admin_user):
    """A project with a draft, a translation that has passages, a comment, and a summary that nobody confirmed."""
    page = project_with(title="ORPHEUS", summary="Kort.", programme="Erasmus", unconfirmed=["programme", "start"])
    translate(page, "fr")
    TranslationSource.update_or_create_from_instance(page)
    page.lead = "Een ontwerp."
    page.wagtail_admin_comments.add(Comment(text="Welk?", contentpath="summary", user=admin_user))
    page.save_revision()
    return page


def stored(project):
    """Everything that names fields."""
    source = TranslationSource.objects.get_for_instance(project)
    return {
        "revision": project.revisions.latest("pk").content,
        "source": json.loads(source.content_json),
        "paths": set(TranslationContext.objects.filter(object=source.object).values_list("path", flat=True)),
        "comments": set(Comment.objects.filter(page=project).values_list("contentpath", flat=True)),
        "unconfirmed": ProjectPage.objects.get(pk=project.pk).unconfirmed,
    }


def run(operation, reverse=False):
    (operation.reverse_code if reverse else operation.code)(apps, None)


def test_whatever_names_the_field_follows(project):
    before = stored(project)
    run(rename_in_stored_content("projects", "projectpage", NAMES, lists_of_names=["unconfirmed"]))
    after = stored(project)
    for kept in ("revision", "source"):
        assert (after[kept]["abstract"], after[kept]["scheme"]) == ("Kort.", "Erasmus")
        assert "summary" not in after[kept]
        assert after[kept]["unconfirmed"] == ["scheme", "start"]
        assert {NAMES.get(name, name) for name in before[kept]} == set(after[kept])
    assert after["revision"]["wagtail_admin_comments"][0]["contentpath"] == "abstract"
    assert after["paths"] == {NAMES.get(path, path) for path in before["paths"]}
    assert {"abstract", "scheme"} <= after["paths"]
    assert after["comments"] == {"abstract"}
    assert after["unconfirmed"] == ["scheme", "start"]
    context = TranslationContext.objects.get(object_id=project.translation_key, path="abstract")
    assert context.path_id == TranslationContext._get_path_id("abstract"), "new passages find the same place"


def test_it_can_run_twice_and_be_taken_back(project):
    before = stored(project)
    operation = rename_in_stored_content("projects", "projectpage", NAMES, lists_of_names=["unconfirmed"])
    run(operation)
    once = stored(project)
    run(operation)
    assert stored(project) == once
    run(operation, reverse=True)
    assert stored(project) == before


def test_pages_of_another_type_are_left_alone(project):
    before = stored(project)
    run(rename_in_stored_content("methods", "methodpage", NAMES))
    assert stored(project) == before
