"""The analysis of a language: from a text to the terms that its field in the index holds.

The stemmers and most stop words are tantivy's, which is a library here: no index is needed to use them. The rest is
described in search/languages.
"""

from functools import cache, lru_cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from search.languages import rules_for
from search.text_analysis.normalise import normalise
from search.text_analysis.spelling_variants import with_abbreviations_joined

LONGEST_WORD = 60


@cache
def analyzer(code: str, *, keep_stop_words: bool = False) -> TextAnalyzer:
    """Return the analysis of a language: lower case, without stop words, stemmed, folded.

    Accents are folded after stemming, because the stemmers need them.
    """
    rules = rules_for(code)
    builder = (
        TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(LONGEST_WORD)).filter(Filter.lowercase())
    )
    if not keep_stop_words:
        if rules.stop_list:
            builder = builder.filter(Filter.stopword(rules.stop_list))
        if rules.stop_words:
            builder = builder.filter(Filter.custom_stopword(list(rules.stop_words)))
    if rules.stemmer:
        builder = builder.filter(Filter.stemmer(rules.stemmer))
    return builder.filter(Filter.ascii_fold()).build()


def prepared(text: str, code: str) -> str:
    """Return the text as `analyzer` expects it: normalised, and in the one spelling of its language."""
    return respelled_text(with_abbreviations_joined(normalise(text)), code)


def respelled_text(text: str, code: str) -> str:
    """Return a text in the one spelling of its language, stemmed where that is not the analyzer's work.

    This is the last step of `prepared`, for a text that is normalised already.
    """
    rules = rules_for(code)
    return rules.stem_text(rules.respell_text(text))


@lru_cache(maxsize=50_000)
def stem(word: str, code: str) -> str:
    """Return the stem of a word, also of a stop word; "" for a word that is too long to be indexed."""
    tokens = analyzer(code, keep_stop_words=True).analyze(prepared(word, code))
    return tokens[0] if tokens else ""


@lru_cache(maxsize=20_000)
def index_terms(text: str, code: str) -> tuple[tuple[int, str], ...]:
    """Return the terms of an expression as the field of the language holds them, with their positions.

    Stop words leave a gap in the positions.
    """
    return tuple((token.position, token.text) for token in analyzer(code).pre_tokenize(prepared(text, code)).tokens)
