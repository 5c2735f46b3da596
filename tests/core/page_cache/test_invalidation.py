"""Published copies are old when what visitors see has changed, and only then: a draft empties none."""

import contextlib
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import OperationalError, transaction
from django.test import TestCase
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Comment, Locale, Page, PageViewRestriction, Workflow
from wagtail_localize.models import StringTranslation, TranslationSource

from portal.core.models import SchakelImage, SiteWords
from portal.core.page_cache import invalidation
from portal.methods.models import Adoption, MethodIndexPage, MethodPage
from portal.topics.models import Topic
from portal.webinars.models import Consent, Recording, TakeDown
from tests.factories import make_method, make_page
from tests.organisations.factories import make_organisation
from tests.topics.factories import make_topic
from tests.webinars.factories import make_caption, make_recording, make_source, make_speaker

pytestmark = pytest.mark.django_db

WHILE_LIVE, EVERY, NOTHING = invalidation.WHILE_LIVE, invalidation.EVERY_CHANGE, invalidation.NOTHING

# Every model there is, and when a change of a row of it makes the published copies old. A new one is decided on here
# and, when the model does not say it by itself, in portal/core/page_cache/invalidation.py.
DECISIONS = {
    "admin.LogEntry": NOTHING,
    "auth.Group": NOTHING,
    "auth.Permission": NOTHING,
    "contenttypes.ContentType": NOTHING,
    "core.Address": NOTHING,
    "core.Attempts": NOTHING,
    "core.ReviewedPassage": EVERY,
    "core.SchakelDocument": EVERY,
    "core.SchakelImage": EVERY,
    "core.SchakelRendition": NOTHING,
    "core.SentNotice": NOTHING,
    "core.SiteWords": EVERY,
    "core.User": NOTHING,
    "feeds.Connection": NOTHING,
    "feeds.FetchLog": NOTHING,
    "feeds.Item": NOTHING,
    "feeds.ItemAlias": NOTHING,
    "feeds.ItemPicture": NOTHING,
    "feeds.Rejection": NOTHING,
    "feeds.Source": NOTHING,
    "feeds.SourceChange": NOTHING,
    "home.DossierIndexPage": WHILE_LIVE,
    "home.DossierPage": WHILE_LIVE,
    "home.HomePage": WHILE_LIVE,
    "home.PlainPage": WHILE_LIVE,
    "jobs.Job": NOTHING,
    "methods.Adoption": WHILE_LIVE,
    "methods.MethodIndexPage": WHILE_LIVE,
    "methods.MethodPage": WHILE_LIVE,
    "methods.MethodPartner": "with page",
    "methods.MethodRelation": "with page",
    "methods.MethodTier": "with page",
    "organisations.CityIndexPage": WHILE_LIVE,
    "organisations.Contact": WHILE_LIVE,
    "organisations.Organisation": WHILE_LIVE,
    "projects.ProjectIndexPage": WHILE_LIVE,
    "projects.ProjectMethod": "with page",
    "projects.ProjectPage": WHILE_LIVE,
    "projects.ProjectPartner": "with page",
    "search.AskedQuestion": NOTHING,
    "search.Outbox": NOTHING,
    "sessions.Session": NOTHING,
    "starter.StarterEntry": NOTHING,
    "taggit.Tag": NOTHING,
    "taggit.TaggedItem": NOTHING,
    "topics.Topic": WHILE_LIVE,
    "topics.TopicIndexPage": WHILE_LIVE,
    "wagtail_localize.LocaleSynchronization": NOTHING,
    "wagtail_localize.OverridableSegment": NOTHING,
    "wagtail_localize.RelatedObjectSegment": NOTHING,
    "wagtail_localize.SegmentOverride": NOTHING,
    "wagtail_localize.String": NOTHING,
    "wagtail_localize.StringSegment": NOTHING,
    "wagtail_localize.StringTranslation": NOTHING,
    "wagtail_localize.Template": NOTHING,
    "wagtail_localize.TemplateSegment": NOTHING,
    "wagtail_localize.TranslatableObject": NOTHING,
    "wagtail_localize.Translation": EVERY,
    "wagtail_localize.TranslationContext": NOTHING,
    "wagtail_localize.TranslationLog": NOTHING,
    "wagtail_localize.TranslationSource": EVERY,
    "wagtailadmin.Admin": NOTHING,
    "wagtailadmin.EditingSession": NOTHING,
    "wagtailadmin.FormState": NOTHING,
    "wagtailcore.Collection": NOTHING,
    "wagtailcore.CollectionViewRestriction": EVERY,
    "wagtailcore.Comment": NOTHING,
    "wagtailcore.CommentReply": NOTHING,
    "wagtailcore.GroupApprovalTask": NOTHING,
    "wagtailcore.GroupCollectionPermission": NOTHING,
    "wagtailcore.GroupPagePermission": NOTHING,
    "wagtailcore.GroupSitePermission": NOTHING,
    "wagtailcore.Locale": EVERY,
    "wagtailcore.ModelLogEntry": NOTHING,
    "wagtailcore.Page": WHILE_LIVE,
    "wagtailcore.PageLogEntry": NOTHING,
    "wagtailcore.PageSubscription": NOTHING,
    "wagtailcore.PageViewRestriction": EVERY,
    "wagtailcore.ReferenceIndex": NOTHING,
    "wagtailcore.Revision": NOTHING,
    "wagtailcore.Site": EVERY,
    "wagtailcore.Task": NOTHING,
    "wagtailcore.TaskState": NOTHING,
    "wagtailcore.UploadedFile": NOTHING,
    "wagtailcore.Workflow": NOTHING,
    "wagtailcore.WorkflowContentType": NOTHING,
    "wagtailcore.WorkflowPage": NOTHING,
    "wagtailcore.WorkflowState": NOTHING,
    "wagtailcore.WorkflowTask": NOTHING,
    "wagtaildocs.Document": NOTHING,
    "wagtailembeds.Embed": NOTHING,
    "wagtailimages.Image": NOTHING,
    "wagtailimages.Rendition": NOTHING,
    "wagtailsearch.IndexEntry": NOTHING,
    "wagtailusers.UserProfile": NOTHING,
    "webinars.Caption": "with recording",
    "webinars.Chapter": "with recording",
    "webinars.Consent": "with recording",
    "webinars.Cue": "with caption",
    "webinars.EarlierTranscript": NOTHING,
    "webinars.Recording": WHILE_LIVE,
    "webinars.RecordingMethod": "with recording",
    "webinars.RecordingProject": "with recording",
    "webinars.RecordingSource": "with recording",
    "webinars.RecordingSpeaker": "with recording",
    "webinars.Series": WHILE_LIVE,
    "webinars.Speaker": WHILE_LIVE,
    "webinars.TakeDown": "with recording",
    "webinars.WebinarIndexPage": WHILE_LIVE,
}


