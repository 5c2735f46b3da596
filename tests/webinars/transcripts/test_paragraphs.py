"""Cues become paragraphs under chapter headings (portal/webinars/transcripts/paragraphs.py)."""

from portal.webinars.transcripts.paragraphs import Line, lines_of, paragraphs, parts, with_anchors


def spoken(*texts, start=0, each=2, gap=0.2, speaker=""):
    """Lines of `each` seconds with `gap` seconds between them."""
    step = each + gap
    return [Line(start + n * step, start + n * step + each, text, speaker) for n, text in enumerate(texts)]


def texts(found):
    return [paragraph.text for paragraph in found]


def test_cues_of_one_sentence_are_read_together():
    assert texts(paragraphs(spoken("Een plek is veilig", "wanneer je er", "iets kunt zeggen."))) == [
        "Een plek is veilig wanneer je er iets kunt zeggen."
    ]


def test_another_speaker_begins_a_paragraph():
    lines = [*spoken("Wat denkt u?", speaker="Ann"), *spoken("Dat hangt ervan af.", start=2.2, speaker="Bob")]
    assert [(one.speaker, one.text) for one in paragraphs(lines)] == [
        ("Ann", "Wat denkt u?"),
        ("Bob", "Dat hangt ervan af."),
    ]


def test_a_pause_of_more_than_two_and_a_half_seconds_begins_a_paragraph():
    short = [Line(0, 2, "Eerst dit."), Line(4.5, 6, "Dan dat.")]
    long = [Line(0, 2, "Eerst dit."), Line(4.6, 6, "Dan dat.")]
    assert len(paragraphs(short)) == 1
    assert len(paragraphs(long)) == 2


def test_a_paragraph_of_about_sixty_words_ends_with_its_sentence():
    sentence = "een twee drie vier vijf zes zeven acht negen tien."
    found = paragraphs(spoken(*[sentence] * 12))
    assert [len(one.text.split()) for one in found] == [50, 50, 20]


def test_words_without_any_full_stop_are_cut_all_the_same():
    found = paragraphs(spoken(*["een twee drie vier vijf zes zeven acht negen tien"] * 20))
    assert [len(one.text.split()) for one in found] == [90, 90, 20]


def test_lines_stand_under_the_chapter_in_which_their_middle_lies():
    lines = [Line(0, 4, "Welkom."), Line(9.8, 13, "Het tweede deel."), Line(14, 16, "Meer daarvan.")]
    found = parts(lines, [(0, "Begin"), (10, "Vervolg"), (60, "Niets gezegd")])
    assert [(part.title, part.start_s, texts(part.paragraphs)) for part in found] == [
        ("Begin", 0, ["Welkom."]),
        ("Vervolg", 10, ["Het tweede deel. Meer daarvan."]),
    ]


def test_what_is_said_before_the_first_chapter_has_no_heading():
    found = parts([Line(0, 2, "Is dit aan?"), Line(30, 32, "Welkom.")], [(20, "Begin")])
    assert [part.title for part in found] == ["", "Begin"]


def test_nothing_said_is_nothing_to_read():
    assert parts([], [(0, "Begin")]) == []


def test_a_second_between_two_lines_leads_to_what_is_said_then():
    text = with_anchors(parts([Line(0, 5, "Eerste."), Line(5, 9, "Tweede & laatste.")]), {7, 5})
    first, second = lines_of(text)
    assert first.seconds == ()
    assert second.seconds == (7,)


def test_a_second_before_the_first_line_leads_to_the_first_line():
    (line,) = lines_of(with_anchors(parts([Line(12, 15, "Welkom.")]), {3}))
    assert line.seconds == (3,)
