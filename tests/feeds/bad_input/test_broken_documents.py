"""Bad input 1 to 17 of docs/feed-rules.md 5.5: what is not a whole, harmless feed. Fetched from a real server."""

import time
import tracemalloc

import pytest

from portal.feeds.choices import Outcome
from portal.feeds.models import Item
from portal.feeds.pulling.pull import pull
from tests.feeds.atom import entry, feed
from tests.local_server import Answer

XML = {"Content-Type": "text/xml; charset=UTF-8"}
WHOLE = feed(entry(title="Café à la cité"), entry(video="bbbbbbbbbbb", title="Nog één"))
TEXT = WHOLE.decode()


@pytest.fixture
def refused(source, answers):
    """Pull a good feed and then this body: the archive must stay as it was. Returns the code in the log."""

    def pull_body(body, content_type=XML["Content-Type"]):
        answers(Answer(feed(entry(video="ccccccccccc"))), Answer(body, headers={"Content-Type": content_type}))
        assert pull(source).outcome == Outcome.OK
        before = list(Item.objects.values())
        log = pull(source)
        assert log.outcome == Outcome.REJECTED
        assert log.message.endswith(".")
        assert list(Item.objects.values()) == before
        return log.error_class

    return pull_body


@pytest.fixture
def titles(source, answers):
    """Pull this body and return the titles that came in, in the order of their ids."""

    def pull_body(body, content_type=XML["Content-Type"]):
        answers(Answer(body, headers={"Content-Type": content_type}))
        log = pull(source)
        assert not log.error_class, log.message
        return list(Item.objects.order_by("external_id").values_list("title", flat=True))

    return pull_body


def test_01_a_body_cut_in_the_middle_of_an_entry_is_rejected(refused):
    assert refused(WHOLE[: WHOLE.index(b"Nog") + 2]) == "broken"


def test_01_a_captured_body_cut_in_a_title_is_rejected(refused, samples):
    assert refused((samples / "bad" / "truncated_mid_title.xml").read_bytes()) == "broken"


def test_02_a_body_cut_inside_a_character_is_rejected(refused):
    assert refused(WHOLE[: WHOLE.rindex("é".encode()) + 1]) in ("broken", "encoding")


def test_02_a_captured_body_cut_inside_a_character_is_rejected(refused, samples):
    assert refused((samples / "bad" / "cut_inside_utf8.xml").read_bytes()) in ("broken", "encoding")


def test_03_an_empty_body_is_called_empty(refused):
    assert refused(b"") == "empty"


@pytest.mark.parametrize("body", [b" \r\n\t ", b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb\xbf\n"])
def test_04_white_space_or_a_byte_order_mark_alone_is_called_empty(refused, body):
    assert refused(body) == "empty"


def test_05_a_consent_page_is_no_feed(refused, samples):
    assert refused((samples / "bad" / "bad_youtube_consent_page.html").read_bytes(), "text/html") == "html"


def test_06_a_login_page_that_is_labelled_a_feed_is_no_feed(refused):
    assert refused(b"<html><body>Sign in</body></html>", "application/atom+xml") == "html"


def test_07_an_error_in_json_is_no_feed(refused):
    assert refused(b'{"error": {"code": 403, "message": "denied"}}', "application/json") == "json"


def test_08_a_billion_laughs_is_refused_before_parsing(refused, samples):
    body = (samples / "bad" / "billion_laughs.xml").read_bytes()
    tracemalloc.start()
    began = time.process_time()
    code = refused(body)
    seconds, (_now, peak) = time.process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert code == "doctype"
    assert seconds < 1
    assert peak < 20_000_000


def test_09_entities_that_grow_with_the_square_are_refused(refused):
    dtd = b"<!DOCTYPE feed [<!ENTITY a '" + b"a" * 50_000 + b"'>]>"
    assert refused(b"<?xml version='1.0'?>" + dtd + b"<feed>" + b"&a;" * 20_000 + b"</feed>") == "doctype"


@pytest.mark.parametrize(
    "dtd",
    [
        b'<!DOCTYPE feed [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE feed SYSTEM "http://127.0.0.1/evil.dtd">',
        b'<!DOCTYPE feed [<!ENTITY % p SYSTEM "http://127.0.0.1/p"> %p;]>',
        b"<!-- " + b"x" * 6000 + b' --><!DOCTYPE feed [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_10_external_entities_and_document_types_are_refused_and_not_asked_for(refused, local_server, dtd):
    assert refused(b"<?xml version='1.0'?>" + dtd + b"<feed><title>&x;</title></feed>") == "doctype"
    assert len(local_server.requests) == 2


def test_11_a_body_that_is_the_name_of_a_file_opens_no_file(refused):
    assert refused(b"/etc/passwd", "text/plain") == "not_xml"


def test_12_western_letters_that_are_labelled_utf8_are_right(titles):
    assert titles(TEXT.encode("latin-1"))[0] == "Café à la cité"


def test_13_utf8_that_the_header_calls_ascii_is_right(titles):
    assert titles(WHOLE, "text/xml; charset=us-ascii")[0] == "Café à la cité"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_14_utf16_is_right(titles, encoding):
    assert titles(TEXT.replace("UTF-8", "UTF-16").encode(encoding))[0] == "Café à la cité"


def test_15_an_encoding_that_nobody_knows_is_right_when_the_text_is_utf8(titles):
    assert titles(WHOLE.replace(b"UTF-8", b"x-klingon"))[0] == "Café à la cité"


def test_16_a_blank_line_before_the_declaration_is_salvaged_and_said(source, answers):
    answers(Answer(b"\n" + WHOLE, headers=XML))
    log = pull(source)
    assert (log.outcome, log.n_new) == (Outcome.OK, 2)
    assert log.message


def test_16_the_captured_feed_of_2015_is_salvaged_the_same_way_each_time(source, answers, samples):
    answers(Answer((samples / "youtube-atom" / "feedjira_google_2015_user.xml").read_bytes(), headers=XML))
    assert pull(source).n_new == 15
    assert pull(source).outcome == Outcome.UNCHANGED


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("veilig\x00 \x07thuis", "veilig thuis"),
        ("R&D", "R&D"),
        ("a&nbsp;b", "a b"),
        ("&eacute;&euro;", "é€"),
    ],
)
def test_17_control_characters_bare_ampersands_and_html_entities_are_cleaned(titles, written, read):
    body = TEXT.replace("Café à la cité", written).encode()
    assert titles(body)[0] == read
