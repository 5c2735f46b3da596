"""How the server analyses text: one analyzer for each language, and those of the unstemmed fields.

They do what text_analysis/normalise.py does in Python, with the server's own filters: the same words are split off, the same
stop words left out, the same family of stemmers used, because the plan of a question and the marks in a hit come from
there. Accents are folded after stemming: the stemmers need them.
"""

from elasticsearch.dsl import analyzer, char_filter, token_filter, tokenizer
from elasticsearch.dsl.analysis import Analyzer

from search.text_analysis import spelling_variants
from search.text_analysis.normalise import (
    LANGUAGES,
    LONGEST_WORD,
    MORE_STOP_WORDS,
    SLOVAK_ENDINGS,
    STEMMERS,
    STOP_LISTS,
    fold,
)
from search.thesaurus.thesaurus import SHORTEST_PART, SHORTEST_REST

STEMMER_NAMES = STEMMERS | {"en": "porter2"}  # "english" is the older of Porter's two

# The standard tokenizer keeps "l'école" and "foo_bar" whole; `search.text_analysis.normalise.split` does not.
_WORDS = tokenizer("words", "pattern", pattern=r"[\p{L}\p{Nl}\p{No}]+|\p{Nd}+", group=0)
# What `search.text_analysis.spelling_variants` does with a text.
_DOTTED = char_filter("dotted", "pattern_replace", pattern=r"(?<=(?<!\p{L})\p{L})\.(?=\p{L}(?!\p{L}))", replacement="")
_LIGATURES = char_filter("ligatures", "mapping", mappings=["œ=>oe", "Œ=>OE", "æ=>ae", "Æ=>AE"])
_AMERICAN = [
    char_filter(f"american_{number}", "pattern_replace", pattern=f"(?iu){pattern}", replacement=replacement)
    for number, (pattern, replacement) in enumerate(spelling_variants.ENGLISH)
]
_NOT_TOO_LONG = token_filter("not_too_long", "length", max=LONGEST_WORD)
_GREEK_LETTERS = char_filter(
    "greek_letters", "mapping", mappings=[f"{letter}=>{fold(letter)}" for letter in "άέήίόύώϊϋΐΰςΆΈΉΊΌΎΏΪΫ"]
)
_SLOVAK_STEMS = char_filter(
    "slovak_stems",
    "pattern_replace",
    pattern=rf"(?iu)(?<=[\p{{L}}\p{{N}}]{{4}})(?:{SLOVAK_ENDINGS})(?![\p{{L}}\p{{N}}])",
    replacement="",
)
# What the server's own normalization of German leaves: "Videoueberwachung".
_UEBER = char_filter("ueber", "pattern_replace", pattern="(?iu)(?<=[aeiouyq])ue(?=ber)", replacement="u")
_SPELLING = {"en": _AMERICAN, "fr": [_LIGATURES], "de": [_UEBER], "sk": [_SLOVAK_STEMS]}


def _of_language(code: str) -> Analyzer:
    filters = [_NOT_TOO_LONG, "lowercase"]
    if code in STOP_LISTS:
        filters.append(token_filter(f"{code}_stop", "stop", stopwords=f"_{STOP_LISTS[code]}_"))
    if code in MORE_STOP_WORDS:
        filters.append(token_filter(f"{code}_more_stop", "stop", stopwords=MORE_STOP_WORDS[code]))
    if code == "el":
        filters.append(token_filter("greek_lowercase", "lowercase", language="greek"))  # its stemmer wants no accents
    if code == "de":
        filters.append("german_normalization")  # "Belaestigung" is "Belästigung"
    if code in STEMMER_NAMES:
        filters.append(token_filter(f"{code}_stemmer", "stemmer", language=STEMMER_NAMES[code]))
    return analyzer(
        code,
        char_filter=[_DOTTED, *_SPELLING.get(code, ())],
        tokenizer=_WORDS,
        filter=[*filters, "asciifolding"],
    )


ANALYZERS = {code: _of_language(code) for code in LANGUAGES}
# Unstemmed and without accents: for quoted phrases, beginnings, typing errors and questions in other languages.
FOLDED = analyzer(
    "folded",
    char_filter=[_DOTTED, _GREEK_LETTERS],
    tokenizer=_WORDS,
    filter=[_NOT_TOO_LONG, "lowercase", "asciifolding"],
)
# With which a Dutch or German compound may begin or end, written out: a question asks for them as for any other word.
# "overlastaanpak" begins with "overl" … "overlast" … "overlasta": at least SHORTEST_PART letters, SHORTEST_REST left.
_LETTER = r"[\p{L}\p{N}]"
_WITHOUT_END = char_filter(
    "without_end", "pattern_replace", pattern=rf"{_LETTER}{{{SHORTEST_REST}}}(?!{_LETTER})", replacement=""
)
_WITHOUT_BEGINNING = char_filter(
    "without_beginning", "pattern_replace", pattern=rf"(?<!{_LETTER}){_LETTER}{{{SHORTEST_REST}}}", replacement=""
)
_PARTS = token_filter("parts", "edge_ngram", min_gram=SHORTEST_PART, max_gram=LONGEST_WORD)
_FOLDED_WORDS = [_NOT_TOO_LONG, "lowercase", "asciifolding"]
BEGINNINGS = analyzer("beginnings", char_filter=[_WITHOUT_END], tokenizer=_WORDS, filter=[*_FOLDED_WORDS, _PARTS])
ENDINGS = analyzer(
    "endings", char_filter=[_WITHOUT_BEGINNING], tokenizer=_WORDS, filter=[*_FOLDED_WORDS, "reverse", _PARTS, "reverse"]
)
