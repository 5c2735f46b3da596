"""The page of one recording: what can be watched, what is said in it, and what it belongs to."""

import gzip
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.topics.models import Topic
from portal.webinars.models import TakeDown
from tests.factories import make_method, make_project
from tests.markup import links, soup, text_of
from tests.organisations.factories import make_contact, make_organisation
from tests.webinars.factories import make_caption, make_recording, make_source, make_speaker

pytestmark = pytest.mark.django_db

PATH = "/nl/webinars/safe-spaces/"
LINES = [(0, 4, "Welkom bij dit gesprek."), (12, 16, "Een plek is veilig als u iets kunt zeggen.")]


def page(client, path=PATH):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def facts(html):
    return text_of(soup(html).aside)


# What can be watched


def test_two_announcements_on_one_platform_are_told_apart_by_their_day(client, site):
    recording = make_recording()
    for day in (13, 22):
        url = f"https://www.linkedin.com/feed/update/urn:li:activity:{day}/"
        moment = datetime(2021, 9, day, 9, tzinfo=UTC)
        make_source(recording, f"li:{day}", platform="linkedin", url=url, published_at=moment)
    said = facts(page(client))
    assert "LinkedIn (13 september 2021)" in said
    assert "LinkedIn (22 september 2021)" in said


def test_the_words_of_a_source_are_in_the_language_that_they_look_like(client, site):
    recording = make_recording(title_nl="", abstract_nl="", spoken_language="")
    english = "This is a talk about the places where young people meet, and what we can do for them in the city. " * 3
    make_source(recording, "yt:dQw4w9WgXcQ", title="Safe spaces", text=english)
    html = soup(page(client))
    assert text_of(html.select_one("h1[lang=en]")) == "Safe spaces"
    assert html.select(".prose[lang=en]")


def test_a_recording_on_youtube_is_a_link_that_asks_nobody_before_the_click(client, site):
    make_source(make_recording(), "yt:dQw4w9WgXcQ", url="https://youtu.be/dQw4w9WgXcQ")
    response = client.get(PATH)
    html = soup(response)
    assert "https://www.youtube.com/watch?v=dQw4w9WgXcQ" in links(html).values()
    assert not html.select("iframe")
    assert "frame-src https://www.youtube-nocookie.com" in response.headers["Content-Security-Policy"]


def test_an_identity_that_is_no_video_of_youtube_is_never_put_in_an_address(client, site):
    make_source(make_recording(), 'yt:"><script>', url="javascript:alert(1)")
    html = page(client)
    assert "youtube.com/watch" not in html
    assert "javascript:" not in html


def test_the_portals_own_video_plays_with_its_captions(client, site):
    recording = make_recording()
    make_caption(recording, "nl")
    make_caption(recording, "fr", [(0, 4, "Bienvenue.")])
    folder = settings.MEDIA_ROOT / "recordings"
    folder.mkdir(exist_ok=True)
    video = folder / "safe-spaces.webm"
    video.write_bytes(b"webm")
    try:
        player = soup(page(client, PATH)).video
    finally:
        video.unlink()
    assert player.source["type"] == "video/webm"
    assert re.fullmatch(r"/media/recordings/safe-spaces\.webm\?v=\d+", player.source["src"])
    dutch, french = player.select("track[kind=captions]")
    assert (dutch["src"], dutch["srclang"], dutch["label"]) == ("/captions/safe-spaces.nl.vtt", "nl", "Nederlands")
    assert dutch.has_attr("default")
    assert (french["src"], french["srclang"]) == ("/captions/safe-spaces.fr.vtt", "fr")


def test_without_a_video_the_page_says_so_and_keeps_the_text(client, site):
    recording = make_recording()
    make_source(recording, "file:safe-spaces", platform="file")
    make_caption(recording, "nl", LINES)
    html = page(client)
    assert not soup(html).select("video")
    assert _("There is no video file of this recording. The full transcript is below.") in html
    assert "Welkom bij dit gesprek." in html


