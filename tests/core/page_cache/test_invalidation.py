"""Cached pages are invalidated when what visitors see has changed, and only then: a draft invalidates none."""

import contextlib
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import OperationalError, connection, transaction
from django.test import TestCase
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Comment, Locale, Page, PageViewRestriction, Workflow
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from portal.core.models import ReviewedPassage, SchakelImage, SiteWords
from portal.core.page_cache import registry
from portal.core.page_cache.generation import generation
from portal.core.page_cache.invalidation import Change, affected_paths, invalidate
from portal.core.page_cache.models import PageChange
from portal.core.page_cache.registry import ALL, Visibility, register_cached_model, registered
from portal.methods.models import Adoption, MethodIndexPage, MethodPage
from portal.topics.models import Topic
from portal.webinars.models import Consent, Recording, TakeDown
from tests.factories import make_method, make_page
from tests.organisations.factories import make_organisation
from tests.topics.factories import make_topic
from tests.webinars.factories import make_caption, make_recording, make_source, make_speaker

pytestmark = pytest.mark.django_db


def test_every_model_is_registered():
    unregistered = [model._meta.label for model in apps.get_models() if registered(model) is None]
    assert unregistered == [], "say in the registers.py of the app when a visitor can see a row of these models"


def test_what_is_registered_about_a_model_can_be_read_from_a_row():
    for model in apps.get_models():
        cached_model, fields = registered(model), {field.name for field in model._meta.get_fields()}
        assert cached_model.visibility is not Visibility.WHEN_LIVE or "live" in fields, model
        if cached_model.owner:
            owner = registered(model._meta.get_field(cached_model.owner).related_model)
            assert owner.visibility in (Visibility.WHEN_LIVE, Visibility.WITH_OWNER), model


def test_a_model_that_nobody_registered_counts_as_visible(monkeypatch, site):
    monkeypatch.setattr(registry, "_models", {})
    assert affected_paths(Change(get_user_model()(username="ann"))) is ALL


def test_only_a_model_that_is_visible_with_its_owner_has_one():
    with pytest.raises(ValueError, match="owner"):
        register_cached_model("webinars.Cue", Visibility.WITH_OWNER)
    with pytest.raises(ValueError, match="owner"):
        register_cached_model("webinars.Cue", Visibility.NEVER, owner="caption")


def rows_of(action) -> list:
    """What the rows say that this leaves, done and committed; whatever the test did before was another transaction."""
    connection.run_on_commit = []
    known = set(PageChange.objects.values_list("pk", flat=True))
    with TestCase.captureOnCommitCallbacks(execute=True):
        action()
    return list(PageChange.objects.exclude(pk__in=known).order_by("pk").values_list("paths", flat=True))


