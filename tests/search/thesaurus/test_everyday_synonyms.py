"""The concepts that a question mentions in everyday words: in any order and form, stop words aside."""

import yaml
from django.conf import settings

from portal.starter.loading.content_files import read_list
from search.question.plan import make_plan
from search.thesaurus.concepts import Concept
from search.thesaurus.current_thesaurus import EVERYDAY_SYNONYMS
from search.thesaurus.thesaurus import Thesaurus

NUISANCE = Concept("nuisance", {"nl": "overlast", "fr": "nuisance"}, everyday={"fr": ("incivilité",)})
CONFLICT = Concept(
    "neighbour-conflict",
    {"en": "neighbour conflict", "nl": "burenruzie"},
    {"it": ("conflitto tra vicini",)},
    related=("mediation",),
    everyday={"en": ("neighbours arguing",), "nl": ("ruzie buren",)},
)
POLARISATION = Concept("polarisation", {"en": "polarisation"}, everyday={"en": ("us against them",)})
PARK = Concept("park", {"en": "park", "it": "parco"}, everyday={"en": ("green space",)})
MEDIATION = Concept("mediation", {"en": "neighbour mediation"})
PROJECT = Concept("european-project", {"en": "European project"})
THESAURUS = Thesaurus([NUISANCE, CONFLICT, POLARISATION, PARK, MEDIATION, PROJECT])


def mentions(question: str, language: str) -> dict:
    return THESAURUS.find_mentions(question.split(), language)


def test_the_words_may_stand_in_any_order_and_form():
    assert set(mentions("people arguing about what a neighbour does", "en")) == {"neighbour-conflict"}
    assert set(mentions("mijn buren maken ruzie", "nl")) == {"neighbour-conflict"}


def test_all_the_words_must_be_there():
    assert mentions("people arguing in the street", "en") == {}


def test_a_word_without_its_accents_is_known():
    assert set(mentions("incivilites", "fr")) == set(mentions("incivilités", "fr")) == {"nuisance"}


def test_the_words_of_another_language_are_known_when_those_of_the_reader_are_not():
    assert set(mentions("un conflitto con i vicini", "en")) == {"neighbour-conflict"}


def test_an_expression_of_small_words_is_known_only_as_it_stands():
    assert make_plan("us against them", "en", THESAURUS, ("en",)).units[0].concepts == ("polarisation",)
    assert not any(unit.concepts for unit in make_plan("them and us against it", "en", THESAURUS, ("en",)).units)


def test_short_words_are_no_concepts_of_another_language_by_their_stem():
    assert THESAURUS.find_expressions(["parc"], "en") == []


def test_what_is_beside_a_concept_weighs_less_than_the_concept():
    (unit,) = make_plan("neighbours arguing", "en", THESAURUS, ("en",)).mentions
    topics = dict(unit.topics)
    assert topics["neighbour-conflict"] > topics["mediation"] > 0


def test_who_asks_for_european_projects_asks_for_every_project():
    (unit,) = make_plan("european projects", "en", THESAURUS, ("en",)).units
    assert unit.kinds == ("project",)


def test_words_that_only_ask_need_not_be_found():
    plan = make_plan("how can people get help with parking", "en", THESAURUS, ("en",))
    assert [unit.words for unit in plan.required] == [("parking",)]


def test_nothing_is_added_to_own_words_only():
    plan = make_plan("neighbours arguing", "en", THESAURUS, ("en",), expand=False)
    assert plan.mentions == () and not any(unit.concepts for unit in plan.units)


def test_the_file_knows_only_concepts_and_languages_that_exist():
    everyday = yaml.safe_load(EVERYDAY_SYNONYMS.read_text(encoding="utf-8"))
    assert set(everyday) <= {topic["key"] for topic in read_list("topics.yaml")}
    languages = {code for code, _name in settings.LANGUAGES}
    for key, words in everyday.items():
        assert set(settings.CONTENT_LANGUAGES) <= set(words) <= languages, key
        assert all(isinstance(word, str) and word.strip() for texts in words.values() for word in texts), key
