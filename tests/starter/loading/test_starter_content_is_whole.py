"""The starter content as a visitor meets it: loaded once in four languages, then every address is opened."""

import re
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest
from django.db import connections, transaction
from django.test import TestCase
from wagtail.models import Page, Revision
from wagtail_localize.models import StringTranslation, Translation

from portal.core.models import BasePage
from portal.core.translation.state import missing_passages, state_of
from portal.methods.models import MethodPage
from portal.organisations.models import Organisation
from portal.projects.models import ProjectPage
from portal.starter.loading.content_files import LANGUAGES, read_items
from portal.starter.loading.loader import load
from portal.starter.models import StarterEntry
from portal.topics.models import Topic
from portal.webinars.models import Recording

MARKS_OF_A_MISTAKE = re.compile(r"\((?:method|project|dossier|recording|topic):|\{\{|\{%|None</|href=\"None|\*\*")


pytestmark = pytest.mark.long(120)


@pytest.fixture(scope="module", autouse=True)
def in_four_languages(django_db_setup, django_db_blocker):
    """Loading takes longest, so it is done once: each test works on it in a transaction of its own inside this one.

    A TestCase closes the connection when its class is done; the next class needs what was loaded through it.
    """
    with django_db_blocker.unblock(), transaction.atomic(), patch.object(connections["default"], "close"):
        with TestCase.captureOnCommitCallbacks(execute=True):
            load(languages=LANGUAGES)
        yield
        transaction.set_rollback(True)


class StarterContent(TestCase):
    def everything_public(self, language):
        for page in Page.objects.live().filter(locale__language_code=language, depth__gt=1):
            yield urlsplit(page.full_url or page.url).path
        for model in (Topic, Organisation, Recording):
            yield from (record.path_in(language) for record in model.objects.filter(live=True))

    @pytest.mark.no_database  # loaded and counted on every one; how it is shown is the same on all
    def test_every_address_answers_in_its_language_without_a_trace_of_the_machinery(self):
        for language in LANGUAGES:
            for path in self.everything_public(language):
                with self.subTest(path=path):
                    response = self.client.get(path)
                    html = response.content.decode()
                    self.assertEqual(response.status_code, 200)
                    self.assertIn(f'<html lang="{language}"', html)
                    self.assertIsNone(MARKS_OF_A_MISTAKE.search(html), MARKS_OF_A_MISTAKE.search(html))

    def test_all_181_topics_and_the_projects_of_the_presentation_are_there(self):
        self.assertEqual(Topic.objects.filter(live=True).count(), 181)
        keys = set(ProjectPage.objects.live().filter(locale__language_code="nl").values_list("key", flat=True))
        self.assertLessEqual(
            {"urbsecurity", "pericles", "emma", "orpheus", "icarus", "efus", "peace-in-our-cities"}, keys
        )

    def test_what_is_only_a_name_stays_a_draft_with_questions(self):
        for key in ("yana", "moedige-moeders", "roadmap-online-preventie"):
            draft = MethodPage.objects.get(key=key, locale__language_code="nl")
            self.assertFalse(draft.live)
            latest = draft.get_latest_revision_as_object()
            self.assertTrue(latest.open_questions)
            self.assertFalse(MethodPage.objects.filter(key=key, live=True).exists())

    def test_every_live_method_exists_in_four_languages_marked_as_machine_translation(self):
        for method in MethodPage.objects.live().filter(locale__language_code="nl"):
            versions = method.language_versions()
            self.assertEqual(set(versions), set(LANGUAGES), method.key)
            for language, page in versions.items():
                if language != "nl":
                    self.assertTrue(state_of(page).is_machine)
                    self.assertEqual(state_of(page).outdated, 0)
        self.assertFalse(StringTranslation.objects.filter(translation_type="manual").exists())

    def test_changing_one_dutch_passage_outdates_exactly_that_one_in_the_other_three(self):
        method = MethodPage.objects.get(key="pim", locale__language_code="nl")
        method.summary = "Een andere samenvatting."
        with self.captureOnCommitCallbacks(execute=True):
            method.save_revision().publish()
        translations = Translation.objects.filter(source__object_id=method.translation_key)
        self.assertEqual([missing_passages(translation) for translation in translations], [1, 1, 1])

    def test_loading_again_changes_nothing(self):
        before = (Revision.objects.count(), Page.objects.count(), StringTranslation.objects.count())
        with self.captureOnCommitCallbacks(execute=True):
            load(languages=LANGUAGES)
        self.assertEqual(before, (Revision.objects.count(), Page.objects.count(), StringTranslation.objects.count()))

    def test_a_published_page_says_of_which_day_it_is_the_position_and_where_that_is_from(self):
        for page in Page.objects.live().filter(locale__language_code="nl").specific():
            if isinstance(page, BasePage) and page.kind in ("method", "project", "dossier"):
                self.assertIsNotNone(page.position_as_of, page.key)
                self.assertTrue(page.position_source, page.key)

    def test_nothing_gives_an_address_to_write_to_or_a_telephone_number(self):
        pattern = re.compile(r"[\w.]+@[\w-]+\.\w+|\+32|tel:")
        for item in read_items("methods", "method") + read_items("projects", "project") + read_items("pages", "page"):
            for language, text in item.texts.items():
                self.assertIsNone(pattern.search(str(text)), (item.name, language))


class StaffComeFirst(TestCase):
    def method(self):
        return MethodPage.objects.get(key="pim", locale__language_code="nl")

    def change_the_file(self):
        """As if a newer version of the portal came with another starter text of this method."""
        self.assertEqual(StarterEntry.objects.filter(item="method:pim", language="nl").update(source_hash="older"), 1)

    def test_what_staff_changed_is_never_overwritten(self):
        method = self.method()
        method.lead = "Onze eigen zin."
        method.save_revision().publish()
        self.change_the_file()
        load(languages=("nl",))
        self.assertEqual(self.method().lead, "Onze eigen zin.")

    def test_what_staff_deleted_stays_deleted(self):
        self.method().delete()
        load(languages=("nl",))
        self.assertFalse(MethodPage.objects.filter(key="pim", locale__language_code="nl").exists())

    def test_what_nobody_touched_follows_the_files(self):
        method = self.method()
        MethodPage.objects.filter(pk=method.pk).update(lead="Een oudere zin.")
        self.change_the_file()
        load(languages=("nl",))
        self.assertNotEqual(self.method().lead, "Een oudere zin.")
