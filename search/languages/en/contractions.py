"""English contractions that somebody typed without their apostrophe."""

import re

_IRREGULAR = {"ca": "can", "wo": "will"}
_WITHOUT_APOSTROPHE = re.compile(
    r"\b(?:(did|does|do|is|are|was|were|has|have|had|should|would|could|must)nt|(ca|wo)nt)\b"
    r"|\b(what|that|who|how|where|there|here)s\b|\b(you|they)re\b|\b(they|you)ve\b|\bi(?:ve|m)\b",
    re.IGNORECASE,
)


def expand_contractions(text: str) -> str:
    """Return the text with "didnt" as "did not" and "whats" as "what"."""
    return _WITHOUT_APOSTROPHE.sub(_expanded, text)


def _expanded(match: re.Match[str]) -> str:
    negated, irregular, question_word, are, have = match.groups()
    if negated or irregular:
        return f"{negated or _IRREGULAR[irregular.lower()]} not"
    return question_word or are or have or "I"
