"""One way of writing: whatever somebody types or an author wrote in another way of the same language becomes one form.

    of a text       `one_form`      G.A.S. is GAS, zone30 is zone 30
    of a word       `respelled`     behaviour is behavior, Belaestigung and Belästigung are Belastigung, cœur is coeur
    of a question   `asked_words`   didn't is did not, what's is what, l'école is école, 48u is 48 uur

Texts in the index, labels of the thesaurus and questions all go through the first two, so that both sides of every
comparison look the same. The forms are for comparing: they are never shown.
"""

import re
from functools import lru_cache

LETTER = r"[^\W\d_]"
# A dot between two single letters. The search server does the same (search/engines/elasticsearch/analysis.py).
_DOTTED = re.compile(rf"(?<=(?<!{LETTER}){LETTER})\.(?={LETTER}(?!{LETTER}))")
HYPHENED = re.compile(rf"(?<!{LETTER}){LETTER}+(?:[-‑]{LETTER}+)+")
_MIXED = re.compile(rf"\d(?={LETTER})|(?<={LETTER})\d")
_BOUNDARY = re.compile(rf"(?<=\d)(?={LETTER})|(?<={LETTER})(?=\d)")
_ENGLISH_WORD = re.compile("[a-z]{4,}")

# British spelling to American: each (pattern, replacement) without groups, as Python and Java both read them.
ENGLISH = (
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
_ENGLISH = [(re.compile(pattern), replacement) for pattern, replacement in ENGLISH]
# As Lucene's german_normalization does, which the search server has.
_GERMAN_PAIRS = (re.compile("ae"), re.compile("oe"), re.compile("(?<![aeiouyq])ue|ue(?=ber)"))
_GERMAN = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})

_APOSTROPHE = "['’‘ʼ`´]"
_ELIDED = re.compile(
    rf"(?<!\w)(?:l|d|j|m|n|s|c|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|entr|un|dell|all|dall|nell|sull){_APOSTROPHE}(?=\w)",
    re.IGNORECASE,
)
_ELIDED_T = re.compile(rf"(?<!\w)t{_APOSTROPHE}(?=\w)", re.IGNORECASE)  # French t'aider
_NOT = re.compile(rf"n{_APOSTROPHE}t(?!\w)", re.IGNORECASE)
_ENDING = re.compile(rf"(?<=\w){_APOSTROPHE}(?:s|re|ve|ll|d|m|n)(?!\w)", re.IGNORECASE)
_DUTCH_SMALL = re.compile(rf"(?<!\w){_APOSTROPHE}[stnkm](?!\w)", re.IGNORECASE)  # 't park, 's avonds
_IRREGULAR = {"ca": "can", "wo": "will", "sha": "shall"}  # can't, won't, shan't
_WITHOUT_APOSTROPHE = re.compile(
    r"\b(?:(did|does|do|is|are|was|were|has|have|had|should|would|could|must)nt|(ca|wo)nt)\b"
    r"|\b(what|that|who|how|where|there|here)s\b|\b(you|they)re\b|\b(they|you)ve\b|\bi(?:ve|m)\b",
    re.IGNORECASE,
)

HOURS = {"nl": "uur", "fr": "heures", "en": "hours", "de": "Stunden"}
_HOURS = re.compile(r"(?<=\d)[\s-]*(?:u|h|hrs?|std|stdn?)\b\.?", re.IGNORECASE)
_HORIZON = re.compile(r"\bH[\s-]?2020\b", re.IGNORECASE)
HORIZON = {"de": "Horizont 2020"}
_PER_HOUR = re.compile(r"(?<=km)\s*(?:/\s*[uh]|p?[uh])\b|\bkph\b", re.IGNORECASE)
PER_HOUR = {"nl": "/u", "de": "/h", "fr": "/h", "en": "/h"}


def one_form(text: str) -> str:
    """A text for comparing: abbreviations without their dots, digits and letters apart."""
    if "." in text:
        text = _DOTTED.sub("", text)
    return _BOUNDARY.sub(" ", text) if _MIXED.search(text) else text


@lru_cache(maxsize=50_000)
def respelled(word: str, language: str) -> str:
    """A word in the one spelling of its language; in lower case where something may change."""
    if language != "en":
        return respelled_text(word, language)
    word = word.lower()
    for pattern, replacement in _ENGLISH:
        word = pattern.sub(replacement, word)
    return word


def respelled_text(text: str, language: str) -> str:
    """All words of a text in the one spelling of its language."""
    if language == "en":
        return _ENGLISH_WORD.sub(lambda word: respelled(word.group(), "en"), text.lower())
    if language == "de":
        text = text.lower().translate(_GERMAN)
        for pattern, replacement in zip(_GERMAN_PAIRS, "aou", strict=True):
            text = pattern.sub(replacement, text)
        return text
    return text.translate(_LIGATURES) if language == "fr" else text


def asked_words(text: str, language: str) -> str:
    """A question (or label) without contractions, and with numbers and units as texts write them."""
    text = one_form(text)
    text = _NOT.sub(" not", text)
    text = re.sub(r"\b(ca|wo|sha)(?= not\b)", lambda found: _IRREGULAR[found[1].lower()], text, flags=re.IGNORECASE)
    if language == "en":
        text = _WITHOUT_APOSTROPHE.sub(_spelled_out, text)
    for pattern in (_ELIDED, _ELIDED_T, _DUTCH_SMALL, _ENDING):
        text = pattern.sub(" " if pattern in (_ELIDED, _ELIDED_T) else "", text)
    text = _HORIZON.sub(HORIZON.get(language, "Horizon 2020"), text)
    text = _PER_HOUR.sub(PER_HOUR.get(language, "/h"), text)
    return _HOURS.sub(f" {HOURS[language]} ", text) if language in HOURS else text


def _spelled_out(found: re.Match) -> str:
    negated, irregular, asking, are, have = found.groups()
    if negated or irregular:
        return f"{negated or _IRREGULAR[irregular.lower()]} not"
    return asking or are or have or "I"


def joined(text: str) -> list[str]:
    """What is written with hyphens, in one: "GAS-bemiddeling" is found as "gasbemiddeling" too."""
    return [found.replace("-", "").replace("‑", "") for found in HYPHENED.findall(text)]
