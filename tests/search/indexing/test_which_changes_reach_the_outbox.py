import pytest
from django.db import transaction

from portal.methods.models import MethodPage
from portal.organisations.models import Organisation
from portal.projects.models import ProjectPage, ProjectPartner
from portal.topics.models import Topic
from portal.webinars.models import (
    Caption,
    Chapter,
    Consent,
    Cue,
    EarlierTranscript,
    Recording,
    RecordingMethod,
    RecordingSource,
    RecordingSpeaker,
    Series,
    Speaker,
    TakeDown,
)
from search.models import Outbox
from tests.factories import make_method, make_project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


class Broken(Exception):
    pass


@pytest.fixture
def noted():
    """What was noted since the last look, as ids."""

    def look():
        rows = {f"{row.kind}:{row.key}" for row in Outbox.objects.all()}
        Outbox.objects.all().delete()
        return rows

    return look


@pytest.fixture
def recording(noted):
    recording = Recording(key="talk", title_nl="Een lezing", slug_nl="lezing")
    recording.save()
    noted()
    return recording


def test_publishing_writes_the_row(noted):
    noted()
    make_method(key="zwaluw")
    assert noted() == {"method:zwaluw"}


def test_a_change_that_is_rolled_back_leaves_no_row(noted):
    noted()
    with pytest.raises(Broken), transaction.atomic():
        make_method(key="zwaluw")
        assert Outbox.objects.exists()
        raise Broken
    assert noted() == set()
    assert not MethodPage.objects.filter(key="zwaluw").exists()


def test_a_translation_writes_the_row_of_its_thing(noted, translate):
    page = make_method(key="zwaluw")
    noted()
    translate(page, "fr", title="Hirondelle")
    assert "method:zwaluw" in noted()


def test_deleting_writes_the_row(noted):
    page = make_method(key="zwaluw")
    noted()
    page.delete()
    assert noted() == {"method:zwaluw"}


def test_moving_a_branch_writes_a_row_for_everything_under_it(noted):
    page = make_method(key="zwaluw")
    other = make_method(key="merel")
    noted()
    page.move(other, pos="right")
    assert noted() == {"method:zwaluw"}


@pytest.mark.parametrize("made", ["source", "caption", "cue"])
def test_what_belongs_to_a_recording_writes_its_row(recording, noted, made):
    caption = Caption(recording=recording, language="nl")
    make = {
        "source": lambda: RecordingSource(recording=recording, platform="file", external_id="file:talk").save(),
        "caption": caption.save,
        "cue": lambda: Cue(caption=caption, position=1, start_ms=0, end_ms=900, text="Welkom").save(),
    }
    if made == "cue":
        caption.save()
        noted()
    make[made]()
    assert noted() == {"recording:talk"}


def test_a_link_writes_the_rows_of_both_its_ends(recording, noted):
    method = make_method(key="zwaluw")
    noted()
    RecordingMethod(recording=recording, method=method).save()
    assert noted() == {"recording:talk", "method:zwaluw"}


def test_a_recording_writes_the_rows_of_what_links_to_it(recording, noted):
    RecordingMethod(recording=recording, method=make_method(key="zwaluw")).save()
    noted()
    recording.save()
    assert noted() == {"recording:talk", "method:zwaluw"}


def test_a_series_writes_the_rows_of_its_recordings(recording, noted):
    recording.series = Series.objects.create(key="reeks", title_nl="Reeks")
    recording.save()
    noted()
    recording.series.save()
    assert noted() == {"recording:talk"}


def test_a_speaker_writes_the_rows_of_her_recordings_and_her_organisation(recording, noted):
    parma = Organisation.objects.create(key="parma", name_nl="Parma", slug_nl="parma")
    speaker = Speaker.objects.create(key="ann", name="Ann", organisation=parma)
    RecordingSpeaker(recording=recording, speaker=speaker).save()
    assert noted() == {"organisation:parma", "recording:talk"}
    speaker.save()
    assert noted() == {"organisation:parma", "recording:talk"}


@pytest.mark.parametrize("model", [Chapter, TakeDown, Consent, EarlierTranscript])
def test_a_row_that_is_deleted_writes_the_row_of_its_recording(recording, noted, model):
    caption = Caption.objects.create(recording=recording, language="nl")
    values = {
        Chapter: {"start_s": 0, "title": "Begin"},
        EarlierTranscript: {"caption": caption, "lines": []},
    }.get(model, {})
    row = model(**values) if "caption" in values else model(recording=recording, **values)
    row.save()
    noted()
    row.delete()
    assert noted() == {"recording:talk"}


def test_an_organisation_writes_the_rows_of_what_names_it(noted):
    parma = Organisation(key="parma", name_nl="Parma", slug_nl="parma")
    parma.save()
    make_method(key="zwaluw", owned_by=parma)
    project = make_project(key="orpheus")
    project.partners.add(ProjectPartner(organisation=parma))
    project.save()
    noted()
    parma.save()
    assert noted() == {"organisation:parma", "method:zwaluw", "project:orpheus"}


def test_a_topic_writes_its_own_row_only(noted):
    topic = Topic(key="nuisance", label_nl="overlast", slug_nl="overlast")
    topic.save()
    make_method(key="zwaluw", topics=[topic])
    noted()
    topic.save()
    assert noted() == {"topic:nuisance"}


def test_what_search_does_not_know_writes_no_row(noted, django_user_model):
    noted()
    django_user_model.objects.create_user("staff")
    ProjectPage.objects.filter(key="nowhere").delete()
    assert noted() == set()
