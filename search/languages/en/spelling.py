"""British spelling made American, so that both are one word."""

import re
from functools import lru_cache

# (pattern, replacement), without groups, as both Python and Java (the search server) read them.
AMERICAN = (
    (r"(?<=[a-z]{2})iz(?=(?:e|ed|er|ers|es|ing|ation|ations|ational)\b)", "is"),
    (r"(?<=[a-z]{2})yz(?=(?:e|ed|er|ers|es|ing)\b)", "ys"),
    (r"(?<=[a-z]{3})our(?=(?:s|ed|ing|al|ally|hood|hoods|able|ful|less|ly|ite|ites|ism|ist|er|ers)?\b)", "or"),
    (r"(?<=\bcent)re(?=s?\b)", "er"),
    (r"(?<=\btheat)re(?=s?\b)", "er"),
    (r"(?<=met)re(?=s?\b)", "er"),
    (r"(?<=\blit|\bfib)re(?=s?\b)", "er"),
    (r"(?<=[a-z]{3})ogue(?=s?\b)", "og"),
    (r"(?<=\bprogram)me(?=s?\b)", ""),
    (r"(?<=[a-z]{3}[aeiou])ll(?=(?:ing|ings|ed|er|ers|or|ors)\b)", "l"),
    (r"(?<=\bdef|\boff|\blic)enc(?=(?:e|es|ed)\b)", "ens"),
    (r"(?<=\bpracti)s(?=(?:e|es|ed|ing)\b)", "c"),
    (r"(?<=\bjudg)e(?=ments?\b)", ""),
    (r"(?<=\bag)e(?=ing\b)", ""),
    (r"(?<=\bgr)e(?=y(?:s|er|ing)?\b)", "a"),
    (r"(?<=\bt)y(?=res?\b)", "i"),
    (r"\bk(?=erbs?\b)", "c"),
    (r"(?<=\bc)e(?=rbs?\b)", "u"),
    (r"\be(?=nquir)", "i"),
    (r"(?<=\bfulfi)l(?=s?\b|ment)", "ll"),
    (r"(?<=\benro)l(?=s?\b|ment)", "ll"),
    (r"(?<=\bski)l(?=ful)", "ll"),
    (r"(?<=\bs)c(?=eptic)", "k"),
    (r"(?<=\bp)ae(?=d)", "e"),
    (r"(?<=\bm)ou(?=ld)", "o"),
    (r"(?<=\bplo)ugh", "w"),
    (r"(?<=\bco)s(?=y\b)", "z"),
)
_RULES = [(re.compile(pattern), replacement) for pattern, replacement in AMERICAN]
_WORD = re.compile("[a-z]{4,}")


@lru_cache(maxsize=50_000)
def respell_word(word: str) -> str:
    """Return a word in American spelling, in lower case."""
    word = word.lower()
    for pattern, replacement in _RULES:
        word = pattern.sub(replacement, word)
    return word


def respell_text(text: str) -> str:
    """Return a text in American spelling, in lower case. Words of three letters are spelled the same everywhere."""
    return _WORD.sub(lambda match: respell_word(match.group()), text.lower())
