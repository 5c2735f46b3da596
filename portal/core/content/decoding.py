"""From the bytes of a file or an answer to its text: one rule for feeds, tables, calendars and captions.

A byte order mark is believed, and UTF-8 proves itself by its form. What is neither, and names nothing else, was saved
by a programme of Windows or an old Macintosh. Damaged text is refused: a guess would garble what was good in it.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterator

# The longer mark first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARABLE = re.compile(r"utf-8|ascii|iso8859-\d+|cp125\d|cp437|cp850|mac-roman|koi8-[ru]")
# Browsers read these names so too: what is called ISO 8859-1 has the quotation marks of Windows in it.
_MEANT = {"ascii": "cp1252", "iso8859-1": "cp1252"}

_IN_WORD = re.compile(r"(?<=[A-Za-zà-ÿœ])[àâäçèéêëîïôöùûüßœ](?=[a-zà-ÿœ])|(?<=[A-Za-z])’(?=[a-zà-ÿ])")
_FAULT = re.compile("[\udc80-\udcff]")  # what Python makes of bytes that are not UTF-8
_NOT_ASCII = re.compile("[^\x00-\x7f\udc80-\udcff]")
# What stands after a letter in Windows-1252, where UTF-8 has the second byte of a sign.
_AFTER_LETTER = "\xa0«»‘’“”‚„–—…€°·•²³®\xad"


class UndecodableTextError(ValueError):
    """The encoding of the bytes cannot be determined; `position` is the first byte that does not fit."""

    def __init__(self, position: int):
        super().__init__(f"no text at byte {position}")
        self.position = position


def decode_text(content: bytes, declared: str = "") -> str:
    """The text of some bytes, without its byte order mark. `declared` is the encoding that its sender names, if any.

    UTF-8 goes before what is declared, because a wrong label is common and wrong UTF-8 with letters in it is not.
    Raises UndecodableTextError.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _strict(content, name)
    if name := _wide(content):
        return _strict(content, name)
    known = _python_name(declared)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        if known not in ("", "utf-8"):
            return _strict(content, known)
        # Where other letters are UTF-8, the text is damaged, and a guess would garble what was good.
        read = content.decode("utf-8", "surrogateescape")
        proofs = sum(_proofs(read))
        if proofs and 3 * proofs >= len(_FAULT.findall(read)):
            raise UndecodableTextError(error.start) from error
        return _western(content)
    if known == "utf-8" or text.isascii() or any(_proofs(text)):
        return text
    return _strict(content, known) if known else _western(content)


def _wide(content: bytes) -> str:
    """UTF-16 without its mark, as seen from the empty half of the first letters; "" when it is not that."""
    if len(content) < 4 or len(content) % 2:
        return ""
    first = content[:400]
    for name, full, empty in (("utf-16-le", first[::2], first[1::2]), ("utf-16-be", first[1::2], first[::2])):
        if empty.count(0) > 0.7 * len(empty) and full.count(0) == 0:
            return name
    return ""


def _python_name(declared: str) -> str:
    """Python's name of a declared encoding; "" for one that it does not know or that is no character set.

    UTF-16 is none of them: it shows by itself, and what does not is something else.
    """
    try:
        found = codecs.lookup(declared).name
    except (LookupError, ValueError):
        return ""
    return _MEANT.get(found, found) if _DECLARABLE.fullmatch(found) else ""


def _strict(content: bytes, name: str) -> str:
    try:
        return content.decode(name)
    except UnicodeDecodeError as error:
        if name == "cp1252":
            return _western(content)
        raise UndecodableTextError(error.start) from error


def _western(content: bytes) -> str:
    """The text in Windows-1252, or in that of old Macintoshes where only that one has ordinary letters inside words.

    One letter says little: Macintosh writes ë with the byte of a quotation mark, which somebody may have put in a word.
    With lines that end as only old Macintoshes ended them, one is enough.
    """
    few = 0 if b"\r" in content and b"\n" not in content else 1
    macintosh = content.decode("mac_roman")
    letters = set(_IN_WORD.findall(macintosh))
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        # Windows-1252 leaves five bytes empty, among them è and ê of Macintosh.
        if not letters:
            raise UndecodableTextError(error.start) from error
        return macintosh
    return macintosh if len(letters) > few and not _IN_WORD.search(text) else text


def _proofs(text: str) -> Iterator[bool]:
    """For each letter of a text that was read as UTF-8 and is not ASCII: whether it is more than an accident.

    In Windows-1252 “sécurité »” ends in three bytes (é, no-break space, ») that are a Chinese sign in UTF-8. Such a
    sign stands alone, and its bytes read as the end of a word; real Chinese does not.
    """
    for found in _NOT_ASCII.finditer(text):
        yield not _by_accident(found[0], text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1])


def _by_accident(letter: str, before: str, after: str) -> bool:
    try:
        read = letter.encode().decode("cp1252")
    except UnicodeDecodeError:
        return False
    if not read[0].isalpha() or any(sign not in _AFTER_LETTER for sign in read[1:]) or _is_letter(after):
        return False
    if len(read) == 2:
        # Capitals at the end of a word in capitals: QUALITÉ, MALMÖ. Of Â, Ã, Ä and Å the letters of Europe are made.
        return read[0] == "ß" or (read[0] in "ÇÈÉÊËÍÓÔÖÙÚÛÜ" and before.isupper())
    # The signs up to U+2800 are what programmes really write: quotation marks, dashes, arrows, bullets, currencies.
    return read[0].islower() and not "\u2000" <= letter < "\u2800"


def _is_letter(after: str) -> bool:
    return not after.isascii() and unicodedata.category(after or " ").startswith(("L", "M"))
