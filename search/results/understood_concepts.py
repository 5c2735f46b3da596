"""What a visitor is told about the concepts that were understood in her question."""

from portal.core.searchable import Understood
from search.question.plan import Plan
from search.text_analysis.normalise import folded_words
from search.thesaurus.thesaurus import Thesaurus


def understood(plan: Plan, thesaurus: Thesaurus, languages: tuple[str, ...]) -> tuple[Understood, ...]:
    """The concepts of a plan with the words that were searched beside the visitor's own, her language first.

    Only words in the languages of the content are told: the others are understood but nothing is written in them. An
    expression that has the visitor's own words in it ("openbare overlast" for "overlast") is no other word: her own
    words find all of it. Nothing is told of a concept that is only a part of a word, or of what is no sure sign. What
    the question as a whole speaks of is told when none of its words is a concept.
    """
    told: dict[str, Understood] = {}
    order = tuple(dict.fromkeys((plan.language, *languages)))
    recognised = [unit for unit in plan.units if unit.concepts and unit.told]
    for unit in recognised or [unit for unit in plan.about if unit.told]:
        typed = folded_words(" ".join(unit.words))
        for key in unit.concepts:
            concept = thesaurus.concepts[key]
            words = [
                word for language in order for word in concept.words_in(language) if not _has(folded_words(word), typed)
            ]
            label = concept.labels.get(plan.language) or next(iter(concept.labels.values()), key)
            told.setdefault(key, Understood(key, label, tuple(dict.fromkeys(words))))
    return tuple(told.values())


def _has(words: list[str], typed: list[str]) -> bool:
    """Whether the typed words stand in an expression, next to each other."""
    return bool(typed) and any(words[at : at + len(typed)] == typed for at in range(len(words) - len(typed) + 1))
