"""A data folder of an older version is whole after the migrations: what was public is, what was not is not."""

from decimal import Decimal

import pytest
from wagtail.models import Page, Revision
from wagtail_localize.models import StringTranslation, TranslationSource

from portal.core.models import SchakelDocument, SchakelImage, User
from portal.core.translation.state import missing_passages, translation_of
from portal.feeds.models import Item
from portal.methods.models import MethodPage
from portal.organisations.models import Organisation
from portal.projects.models import ProjectPage
from portal.webinars.models import Recording
from tests.older_site import older_site  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("older_site")]

PAGES = 80


def method(key, language="nl"):
    return MethodPage.objects.get(key=key, locale__language_code=language)


def test_no_page_is_lost_and_the_tree_is_sound():
    assert Page.objects.count() == PAGES
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.parametrize("language", ["nl", "fr", "en", "de"])
def test_every_public_page_answers(client, language):
    pages = Page.objects.live().public().filter(locale__language_code=language, depth__gt=1)
    addresses = [page.get_url() for page in pages if page.get_url()]
    assert len(addresses) > 10
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_a_draft_over_a_public_page_opens_whole():
    page = method("dubbele-diagnose")
    draft = page.get_latest_revision_as_object()
    assert draft.lead == "Een ontwerp: deze zin staat nog niet op de site."
    assert page.lead != draft.lead
    for field in ("title", "slug", "key", "position_as_of", "position_source"):
        assert getattr(draft, field) == getattr(page, field), field
    for relation in ("topics", "tiers", "partners", "related"):
        assert getattr(draft, relation).count() == getattr(page, relation).count(), relation
    assert draft.topics.count() > 3


def test_every_kept_version_of_a_page_opens():
    for page in Page.objects.exclude(depth=1):
        for revision in page.revisions.all():
            assert revision.as_object().title, revision


@pytest.mark.parametrize("language", ["nl", "fr", "en", "de"])
def test_a_renamed_field_keeps_its_value_on_the_page_and_in_its_kept_versions(language):
    project = ProjectPage.objects.get(key="urbsecurity", locale__language_code=language)
    for version in [project, *(revision.as_object() for revision in project.revisions.all())]:
        assert (version.type, version.home_city_role) == ("network", "partner")
        assert (version.home_city_budget_eur, version.home_city_eu_eur) == (Decimal(66340), Decimal(46438))
    role = {version.home_city_role for version in [method("online-safe-spaces", language)]}
    assert role == {"takes_part"}


def test_a_renamed_field_keeps_its_value_in_a_draft():
    assert method("dubbele-diagnose").get_latest_revision_as_object().home_city_role == "owns"
    for organisation in Organisation.objects.all():
        for revision in Revision.objects.for_instance(organisation):
            assert revision.as_object().type == organisation.type, organisation.key


def test_a_renamed_field_keeps_its_value_in_what_is_translated_from():
    project = TranslationSource.objects.get_for_instance(
        ProjectPage.objects.get(key="urbsecurity", locale__language_code="nl")
    ).as_instance()
    assert (project.type, project.home_city_role, project.home_city_eu_eur) == ("network", "partner", Decimal(46438))
    source = TranslationSource.objects.get_for_instance(method("online-safe-spaces"))
    assert source.as_instance().home_city_role == "takes_part"


def test_no_kept_version_names_a_field_that_is_not_there():
    """What a version holds under a name that no field has is lost when the version is opened."""
    for revision in Revision.objects.all():
        model = revision.content_type.model_class()
        names = {name for field in model._meta.get_fields() for name in (field.name, getattr(field, "attname", ""))}
        assert set(revision.content) - names - {"pk"} == set(), revision


def test_a_draft_that_waits_for_its_day_still_does():
    waiting = method("een-methodiek-voor-later")
    assert not waiting.live
    assert waiting.scheduled_revision.as_object().lead == "Wordt later gepubliceerd."


def test_what_was_unpublished_stays_off_line(client):
    assert not method("project-samen").live
    assert client.get(method("project-samen").get_url()).status_code in (404, 410)


def test_a_half_finished_translation_misses_what_it_missed_and_keeps_what_was_typed():
    german = method("online-safe-spaces", "de")
    assert missing_passages(translation_of(german)) == 4
    source = TranslationSource.objects.get_for_instance(method("online-safe-spaces"))
    typed = StringTranslation.objects.get(
        context__object=source.object, locale=german.locale, data="Von Hand übersetzt, noch nicht nachgelesen."
    )
    assert typed.translation_type == "manual"


def test_people_keep_their_groups():
    for name in ("schrijver", "nalezer", "vertaler", "beheerder"):
        assert User.objects.get(username=name).groups.count() == 1, name


def test_pictures_and_documents_are_where_the_database_says():
    for thing in [*SchakelImage.objects.all(), *SchakelDocument.objects.all()]:
        assert thing.file.storage.exists(thing.file.name), thing.file.name


def test_what_was_taken_away_stays_away_and_transcripts_stay_whole(client):
    assert Recording.objects.get(key="weggehaald").is_title_hidden
    lines = Recording.objects.get(key="webinar-met-bron").captions.get(origin="corrected").cues
    assert "We beginnen met de burenbemiddeling." in lines.values_list("text", flat=True)


def test_items_of_feeds_keep_what_was_decided():
    assert sorted(Item.objects.values_list("state", flat=True)) == sorted(["accepted"] * 2 + ["ignored"] + ["new"] * 2)
    assert {item.recording_id is not None for item in Item.objects.filter(state="accepted")} == {True}