def test_a_recording_that_was_not_found_asks_for_it_and_offers_no_player(client, site):
    make_contact("dienst", "Afdeling Preventie", url="https://www.mechelen.be")
    recording = make_recording(state="not_found", announced_at=timezone.now() - timedelta(days=2000))
    make_source(recording, "li:1", platform="linkedin", url="https://www.linkedin.com/feed/update/urn:li:activity:1/")
    html = page(client)
    assert _("The recording has not been found") in html
    assert "https://www.mechelen.be" in links(soup(html)).values()
    assert "/urn:li:activity:1/" in html
    assert not soup(html).select("#player")


def test_a_recording_that_went_away_keeps_what_was_said(client, site):
    recording = make_recording(state="unavailable")
    make_source(recording, "yt:dQw4w9WgXcQ")
    make_caption(recording, "nl", LINES)
    html = page(client)
    assert _("This recording is no longer available") in html
    assert not soup(html).select("#player")
    assert "Welkom bij dit gesprek." in html


def test_a_session_to_come_says_when_and_can_be_put_in_a_calendar(client, site):
    start = timezone.now() + timedelta(days=10)
    make_recording(state="planned", event_start=start)
    html = page(client)
    assert _("Upcoming session") in html
    assert timezone.localtime(start).strftime("%H:%M") in html
    assert "/calendar/nl/safe-spaces.ics" in links(soup(html)).values()


def test_a_planned_session_of_which_the_hour_has_passed_waits_for_its_recording(client, site):
    make_recording(state="planned", event_start=timezone.now() - timedelta(days=1))
    html = page(client)
    assert _("The recording is not available yet") in html
    assert _("Upcoming session") not in html
    assert ".ics" not in html


def test_an_example_says_that_it_is_one(client, site):
    make_recording(is_example=True)
    assert _("This is an example, not a real webinar: it shows what a recording looks like here.") in page(client)


# Words and languages


def test_staff_values_come_before_those_of_the_source(client, site):
    recording = make_recording(abstract_nl="")
    make_source(recording, title="Bron & titel", text="De tekst van de bron <b>met</b> tekens.")
    html = page(client)
    heading = soup(html).h1
    assert text_of(heading) == "Veilige ruimtes" and not heading.has_attr("lang")
    assert "De tekst van de bron &lt;b&gt;met&lt;/b&gt; tekens." in html


def test_a_recording_without_own_words_in_french_is_shown_in_dutch_and_marked(
    client, site, translate, webinars_in_french
):
    make_recording(abstract_nl="Een gesprek over veilige plekken.")
    html = soup(page(client, "/fr/webinaires/safe-spaces/"))
    assert text_of(html.select_one("h1[lang=nl]")) == "Veilige ruimtes"
    assert text_of(html.select_one(".prose[lang=nl] > p")).startswith("Een gesprek")


def test_a_french_title_has_a_french_address_and_knows_the_dutch_one(client, site, webinars_in_french):
    make_recording(title_fr="Espaces sûrs", slug_fr="espaces-surs")
    html = soup(page(client, "/fr/webinaires/espaces-surs/"))
    assert text_of(html.h1) == "Espaces sûrs" and not html.h1.has_attr("lang")
    dutch = html.select_one("link[hreflang=nl]")
    assert dutch["href"] == f"{settings.WAGTAILADMIN_BASE_URL}/nl/webinars/safe-spaces/"


# The transcript


def test_the_transcript_is_in_the_visitors_language_when_there_is_one(client, site, webinars_in_french):
    recording = make_recording(spoken_language="nl")
    make_caption(recording, "nl", LINES)
    make_caption(recording, "fr", [(0, 4, "Bienvenue.")], origin="machine")
    html = page(client, "/fr/webinaires/safe-spaces/")
    assert "Bienvenue." in html
    assert "Welkom" not in html
    assert not soup(html).select_one("div.transcript").has_attr("lang"), "not marked as another language"


def test_another_language_can_be_chosen_and_is_marked(client, site):
    recording = make_recording(spoken_language="nl")
    make_caption(recording, "nl", LINES)
    make_caption(recording, "fr", [(0, 4, "Bienvenue.")])
    choice = soup(page(client)).select_one('a[href="?transcript=fr#transcript"]')
    assert (text_of(choice), choice["lang"], choice["hreflang"]) == ("Français", "fr", "fr")
    transcript = soup(page(client, PATH + "?transcript=fr")).select_one("div.transcript[lang=fr]")
    assert "Bienvenue." in text_of(transcript)
    assert f"{PATH}?transcript=fr&t=0#t-0" in links(transcript).values(), "its moments lead to the same words"


