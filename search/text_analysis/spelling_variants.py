"""One way of writing, so that what is written in two ways is the same word.

    a text       `with_abbreviations_joined`   G.A.S. is GAS, zone30 is zone 30
    a word       `respelled`                   behaviour is behavior, Belaestigung and Belästigung are belastigung
    a question   `without_contractions`        didn't is did not, l'école is école, 48u is 48 uur

Texts in the index, labels of the thesaurus and questions all pass through the first two, so that both sides of every
comparison look alike. These forms are for comparing and are never shown.
"""

import re

from search.languages import rules_for

LETTER = r"[^\W\d_]"
# A dot between two single letters. The search server does the same (search/engines/elasticsearch/analysis.py).
_DOTTED = re.compile(rf"(?<=(?<!{LETTER}){LETTER})\.(?={LETTER}(?!{LETTER}))")
HYPHENATED = re.compile(rf"(?<!{LETTER}){LETTER}+(?:[-‑]{LETTER}+)+")
_MIXED = re.compile(rf"\d(?={LETTER})|(?<={LETTER})\d")
_BOUNDARY = re.compile(rf"(?<=\d)(?={LETTER})|(?<={LETTER})(?=\d)")

_APOSTROPHE = "['’‘ʼ`´]"
_ELIDED = re.compile(
    rf"(?<!\w)(?:l|d|j|m|n|s|c|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|entr|un|dell|all|dall|nell|sull){_APOSTROPHE}(?=\w)",
    re.IGNORECASE,
)
_ELIDED_T = re.compile(rf"(?<!\w)t{_APOSTROPHE}(?=\w)", re.IGNORECASE)  # French t'aider
_NOT = re.compile(rf"n{_APOSTROPHE}t(?!\w)", re.IGNORECASE)
_BEFORE_NOT = re.compile(r"\b(ca|wo|sha)(?= not\b)", re.IGNORECASE)  # can't, won't, shan't
_WHOLE_BEFORE_NOT = {"ca": "can", "wo": "will", "sha": "shall"}
_ENDING = re.compile(rf"(?<=\w){_APOSTROPHE}(?:s|re|ve|ll|d|m|n)(?!\w)", re.IGNORECASE)
_DUTCH_ARTICLE = re.compile(rf"(?<!\w){_APOSTROPHE}[stnkm](?!\w)", re.IGNORECASE)  # 't park, 's avonds

_HOURS = re.compile(r"(?<=\d)[\s-]*(?:u|h|hrs?|std|stdn?)\b\.?", re.IGNORECASE)
_HORIZON = re.compile(r"\bH[\s-]?2020\b", re.IGNORECASE)
_PER_HOUR = re.compile(r"(?<=km)\s*(?:/\s*[uh]|p?[uh])\b|\bkph\b", re.IGNORECASE)


def with_abbreviations_joined(text: str) -> str:
    """Return a text with abbreviations without their dots, and with digits and letters apart."""
    if "." in text:
        text = _DOTTED.sub("", text)
    return _BOUNDARY.sub(" ", text) if _MIXED.search(text) else text


def respelled(word: str, code: str) -> str:
    """Return a word in the one spelling of its language; in lower case where something may change."""
    rules = rules_for(code)
    return rules.respell_word(word) if rules.respell_word else word


def without_contractions(text: str, code: str) -> str:
    """Return a question or label without contractions, and with numbers and units as texts write them."""
    rules = rules_for(code)
    text = with_abbreviations_joined(text)
    text = _NOT.sub(" not", text)
    text = _BEFORE_NOT.sub(lambda match: _WHOLE_BEFORE_NOT[match[1].lower()], text)
    text = rules.expand_contractions(text)
    for pattern in (_ELIDED, _ELIDED_T):
        text = pattern.sub(" ", text)
    for pattern in (_DUTCH_ARTICLE, _ENDING):
        text = pattern.sub("", text)
    text = _HORIZON.sub(rules.horizon_2020, text)
    text = _PER_HOUR.sub(rules.per_hour, text)
    return _HOURS.sub(f" {rules.hours} ", text) if rules.hours else text


def hyphenated_in_one(text: str) -> list[str]:
    """Return what is written with hyphens in one word: "GAS-bemiddeling" is found as "gasbemiddeling" too."""
    return [match.replace("-", "").replace("‑", "") for match in HYPHENATED.findall(text)]
