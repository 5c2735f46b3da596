def by_key(result):
    return {one.key: one for one in result.concepts}


def test_the_concept_is_announced_in_the_language_of_the_visitor_with_its_synonyms(ask):
    one = by_key(ask("incivilités", "nl"))["nuisance"]
    assert one.label == "overlast"
    assert {"overlast", "nuisances", "nuisance", "Belästigung"} <= set(one.synonyms)


def test_the_word_that_was_typed_is_not_an_other_word(ask):
    assert "overlast" not in by_key(ask("Overlast"))["nuisance"].synonyms


def test_the_longest_expression_is_understood(ask):
    assert list(by_key(ask("online veilige ruimte"))) == ["online-safe-space"]


def test_a_word_of_the_visitors_language_is_no_concept_of_another(ask):
    assert by_key(ask("les nuisances", "fr")).keys() == {"nuisance"}


def test_several_concepts_in_one_question(ask):
    assert list(by_key(ask("polarisatie en overlast op het openbaar domein"))) == [
        "polarisation",
        "nuisance",
        "public-space",
    ]


def test_nothing_is_told_of_plain_words(ask):
    assert ask("Mechelen").concepts == ()
