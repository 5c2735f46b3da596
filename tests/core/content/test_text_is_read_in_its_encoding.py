"""The bytes of feeds, tables, calendars and captions become the text that somebody wrote, or are refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.core.content.decoding import UndecodableTextError, decode_text

LOWER = "abcdefghijklmnopqrstuvwxyzàâäçèéêëîïôöùûüß"
UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZÉÈÊÀÇÔÖÜ"
WORDS = st.one_of(
    st.text(LOWER, min_size=1, max_size=12),
    st.builds(str.__add__, st.sampled_from(UPPER), st.text(LOWER, min_size=1, max_size=12)),
    st.builds(str.__add__, st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=9), st.sampled_from(UPPER)),
)
# As French, Dutch and German put words beside each other; the first without any sign that UTF-8 could not be.
BETWEEN = [" cœur ", " ", "\n", ", ", "; ", "\xa0» ", " «\xa0", "\xa0: ", "’", "…\xa0» ", " – ", "\xa0€ ", "” ", "»\n"]
TEXTS = st.lists(st.tuples(WORDS, st.sampled_from(BETWEEN)), max_size=15).map(
    lambda parts: "titel;datum\n" + "".join(word + sign for word, sign in parts)
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@given(text=TEXTS)
@settings(derandomize=True, max_examples=60, deadline=None)
def test_ordinary_text_is_the_same_in_every_usual_encoding(encoding, text):
    assert decode_text(text.encode(encoding)) == text


@pytest.mark.parametrize(
    "text",
    [
        "Prévention « sécurité\xa0» ;2026-03-02",
        "sécurité\xa0»",
        "L’été, c’est\xa0: «\xa0la santé\xa0» – à\xa0« voir »",
        "QUALITÉ»",
        "ALENÇ» ",
        "Größe: Spaß“ und „Maß“",
        "de gemeente vraagt “privé…”",
        "Malmö\xa0–",
        "une cité\xa0€",
    ],
)
def test_windows_text_that_is_utf8_by_accident_is_read_as_windows(text):
    assert decode_text(text.encode("cp1252")) == text
    assert decode_text(text.encode()) == text


@pytest.mark.parametrize(
    "text",
    [
        "Zoom会议",
        "会议 5月",
        "Слава",
        "π = 3",
        "ə",
        "Ελλάδα",
        "שלום",
        "مرحبا",
        "ș și ț",
        "Győr",
        "→ naar",
        "😀",
        "prijs: 5 €",
        "x ≤ 3",
        "A字幕",
    ],
)
def test_other_scripts_and_signs_stay_what_they_are(text):
    assert decode_text(text.encode()) == text
    assert decode_text(text.encode("utf-16")) == text


def test_a_table_saved_for_macintosh_is_read():
    text = "titre;durée\nPrévention et sécurité à Liège, l’été, Maßnahmen für Städte;72\n"
    assert decode_text(text.encode("mac_roman")) == text


def test_one_letter_is_enough_where_lines_end_as_on_a_macintosh():
    text = "titre;lieu\rSécurité;Gent\r"
    assert decode_text(text.encode("mac_roman")) == text
    assert decode_text(text.encode("cp1252")) == text


@pytest.mark.parametrize("text", ["l‘eau d‘or", "wacht…even", "woord—woord", "”citaat”en"])
def test_a_quotation_mark_inside_a_word_is_no_sign_of_macintosh(text):
    assert decode_text(text.encode("cp1252")) == text


@pytest.mark.parametrize(
    ("content", "declared", "text"),
    [
        ("café".encode(), "iso-8859-1", "café"),
        ("café".encode("cp1252"), "utf-8", "café"),
        ("“café”".encode("cp1252"), "iso-8859-1", "“café”"),
        ("žluťoučký".encode("cp1250"), "windows-1250", "žluťoučký"),
        ("café\xa0»".encode("iso-8859-15"), "iso-8859-15", "café\xa0»"),
        ("会é\xa0»".encode(), "utf-8", "会é\xa0»"),
        ("café".encode(), "x-klingon", "café"),
        ("café".encode(), "rot13", "café"),
    ],
)
def test_what_is_declared_counts_where_the_bytes_do_not_say_otherwise(content, declared, text):
    assert decode_text(content, declared) == text


@pytest.mark.parametrize("content", ["cité".encode() + b" cit\xe9", b"\xff\xfea", b"\x81\x8d\x8f", b"\xef\xbb\xbf\xff"])
def test_damaged_text_is_refused_with_the_place_of_the_fault(content):
    with pytest.raises(UndecodableTextError) as refused:
        decode_text(content)
    assert 0 <= refused.value.position < len(content)


@given(st.binary(max_size=60))
@settings(derandomize=True, max_examples=150, deadline=None)
def test_any_bytes_are_text_or_are_refused(content):
    try:
        assert isinstance(decode_text(content), str)
    except UndecodableTextError:
        pass