def test_that_nobody_speaks_is_said_and_that_nobody_knows_is_left_out(client, site):
    recording = make_recording(spoken_language="zxx")
    make_caption(recording, "nl", LINES)
    assert f"{_('Spoken language')} {_('No speech')}" in facts(page(client))
    recording.spoken_language = ""
    recording.save()
    assert _("Spoken language") not in facts(page(client))


def test_what_a_source_calls_a_silent_film_is_in_no_language_of_its_own(client, site):
    make_source(make_recording(title_nl="", slug_nl="stil", spoken_language="zxx"), title="Rondleiding")
    heading = soup(page(client, "/nl/webinars/stil/")).h1
    assert text_of(heading) == "Rondleiding" and not heading.has_attr("lang")


def test_a_language_that_there_is_not_falls_back_to_what_is_spoken(client, site):
    make_caption(make_recording(spoken_language="fr"), "fr", [(0, 4, "Bienvenue.")])
    html = soup(page(client, PATH + "?transcript=xx"))
    assert html.select("div.transcript[lang=fr]")


def test_of_two_transcripts_in_one_language_that_of_a_person_is_read(client, site):
    recording = make_recording()
    make_caption(recording, "nl", [(0, 4, "Welkom bij de veiling.")], origin="machine")
    make_caption(recording, "nl", [(0, 4, "Welkom bij de veiligheid.")], origin="corrected")
    assert "Welkom bij de veiligheid." in page(client)


def test_each_line_can_be_addressed_and_each_paragraph_is_a_link(client, site):
    make_caption(make_recording(), "nl", LINES)
    html = soup(page(client))
    first, second = html.select("#t-0, #t-12")
    assert (text_of(first), first["data-start"]) == ("Welkom bij dit gesprek.", "0")
    assert second["data-start"] == "12"
    assert f"{PATH}?t=12#t-12" in links(html).values()


def test_moments_of_chapters_links_and_other_languages_lead_into_the_text(client, site):
    method = make_method(key="safe", title="Online ruimtes")
    recording = make_recording(chapters=[(10, "Wat is veilig?")], methods=[(method, 14)])
    make_caption(recording, "nl", LINES)
    make_caption(recording, "fr", [(15, 17, "Un lieu sûr.")])
    ids = [moment["id"] for moment in soup(page(client)).select("[id^=t-]")]
    assert {"t-0", "t-10", "t-12", "t-14", "t-15"} <= set(ids)
    assert len(ids) == len(set(ids))


def test_chapters_without_a_transcript_can_be_addressed_themselves(client, site):
    make_recording(chapters=[(10, "Wat is veilig?")])
    assert soup(page(client)).select("li#t-10")


def test_words_are_found_in_the_transcript_and_marked(client, site):
    make_caption(make_recording(duration_s=60), "nl", LINES)
    html = page(client, PATH + "?q=plek+is")
    assert "Een <mark>plek is</mark> veilig" in html
    assert [moment["href"] for moment in soup(html).select('li > a[href^="#t-"]')] == ["#t-12"]


def test_the_best_of_several_moments_stands_first_and_says_so(client, site):
    make_caption(
        make_recording(duration_s=60),
        "nl",
        [(0, 4, "Een plek."), (20, 24, "Plek na plek na plek."), (40, 44, "Die plek.")],
    )
    moments = soup(page(client, PATH + "?q=plek")).select(".moments li")
    assert [moment.a["href"] for moment in moments] == ["#t-20", "#t-0", "#t-40"]
    assert [_("Best match") in text_of(moment) for moment in moments] == [True, False, False]


def test_of_very_many_moments_the_page_lists_some_and_says_how_many_there_are(client, site):
    make_caption(make_recording(), "nl", [(20 * n, 20 * n + 2, "Een plek.") for n in range(120)])
    html = soup(page(client, PATH + "?q=plek"))
    assert len(html.select(".moments li")) == 50
    assert "120 momenten" in text_of(html)
    assert len(html.select(".transcript mark")) == 120


