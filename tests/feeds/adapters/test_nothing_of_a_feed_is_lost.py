"""What a feed or a file holds comes in: old forms of RSS, odd links, films and sounds, more entries than are read."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from portal.feeds.adapters.web_feed.media import parse_media_duration
from portal.feeds.choices import Outcome, Reason
from portal.feeds.errors import UnusableDocument
from portal.feeds.models import Item, Source
from portal.feeds.pulling.file_import import import_file
from portal.feeds.pulling.pull import pull
from portal.feeds.reading.web_addresses import web_address
from portal.feeds.review.decisions import accept
from portal.feeds.review.item_pictures import fetch_item_picture
from tests.feeds.adapters.test_web_feeds import item, rss
from tests.local_server import Answer

CASES = Path(__file__).resolve().parents[2] / "fixtures" / "feeds"
NOW = datetime(2026, 10, 10, 12, tzinfo=UTC)
PATH = "/blog/feed"
SPACES = (
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:atom="http://www.w3.org/2005/Atom"'
)


@pytest.fixture
def blog(db, local_server):
    return Source.objects.create(name="Blog", kind="web_feed", config=local_server.url(PATH))


@pytest.fixture
def only(blog, local_server):
    """Pull a body and return the one item that came in."""

    def pull_body(body):
        local_server.answer(PATH, Answer(body))
        log = pull(blog, NOW)
        assert (log.outcome, log.error_class) == (Outcome.OK, ""), log.message
        return Item.objects.get()

    return pull_body


class TestRss090:
    def test_it_is_a_feed(self, only):
        found = only((CASES / "D1_rss090.rdf").read_bytes())
        assert (found.title, found.url) == ("Nieuws", "https://example.org/1")

    @pytest.mark.parametrize(
        "space", ["http://my.netscape.com/rdf/simple/0.9/", "http://channel.netscape.com/rdf/simple/0.9/"]
    )
    @pytest.mark.parametrize("prefix", ["", "rss:"])
    def test_with_any_prefix_and_either_address_of_its_vocabulary(self, only, space, prefix):
        declared = f'xmlns{":" if prefix else ""}{prefix.rstrip(":")}="{space}"'
        found = only(
            f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" {declared}><{prefix}channel>'
            f"<{prefix}title>t</{prefix}title></{prefix}channel><{prefix}item><{prefix}title>Nieuws</{prefix}title>"
            f"<{prefix}link>https://example.org/1</{prefix}link></{prefix}item></rdf:RDF>".encode()
        )
        assert (found.title, found.url) == ("Nieuws", "https://example.org/1")

    def test_other_rdf_is_no_feed(self, blog, local_server):
        body = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description/></rdf:RDF>'
        local_server.answer(PATH, Answer(body))
        assert pull(blog, NOW).error_class == "not_a_feed"


class TestRss091:
    DECLARED = (
        '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
        '"http://my.netscape.com/publish/formats/rss-0.91.dtd"{more}><rss version="0.91"><channel><title>t</title>'
        "<item><title>Caf&eacute;</title><link>https://example.org/1</link></item></channel></rss>"
    )

    def test_its_document_type_is_no_reason_to_refuse_it(self, only):
        assert only(self.DECLARED.format(more="").encode()).title == "Café"

    def test_one_that_declares_more_is_refused(self, blog, local_server):
        body = self.DECLARED.format(more=' [<!ENTITY x SYSTEM "file:///etc/passwd">]')
        local_server.answer(PATH, Answer(body.encode()))
        assert pull(blog, NOW).error_class == "doctype"


class TestLinks:
    @pytest.mark.parametrize(
        ("written", "kept"),
        [
            ("https://example.org/my webinar.html", "https://example.org/my%20webinar.html"),
            ("https://example.org/a?q=een twee#drie vier", "https://example.org/a?q=een%20twee#drie%20vier"),
            ("\n  https://example.org/a\n ", "https://example.org/a"),
            ("https://my_host.example.org/a", "https://my_host.example.org/a"),
            ("https://müller.example.org/é", "https://müller.example.org/é"),
            ("https:\\\\example.org\\a", "https://example.org/a"),
            ("http:/example.org/a", "http://example.org/a"),
            ("HTTPS://example.org/a", "https://example.org/a"),
            ("www.example.org/a", "https://www.example.org/a"),
            ("https://example.org/100%", "https://example.org/100%"),
            ('https://example.org/"a"<b>', "https://example.org/%22a%22%3Cb%3E"),
            ("https://", ""),
            ("http:///", ""),
            ("https://intranet/a", ""),
            ("https://exa mple.org/", ""),
            ("https://example..org/", ""),
            ("https://.example.org/", ""),
            ("https://a@example.org/", ""),
            ("https://example.org:99999/", ""),
            ("http://[kapot", ""),
            ("mailto:a@example.org", ""),
            ("javascript:alert(1)", ""),
            ("https://example.org/" + "x" * 500, ""),
            ("\ud83d", ""),
            ("N/A", ""),
            ("", ""),
        ],
    )
    def test_one_is_mended_as_a_browser_would_or_left_out(self, written, kept):
        assert web_address(written) == kept

    @pytest.mark.parametrize(
        "written",
        [
            "https://example.org/my webinar.html",
            "https://geenpunt/x",
            "https://under_score.example.org/",
            "https://",
            "x",
        ],
    )
    def test_it_never_costs_the_item(self, only, blog, written):
        assert only(rss(item(link=written))).title == "Webinar over wonen"
        blog.refresh_from_db()
        assert blog.body_sha256, "and the feed is not read anew each time"

    def test_the_case_of_a_link_with_a_blank(self, only):
        found = only((CASES / "D2_link_with_blank.xml").read_bytes())
        assert found.url == "https://example.org/my%20webinar.html"

    @given(st.text(max_size=60), st.sampled_from(["", "https://example.org/map/", "https://"]))
    def test_what_is_kept_can_be_kept_and_read_again(self, written, base):
        found = web_address(written, base)
        assert found == "" or found.startswith(("http://", "https://"))
        assert len(found) <= 500
        assert web_address(found) == found
        found.encode()

    @pytest.mark.parametrize(
        ("written", "kept"), [("/v/1", "/v/1"), ("./1", "/blog/1"), ("../1", "/1"), ("?p=1", "/blog/feed?p=1")]
    )
    def test_a_path_is_one_of_the_place_that_the_feed_came_from(self, only, local_server, written, kept):
        assert only(rss(item(link=written))).url == local_server.url(kept)


class TestFilmsAndSounds:
    @pytest.mark.parametrize(
        ("written", "seconds"),
        [
            ("3725", 3725),
            ("3725.6", 3725),
            ("62:05", 3725),
            ("1:02:05", 3725),
            ("01:02:05", 3725),
            ("01:02:05.500", 3725),
            (" 1:02:05 ", 3725),
            ("1h 2m 5s", 3725),
            ("1 hour 2 minutes", 3720),
            ("62 min", 3720),
            ("45 sec", 45),
            ("PT1H2M5S", 3725),
            ("90:00", 5400),
            ("0", None),
            ("00:00:00", None),
            ("", None),
            ("-5", None),
            ("1:2:3:4", None),
            ("lang", None),
            ("9" * 5000, None),
        ],
    )
    def test_a_length_is_read_in_every_form(self, written, seconds):
        assert parse_media_duration(written) == seconds

    @pytest.mark.parametrize(
        "inside",
        [
            "<itunes:duration>1:02:05</itunes:duration><itunes:image href='https://example.org/a.jpg'/>"
            "<enclosure url='https://example.org/a.mp3' type='audio/mpeg' length='1'/>",
            "<media:content url='https://example.org/a.mp3' type='audio/mpeg' duration='3725'>"
            "<media:thumbnail url='https://example.org/a.jpg'/></media:content>",
            "<media:group><media:content url='https://example.org/a.swf' type='application/x-shockwave-flash'/>"
            "<media:group><media:content url='https://example.org/a.mp3' medium='audio' duration='3725.2'/>"
            "</media:group>"
            "<media:thumbnail url='https://example.org/a.jpg'/></media:group>",
            "<media:content url='https://example.org/a.jpg' medium='image'/>"
            "<media:content url='https://example.org/a.mp3' duration='3725'/>",
            "<enclosure url='https://example.org/a.jpg' type='image/jpeg'/>"
            "<enclosure url='https://example.org/a.mp3'/><itunes:duration>3725</itunes:duration>",
            "<enclosure url='https://example.org/a.pdf' type='application/pdf'/>"
            "<itunes:duration>62:05</itunes:duration>"
            "<atom:link rel='enclosure' href='https://example.org/a.mp3' type='audio/mpeg'/>"
            "<media:thumbnail url='https://'/><itunes:image href='https://example.org/a.jpg'/>",
        ],
    )
    def test_length_picture_and_file_are_kept(self, only, inside):
        body = rss(item().replace("</item>", f"{inside}</item>"), declare=SPACES)
        found = only(body)
        assert (found.duration_s, found.thumbnail_url, found.file_url) == (
            3725,
            "https://example.org/a.jpg",
            "https://example.org/a.mp3",
        )
        assert found.url == "https://www.example.org/1"

    def test_of_several_files_the_usual_one_is_taken(self, only):
        inside = (
            "<media:group><media:content url='https://example.org/klein.mp4' type='video/mp4'/>"
            "<media:content url='https://example.org/gewoon.mp4' type='video/mp4' isDefault='true'/></media:group>"
        )
        assert only(rss(item().replace("</item>", f"{inside}</item>"), declare=SPACES)).file_url.endswith("gewoon.mp4")

    def test_a_podcast_without_pages_leads_to_its_sound(self, only, django_user_model):
        inside = "<enclosure url='https://example.org/a.mp3' type='audio/mpeg'/></item>"
        found = only(rss(item(link=None, guid="urn:x:1").replace("</item>", inside)))
        recording = accept(found, django_user_model.objects.create_user("nalezer"))
        assert recording.sources.get().url == "https://example.org/a.mp3"

    def test_atom_names_its_file_in_a_link(self, only):
        found = only(
            b'<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><id>1</id><title>Een</title>'
            b'<link href="https://example.org/1"/><link rel="enclosure" type="video/mp4" href="https://example.org/a.mp4"/>'
            b"<updated>2026-03-02T10:00:00Z</updated></entry></feed>"
        )
        assert (found.url, found.file_url) == ("https://example.org/1", "https://example.org/a.mp4")

    def test_json_feed_names_it_as_an_attachment(self, only):
        attachments = [
            {"url": "https://example.org/a.pdf", "mime_type": "application/pdf"},
            {"url": "https://example.org/a.mp3", "mime_type": "audio/mpeg", "duration_in_seconds": 3725},
            "niets",
        ]
        one = {"id": 1, "title": "x", "image": "https://example.org/a.jpg", "attachments": attachments}
        found = only(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [one]}).encode())
        assert (found.duration_s, found.thumbnail_url, found.file_url) == (
            3725,
            "https://example.org/a.jpg",
            "https://example.org/a.mp3",
        )

    def test_the_picture_is_fetched_from_wherever_the_feed_has_it(self, only, local_server):
        written = io.BytesIO()
        Image.new("RGB", (480, 360), "teal").save(written, "JPEG")
        picture = local_server.answer("/kaft.jpg", Answer(written.getvalue()))
        inside = f"<itunes:image href='{picture}'/></item>"
        found = only(rss(item().replace("</item>", inside), declare=SPACES))
        assert fetch_item_picture(found.thumbnail_url)
        user = get_user_model().objects.create_user("nalezer")
        assert accept(found, user).poster.credit == "Blog"


class TestMoreThanIsRead:
    @pytest.mark.parametrize("oldest_first", [True, False])
    def test_of_too_many_entries_the_newest_come_in_and_the_rest_is_said(self, blog, local_server, oldest_first):
        dated = [
            item(guid=str(n), link=f"https://example.org/{n}", date=f"{1 + n % 28} Mar {2010 + n // 60} 10:00:00 GMT")
            for n in range(730)
        ]
        local_server.answer(PATH, Answer(rss(*(dated if oldest_first else reversed(dated)))))
        log = pull(blog, NOW)
        assert (log.outcome, log.n_entries, log.n_new) == (Outcome.OK, 500, 500)
        assert "230" in log.message
        kept = {int(url.rsplit("/", 1)[1]) for url in Item.objects.values_list("url", flat=True)}
        assert {one // 60 for one in set(range(730)) - kept} <= {0, 1, 2, 3}
        assert max(kept) == 729

    def test_json_feeds_too(self, blog, local_server):
        dated = [{"id": n, "title": "x", "date_published": f"{2010 + n % 15}-03-01T10:00:00Z"} for n in range(600)]
        body = {"version": "https://jsonfeed.org/version/1.1", "items": dated}
        local_server.answer(PATH, Answer(json.dumps(body).encode()))
        log = pull(blog, NOW)
        assert (log.n_new, "100" in log.message) == (500, True)
        assert Item.objects.order_by("published_at").first().published_at.year >= 2012

    def test_where_nothing_is_dated_the_first_are_read(self, blog, local_server):
        local_server.answer(PATH, Answer(rss(*(item(guid=str(n), title=f"T{n}") for n in range(501)))))
        pull(blog, NOW)
        assert Item.objects.filter(title="T0").exists()
        assert not Item.objects.filter(title="T500").exists()

    def test_more_bytes_than_are_read_are_refused(self, blog, local_server):
        local_server.answer(PATH, Answer(rss(item(text="x" * 2_100_000))))
        log = pull(blog, NOW)
        assert (log.outcome, log.error_class) == (Outcome.REFUSED, "too_large")
        assert not Item.objects.exists()


TAKEOUT = {
    "en": "Video ID,Approx Duration (ms),Video Audio Language,Video Category,Video Description (Original),Channel ID,"
    "Tag 1,Video Title (Original),Video Title (Original) Language,Privacy,Video State,Video Create Timestamp,"
    "Video Publish Timestamp",
    "en, 2024": "Video ID,Approx duration (ms),Video audio language,Video category,Video description (original),"
    "Channel ID,Tag 1,Video title (original),Video title (original) language,Privacy,Video state,"
    "Video create timestamp,Video publish timestamp",
    "nl": "Video-ID,Geschatte duur (ms),Audiotaal van video,Videocategorie,Videobeschrijving (origineel),Kanaal-ID,"
    "Tag 1,Videotitel (origineel),Videotitel (origineel) taal,Privacy,Videostatus,Tijdstempel aanmaken video,"
    "Tijdstempel publiceren video",
    "fr": "ID de la vidéo,Durée approximative (ms),Langue audio de la vidéo,Catégorie de la vidéo,"
    "Description de la vidéo (originale),ID de la chaîne,Tag 1,Titre de la vidéo (original),"
    "Langue du titre de la vidéo (original),Confidentialité,État de la vidéo,Code temporel de création de la vidéo,"
    "Code temporel de publication de la vidéo",
    "de": "Video-ID,Ungefähre Dauer (ms),Audiosprache des Videos,Videokategorie,Videobeschreibung (Original),Kanal-ID,"
    "Tag 1,Videotitel (Original),Sprache des Videotitels (Original),Datenschutz,Videostatus,"
    "Zeitstempel der Videoerstellung,Zeitstempel der Videoveröffentlichung",
}


@pytest.mark.django_db
class TestGoogleTakeout:
    ROW = 'aaaaaaaaaa1,3600000,nl,Onderwijs,"Eén\nregel, twee",UCx,tag,"Webinar 1, deel ""a""",nl,{},Ok,{},{}\n'

    def test_the_case_of_its_table_of_videos(self):
        report = import_file("videos.csv", (CASES / "H1_takeout_videos.csv").read_bytes())
        found = Item.objects.get()
        assert (report.kind, found.external_id, found.title, found.duration_s) == (
            "video_list",
            "yt:aaaaaaaaaa1",
            "Webinar 1",
            3600,
        )
        assert found.published_at == datetime(2024, 1, 2, 10, tzinfo=UTC)

    @pytest.mark.parametrize("language", TAKEOUT)
    def test_whatever_language_its_columns_are_named_in(self, language):
        row = self.ROW.format("Public", "2024-01-01T10:00:00+00:00", "2024-01-02T10:00:00+00:00")
        import_file("videos.csv", f"{TAKEOUT[language]}\n{row}\n\n".encode("utf-8-sig"))
        found = Item.objects.get()
        assert (found.title, found.text, found.duration_s) == ('Webinar 1, deel "a"', "Eén\nregel, twee", 3600)
        assert found.published_at == datetime(2024, 1, 2, 10, tzinfo=UTC)

    @pytest.mark.parametrize("privacy", ["Private", "Privé", "Privat", "Draft"])
    def test_what_is_private_is_left_out_and_said(self, privacy):
        report = import_file("videos.csv", f"{TAKEOUT['en']}\n{self.ROW.format(privacy, '', '')}".encode())
        assert [remark.where for remark in report.remarks] == ["yt:aaaaaaaaaa1"]
        assert not Item.objects.exists()

    @pytest.mark.parametrize("privacy", ["Unlisted", "Verborgen", "Non répertoriée", "Nicht gelistet"])
    def test_what_is_unlisted_comes_in(self, privacy):
        import_file("videos.csv", f"{TAKEOUT['en']}\n{self.ROW.format(privacy, '2024-01-01T10:00:00Z', '')}".encode())
        assert Item.objects.get().reason == ""

    def test_a_video_that_was_not_published_yet_has_the_day_on_which_it_was_made(self):
        import_file(
            "videos.csv", f"{TAKEOUT['en']}\n{self.ROW.format('Unlisted', '2024-01-01T10:00:00Z', '')}".encode()
        )
        assert Item.objects.get().published_at == datetime(2024, 1, 1, 10, tzinfo=UTC)

    def test_its_table_of_texts_is_read_too(self):
        names = "Video ID,Video Text Create Timestamp,Video Description Text Segments 1,Video Title Text Segments 1"
        import_file("video texts.csv", f"{names}\naaaaaaaaaa1,2024-01-01T10:00:00Z,Over wonen,Webinar 1\n".encode())
        assert (Item.objects.get().title, Item.objects.get().text) == ("Webinar 1", "Over wonen")

    def test_a_playlist_has_no_titles_which_is_said(self):
        with pytest.raises(UnusableDocument) as refused:
            import_file("x.csv", b"Video ID,Playlist Video Creation Timestamp\naaaaaaaaaa1,2024-01-01T10:00:00+00:00\n")
        assert refused.value.code == "no_titles"
        assert "videos.csv" in str(refused.value)

    def test_a_row_that_names_no_video_is_said(self):
        body = (CASES / "H1_takeout_videos.csv").read_bytes() + b"kort,1,x,Public,,\n"
        assert [remark.where for remark in import_file("videos.csv", body).remarks] == ["3"]

    def test_its_subscriptions_and_history_are_no_videos_of_a_channel(self):
        watched = [{"header": "YouTube", "title": "x", "titleUrl": "https://www.youtube.com/watch?v=aaaaaaaaaa1"}]
        for name, body in (
            ("subscriptions.csv", b"Channel Id,Channel Url,Channel Title\nUCx,http://www.youtube.com/channel/UCx,x\n"),
            ("watch-history.json", json.dumps(watched).encode()),
        ):
            with pytest.raises(UnusableDocument):
                import_file(name, body)


