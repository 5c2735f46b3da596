"""Every usual word that search understands as a concept was read by somebody, in its own language.

The table beside this file has them all: 50,000 words of each language, the words of the starter content, and what is
recognised in its titles. When a row comes or goes, make it anew with `python -m tools.make_word_lists` and read
what changed.
"""

import pytest

from search.languages import rules_for
from search.question.plan import make_plan
from tools import make_word_lists
from tools.make_word_lists import LANGUAGES

HOW = "Run `python -m tools.make_word_lists` and read each line that changes before you commit it."


@pytest.fixture(scope="module")
def thesaurus():
    return make_word_lists.starter_thesaurus()


@pytest.fixture(scope="module")
def announced(thesaurus):
    """Returns the keys of the concepts that a question is announced to be about."""

    def ask(question: str, language: str) -> set[str]:
        plan = make_plan(question, language, thesaurus, LANGUAGES)
        recognised = [unit for unit in plan.units if unit.concepts and unit.announced]
        return {key for unit in recognised or plan.mentions if unit.announced for key in unit.concepts}

    return ask


def test_every_word_that_is_recognised_was_read(thesaurus):
    found = set(make_word_lists.rows(thesaurus))
    read = set(make_word_lists.TABLE.read_text(encoding="utf-8").splitlines())
    assert not found - read, f"{HOW} New: {sorted(found - read)[:20]}"
    assert not read - found, f"{HOW} Gone: {sorted(read - found)[:20]}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_that_are_never_corrected_are_those_of_wordfreq(language):
    lines = rules_for(language).common_words_file.read_text(encoding="utf-8").splitlines()
    assert lines == make_word_lists.common_words_lines(language), HOW


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("moment delen met collega", "nl"),
        ("weer", "nl"),
        ("het weer in Mechelen", "nl"),
        ("gas en elektriciteit", "nl"),
        ("ambtenaren", "nl"),
        ("nee", "nl"),
        ("parce que", "fr"),
        ("habits", "fr"),
        ("la gare", "fr"),
        ("plein de monde", "fr"),
        ("parking", "en"),
        ("parking in the city", "en"),
        ("city parking", "en"),
        ("policies", "en"),
        ("habitat", "en"),
        ("multi-agency", "en"),
        ("gas heating", "en"),
        ("you can", "en"),
        ("untersucht", "de"),
        ("Gassen", "de"),
        ("Parken in der Stadt", "de"),
        ("Mitbewohner", "de"),
        ("Bär", "de"),
        ("Tat", "de"),
        ("overlastmelding", "nl"),
    ],
)
def test_a_word_that_only_looks_like_one_of_the_thesaurus_is_not_announced(announced, question, language):
    assert announced(question, language) == set()


@pytest.mark.parametrize(
    ("question", "language", "concept"),
    [
        ("buurten", "nl", "neighbourhood"),
        ("slachtoffers", "nl", "victim"),
        ("veilige ruimtes", "nl", "safe-space"),
        ("bestuurlijke maatregelen", "nl", "administrative-measure"),
        ("boetes", "nl", "municipal-administrative-sanction"),
        ("boa", "nl", "special-investigating-officer"),
        ("GAS", "nl", "municipal-administrative-sanction"),
        ("écoles", "fr", "school"),
        ("mesures administratives", "fr", "administrative-measure"),
        ("espaces publics", "fr", "public-space"),
        ("partnerships", "en", "partnership"),
        ("city parks", "en", "city-park"),
        ("öffentlichen Raum", "de", "public-space"),
        ("Verwaltungsmaßnahmen", "de", "administrative-measure"),
        ("Stadtparks", "de", "city-park"),
        ("victime", "nl", "victim"),
        ("inciviltà", "fr", "nuisance"),
    ],
)
def test_a_label_is_known_in_its_real_inflections_and_a_foreign_word_as_it_is_written(
    announced, question, language, concept
):
    assert concept in announced(question, language)
