def told(result):
    return {one.key: one for one in result.understood}


def test_the_concept_is_told_in_the_language_of_the_visitor_with_the_other_words(ask):
    one = told(ask("incivilités", "nl"))["nuisance"]
    assert one.label == "overlast"
    assert {"overlast", "nuisances", "nuisance", "Belästigung"} <= set(one.words)


def test_the_word_that_was_typed_is_not_an_other_word(ask):
    assert "overlast" not in told(ask("Overlast"))["nuisance"].words


def test_the_longest_expression_is_understood(ask):
    assert list(told(ask("online veilige ruimte"))) == ["online-safe-space"]


def test_a_word_of_the_visitors_language_is_no_concept_of_another(ask):
    assert told(ask("les nuisances", "fr")).keys() == {"nuisance"}


def test_several_concepts_in_one_question(ask):
    assert list(told(ask("polarisatie en overlast op het openbaar domein"))) == [
        "polarisation",
        "nuisance",
        "public-space",
    ]


def test_nothing_is_told_of_plain_words(ask):
    assert ask("Mechelen").understood == ()
