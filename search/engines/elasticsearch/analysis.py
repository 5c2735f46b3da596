"""How the server analyses text: one analyzer for each language, and those of the unstemmed fields.

They do what search/text_analysis does in Python, with the server's own filters: split off the same words, leave out the
same stop words and use the same family of stemmers, because the plan of a question and the marks in a hit come from
there. Accents are folded after stemming, because the stemmers need them.
"""

from typing import Any

from elasticsearch.dsl import analyzer, char_filter, token_filter, tokenizer
from elasticsearch.dsl.analysis import Analyzer

from search.languages import LANGUAGES
from search.languages.definition import Language, ServerFilter
from search.text_analysis.normalise import fold
from search.text_analysis.stemming import LONGEST_WORD
from search.thesaurus.recognition import SHORTEST_PART, SHORTEST_REST

# The standard tokenizer keeps "l'école" and "foo_bar" in one piece; `words_of` (text_analysis/normalise.py) does not.
_WORDS = tokenizer("words", "pattern", pattern=r"[\p{L}\p{Nl}\p{No}]+|\p{Nd}+", group=0)
# What `with_abbreviations_joined` (text_analysis/spelling_variants.py) does with a text.
_DOTTED = char_filter("dotted", "pattern_replace", pattern=r"(?<=(?<!\p{L})\p{L})\.(?=\p{L}(?!\p{L}))", replacement="")
_NOT_TOO_LONG = token_filter("not_too_long", "length", max=LONGEST_WORD)
_GREEK_LETTERS = char_filter(
    "greek_letters", "mapping", mappings=[f"{letter}=>{fold(letter)}" for letter in "άέήίόύώϊϋΐΰςΆΈΉΊΌΎΏΪΫ"]
)


def _filter(make: Any, named: ServerFilter) -> Any:
    """Return a filter as `make` (char_filter, token_filter) defines it, or the name of one that the server has."""
    name, definition = named
    return make(name, **definition) if definition else name


def _analyzer_of(language: Language) -> Analyzer:
    code = language.code
    filters: list[Any] = [_NOT_TOO_LONG, "lowercase"]
    if language.stop_list:
        filters.append(token_filter(f"{code}_stop", "stop", stopwords=f"_{language.stop_list}_"))
    if language.stop_words:
        filters.append(token_filter(f"{code}_more_stop", "stop", stopwords=list(language.stop_words)))
    filters += [_filter(token_filter, one) for one in language.server.token_filters]
    if stemmer := language.server.stemmer or language.stemmer:
        filters.append(token_filter(f"{code}_stemmer", "stemmer", language=stemmer))
    return _analyzer(
        code,
        char_filter=[_DOTTED, *(_filter(char_filter, one) for one in language.server.char_filters)],
        tokenizer=_WORDS,
        filter=[*filters, "asciifolding"],
    )


def _analyzer(name: str, **parts: Any) -> Analyzer:
    made = analyzer(name, **parts)
    assert isinstance(made, Analyzer)
    return made


ANALYZERS = {code: _analyzer_of(language) for code, language in LANGUAGES.items()}
# Unstemmed and without accents: for quoted phrases, beginnings, typing errors and questions in other languages.
FOLDED = _analyzer(
    "folded",
    char_filter=[_DOTTED, _GREEK_LETTERS],
    tokenizer=_WORDS,
    filter=[_NOT_TOO_LONG, "lowercase", "asciifolding"],
)
# What a compound may begin or end with, written out, so that a question asks for it as for any other word:
# "overlastaanpak" begins with "overl" … "overlast" … "overlasta". A part has at least SHORTEST_PART letters, and leaves
# SHORTEST_REST.
_LETTER = r"[\p{L}\p{N}]"
_WITHOUT_END = char_filter(
    "without_end", "pattern_replace", pattern=rf"{_LETTER}{{{SHORTEST_REST}}}(?!{_LETTER})", replacement=""
)
_WITHOUT_BEGINNING = char_filter(
    "without_beginning", "pattern_replace", pattern=rf"(?<!{_LETTER}){_LETTER}{{{SHORTEST_REST}}}", replacement=""
)
_PARTS = token_filter("parts", "edge_ngram", min_gram=SHORTEST_PART, max_gram=LONGEST_WORD)
_FOLDED_WORDS = [_NOT_TOO_LONG, "lowercase", "asciifolding"]
BEGINNINGS = _analyzer("beginnings", char_filter=[_WITHOUT_END], tokenizer=_WORDS, filter=[*_FOLDED_WORDS, _PARTS])
ENDINGS = _analyzer(
    "endings",
    char_filter=[_WITHOUT_BEGINNING],
    tokenizer=_WORDS,
    filter=[*_FOLDED_WORDS, "reverse", _PARTS, "reverse"],
)
