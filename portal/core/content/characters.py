"""Characters that a text may not hold: in XML and calendars that leave the portal, and in what a stranger sends."""

import re

# What XML 1.0 (section 2.2) excludes, and the C1 controls, which no reader shows. Tab and line ends are text.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def printable(text: str) -> str:
    """Return the text with a space for each character that XML does not allow."""
    return _NOT_TEXT.sub(" ", text)


# Marks that turn the direction of the text after them (Unicode Bidirectional Algorithm, section 2): a name with one can
# look like another name. Letters of Arabic and Hebrew have their direction without them.
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")


def plain_text(text: str) -> str:
    """Return what somebody typed with line ends of one kind and without characters that hide something."""
    return _DIRECTION.sub("", printable(re.sub(r"\r\n?", "\n", text)))
