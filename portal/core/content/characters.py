"""Characters that a text may not hold when it leaves the portal in XML or in a calendar."""

import re

# What XML 1.0 (section 2.2) excludes, and the C1 controls, which no reader shows. Tab and line ends are text.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def printable(text: str) -> str:
    """Return the text with a space for each character that XML does not allow."""
    return _NOT_TEXT.sub(" ", text)
