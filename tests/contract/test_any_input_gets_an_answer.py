import pytest

GARBAGE = {
    "ten thousand letters": "overlast" * 1250,
    "ten thousand words": "overlast " * 2000,
    "different words": " ".join(f"woord{n}" for n in range(3000)),
    "emoji": "😀👩‍👩‍👧‍👦🏳️‍🌈",
    "emoji and a word": "😀 overlast 😀",
    "quotes": '"""\'\'«»“”„“"',
    "an open quote": '"veilig in dialoog',
    "operators": "+overlast -(geluid OR title_nl:*) AND NOT [a TO z] ~2 ^4 \\ /.*/",
    "only operators": "+-&&||!(){}[]^~*?:\\/",
    "NUL and control characters": "over\x00last \x01\x1b[31m\x7f",
    "a lone surrogate": "overlast \ud800",
    "markup": "<script>alert(1)</script> & <b>",
    "right to left": "إزعاج عام",
    "combining marks": "e" + "\u0301" * 500,
    "one letter": "a",
    "stop words": "de het een en van the of le la der die das",
    "whitespace": " \t\n\u00a0\u3000 ",
    "a very long word": "x" * 70_000,
    "numbers": "1789 30/50 80 2021-09-14",
    "case mapping that grows": "ŉ ǰ ΐ ﬃ İ ẞ" * 20,
}


@pytest.mark.parametrize("name", GARBAGE)
@pytest.mark.parametrize("expand", [True, False])
def test_garbage_gets_an_answer(ask, name, expand):
    found = ask(GARBAGE[name], "nl", expand=expand, facets=("topic", "tier"))
    assert found.available
    assert found.total >= len(found.hits) >= 0
    assert found.took_ms < ask.at_most_ms


@pytest.mark.parametrize("name", ["emoji and a word", "operators", "a lone surrogate", "an open quote"])
def test_what_can_be_understood_of_garbage_is_searched(ask, name):
    assert ask(GARBAGE[name]).total > 0


def test_words_without_a_letter_find_nothing_rather_than_everything(ask):
    assert ask(GARBAGE["only operators"]).total == 0


@pytest.mark.parametrize("language", ["nl", "xx", "", "pt"])
def test_any_language_gets_an_answer(ask, language):
    assert ask("overlast", language).total == 5


@pytest.mark.parametrize("values", [("\x00",), ("x" * 100_000,), ("a", "😀", '"')])
def test_garbage_in_a_filter_gets_an_answer(ask, values):
    assert ask("overlast", filters={"topic": values}, facets=("topic",), kinds=values).total == 0
