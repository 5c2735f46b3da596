import pytest


def test_newest_first(ask):
    found = ask(ordering="newest").hits
    dates = [hit.date for hit in found if hit.date]
    assert dates == sorted(dates, reverse=True)
    assert found[0].id == "recording:online-safe-spaces"
    assert found[-1].date is None


@pytest.mark.parametrize("text", ["", "overlast"])
def test_by_title_in_the_language_of_the_visitor(ask, text):
    titles = [hit.title_html for hit in ask(text, "nl", ordering="title").hits]
    assert len(titles) > 3
    assert titles == sorted(titles, key=str.lower)


def test_every_hit_stands_on_exactly_one_page(ask):
    pages = [ask.keys(page=number, per_page=4) for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [4, 4, 1]
    assert len({key for page in pages for key in page}) == 9


@pytest.mark.parametrize(("page", "same_as"), [(0, 1), (-5, 1), (99, 3), (10**12, 3)])
def test_a_page_that_does_not_exist_is_the_nearest_one(ask, page, same_as):
    assert ask.keys(page=page, per_page=4) == ask.keys(page=same_as, per_page=4)


@pytest.mark.parametrize(("per_page", "shown"), [(0, 1), (-1, 1), (10**9, 9)])
def test_the_size_of_a_page_has_limits(ask, per_page, shown):
    assert len(ask(per_page=per_page).hits) == shown


def test_an_unknown_order_is_the_best_answers(ask):
    assert ask.keys("overlast", ordering="moon") == ask.keys("overlast")