def test_every_model_has_a_decision():
    found = {model._meta.label: invalidation.decision_of(model) for model in apps.get_models()}
    found.pop("wagtailsearch.SQLiteFTSIndexEntry", None)  # on SQLite only
    assert found == DECISIONS


def makes_old(action) -> bool:
    """Whether the copies are old after this was done and committed."""
    before = invalidation.generation()
    with TestCase.captureOnCommitCallbacks(execute=True):
        action()
    return invalidation.generation() != before


@pytest.fixture
def user(db):
    return get_user_model().objects.create_superuser("ann", "ann@portal.test", "x")


@pytest.fixture
def method(site):
    with TestCase.captureOnCommitCallbacks(execute=True):
        return make_method(title="Buurtwerk", key="buurtwerk")


def draft(page, **changes):
    for name, value in changes.items():
        setattr(page, name, value)
    return page.save_revision(user=get_user_model().objects.first(), changed=True)


class TestADraft:
    def test_of_a_public_page(self, method):
        assert not makes_old(lambda: draft(method, title="Anders", lead="Nog niet klaar"))

    def test_kept_over_the_last_one_as_saving_by_itself_does(self, method, user):
        revision = draft(method, title="Anders")
        assert not makes_old(lambda: method.save_revision(user=user, overwrite_revision=revision))

    def test_a_new_page_and_its_changes_until_it_is_published(self, site):
        assert not makes_old(lambda: make_page(MethodPage, publish=False, title="Nieuw", key="nieuw"))
        page = MethodPage.objects.get(key="nieuw")
        page.tiers.set([])
        assert not makes_old(lambda: page.save())
        assert not makes_old(lambda: page.topics.set([make_topic("sport", live=False)]) or page.save())
        assert not makes_old(page.delete)

    def test_of_a_record(self, site):
        recording, topic = make_recording(), make_topic("sport")
        assert not makes_old(lambda: draft(recording, title_nl="Anders"))
        assert not makes_old(lambda: draft(topic, label_nl="Anders"))

    def test_a_record_that_was_never_public_with_what_belongs_to_it(self, site):
        made = []
        assert not makes_old(lambda: made.append(make_recording(live=False, chapters=[(0, "Begin")])))
        (recording,) = made
        for action in (
            lambda: made.append(make_caption(recording)),
            lambda: make_source(recording),
            lambda: made[1].cues.first().delete(),
            lambda: recording.topics.set([]),
            recording.save,
            recording.delete,
        ):
            assert not makes_old(action)

    def test_locks_comments_workflows_and_schedules(self, method, user):
        workflow = Workflow.objects.first()
        assert not makes_old(lambda: workflow.start(method, user))
        assert not makes_old(lambda: method.current_workflow_state.cancel(user=user))
        method.locked, method.locked_by = True, user
        assert not makes_old(lambda: method.save(update_fields=["locked", "locked_by"]))
        assert not makes_old(lambda: Comment.objects.create(page=method, user=user, text="?", contentpath="title"))

    def test_a_publication_that_is_for_later(self, method):
        revision = draft(method, title="Anders", go_live_at=timezone.now() + timedelta(days=2))
        assert not makes_old(revision.publish)

    def test_passages_of_a_translation_that_nobody_published(self, method, translate):
        page = translate(method, "fr")
        translation = StringTranslation.objects.filter(locale=page.locale).first()
        translation.data = "Autre"
        assert not makes_old(translation.save)

    def test_people_who_log_in_and_what_they_look_at(self, client, method, user):
        assert not makes_old(lambda: client.force_login(user))
        assert not makes_old(lambda: client.get("/admin/"))
        assert not makes_old(user.save)