def invalidates(action) -> bool:
    """Whether this, done and committed, invalidates every page; then a row says so, otherwise there is none."""
    before = generation()
    rows = rows_of(action)
    assert all(paths is None for paths in rows)
    assert bool(rows) is (generation() != before)
    return bool(rows)


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
        assert not invalidates(lambda: draft(method, title="Anders", lead="Nog niet klaar"))

    def test_kept_over_the_last_one_as_saving_by_itself_does(self, method, user):
        revision = draft(method, title="Anders")
        assert not invalidates(lambda: method.save_revision(user=user, overwrite_revision=revision))

    def test_a_new_page_and_its_changes_until_it_is_published(self, site):
        assert not invalidates(lambda: make_page(MethodPage, publish=False, title="Nieuw", key="nieuw"))
        page = MethodPage.objects.get(key="nieuw")
        page.tiers.set([])
        assert not invalidates(lambda: page.save())
        assert not invalidates(lambda: page.topics.set([make_topic("sport", live=False)]) or page.save())
        assert not invalidates(page.delete)

    def test_of_a_record(self, site):
        recording, topic = make_recording(), make_topic("sport")
        assert not invalidates(lambda: draft(recording, title_nl="Anders"))
        assert not invalidates(lambda: draft(topic, label_nl="Anders"))

    def test_a_record_that_was_never_public_with_what_belongs_to_it(self, site):
        made = []
        assert not invalidates(lambda: made.append(make_recording(live=False, chapters=[(0, "Begin")])))
        (recording,) = made
        for action in (
            lambda: made.append(make_caption(recording)),
            lambda: make_source(recording),
            lambda: made[1].cues.first().delete(),
            lambda: recording.topics.set([]),
            recording.save,
            recording.delete,
        ):
            assert not invalidates(action)

    def test_locks_comments_workflows_and_schedules(self, method, user):
        workflow = Workflow.objects.first()
        assert not invalidates(lambda: workflow.start(method, user))
        assert not invalidates(lambda: method.current_workflow_state.cancel(user=user))
        method.locked, method.locked_by = True, user
        assert not invalidates(lambda: method.save(update_fields=["locked", "locked_by"]))
        assert not invalidates(lambda: Comment.objects.create(page=method, user=user, text="?", contentpath="title"))

    def test_a_publication_that_is_for_later(self, method):
        revision = draft(method, title="Anders", go_live_at=timezone.now() + timedelta(days=2))
        assert not invalidates(revision.publish)

    def test_passages_of_a_translation_that_nobody_published(self, method, translate):
        page = translate(method, "fr")
        translation = StringTranslation.objects.filter(locale=page.locale).first()
        translation.data = "Autre"
        assert not invalidates(translation.save)

    def test_people_who_log_in_and_what_they_look_at(self, client, method, user):
        assert not invalidates(lambda: client.force_login(user))
        assert not invalidates(lambda: client.get("/admin/"))
        assert not invalidates(user.save)


class TestWhatVisitorsSee:
    def test_a_publication_and_its_end(self, method):
        revision = draft(method, title="Anders")
        assert invalidates(revision.publish)
        assert invalidates(MethodPage.objects.get(pk=method.pk).unpublish)
        assert not invalidates(lambda: draft(MethodPage.objects.get(pk=method.pk), title="Nog anders"))
        assert invalidates(lambda: MethodPage.objects.get(pk=method.pk).get_latest_revision().publish())

    def test_what_takes_a_page_off_line_without_the_action_of_that_name(self, method):
        method.live = False
        assert invalidates(method.save)
        assert not invalidates(method.save)

    def test_a_publication_that_was_for_later_and_one_that_ends(self, method):
        revision = draft(method, title="Anders", go_live_at=timezone.now() - timedelta(days=2))
        assert invalidates(revision.publish)
        page = MethodPage.objects.get(pk=method.pk)
        assert invalidates(lambda: page.unpublish(set_expired=True))

    def test_moving_reordering_and_deleting(self, method):
        other = make_method(title="Ander", key="ander")
        assert invalidates(lambda: Page.objects.get(pk=other.pk).move(Page.objects.get(pk=method.pk), pos="left"))
        assert invalidates(MethodPage.objects.get(pk=other.pk).delete)

    def test_privacy(self, method):
        made = []
        restrict = PageViewRestriction.objects.create
        assert invalidates(lambda: made.append(restrict(page=method, restriction_type=PageViewRestriction.LOGIN)))
        assert invalidates(made[0].delete)

    def test_the_name_of_the_site(self, site):
        words = SiteWords.objects.first() or SiteWords(site_id=1)
        words.name = "Anders"
        assert invalidates(words.save)
        assert invalidates(Locale.objects.first().save)

    def test_a_picture(self, site):
        image = SchakelImage(title="Beeld", file=get_test_image_file())
        assert invalidates(image.save)
        image.alternative_nl = "Een brug"
        assert invalidates(image.save)
        assert not invalidates(lambda: image.get_rendition("fill-20x20"))
        assert invalidates(image.delete)

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
            assert invalidates(action)

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
            assert invalidates(action)

    def test_a_section_by_its_title(self, site):
        index = MethodIndexPage.objects.get()
        index.title = "Wat werkt"
        assert invalidates(index.save_revision().publish)


