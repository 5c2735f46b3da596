import pytest

from tests.contract.conftest import Asking
from tests.contract.corpus import document, text


def test_a_thing_with_the_word_itself_comes_before_one_with_a_word_for_the_same(ask):
    found = ask.keys("overlast")
    assert found.index("method:burenbemiddeling") < found.index("project:nice-proximite")


def test_a_thing_about_the_topic_comes_before_one_that_mentions_it(ask):
    assert ask.keys("overlast")[0] == "method:geschakeld-optreden"


def test_a_rare_foreign_word_does_not_overtake_the_word_that_was_typed(engine):
    own = [
        document("page", f"own-{n}", text("nl", "Plein", "Het plein.", "Soms is er overlast.", "x")) for n in range(30)
    ]
    foreign = document("page", "foreign", text("fr", "Nuisances", "Nuisances.", "Des nuisances.", "y"))
    engine.rebuild([*own, foreign])
    found = Asking(engine).keys("overlast", per_page=50)
    assert (len(found), found[-1]) == (31, "page:foreign")


@pytest.mark.parametrize(("better", "worse"), [("title", "lead"), ("lead", "body")])
def test_a_word_in_the_title_counts_more_than_in_the_lead_and_there_more_than_in_the_body(engine, better, worse):
    words = {"title": "Plein", "lead": "Het plein.", "body": "Over het plein."}
    documents = [
        document("page", field, text("nl", *({**words, field: words[field] + " fietsers"}).values(), "x"))
        for field in (better, worse)
    ]
    engine.rebuild(documents)
    assert Asking(engine).keys("fietsers") == [f"page:{better}", f"page:{worse}"]


def test_what_answers_comes_before_what_only_points_the_way(engine):
    definition = text("nl", "Slachtoffer", "Wie schade lijdt door fietsdiefstal.", "", "x")
    told = text(
        "nl", "Fietsregistratie", "Een werking tegen fietsdiefstal in de hele binnenstad, met vrijwilligers.", "", "y"
    )
    engine.rebuild([document("topic", "victim", definition), document("method", "fietsen", told)])

    assert Asking(engine).keys("fietsdiefstal") == ["method:fietsen", "topic:victim"]


def test_the_page_of_the_very_topic_comes_before_one_of_a_narrower_topic_that_has_the_word(engine):
    narrower = text("nl", "Overlast door foutparkeren", "Foutparkeren geeft overlast.", "", "x")
    very = text("nl", "Hinder", "Wat anderen stoort.", "", "y")
    engine.rebuild([document("topic", "illegal-parking", narrower), document("topic", "nuisance", very)])

    assert Asking(engine).keys("overlast") == ["topic:nuisance", "topic:illegal-parking"]
