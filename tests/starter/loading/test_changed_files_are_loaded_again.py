"""A newer version of the portal comes with newer files: what they change is loaded again, and nothing else."""

import shutil
from datetime import date

import pytest

from portal.starter.loading import content_files
from portal.starter.loading.content_files import CONTENT, read_items
from portal.starter.loading.recordings import load_further_sessions, load_recordings
from portal.webinars.models import Cue, FurtherSession, Recording

TOUR = "recordings/rondleiding"


@pytest.fixture
def files(tmp_path, monkeypatch):
    """A copy of the tour that a test may change."""
    shutil.copytree(CONTENT / TOUR, tmp_path / TOUR)
    monkeypatch.setattr(content_files, "CONTENT", tmp_path)
    return tmp_path / TOUR


def hashes(folder="recordings"):
    (item,) = read_items(folder, "recording")
    return {language: item.hash_of(language) for language in content_files.LANGUAGES}


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_other_words_in_one_language_are_loaded_in_that_language_only(files):
    before = hashes()
    change(files / "fr.yaml", "Visite guidée", "Tour")
    after = hashes()
    assert [language for language in before if before[language] != after[language]] == ["fr"]


def test_other_dutch_words_are_paired_again_with_those_of_every_language(files):
    before = hashes()
    change(files / "nl.yaml", "Rondleiding", "Tocht")
    after = hashes()
    assert all(before[language] != after[language] for language in before)


@pytest.mark.django_db
def test_a_transcript_follows_its_file(files):
    assert load_recordings() == 1
    assert load_recordings() == 0
    change(files / "captions/nl.vtt", "geen geluid", "nog geen geluid")
    assert load_recordings() == 1
    assert Cue.objects.filter(caption__language="nl", text__contains="nog geen geluid").count() == 1
    assert Cue.objects.filter(caption__language="nl", position=0).count() == 1


@pytest.mark.django_db
def test_a_recording_says_by_whom_it_is_of_which_day_and_when_its_address_was_read(files):
    change(files / "item.yaml", "medium: film", "medium: audio\nmechelen_part: none")
    change(files / "item.yaml", "live: true", "live: true\nevent_day: 2021-05-31\nevent_last_day: '2021-06'")
    change(
        files / "item.yaml", "external_id: 'file:rondleiding'", "external_id: 'file:rondleiding', read_on: 2026-11-30"
    )
    change(
        files / "nl.yaml", "organiser: Schakel, het portaal", "organiser: Efus, met het project IcARUS en het portaal"
    )
    change(files / "fr.yaml", "organiser: Schakel, portail", "organiser: Efus, avec le projet IcARUS, portail")
    load_recordings()
    tour = Recording.objects.get(key="rondleiding")
    assert (tour.medium, tour.mechelen_part) == ("audio", "none")
    assert (tour.event_day, tour.event_last_day) == ("2021-05-31", "2021-06")
    assert tour.organiser_nl.startswith("Efus, met het project IcARUS")
    assert tour.organiser_fr.startswith("Efus, avec le projet IcARUS")
    assert tour.sources.get().read_on == date(2026, 11, 30)


@pytest.mark.django_db
@pytest.mark.parametrize(("own", "shown"), [("en", "A tour of Schakel"), ("it", "Rondleiding door Schakel")])
def test_a_name_that_nobody_translated_is_shown_everywhere_in_its_own_language(files, own, shown):
    change(files / "item.yaml", "live: true", f"live: true\ntitle_language: {own}")
    load_recordings()
    tour = Recording.objects.get(key="rondleiding")
    assert {tour.title_in(language) for language in ("nl", "fr", "en", "de")} == {(shown, own)}


FURTHER = """
- key: turijn
  live: true
  title: "Presentazione Sbocciamo Torino"
  title_language: it
  organiser: "Città di Torino"
  event_day: 2024-05-24
  medium: ""
  spoken_language: it
  url: "https://torinoeuprojects.it/presentazione-sbocciamo-torino"
  read_on: "2026-11-30"
  methods: []
  projects: []
  note: {nl: "Zo stelde Turijn zijn instrument voor.", fr: "Turin a présenté son outil."}
"""


@pytest.mark.django_db
def test_sessions_of_others_are_loaded_once_and_stay_as_staff_leave_them(files, tmp_path):
    (tmp_path / "further_sessions.yaml").write_text(FURTHER, encoding="utf-8")
    assert (load_further_sessions(), load_further_sessions()) == (1, 0)
    session = FurtherSession.objects.get(key="turijn")
    assert (session.title_in("nl"), session.event_day, session.live) == (
        ("Presentazione Sbocciamo Torino", "it"),
        "2024-05-24",
        True,
    )
    assert session.read_on == date(2026, 11, 30)
    assert session.note_fr == "Turin a présenté son outil."
    session.organiser = "Stad Turijn"
    session.save_revision().publish()
    (tmp_path / "further_sessions.yaml").write_text(FURTHER.replace("Città", "La città"), encoding="utf-8")
    assert load_further_sessions() == 0
    assert FurtherSession.objects.get(key="turijn").organiser == "Stad Turijn"
