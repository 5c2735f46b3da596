"""What a question asks for, before any engine: its words, quoted phrases, and what the thesaurus adds to them.

An engine turns the plan into its own query. Nothing in a question can be an operator: everything is words.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from search.question.exact_names import asked_whole, asked_within
from search.text_analysis.normalise import is_filler, is_stop_word, normalise, words_of
from search.text_analysis.spelling_variants import asked_words, one_form
from search.thesaurus.thesaurus import OtherWord, Spoken, Thesaurus

LONGEST_TEXT = 300  # characters of a question that are read
MOST_WORDS = 12  # words of a question that are searched
MOST_OTHER_WORDS = 80  # words that the thesaurus may add to one concept
NARROWER_TOPIC_WEIGHT = 0.5
BESIDE_TOPIC_WEIGHT = 0.25  # of what is filed right above the concept, or under a related one
# Concepts that are a kind of thing on this portal: who asks for European projects is answered by every project.
KIND_OF_CONCEPT = {"european-project": "project", "webinar": "recording"}
KIND_WEIGHT = 0.5

_TYPED_AS_ONE = re.compile(r"[^\W_]+")
QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]")


@dataclass(frozen=True)
class Part:
    """Folded letters that a word begins with, or ends with; only words of at least so many letters are meant."""

    letters: str
    least: int
    at_end: bool = False

    def is_in(self, word: str) -> bool:
        """Whether a folded word is one of those that are meant."""
        return len(word) >= self.least and (
            word.endswith(self.letters) if self.at_end else word.startswith(self.letters)
        )


@dataclass(frozen=True)
class Unit:
    """A part of a question that is found or not found as a whole: a word, a concept's words or a quoted phrase.

    `words` are as typed. Of the `concepts` nobody is `told` when they are only a part of a word, or not sure. `topics`
    are (topic key, weight) of the concept, its narrower topics and those beside it; `kinds` the kinds that the concept
    stands for; `others` the words that the thesaurus adds. An `optional` unit (a stop word) may be missing. An engine
    adds from its index: `near`, the words that were probably meant; and the words that contain one of the unit's,
    either one by one (`compounds`) or as what they begin or end with (`parts`, and `begun` for a word of which only the
    beginning was typed).
    """

    words: tuple[str, ...] = ()
    exact: bool = False
    optional: bool = False
    concepts: tuple[str, ...] = ()
    told: bool = True
    topics: tuple[tuple[str, float], ...] = ()
    kinds: tuple[str, ...] = ()
    others: tuple[OtherWord, ...] = ()
    compounds: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    begun: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Plan:
    """The units of a question in the visitor's language; `needed` of those that are not optional must be found.

    `about` are concepts that the question as a whole speaks of, each a unit without words of its own: what they find
    is an answer too, and so is whatever is filed under a topic of one of the `units`. `alone` are the units that the
    question would have without the thesaurus, where an expression of several words was recognised: so that nothing
    that her own words find is lost by recognising it. `whole_name` and `names` are what the question and the runs of
    its words would be called (search/question/exact_names.py): what has such a name comes first.
    """

    language: str
    units: tuple[Unit, ...] = ()
    about: tuple[Unit, ...] = ()
    alone: tuple[Unit, ...] = ()
    whole_name: str = ""
    names: tuple[str, ...] = ()

    @property
    def required(self) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.units if not unit.optional)

    @property
    def needed(self) -> int:
        return enough(self.required)


def enough(units: Collection[Unit]) -> int:
    """How many of the units must be found: all of two, two of three or four, half of more."""
    return len(units) if len(units) <= 2 else max(2, len(units) // 2)


def read(text: str, language: str) -> list[tuple[bool, list[str]]]:
    """The question as [(quoted, words)] in its order, cut to what is searched. What is quoted stays as it was typed."""
    text = normalise(text)[:LONGEST_TEXT]
    parts, last = [], 0
    for quoted in QUOTED.finditer(text):
        parts += [(False, text[last : quoted.start()]), (True, quoted.group(1))]
        last = quoted.end()
    parts.append((False, text[last:]))
    read_parts, left = [], MOST_WORDS
    for quoted, part in parts:
        words = words_of(one_form(part) if quoted else asked_words(part, language))[:left]
        left -= len(words)
        if words:
            read_parts.append((quoted, words))
    return read_parts


def make_plan(text: str, language: str, thesaurus: Thesaurus, languages: Iterable[str], *, expand: bool = True) -> Plan:
    """The plan of a question by a visitor who reads `language`; `languages` are those of the content.

    With `expand` off nothing is added: concepts stay unrecognised and only the visitor's own words are searched.
    """
    languages = tuple(dict.fromkeys((language, *languages)))
    units: list[Unit] = []
    about: dict[str, Spoken] = {}
    as_one = {word for word in _TYPED_AS_ONE.findall(normalise(text)[:LONGEST_TEXT]) if not word.isalpha()}
    for quoted, words in read(text, language):
        if quoted:
            units.append(Unit(tuple(words), exact=True))
            continue
        matches = {match.start: match for match in thesaurus.find(words, language, languages)} if expand else {}
        about |= thesaurus.speaks_of(words, language) if expand else {}
        position = 0
        while position < len(words):
            if match := matches.get(position):
                unit = _concept_unit(tuple(words[match.start : match.end]), match.keys, match.weight, thesaurus)
                units.append(replace(unit, told=not match.in_compound))
                position = match.end
            elif size := _typed_as_one(words[position:], as_one):
                units.append(Unit(tuple(words[position : position + size]), exact=True))
                position += size
            else:
                units.append(_word_unit(words[position], language, languages))
                position += 1
    if units and all(unit.optional for unit in units):
        units = [replace(unit, optional=False) for unit in units]
    apart = (_word_unit(word, language, languages) for unit in units if not unit.exact for word in unit.words)
    expressions = any(len(unit.words) > 1 and not unit.exact for unit in units)
    alone = [*(unit for unit in units if unit.exact), *(unit for unit in apart if not unit.optional)]
    known = {key for unit in units if unit.told for key in unit.concepts}
    spoken_of = tuple(
        replace(_concept_unit((), (key,), spoken.weight, thesaurus), told=spoken.sure)
        for key, spoken in about.items()
        if key not in known
    )
    words = words_of(normalise(text)[:LONGEST_TEXT])[:MOST_WORDS]
    return Plan(
        language,
        tuple(dict.fromkeys(units)),
        spoken_of,
        tuple(dict.fromkeys(alone)) if expressions else (),
        asked_whole(words),
        asked_within(words),
    )


def _typed_as_one(words: list[str], as_one: Collection[str]) -> int:
    """How many of the words at the beginning were typed as one, letters and digits ("zone30"); 0 when none were."""
    return next((size for size in range(2, len(words) + 1) if "".join(words[:size]) in as_one), 0)


def _word_unit(word: str, language: str, languages: Iterable[str]) -> Unit:
    small = is_filler(word, language) or any(is_stop_word(word, code) for code in languages)
    return Unit((word,), optional=small)


def _concept_unit(words: tuple[str, ...], keys: tuple[str, ...], weight: float, thesaurus: Thesaurus) -> Unit:
    topics = dict.fromkeys(keys, weight)
    for key in keys:
        for under in thesaurus.narrower(key):
            topics.setdefault(under, weight * NARROWER_TOPIC_WEIGHT)
    for key in keys:
        for other in thesaurus.beside(key):
            topics.setdefault(other, weight * BESIDE_TOPIC_WEIGHT)
    others = thesaurus.other_words(keys, " ".join(words))[:MOST_OTHER_WORDS]
    return Unit(
        words,
        concepts=keys,
        topics=tuple(topics.items()),
        kinds=tuple(KIND_OF_CONCEPT[key] for key in keys if key in KIND_OF_CONCEPT),
        others=tuple(replace(other, weight=other.weight * weight) for other in others),
    )