class TestWhatVisitorsSee:
    def test_a_publication_and_its_end(self, method):
        revision = draft(method, title="Anders")
        assert makes_old(revision.publish)
        assert makes_old(MethodPage.objects.get(pk=method.pk).unpublish)
        assert not makes_old(lambda: draft(MethodPage.objects.get(pk=method.pk), title="Nog anders"))
        assert makes_old(lambda: MethodPage.objects.get(pk=method.pk).get_latest_revision().publish())

    def test_what_takes_a_page_off_line_without_the_action_of_that_name(self, method):
        method.live = False
        assert makes_old(method.save)
        assert not makes_old(method.save)

    def test_a_publication_that_was_for_later_and_one_that_ends(self, method):
        revision = draft(method, title="Anders", go_live_at=timezone.now() - timedelta(days=2))
        assert makes_old(revision.publish)
        page = MethodPage.objects.get(pk=method.pk)
        assert makes_old(lambda: page.unpublish(set_expired=True))

    def test_moving_reordering_and_deleting(self, method):
        other = make_method(title="Ander", key="ander")
        assert makes_old(lambda: Page.objects.get(pk=other.pk).move(Page.objects.get(pk=method.pk), pos="left"))
        assert makes_old(MethodPage.objects.get(pk=other.pk).delete)

    def test_privacy(self, method):
        made = []
        restrict = PageViewRestriction.objects.create
        assert makes_old(lambda: made.append(restrict(page=method, restriction_type=PageViewRestriction.LOGIN)))
        assert makes_old(made[0].delete)

    def test_the_name_of_the_site(self, site):
        words = SiteWords.objects.first() or SiteWords(site_id=1)
        words.name = "Anders"
        assert makes_old(words.save)
        assert makes_old(Locale.objects.first().save)

    def test_a_picture(self, site):
        image = SchakelImage(title="Beeld", file=get_test_image_file())
        assert makes_old(image.save)
        image.alternative_nl = "Een brug"
        assert makes_old(image.save)
        assert not makes_old(lambda: image.get_rendition("fill-20x20"))
        assert makes_old(image.delete)

    def test_records_with_what_belongs_to_them(self, site):
        recording = make_recording(chapters=[(0, "Begin")], topics=[make_topic("sport")])
        speaker = make_speaker()
        made = []
        for action in (
            lambda: made.append(make_caption(recording)),
            lambda: made[0].cues.first().save(),
            lambda: made[0].save(),
            lambda: make_source(recording).save(),
            lambda: recording.chapters.first().save(),
            lambda: Consent.objects.create(recording=recording, speaker=speaker),
            lambda: TakeDown.objects.create(recording=recording),
            lambda: TakeDown.objects.get().delete(),
            lambda: made[0].delete(),
            lambda: Recording.objects.get(pk=recording.pk).unpublish(),
            lambda: Recording.objects.get(pk=recording.pk).save_revision().publish(),
            lambda: Recording.objects.get(pk=recording.pk).delete(),
        ):
            assert makes_old(action)

    def test_topics_speakers_organisations_and_adoptions(self, method):
        city = make_organisation("leiria")
        adoption = Adoption.objects.create(key="leiria-buurtwerk", method=method, organisation=city, live=True)
        sport, leisure = make_topic("sport"), make_topic("leisure")
        for action in (
            sport.save,
            lambda: sport.broader.add(leisure),
            make_speaker,
            city.save,
            adoption.save,
            adoption.delete,
            Topic.objects.get(pk=leisure.pk).unpublish,
        ):
            assert makes_old(action)

    def test_a_dutch_publication_that_makes_passages_of_its_translations_old(self, method, translate):
        translate(method, "fr")
        source = TranslationSource.objects.get(object_id=method.translation_key)
        assert makes_old(source.update_from_db)

    def test_a_section_by_its_title(self, site):
        index = MethodIndexPage.objects.get()
        index.title = "Wat werkt"
        assert makes_old(index.save_revision().publish)


def test_a_rendered_page_stays_a_copy_while_somebody_types(client, method, settings, django_assert_num_queries):
    settings.PUBLISHED_COPIES = True
    first = client.get("/nl/methodieken/buurtwerk/").content
    makes_old(lambda: draft(method, title="Nog niet klaar"))
    with django_assert_num_queries(0):
        assert client.get("/nl/methodieken/buurtwerk/").content == first


def test_a_full_disk_keeps_no_old_copy(client, method, monkeypatch):
    """Nothing is written to say that the copies are old, so nothing can be refused."""
    monkeypatch.setattr("pathlib.Path.write_text", lambda *_arguments: (_ for _ in ()).throw(OSError(28, "full")))
    assert makes_old(lambda: draft(method, title="Anders").publish())


def test_what_was_taken_back_makes_nothing_old(method):
    def fail():
        with contextlib.suppress(OperationalError), transaction.atomic():
            draft(method, title="Anders").publish()
            raise OperationalError("taken back")

    assert not makes_old(fail)
