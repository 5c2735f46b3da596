"""What a question asks for, independent of any engine: its words, quoted phrases, and what the thesaurus adds to them.

An engine turns the plan into its own query. Nothing in a question can be an operator: everything is words.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from search.question.exact_names import possible_names, question_as_name
from search.text_analysis.normalise import normalise, words_of
from search.text_analysis.spelling_variants import with_abbreviations_joined, without_contractions
from search.text_analysis.stop_words import is_filler_word, is_stop_word
from search.thesaurus.concepts import Synonym
from search.thesaurus.recognition import Mention
from search.thesaurus.thesaurus import Thesaurus

LONGEST_TEXT = 300  # characters of a question that are read
MOST_WORDS = 12  # words of a question that are searched
MOST_SYNONYMS = 80  # of one concept
NARROWER_TOPIC_WEIGHT = 0.5
NEIGHBOUR_TOPIC_WEIGHT = 0.25  # of what is filed right above the concept, or under a related one
# Concepts that are a kind of thing on this portal: somebody who asks for European projects gets every project.
KIND_OF_CONCEPT = {"european-project": "project", "webinar": "recording"}
KIND_WEIGHT = 0.5

_TYPED_AS_ONE = re.compile(r"[^\W_]+")
QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]")


@dataclass(frozen=True)
class WordPart:
    """Folded letters that a word begins or ends with; only words of at least so many letters are meant."""

    letters: str
    least: int
    at_end: bool = False

    def is_in(self, word: str) -> bool:
        """Return whether a folded word is one of those that are meant."""
        return len(word) >= self.least and (
            word.endswith(self.letters) if self.at_end else word.startswith(self.letters)
        )


@dataclass(frozen=True)
class Unit:
    """A part of a question that is found or not found as a whole: a word, the words of a concept or a quoted phrase.

    words            as they were typed
    exact            found only as they were typed, for a quoted phrase
    optional         may be missing, for a stop word
    concepts         the keys of the concepts recognised; `announced` unless it is a part of a word or not sure
    topics           (key, weight) of the concepts, the narrower ones and the neighbours
    kinds            the kinds of things that the concepts stand for
    synonyms         what the thesaurus adds

    An engine adds from its index: `near_words` that were probably meant; and words that contain one of the unit's,
    either one by one (`compounds`) or by how they begin or end (`compound_parts`, and `prefixes` for a word of which
    only the beginning was typed).
    """

    words: tuple[str, ...] = ()
    exact: bool = False
    optional: bool = False
    concepts: tuple[str, ...] = ()
    announced: bool = True
    topics: tuple[tuple[str, float], ...] = ()
    kinds: tuple[str, ...] = ()
    synonyms: tuple[Synonym, ...] = ()
    compounds: tuple[str, ...] = ()
    near_words: tuple[str, ...] = ()
    compound_parts: tuple[WordPart, ...] = ()
    prefixes: tuple[WordPart, ...] = ()


@dataclass(frozen=True)
class Plan:
    """The units of a question in the visitor's language.

    units            in the order of the question
    mentions         concepts that the question as a whole mentions, each a unit without words: what they find is an
                     answer too, and so is whatever is filed under a topic of one of the units
    word_units       the units without the thesaurus, where it recognised an expression of several words, so that
                     nothing that the words find apart is lost by recognising it
    whole_name       the question as the name of a thing (search/question/exact_names.py)
    possible_names   the runs of words that may be a name; what is called so comes first
    """

    language: str
    units: tuple[Unit, ...] = ()
    mentions: tuple[Unit, ...] = ()
    word_units: tuple[Unit, ...] = ()
    whole_name: str = ""
    possible_names: tuple[str, ...] = ()

    @property
    def required(self) -> tuple[Unit, ...]:
        """The units that are not optional."""
        return tuple(unit for unit in self.units if not unit.optional)

    @property
    def needed(self) -> int:
        """How many of the required units must be found."""
        return units_needed(self.required)


def units_needed(units: Collection[Unit]) -> int:
    """Return how many of the units must be found: all of two, two of three or four, half of more."""
    return len(units) if len(units) <= 2 else max(2, len(units) // 2)


def split_question(text: str, language: str) -> list[tuple[bool, list[str]]]:
    """Return the question as [(is quoted, words)] in its order, cut to what is searched.

    What is quoted keeps its words as they were typed.
    """
    text = normalise(text)[:LONGEST_TEXT]
    parts: list[tuple[bool, str]] = []
    last = 0
    for match in QUOTED.finditer(text):
        parts += [(False, text[last : match.start()]), (True, match.group(1))]
        last = match.end()
    parts.append((False, text[last:]))
    split_parts, left = [], MOST_WORDS
    for quoted, part in parts:
        searched = with_abbreviations_joined(part) if quoted else without_contractions(part, language)
        words = words_of(searched)[:left]
        left -= len(words)
        if words:
            split_parts.append((quoted, words))
    return split_parts


def make_plan(text: str, language: str, thesaurus: Thesaurus, languages: Iterable[str], *, expand: bool = True) -> Plan:
    """Return the plan of a question by a visitor who reads `language`; `languages` are those of the content.

    With `expand` off no concept is recognised and only the visitor's own words are searched.
    """
    languages = tuple(dict.fromkeys((language, *languages)))
    units: list[Unit] = []
    mentions: dict[str, Mention] = {}
    typed_as_one = {word for word in _TYPED_AS_ONE.findall(normalise(text)[:LONGEST_TEXT]) if not word.isalpha()}
    for quoted, words in split_question(text, language):
        if quoted:
            units.append(Unit(tuple(words), exact=True))
            continue
        expressions = thesaurus.find_expressions(words, language, languages) if expand else []
        matches = {match.start: match for match in expressions}
        mentions |= thesaurus.find_mentions(words, language) if expand else {}
        position = 0
        while position < len(words):
            if match := matches.get(position):
                unit = _concept_unit(tuple(words[match.start : match.end]), match.concepts, match.weight, thesaurus)
                units.append(replace(unit, announced=not match.in_compound))
                position = match.end
            elif size := _words_typed_as_one(words[position:], typed_as_one):
                units.append(Unit(tuple(words[position : position + size]), exact=True))
                position += size
            else:
                units.append(_word_unit(words[position], language, languages))
                position += 1
    if units and all(unit.optional for unit in units):
        units = [replace(unit, optional=False) for unit in units]
    apart = (_word_unit(word, language, languages) for unit in units if not unit.exact for word in unit.words)
    has_expressions = any(len(unit.words) > 1 and not unit.exact for unit in units)
    word_units = [*(unit for unit in units if unit.exact), *(unit for unit in apart if not unit.optional)]
    announced = {key for unit in units if unit.announced for key in unit.concepts}
    mention_units = tuple(
        replace(_concept_unit((), (key,), mention.weight, thesaurus), announced=mention.sure)
        for key, mention in mentions.items()
        if key not in announced
    )
    words = words_of(normalise(text)[:LONGEST_TEXT])[:MOST_WORDS]
    return Plan(
        language,
        tuple(dict.fromkeys(units)),
        mention_units,
        tuple(dict.fromkeys(word_units)) if has_expressions else (),
        question_as_name(words),
        possible_names(words),
    )


def _words_typed_as_one(words: list[str], typed_as_one: Collection[str]) -> int:
    """Return how many of the first words were typed as one, of letters and digits ("zone30"); 0 when none were."""
    return next((size for size in range(2, len(words) + 1) if "".join(words[:size]) in typed_as_one), 0)


def _word_unit(word: str, language: str, languages: Iterable[str]) -> Unit:
    optional = is_filler_word(word, language) or any(is_stop_word(word, code) for code in languages)
    return Unit((word,), optional=optional)


def _concept_unit(words: tuple[str, ...], keys: tuple[str, ...], weight: float, thesaurus: Thesaurus) -> Unit:
    topics = dict.fromkeys(keys, weight)
    for key in keys:
        for narrower in thesaurus.narrower(key):
            topics.setdefault(narrower, weight * NARROWER_TOPIC_WEIGHT)
    for key in keys:
        for neighbour in thesaurus.neighbours(key):
            topics.setdefault(neighbour, weight * NEIGHBOUR_TOPIC_WEIGHT)
    synonyms = thesaurus.synonyms(keys, " ".join(words))[:MOST_SYNONYMS]
    return Unit(
        words,
        concepts=keys,
        topics=tuple(topics.items()),
        kinds=tuple(KIND_OF_CONCEPT[key] for key in keys if key in KIND_OF_CONCEPT),
        synonyms=tuple(replace(synonym, weight=synonym.weight * weight) for synonym in synonyms),
    )
