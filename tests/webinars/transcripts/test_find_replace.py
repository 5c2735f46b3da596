"""Search and replace in the lines of a transcript."""

from portal.webinars.transcripts.find_replace import Piece, Replacement, find_changes, matches_across_lines


def after(texts, *wanted, **options):
    return {change.row: change.after for change in find_changes(texts, Replacement(*wanted, **options))}


def test_only_whole_words_and_whatever_their_capitals():
    assert after(["De STAD, de stadswacht"], "stad", "gemeente") == {0: "De gemeente, de stadswacht"}


def test_parts_of_words_and_exact_capitals_on_request():
    texts = ["De stadswacht", "Stad"]
    assert after(texts, "stad", "dorp", whole_words=False, same_case=True) == {0: "De dorpswacht"}


def test_nothing_in_the_words_is_a_pattern():
    assert after(["(a.b) a+b", "axb"], "(a.b)", r"\1") == {0: r"\1 a+b"}


def test_a_word_is_whole_in_every_script():
    assert after(["Η πόλη, πόλης", "één éénmaal"], "πόλη", "x") == {0: "Η x, πόλης"}
    assert after(["één éénmaal"], "één", "1") == {0: "1 éénmaal"}


def test_words_that_are_taken_away_leave_no_hole():
    assert after(["Ja [muziek] dus", "[muziek]"], "[muziek]", "") == {0: "Ja dus", 1: ""}


def test_every_place_is_counted_and_told_apart():
    (change,) = find_changes(["a < a"], Replacement("a", "<b>"))
    assert change.times == 2
    replaced = Piece(removed="a", written="<b>")
    assert change.pieces == (replaced, Piece(kept=" < "), replaced)


def test_what_stays_the_same_and_nothing_to_look_for_change_nothing():
    assert not after(["a b"], "b", "b")
    assert not after(["a b"], "  ", "x")


def test_words_that_are_divided_over_two_lines_are_pointed_at():
    texts = ["wij maken online", "veilige ruimtes", "online veilige plekken"]
    assert matches_across_lines(texts, Replacement("online veilige")) == [0]
    assert after(texts, "online veilige", "veilige online") == {2: "veilige online plekken"}
