"""A document is read whole or not used at all; small faults are mended, harmful ones refused before parsing."""

import time

import pytest

from portal.feeds.errors import UnusableDocument
from portal.feeds.reading.xml_document import parse_document
from tests.feeds.atom import entry, feed

ATOM = "{http://www.w3.org/2005/Atom}"
WHOLE = feed(entry(title="Café à la cité"), entry(video="bbbbbbbbbbb", text="nog één"))

BOMB = (
    b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'lol'>"
    + b"".join(b"<!ENTITY %c '&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;'>" % (98 + n, *[97 + n] * 8) for n in range(9))
    + b"]><feed>&j;</feed>"
)

REFUSED = {
    "empty": b"",
    "white": b" \n\t\n",
    "bom": b"\xef\xbb\xbf",
    "nul": b"\0\0\0\0",
    "html": b"<!DOCTYPE html><html><body>Before you continue to YouTube</body></html>",
    "html_small": b"\n<html lang='nl'><head><title>Aanmelden</title></head></html>",
    "json": b'{"error": {"code": 403}}',
    "path": b"/etc/passwd",
    "cut": WHOLE[: len(WHOLE) // 2],
    "cut_in_title": WHOLE[: WHOLE.index("Café".encode()) + 3],
    "cut_in_utf8": WHOLE[: WHOLE.index("é".encode()) + 1],
    "cut_after_entry": WHOLE[: WHOLE.rindex(b"</feed>")],
    "bomb": BOMB,
    "xxe": b'<?xml version="1.0"?><!DOCTYPE f [<!ENTITY x SYSTEM "file:///etc/passwd">]><feed><title>&x;</title></feed>',
    "dtd": b'<?xml version="1.0"?><!DOCTYPE feed SYSTEM "http://127.0.0.1/x.dtd"><feed/>',
    "utf16_bomb": BOMB.decode().encode("utf-16"),
    "damaged": WHOLE.replace("cité".encode(), b"cit\xe9"),
}
CODES = {
    "empty": "empty",
    "white": "empty",
    "bom": "empty",
    "nul": "empty",
    "html": "html",
    "html_small": "html",
    "json": "json",
    "path": "not_xml",
    "bomb": "doctype",
    "xxe": "doctype",
    "dtd": "doctype",
    "utf16_bomb": "doctype",
    "damaged": "encoding",
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_document_that_is_not_whole_or_not_a_feed_is_refused_with_its_reason(name):
    began = time.process_time()
    with pytest.raises(UnusableDocument) as refused:
        parse_document(REFUSED[name], "text/xml; charset=UTF-8")
    assert refused.value.code == CODES.get(name, "broken" if name != "cut_in_utf8" else refused.value.code)
    assert refused.value.code in ("broken", "encoding", *CODES.values())
    assert str(refused.value).endswith(".")
    assert time.process_time() - began < 1


def title(body, content_type=""):
    return parse_document(body, content_type).root.findtext(f"{ATOM}entry/{ATOM}title")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (WHOLE, ""),
        (WHOLE, "text/xml; charset=us-ascii"),
        (WHOLE, "text/xml; charset=iso-8859-1"),
        (b"\xef\xbb\xbf" + WHOLE, ""),
        (b"\n\n" + WHOLE, ""),
        (WHOLE.decode().encode("utf-16"), ""),
        (WHOLE.decode().replace("UTF-8", "UTF-16").encode("utf-16-le"), ""),
        (WHOLE.decode().encode("latin-1", "replace"), "text/xml; charset=UTF-8"),
        (WHOLE.decode().replace("UTF-8", "ISO-8859-1").encode("latin-1", "replace"), ""),
        (WHOLE.replace(b"UTF-8", b"x-unknown"), ""),
        (WHOLE.replace(b"UTF-8", b"rot13"), ""),
    ],
)
def test_the_text_is_right_whatever_the_encoding_and_its_label(body, content_type):
    assert title(body, content_type) == "Café à la cité"


@pytest.mark.parametrize(
    ("found", "read"),
    [
        ("veiligheid & preventie", "veiligheid & preventie"),
        ("a&nbsp;b", "a\xa0b"),
        ("a&eacute;b", "aéb"),
        ("AT&T; ja", "AT&T; ja"),
        ("a\x03b\x1bc\x00d", "abcd"),
        ("<![CDATA[R&D\x07]]>", "R&D"),
    ],
)
def test_small_faults_are_mended_and_said(found, read):
    body = f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>{found}</title></entry></feed>".encode()
    document = parse_document(body)
    assert document.root.findtext(f"{ATOM}entry/{ATOM}title") == read
    assert document.salvaged


def test_a_whole_document_was_not_mended():
    assert not parse_document(WHOLE).salvaged


@pytest.mark.parametrize("depth", [201, 2_000, 100_000])
def test_elements_within_elements_without_end_are_refused(depth):
    with pytest.raises(UnusableDocument) as refused:
        parse_document(b"<a>" * depth + b"</a>" * depth)
    assert refused.value.code == "too_deep"


@pytest.mark.parametrize("body", [b"<r>" + b"<a/>" * 450_000 + b"</r>", b"<a>" + b"& " * 900_000 + b"</a>"])
def test_more_tags_or_entities_than_a_feed_has_are_refused_before_parsing(body):
    began = time.process_time()
    with pytest.raises(UnusableDocument) as refused:
        parse_document(body)
    assert refused.value.code == "too_many"
    assert time.process_time() - began < 0.5


def test_the_captured_bad_answers_are_refused_or_read_but_never_crash(samples):
    refused = {}
    for path in sorted((samples / "bad").iterdir()):
        try:
            parse_document(path.read_bytes())
        except UnusableDocument as error:
            refused[path.name] = error.code
    assert refused["bad_youtube_consent_page.html"] == "html"
    assert refused["billion_laughs.xml"] == "doctype"
    assert refused["xxe_file.xml"] == "doctype"
    assert refused["truncated_mid_title.xml"] == "broken"
    assert refused["cut_inside_utf8.xml"] in ("broken", "encoding")
    assert refused["json_error_body.json"] == "json"
    assert refused["empty.xml"] == refused["bom_only.xml"] == "empty"
    for name in ("bare_ampersand_nbsp", "control_chars", "latin1_labelled_utf8", "unknown_encoding_name"):
        assert f"{name}.xml" not in refused
