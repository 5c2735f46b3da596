"""Which concepts a question was understood as, for the visitor."""

from portal.core.searchable import RecognisedConcept
from search.question.plan import Plan
from search.text_analysis.normalise import folded_words
from search.thesaurus.thesaurus import Thesaurus


def recognised_concepts(plan: Plan, thesaurus: Thesaurus, languages: tuple[str, ...]) -> tuple[RecognisedConcept, ...]:
    """Return the concepts of a plan that are announced, with the synonyms searched for each, her language first.

    Only synonyms in the languages of the content are named: nothing is written in the others. An expression that has
    the visitor's own words in it ("openbare overlast" for "overlast") is no synonym: her own words find all of it. What
    the question as a whole mentions is announced when none of its words is a concept.
    """
    concepts: dict[str, RecognisedConcept] = {}
    order = tuple(dict.fromkeys((plan.language, *languages)))
    in_words = [unit for unit in plan.units if unit.concepts and unit.announced]
    for unit in in_words or [unit for unit in plan.mentions if unit.announced]:
        typed = folded_words(" ".join(unit.words))
        for key in unit.concepts:
            concept = thesaurus.concepts[key]
            synonyms = [
                word
                for language in order
                for word in concept.words_in(language)
                if not _contains(folded_words(word), typed)
            ]
            label = concept.labels.get(plan.language) or next(iter(concept.labels.values()), key)
            concepts.setdefault(key, RecognisedConcept(key, label, tuple(dict.fromkeys(synonyms))))
    return tuple(concepts.values())


def _contains(words: list[str], typed: list[str]) -> bool:
    """Return whether the typed words stand in an expression, next to each other."""
    return bool(typed) and any(words[at : at + len(typed)] == typed for at in range(len(words) - len(typed) + 1))
