from tests.contract.conftest import Asking
from tests.contract.corpus import document, text


def page(key, language, title, body=""):
    return document("page", key, text(language, title, "", body, key))


BOTH = [page(f"both-{number}", "nl", "Verslag", "Over fietsers en bruggen.") for number in range(3)]
ONE = page("one", "nl", "Fietsers", "Fietsers, fietsers en fietsers.")


def test_hardly_anything_has_all_the_words_so_what_has_one_of_them_comes_behind(engine):
    engine.rebuild([ONE, BOTH[0]])
    assert Asking(engine).keys("fietsers bruggen") == ["page:both-0", "page:one"]


def test_enough_things_have_all_the_words_so_one_of_them_is_too_little(engine):
    engine.rebuild([ONE, *BOTH])
    assert "page:one" not in Asking(engine).keys("fietsers bruggen")


def test_only_own_words_are_wanted_so_one_of_them_is_too_little(engine):
    engine.rebuild([ONE, BOTH[0]])
    assert Asking(engine).keys("fietsers bruggen", expand=False) == ["page:both-0"]


def test_a_recognised_expression_loses_nothing_that_its_words_find_alone(engine):
    enough = [page(f"enough-{number}", "en", "Handbook", "For workshops.") for number in range(3)]
    apart = page("apart", "en", "Dual use", "Of workshops.")
    engine.rebuild([*enough, apart])
    for expand in (False, True):
        assert "page:apart" in Asking(engine).keys("dual diagnosis workshops handbook", "en", expand=expand)
