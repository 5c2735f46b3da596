def test_two_words_must_both_be_found(ask):
    assert ask.keys("steden netwerk") == ["project:urbsecurity"]
    assert "project:urbsecurity" not in ask.keys("dialoog polarisatie")


def test_of_three_words_one_may_be_missing(ask):
    assert ask.keys("netwerk steden Barcelona") == ["project:urbsecurity"]


def test_small_words_of_any_language_need_not_be_found(ask):
    assert "method:geschakeld-optreden" in ask.keys("what can we do about nuisance", "nl")


def test_words_together_count_more_than_apart(ask):
    assert ask.keys("openbare ruimte")[0] == "project:urbsecurity"


def test_an_unknown_word_does_not_hide_what_the_others_find(ask):
    assert "method:burenbemiddeling" in ask.keys("overlast xqzwvkj")
