import pytest

RECORDING = "recording:online-safe-spaces"


def moments(hit):
    return [(moment.start_s, moment.language) for moment in hit.cue_hits]


def test_what_was_said_leads_to_the_second_at_which_it_was_said(ask):
    hit = ask.hit(RECORDING, "neighbours talked", "en")
    assert moments(hit) == [(2110.0, "en")]
    assert "when <mark>neighbours talked</mark>." in hit.cue_hits[0].html


def test_moments_stand_in_the_order_of_time(ask):
    assert moments(ask.hit(RECORDING, "nuisance", "en")) == [(754.0, "en"), (2110.0, "en")]


def test_the_same_moment_is_shown_once_in_the_language_of_the_visitor(ask):
    assert moments(ask.hit(RECORDING, "overlast", "nl"))[0] == (755.0, "nl")


@pytest.mark.parametrize("word", ["incivilités", "Belästigung"])
def test_a_word_in_another_language_finds_the_moment(ask, word):
    assert 2110.0 in [start for start, _language in moments(ask.hit(RECORDING, word, "fr"))]


@pytest.mark.parametrize("most", [0, 1, 2])
def test_no_more_moments_than_asked_for(ask, most):
    assert len(ask.hit(RECORDING, "nuisance", "en", cues_per_hit=most).cue_hits) == most


def test_a_recording_found_by_its_title_alone_has_no_moments(ask):
    assert ask.hit(RECORDING, "internet", "en").cue_hits == ()


def test_the_speaker_is_found(ask):
    assert moments(ask.hit(RECORDING, "moderator", "en"))[0] == (12.0, "en")


def test_things_without_transcript_have_no_moments(ask):
    assert ask.hit("method:geschakeld-optreden", "overlast").cue_hits == ()
