"""Every engine suggests what somebody may mean who has typed only a beginning."""

import pytest

from search.results.suggestions import KINDS
from tests.contract.corpus import document, text


@pytest.fixture
def suggest(read_only_engine):
    """The ids that are suggested, in order."""

    def ids(typed, language="nl", limit=8):
        return [f"{one.kind}:{one.key}" for one in read_only_engine.suggest(typed, language, limit)]

    return ids


TOPIC = document(
    "topic",
    "nuisance",
    text("nl", "overlast", "", "openbare overlast", "themas/overlast"),
    text("fr", "nuisances", "", "dérangement public, incivilités", "themes/nuisances"),
)


@pytest.mark.parametrize("typed", ["du", "dub", "dubbele", "dubbele diag", "DUBBELE  Diag", "diagnose"])
def test_the_beginning_of_any_word_of_a_title_is_enough(suggest, typed):
    assert "method:dubbele-diagnose" in suggest(typed)


def test_every_typed_word_has_to_begin_one(suggest):
    assert "method:dubbele-diagnose" not in suggest("dubbele straat")
    assert "method:dubbele-diagnose" not in suggest("ubbele")


def test_accents_and_capitals_do_not_matter(suggest):
    assert suggest("mediation de v", "fr") == suggest("Médiation de V", "fr") == ["method:burenbemiddeling"]


@pytest.mark.parametrize(
    ("language", "typed", "title"),
    [
        ("nl", "geschak", "Geschakeld optreden"),
        ("fr", "interv", "Intervention graduée"),
        ("de", "abg", "Abgestuftes Vorgehen"),
    ],
)
def test_titles_are_those_of_the_visitors_language(read_only_engine, language, typed, title):
    one = read_only_engine.suggest(typed, language, 8)[0]
    assert (one.kind, one.key, one.title, one.language) == ("method", "geschakeld-optreden", title, language)
    assert one.url.startswith(f"/{language}/")


def test_what_has_no_translation_is_suggested_as_it_is_shown(read_only_engine):
    one = read_only_engine.suggest("police", "de", 8)[0]
    assert (one.key, one.title, one.language) == ("nice-proximite", "Police de proximité", "fr")


def test_a_recording_and_a_project_are_suggested_and_a_plain_page_is_not(suggest):
    assert suggest("online") == ["recording:online-safe-spaces"]
    assert suggest("orph") == ["project:orpheus"]
    assert suggest("over de") == []


def test_a_topic_is_suggested_by_its_other_words_and_says_which(engine):
    engine.write([TOPIC])
    one = engine.suggest("inciv", "fr", 8)[0]
    assert (one.kind, one.title, one.other) == ("topic", "nuisances", "incivilités")
    assert engine.suggest("nuis", "fr", 8)[0].other == ""


def test_a_title_that_begins_so_comes_before_one_with_such_a_word(engine):
    engine.write(
        [
            document("method", "a", text("nl", "Samen tegen zwerfvuil", "", "", "a")),
            document("project", "b", text("nl", "Zwerfvuil in beeld", "", "", "b")),
        ]
    )
    assert [one.key for one in engine.suggest("zwerf", "nl", 8)] == ["b", "a"]


def test_many_of_one_kind_leave_room_for_the_others(engine):
    engine.write(
        [document("method", f"m{number}", text("nl", f"Merel {number}", "", "", "m")) for number in range(20)]
        + [document("recording", "r", text("nl", "De merel", "", "", "r"))]
    )
    found = engine.suggest("merel", "nl", 5)
    assert len(found) == 5 and "r" in [one.key for one in found]
    assert [one.kind for one in found] == sorted((one.kind for one in found), key=KINDS.index)


def test_what_is_taken_down_is_not_suggested(engine):
    engine.write([], removed=["method:dubbele-diagnose"])
    assert engine.suggest("dubbele", "nl", 8) == ()


def test_the_number_is_kept(suggest):
    assert len(suggest("o", limit=8)) == 0
    assert len(suggest("on", limit=1)) == 1
    assert suggest("on", limit=0) == []


@pytest.mark.parametrize(
    "typed", ["", " ", "a", "\x00", "\ud800", "😀😀", "x" * 10_000, "a b c", '"' * 50, "^on", "إزعاج", "*?:~"]
)
@pytest.mark.parametrize("language", ["nl", "xx", ""])
def test_anything_may_be_typed(read_only_engine, typed, language):
    assert isinstance(read_only_engine.suggest(typed, language, 8), tuple)


def test_what_is_left_out_is_not_suggested_and_takes_nobodys_place(engine):
    engine.write(
        [TOPIC, *(document("topic", f"t{number}", text("nl", f"overlast {number}", "", "", "t")) for number in "123")]
    )
    found = engine.suggest("overl", "nl", 1, frozenset({"topic:nuisance", "topic:t1", "topic:gone"}))
    assert [one.key for one in found] == ["t2"]
