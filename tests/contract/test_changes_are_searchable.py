import pytest

from portal.core.searchable import CueText
from search.engines.contract import EngineUnavailable
from tests.contract.conftest import Asking
from tests.contract.corpus import DOCUMENTS, document, text

NEW = document("method", "nieuw", text("nl", "Speelplein", "Een nieuw plein.", "", "x"))


def test_a_new_thing_is_found_at_once(engine):
    engine.write([NEW])
    assert Asking(engine).keys("speelplein") == ["method:nieuw"]


def test_a_changed_thing_replaces_the_old_one(engine):
    engine.write([NEW])
    engine.write([document("method", "nieuw", text("nl", "Zwembad", "", "", "x"))])
    assert (Asking(engine).keys("speelplein"), Asking(engine).keys("zwembad")) == ([], ["method:nieuw"])


def test_a_removed_thing_is_gone_with_its_moments_and_counts(engine):
    engine.write([], ["recording:online-safe-spaces"])
    found = Asking(engine)("nuisance", "en", facets=("series",))
    assert "recording" not in found.groups
    assert found.facets["series"] == ()
    assert Asking(engine).keys('"moderated by two youth workers"', "en") == []


def test_removing_what_is_not_there_changes_nothing(engine):
    engine.write([], ["method:never-was"])
    assert Asking(engine)().total == len(DOCUMENTS)


def test_old_moments_go_when_the_transcript_changes(engine):
    recording = document(
        "recording", "tour", text("nl", "Rondgang", "", "", "x"), cues=(CueText("nl", 1.0, "goeiemorgen"),)
    )
    engine.write([recording])
    engine.write(
        [document("recording", "tour", text("nl", "Rondgang", "", "", "x"), cues=(CueText("nl", 9.0, "goeienavond"),))]
    )
    assert Asking(engine).keys("goeiemorgen") == []
    assert [moment.start_s for moment in Asking(engine).hit("recording:tour", "goeienavond").cue_hits] == [9.0]


def test_a_failed_change_leaves_everything_as_it_was(engine):
    def documents():
        yield NEW
        raise RuntimeError("the room failed")

    with pytest.raises(RuntimeError):
        engine.write(documents(), ["method:burenbemiddeling"])
    assert Asking(engine)().total == len(DOCUMENTS)
    engine.write([NEW])
    assert Asking(engine)().total == len(DOCUMENTS) + 1


def test_without_an_index_the_engine_says_so(empty_engine):
    with pytest.raises(EngineUnavailable):
        Asking(empty_engine)("overlast")
    with pytest.raises(EngineUnavailable):
        empty_engine.write([NEW])
    assert not empty_engine.status().usable