def test_a_cached_page_stays_while_somebody_types(client, method, settings, django_assert_num_queries):
    settings.PAGE_CACHE_ENABLED = True
    first = client.get("/nl/methodieken/buurtwerk/").content
    invalidates(lambda: draft(method, title="Nog niet klaar"))
    with django_assert_num_queries(0):
        assert client.get("/nl/methodieken/buurtwerk/").content == first


def test_a_full_disk_keeps_no_outdated_page(client, method, monkeypatch):
    """Nothing is written to move the generation, so nothing can be refused."""
    monkeypatch.setattr("pathlib.Path.write_text", lambda *_arguments: (_ for _ in ()).throw(OSError(28, "full")))
    assert invalidates(lambda: draft(method, title="Anders").publish())


def test_what_was_rolled_back_invalidates_nothing(method):
    def fail():
        with contextlib.suppress(OperationalError), transaction.atomic():
            draft(method, title="Anders").publish()
            raise OperationalError("taken back")

    assert not invalidates(fail)


class TestTheAffectedPaths:
    @pytest.fixture
    def french(self, method, translate):
        with TestCase.captureOnCommitCallbacks(execute=True):
            return translate(method, "fr")

    def test_of_a_review_are_the_translated_page(self, method, french, user):
        review = ReviewedPassage(
            translation_key=method.translation_key,
            locale=french.locale,
            dutch="a" * 32,
            translation="b" * 32,
            reviewed_on=timezone.localdate(),
        )
        assert rows_of(review.save) == [[french.get_url()]]
        assert rows_of(review.delete) == [[french.get_url()]]

    def test_of_a_translation_are_the_page_that_it_made(self, method, french):
        translation = Translation.objects.get(source__object_id=method.translation_key)
        assert rows_of(translation.save) == [[french.get_url()]]

    def test_of_the_text_that_translations_are_made_of_are_the_page_in_every_language(self, method, french, translate):
        with TestCase.captureOnCommitCallbacks(execute=True):
            german = translate(method, "de")
        source = TranslationSource.objects.get(object_id=method.translation_key)
        (paths,) = rows_of(source.update_from_db)
        assert set(paths) == {method.get_url(), french.get_url(), german.get_url()}

    def test_of_a_translation_that_nobody_published_are_none(self, method, translate):
        translate(method, "fr", publish=False)
        translation = Translation.objects.get(source__object_id=method.translation_key)
        assert rows_of(translation.save) == []

    def test_of_what_is_deleted_with_its_translation_are_told_without_an_error(self, method, french):
        source = TranslationSource.objects.get(object_id=method.translation_key)
        assert rows_of(source.delete)


class TestTheRows:
    def test_one_transaction_writes_one_row(self, method):
        def publish_twice():
            with transaction.atomic():
                draft(method, title="Anders").publish()
                draft(method, title="Nog anders").publish()

        assert rows_of(publish_twice) == [None]

    def test_what_follows_a_savepoint_that_was_rolled_back_has_its_own_row(self):
        def fail_and_go_on():
            with contextlib.suppress(OperationalError), transaction.atomic():
                invalidate()
                raise OperationalError("rolled back")
            invalidate()

        assert rows_of(fail_and_go_on) == [None]

    def test_all_pages_are_noted_after_some_were(self):
        def some_then_all():
            invalidate(frozenset({"/fr/a/"}))
            invalidate(frozenset({"/fr/a/"}))
            invalidate()
            invalidate(frozenset({"/fr/b/"}))

        assert rows_of(some_then_all) == [["/fr/a/"], None]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_change_that_is_committed_already_is_not_lost_when_its_row_cannot_be_written(monkeypatch, caplog):
    def fails(**_fields):
        raise OperationalError("database is locked")

    before = generation()
    monkeypatch.setattr(PageChange.objects, "create", fails)
    invalidate()
    assert generation() > before
    assert "could not be noted" in caplog.text
    with pytest.raises(OperationalError), transaction.atomic():
        invalidate()
