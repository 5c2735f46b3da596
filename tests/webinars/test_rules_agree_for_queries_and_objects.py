"""Rules that exist for an object and for a query agree, whatever the recording (schedule, recording_state, consent)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.webinars import jobs
from portal.webinars.choices import ConsentState, MechelenPart, Medium, RecordingState, SourceState, TakeDownReason
from portal.webinars.consent.named_speakers import named_speakers, named_talks
from portal.webinars.consent.selectors import expired_consents, is_expired
from portal.webinars.lists import list_expression, list_of, medium_of
from portal.webinars.models import Consent, Recording, RecordingSource, Speaker, TakeDown
from portal.webinars.platforms import Platform
from portal.webinars.recording_state import displayed_state
from portal.webinars.schedule import event_date, is_upcoming, upcoming_condition
from portal.webinars.selectors import public_recordings
from tests.webinars.factories import make_recording, make_speaker

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
TODAY = date(2026, 5, 1)
# The recording is made once, and every example begins by setting all of what the rule reads.
examples = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
hours = st.none() | st.integers(-5, 5).map(lambda number: NOW + timedelta(hours=number))
sources = st.lists(
    st.fixed_dictionaries(
        {
            "platform": st.sampled_from(Platform.values),
            "state": st.sampled_from(["", *SourceState.values]),
            "title": st.sampled_from(["", "Een titel", "Een andere"]),
            "text": st.sampled_from(["", "Een tekst", "Een andere"]),
            "published_at": hours,
            "url": st.sampled_from(["", "https://example.org/aflevering", "urn:li:activity:1"]),
            "duration_s": st.sampled_from([None, 0, 60]),
        }
    ),
    max_size=3,
)


@pytest.fixture
def recording(db):
    return make_recording(title_nl="")


def changed(recording, **fields):
    Recording.objects.filter(pk=recording.pk).update(**fields)
    return Recording.objects.get(pk=recording.pk)


@examples
@given(state=st.sampled_from(RecordingState.values), start=hours, end=hours)
def test_whether_a_session_is_upcoming(recording, state, start, end):
    recording = changed(recording, state=state, event_start=start, event_end=end)
    assert Recording.objects.filter(upcoming_condition(NOW)).exists() is is_upcoming(recording, NOW)
    before = NOW - timedelta(hours=1)
    has_ended = is_upcoming(recording, before) and not is_upcoming(recording, NOW)
    assert bool(jobs.sessions_that_ended(before, NOW)) is has_ended


days = st.sampled_from(["", "2026", "2026~", "2025", "2027", "2026-05", "2026-04~", "2026-05-01", "2026-04-30~"])


@examples
@given(state=st.sampled_from(RecordingState.values), first=days, last=days)
def test_whether_a_session_is_upcoming_of_which_only_the_day_is_known(recording, state, first, last):
    recording = changed(recording, state=state, event_start=None, event_day=first, event_last_day=last)
    assert Recording.objects.filter(upcoming_condition(NOW)).exists() is is_upcoming(recording, NOW)


@examples
@given(
    state=st.sampled_from(RecordingState.values),
    start=hours,
    day=days,
    announced=hours,
    part=st.sampled_from(["", *MechelenPart.values]),
    medium=st.sampled_from(["", *Medium.values]),
    sources=sources,
    is_taken_down=st.booleans(),
)
def test_what_a_list_says_and_what_the_page_says(
    recording, state, start, day, announced, part, medium, sources, is_taken_down
):
    fields = {"event_day": day, "announced_at": announced, "mechelen_part": part, "medium": medium}
    recording = changed(recording, state=state, event_start=start, **fields)
    TakeDown.objects.all().delete()
    if is_taken_down:
        TakeDown.objects.create(recording=recording, reason=TakeDownReason.OTHER)
    recording.sources.all().delete()
    RecordingSource.objects.bulk_create(
        RecordingSource(recording=recording, external_id=f"x:{number}", **values)
        for number, values in enumerate(sources)
    )
    listed = public_recordings().get()
    assert displayed_state(listed, NOW) == displayed_state(recording, NOW)
    assert event_date(listed) == event_date(recording)
    assert (listed.day or "") == day_of(recording)
    listed = public_recordings().annotate(in_list=list_expression(NOW)).get()
    assert listed.in_list == list_of(recording, NOW)
    assert medium_of(listed) == medium_of(recording)
    assert listed.title_in("nl") == recording.title_in("nl")
    assert listed.abstract_in("nl") == recording.abstract_in("nl")


def day_of(recording):
    """The day by which lists are in order."""
    date = event_date(recording)
    if date is None:
        return ""
    return recording.event_day if date.first else timezone.localtime(date.at).date().isoformat()


@pytest.fixture
def talk(db):
    return make_recording(speakers=[make_speaker()])


@examples
@given(
    agreed=st.booleans(),
    live=st.booleans(),
    of_speaker=st.none() | st.sampled_from(ConsentState.values),
    of_everybody=st.none() | st.sampled_from(ConsentState.values),
    elsewhere=st.none() | st.sampled_from(ConsentState.values),
    is_taken_down=st.booleans(),
)
def test_who_may_be_named(talk, agreed, live, of_speaker, of_everybody, elsewhere, is_taken_down):
    Speaker.objects.update(consent=agreed, live=live)
    speaker = Speaker.objects.get()
    Consent.objects.all().delete()
    TakeDown.objects.all().delete()
    other, _new = Recording.objects.get_or_create(key="other")
    for recording, who, state in (
        (talk, speaker, of_speaker),
        (talk, None, of_everybody),
        (other, speaker, elsewhere),
        (other, None, elsewhere),
    ):
        if state is not None:
            Consent.objects.create(recording=recording, speaker=who, state=state)
    if is_taken_down:
        TakeDown.objects.create(recording=talk, reason=TakeDownReason.OTHER)
    may_be_named = agreed and live and not is_taken_down and ConsentState.WITHDRAWN not in (of_speaker, of_everybody)
    assert bool(named_speakers(Recording.objects.get(pk=talk.pk))) is may_be_named
    assert named_talks().exists() is may_be_named


@examples
@given(
    state=st.sampled_from(ConsentState.values),
    until=st.none() | st.integers(-2, 2).map(lambda number: TODAY + timedelta(days=number)),
)
def test_whether_a_consent_has_expired(recording, state, until):
    Consent.objects.all().delete()
    consent = Consent.objects.create(recording=recording, state=state, until=until)
    assert expired_consents(TODAY).exists() is is_expired(consent, TODAY)