def test_what_is_asked_is_never_markup(client, site):
    make_caption(make_recording(), "nl", LINES)
    html = page(client, PATH + "?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_the_page_is_the_same_for_every_moment(client, site):
    make_caption(make_recording(), "nl", LINES)
    assert page(client, PATH + "?t=12") == page(client)


# The film beside its words


def on_youtube(**fields):
    recording = make_recording(**fields)
    make_source(recording, "yt:dQw4w9WgXcQ")
    return recording


def test_the_strip_names_the_chapters_and_each_is_a_moment(client, site):
    on_youtube(chapters=[(0, "Begin"), (30, "Wat is veilig?")], duration_s=60)
    strip = soup(page(client)).select("nav.chapters a")
    assert [text_of(chapter) for chapter in strip] == ["0:00 Begin", "0:30 Wat is veilig?"]
    assert strip[1]["href"] == f"{PATH}?t=30#t-30"


def test_a_chapter_beyond_the_end_is_not_shown(client, site):
    recording = on_youtube(chapters=[(0, "Begin"), (30, "Midden"), (60, "Te laat")], duration_s=45)
    make_caption(recording, "nl", LINES)
    html = page(client)
    assert "Midden" in html and "Te laat" not in html


def test_a_chapter_after_the_noted_length_is_shown_where_there_is_speech(client, site):
    recording = on_youtube(chapters=[(0, "Begin"), (30, "Later")], duration_s=20)
    make_caption(recording, "nl", [*LINES, (31, 40, "Nog iets.")])
    assert "Later" in page(client)


def test_two_chapters_at_one_second_have_one_anchor(client, site):
    make_recording(chapters=[(10, "Een"), (10, "Ander")])
    assert len(soup(page(client)).select("#t-10")) == 1


def test_a_method_stands_behind_the_passage_that_shows_it(client, site):
    method = make_method(key="safe", title="Online ruimtes")
    recording = on_youtube(methods=[(method, 13)])
    make_caption(recording, "nl", [*LINES, (60, 64, "Iets anders.")])
    mention = soup(page(client)).select_one(".transcript__mentions")
    assert text_of(mention) == f"{_('Method in this passage')} Online ruimtes"
    assert "Een plek is veilig" in text_of(mention.find_previous_sibling(class_="cue"))


def test_without_a_film_nothing_is_docked_and_the_text_is_read(client, site):
    make_caption(make_recording(), "nl", LINES)
    html = soup(page(client))
    assert not html.select(".dock") and html.select(".watch--read .transcript")


def test_without_a_transcript_the_page_says_so_beside_the_film_and_lists_the_chapters(client, site):
    on_youtube(chapters=[(10, "Wat is veilig?")])
    words = soup(page(client)).select_one(".watch__words")
    assert _("There is no transcript of this recording on this site.") in text_of(words)
    assert f"{PATH}?t=10#t-10" in links(words).values()


def test_a_podcast_has_a_small_player_that_leads_to_its_platform(client, site):
    recording = make_recording(medium="audio", organiser_nl="Efus", mechelen_part="none")
    make_source(recording, "web:podcast", platform="web", url="https://www.podcasts.example/aflevering-3")
    html = soup(page(client))
    player = html.select_one("#player.player--audio a")
    assert text_of(player).startswith(_("Listen at %(platform)s") % {"platform": "podcasts.example"})
    assert (player["href"], player.has_attr("data-embed")) == ("https://www.podcasts.example/aflevering-3", False)
    head = text_of(html.select_one(".recording__head"))
    assert f"{_('By %(who)s') % {'who': 'Efus'}}; {_('Mechelen took no part')}" in head


@pytest.mark.parametrize(
    ("fields", "is_asked"), [({}, True), ({"medium": "audio"}, False), ({"mechelen_part": "none"}, False)]
)
def test_slides_are_asked_for_where_a_visitor_may_have_them(client, site, fields, is_asked):
    on_youtube(**fields)
    assert (_("No slides were kept with this recording.") in page(client)) == is_asked


def test_slides_elsewhere_are_seen_there(client, site):
    recording = make_recording(medium="slides")
    make_source(recording, "web:slides", platform="web", url="https://slides.example/1")
    assert _("See the slides at %(platform)s") % {"platform": "slides.example"} in text_of(soup(page(client)).main)


def test_the_page_elsewhere_of_a_session_to_come_is_not_a_recording(client, site):
    recording = make_recording(state="planned", event_start=timezone.now() + timedelta(days=3))
    make_source(recording, "web:announcement", platform="web", url="https://announced.example/")
    assert not soup(page(client)).select("#player")


def test_a_page_is_cited_by_who_spoke_with_its_permanent_address(client, site):
    make_recording(speakers=[make_speaker(), make_speaker("bob", "Bob Maes", consent=False)])
    cited = soup(page(client)).select_one(".cite__text")
    assert text_of(cited).startswith("Ann Peeters, Veilige ruimtes")
    assert "Bob" not in text_of(cited)
    assert f"{settings.WAGTAILADMIN_BASE_URL}/id/recording/safe-spaces" in links(cited).values()


def test_a_recording_that_was_taken_away_is_not_cited_by_a_hidden_title(client, site):
    recording = make_recording()
    TakeDown.objects.create(recording=recording, reason="speaker", words_stay=False)
    html = page(client)
    assert "Veilige ruimtes" not in html and not soup(html).select(".cite, .dock, .transcript")


def test_a_title_of_a_source_of_three_hundred_characters_is_set_smaller(client, site):
    make_source(make_recording(title_nl="", slug_nl="lang"), title="Een lange titel " * 19)
    assert soup(page(client, "/nl/webinars/lang/")).select("h1.is-long")


def test_lines_that_overlap_are_all_there_in_their_order(client, site):
    make_caption(make_recording(), "nl", [(0, 9, "Een."), (1, 3, "Twee."), (1, 8, "Drie.")])
    html = soup(page(client))
    assert [text_of(cue) for cue in html.select(".transcript [data-start]")] == ["Een.", "Twee.", "Drie."]
    ids = [moment["id"] for moment in html.select("[id]")]
    assert len(ids) == len(set(ids))


# A transcript that is too long for one page


def ten_hours():
    words = "Een zin van ongeveer zestig tekens, zoals men die uitspreekt."
    recording = on_youtube(chapters=[(n * 600, f"Deel {n}") for n in range(60)], duration_s=36_000)
    make_caption(recording, "nl", [(n * 5, n * 5 + 4, f"{words} Regel {n}.") for n in range(7200)])


def test_the_sentence_of_a_moment_is_there_however_long_the_transcript(client, site):
    ten_hours()
    for second in (0, 17_000, 35_995):
        html = page(client, f"{PATH}?t={second}")
        assert f"Regel {second // 5}." in text_of(soup(html).select_one(f"#t-{second}"))
        assert len(gzip.compress(html.encode())) < 150_000


def test_a_long_transcript_leads_from_part_to_part(client, site):
    ten_hours()
    first, *others = soup(page(client)).select_one(".transcript").find_previous_sibling("nav").select("a")
    assert first["aria-current"] == "true" and others
    for other in others:
        assert soup(page(client, other["href"])).select("#" + other["href"].partition("#")[2])


def test_what_is_found_in_another_part_leads_there_with_what_was_asked(client, site):
    ten_hours()
    (found,) = soup(page(client, f"{PATH}?q=regel+7199&t=0")).select(".moments li a")
    assert found["href"] == f"{PATH}?q=regel+7199&t=35995#t-35995"


def test_what_is_no_second_opens_a_long_transcript_at_its_beginning(client, site):
    ten_hours()
    for second in ("-1", "x", "1e9", "9" * 40, "٣", ""):
        assert "Regel 0." in page(client, f"{PATH}?t={second}"), second


def test_two_hours_are_one_page_within_its_weight(client, site):
    words = "Een zin van ongeveer zestig tekens, zoals men die uitspreekt."
    recording = on_youtube(duration_s=7200)
    make_caption(recording, "nl", [(n * 4.8, n * 4.8 + 4, f"{words} Regel {n}.") for n in range(1500)])
    html = page(client)
    assert "Regel 0." in html and "Regel 1499." in html
    assert len(gzip.compress(html.encode())) < 150_000


# Names


def test_a_speaker_is_named_only_with_consent(client, site):
    agreed, not_agreed = make_speaker(), make_speaker("bob", "Bob Maes", consent=False)
    recording = make_recording(speakers=[agreed, not_agreed])
    make_caption(
        recording, "nl", [(0, 2, "Welkom.", "Ann Peeters"), (3, 5, "Dank u.", "Bob Maes"), (6, 8, "Vraag?", "Eva")]
    )
    html = page(client)
    assert "Ann Peeters" in facts(html)
    assert "Ann Peeters" in [text_of(speaker) for speaker in soup(html).select(".cue__who")]
    assert "Bob Maes" not in html
    assert "Eva" not in text_of(soup(html)).split()
    assert "Dank u." in html


def test_a_speaker_stands_with_function_and_organisation(client, site):
    organisation = make_organisation("ceapire", "CEAPIRE")
    speaker = make_speaker(role_nl="onderzoeker", organisation=organisation)
    make_recording(speakers=[speaker])
    assert "Ann Peeters onderzoeker, CEAPIRE" in facts(page(client))


# What it belongs to


def test_methods_and_projects_stand_beside_it_with_their_moments(client, site):
    method, project = make_method(key="safe", title="Online ruimtes"), make_project(title="ORPHEUS", key="orpheus")
    recording = make_recording(methods=[(method, 754), (method, None)], projects=[(project, None)])
    make_source(recording, "yt:dQw4w9WgXcQ")
    html = soup(page(client))
    assert len(html.select('a[href="/nl/methodieken/safe/"]')) == 1
    assert text_of(html.select_one(f'a[href="{PATH}?t=754#t-754"]')).startswith("12:34")
    assert "/nl/projecten/orpheus/" in links(html).values()


def test_a_method_that_is_not_public_is_not_linked(client, site):
    method = make_method(key="safe", title="Online ruimtes")
    make_recording(methods=[(method, 5)])
    method.unpublish()
    assert "Online ruimtes" not in page(client)


def test_a_french_page_links_the_french_method_and_the_dutch_one_marked(client, site, translate, webinars_in_french):
    translated, dutch = make_method(key="een", title="Een"), make_method(key="twee", title="Twee")
    translate(translated, "fr", title="Un", slug="un")
    make_recording(methods=[(translated, None), (dutch, None)])
    html = soup(page(client, "/fr/webinaires/safe-spaces/"))
    assert links(html)["Un"] == "/fr/methodieken-fr/un/"
    dutch = html.select_one('a[href="/nl/methodieken/twee/"][lang=nl]')
    assert (text_of(dutch), dutch["hreflang"]) == ("Twee", "nl")
    assert not html.select_one('a[href="/fr/methodieken-fr/un/"]').has_attr("lang")


def test_topics_are_links(client, site):
    make_recording(topics=[Topic.objects.create(key="veilig", label_nl="veilige ruimte", live=True)])
    assert links(soup(page(client)))["veilige ruimte"] == "/nl/themas/veilig/"


# Addresses and cost


def test_what_is_not_public_is_not_there_and_what_was_is_gone(client, site):
    recording = make_recording()
    make_recording("draft", live=False)
    assert client.get("/nl/webinars/draft/").status_code == 404
    recording.unpublish()
    assert client.get(PATH).status_code == 410


def test_the_permanent_identifier_leads_to_the_page(client, site):
    make_recording()
    response = client.get("/id/recording/safe-spaces")
    assert (response.status_code, response.url) == (302, PATH)


def test_a_page_costs_the_same_however_much_is_said(site, cost_of):
    method, project = make_method(key="een", title="Een"), make_project(key="orpheus", title="ORPHEUS")
    recording = make_recording(
        chapters=[(0, "Begin")], methods=[(method, 1)], projects=[(project, 1)], speakers=[make_speaker()]
    )
    make_caption(recording, "nl", LINES)
    few = cost_of(PATH)
    more = [make_method(key=f"meer-{number}", title=f"Meer {number}") for number in range(5)]
    recording.method_links.set([type(recording.method_links.first())(method=one, at_s=3) for one in more])
    recording.save()
    for code in ("fr", "en", "de"):
        make_caption(recording, code, [(number * 3, number * 3 + 2, f"Zin {number}.") for number in range(200)])
    assert cost_of(PATH) == few