@pytest.mark.django_db
class TestYtDlp:
    ONE = {"id": "aaaaaaaaaa1", "ie_key": "Youtube", "title": "Eén", "duration": 60, "upload_date": "20240102"}
    TWO = {"id": "aaaaaaaaaa2", "extractor_key": "Youtube", "title": "Twee", "duration": None}

    @pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\n\n"])
    @pytest.mark.parametrize("name", ["x.json", "x.jsonl"])
    def test_one_video_on_each_line_is_read(self, name, ending):
        body = ending.join(json.dumps(one, ensure_ascii=False) for one in (self.ONE, self.TWO)) + ending
        assert import_file(name, body.encode("utf-8-sig")).log.n_new == 2
        assert Item.objects.get(external_id="yt:aaaaaaaaaa1").duration_s == 60
        assert Item.objects.get(external_id="yt:aaaaaaaaaa2").reason == Reason.NO_DATE

    def test_a_line_that_is_cut_off_costs_itself_only(self):
        body = f'{json.dumps(self.ONE)}\n{{"id": "aaaaa\nnull\n{json.dumps(self.TWO)}\n'
        report = import_file("x.json", body.encode())
        assert report.log.n_new == 2
        assert [remark.where for remark in report.remarks] == ["2"]

    def test_a_single_line_is_a_single_video(self):
        assert import_file("x.json", json.dumps(self.ONE).encode()).log.n_new == 1

    def test_lists_of_several_channels_on_their_lines_are_read(self):
        lists = [
            {"_type": "playlist", "extractor": "youtube:tab", "entries": [one, None]} for one in (self.ONE, self.TWO)
        ]
        assert import_file("x.json", "\n".join(map(json.dumps, lists)).encode()).log.n_new == 2
