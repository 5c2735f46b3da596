"""Staff bring in a file: its kind shows by itself, each row becomes an item or a sentence, and no file is kept."""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.feeds.adapters.own_table import empty_table
from portal.feeds.adapters.registry import file_adapters
from portal.feeds.choices import Broadcast, ItemState, Outcome, Reason
from portal.feeds.errors import UnusableDocument
from portal.feeds.models import Item, Source
from portal.feeds.pulling.file_import import import_file
from portal.feeds.pulling.pull import pull
from portal.feeds.pulling.pull_intervals import due_sources
from portal.feeds.review.decisions import accept
from portal.webinars.choices import RecordingState
from portal.webinars.models import RecordingSource
from portal.webinars.platforms import Platform
from tests.captured import ROOT
from tests.feeds.atom import entry, feed
from tests.local_server import Answer

pytestmark = pytest.mark.django_db

POST = "urn:li:activity:6843120362218115072"
FIXTURES = ROOT / "tests" / "fixtures" / "feeds"
SHARES = "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n"
LINK = "https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A"


def left_out(report):
    return [remark.where for remark in report.remarks if remark.left_out]


@pytest.fixture
def user(db):
    return get_user_model().objects.create_user("nalezer", password="x")


class TestOwnTable:
    def bring(self, *rows, names="title;date;length;speakers;youtube;linkedin;website;text"):
        return import_file("tabel.csv", "\n".join([names, *rows]).encode())

    def test_a_row_becomes_an_item_with_its_moment_in_the_time_of_the_portal(self):
        self.bring("Buurtwerk;2021-09-21 14:00;1:12:30;An Peeters;https://youtu.be/aaaaaaaaaaa;;;Over buurtwerk.")
        item = Item.objects.get()
        assert (item.external_id, item.title, item.duration_s) == ("yt:aaaaaaaaaaa", "Buurtwerk", 4350)
        assert item.event_start == datetime(2021, 9, 21, 12, tzinfo=UTC)
        assert item.text == "Over buurtwerk.\n\nAn Peeters"
        assert item.state == ItemState.NEW

    @pytest.mark.parametrize(
        "date",
        [
            "21/09/2021 14:00",
            "21.09.2021 14:00",
            "2021-09-21T14:00",
            "21-09-2021 14:00:00",
            "21/9/2021 14:00:00",
            "21/09/21 14:00",
            "21/09/2021 14h00",
            "21/09/2021 14u",
            "21-09-2021 14.00 uur",
        ],
    )
    def test_a_date_may_be_written_as_people_do(self, date):
        self.bring(f"Buurtwerk;{date};;;;;;")
        assert Item.objects.get().event_start == datetime(2021, 9, 21, 12, tzinfo=UTC)

    def test_a_video_and_its_announcement_in_one_row_are_one_recording_with_two_places(self, user):
        self.bring(f"Buurtwerk;;;;https://youtu.be/aaaaaaaaaaa;{POST};;")
        recording = accept(Item.objects.get(), user)
        platforms = dict(recording.sources.values_list("platform", "external_id"))
        assert platforms == {Platform.YOUTUBE: "yt:aaaaaaaaaaa", Platform.LINKEDIN: "li:6843120362218115072"}

    def test_a_session_without_a_video_waits_to_be_found_or_is_still_to_come(self, user):
        coming = timezone.localtime() + timedelta(days=9)
        self.bring("Voorbij;2021-09-21 14:00;;;;;;", f"Komt nog;{coming:%Y-%m-%d %H:%M};;;;;;")
        states = {accept(item, user).title_in()[0]: item for item in Item.objects.all()}
        assert set(states) == {"Voorbij", "Komt nog"}
        found = set(RecordingSource.objects.values_list("title", "recording__state"))
        assert found == {("Voorbij", RecordingState.NOT_FOUND), ("Komt nog", RecordingState.PLANNED)}

    @pytest.mark.parametrize(
        ("written", "seconds"),
        [
            ("1:12:30", 4350),
            ("01:12:00", 4320),
            ("1:12", 4320),
            ("0:45", 2700),
            ("72:30", 4350),
            ("45:10", 2710),
            ("72", 4320),
            ("72.0", 4320),
            ("72,5 min", 4350),
            ("72 min", 4320),
            ("72min.", 4320),
            ("72 minuten", 4320),
            ("72'", 4320),
            ("1u12", 4320),
            ("1 u 12", 4320),
            ("1 uur en 12 minuten", 4320),
            ("1h12m", 4320),
            ("1 h 12", 4320),
            ("1 h 12 min 30 s", 4350),
            ("1 Std. 12 Min.", 4320),
            ("1,5 uur", 5400),
            ("1.5 h", 5400),
            ("2 heures", 7200),
            ("PT1H12M", 4320),
            ("pt72m", 4320),
            ("3600 s", 3600),
        ],
    )
    def test_a_length_is_what_a_person_means(self, written, seconds):
        report = self.bring(f'Buurtwerk;;"{written}";;https://youtu.be/aaaaaaaaaaa;;;')
        assert Item.objects.get().duration_s == seconds
        assert report.remarks == []

    @pytest.mark.parametrize("written", ["een uurtje", "7:45", "72:30:00", "4320", "1:75", "0", "-5", "1:2:3:4"])
    def test_a_length_that_is_not_clear_is_left_out_and_said_with_its_row(self, written):
        report = self.bring(f"Buurtwerk;;{written};;https://youtu.be/aaaaaaaaaaa;;;")
        assert Item.objects.get().duration_s is None
        (remark,) = report.remarks
        assert (remark.where, written in remark.sentence, remark.sentence[-1]) == ("2", True, ".")

    @pytest.mark.parametrize("written", ["1,5", "1.5", "1,25", "2.15", "72,5", "1.30 u", "1,30 uur", "1.30 h 5 min"])
    def test_decimals_that_may_be_hours_or_minutes_are_not_guessed(self, written):
        report = self.bring(f"Buurtwerk;;{written};;https://youtu.be/aaaaaaaaaaa;;;")
        assert Item.objects.get().duration_s is None
        assert [written in remark.sentence for remark in report.remarks] == [True]

    @pytest.mark.parametrize(
        "row",
        [
            ";2021-09-21 14:00;;;;;;",
            "Titel;2021-02-30 14:00;;;;;;",
            "Titel;21 september;;;;;;",
            "Titel;2021-09-21;;;;;;",
            "Titel;1970-01-01 00:00;;;;;;",
            "Titel;;;;https://www.youtube.com/@dienst;;;",
            "Titel;;;;;https://www.linkedin.com/company/x;;",
            "Titel;;;;;;javascript:alert(1);",
            "Titel;;;;",
        ],
    )
    def test_a_row_that_cannot_be_right_is_left_out_with_its_line_and_a_sentence(self, row):
        report = self.bring("Goed;;;;https://youtu.be/aaaaaaaaaaa;;;", row)
        assert left_out(report) == ["3"]
        assert report.remarks[0].sentence.endswith(".")
        assert Item.objects.count() == 1

    @pytest.mark.parametrize(
        "content",
        [
            (FIXTURES / "C1_table_cp1252_guillemets.csv").read_bytes(),
            (FIXTURES / "C1_table_cp1252_guillemets.csv").read_bytes().decode("cp1252").encode("utf-16"),
            (FIXTURES / "C1_table_cp1252_guillemets.csv").read_bytes().replace(b";", b"\t"),
            b"sep=;\r\n" + (FIXTURES / "C1_table_cp1252_guillemets.csv").read_bytes(),
        ],
        ids=["as it came", "Unicode text", "tabs", "sep line"],
    )
    def test_a_table_of_a_french_excel_is_read(self, content):
        import_file("x.csv", content)
        item = Item.objects.get()
        assert (item.title, item.duration_s) == ("Prévention « sécurité »", 3600)

    def test_a_line_break_inside_quotation_marks_belongs_to_its_cell(self):
        self.bring('Buurtwerk;;;;https://youtu.be/aaaaaaaaaaa;;;"Regel een\nregel twee"', "Ander;;;;;;;")
        assert Item.objects.get(title="Buurtwerk").text == "Regel een\nregel twee"
        assert Item.objects.count() == 2

    def test_a_table_with_the_line_ends_of_an_old_macintosh_is_read(self):
        import_file("x.csv", (FIXTURES / "B6_mac_line_ends.csv").read_bytes())
        assert Item.objects.get().title == "Eerste"

    @pytest.mark.parametrize("language", ["nl", "fr", "en", "de"])
    def test_the_table_to_fill_in_is_understood_in_every_language_and_its_example_is_passed_over(self, language):
        with translation.override(language):
            given = empty_table()
        with translation.override("nl"):
            report = import_file("x.csv", (given + "Echt;;;;https://youtu.be/aaaaaaaaaaa;;;\r\n").encode())
        assert [item.title for item in Item.objects.all()] == ["Echt"]
        assert left_out(report) == []

    def test_a_corrected_table_brings_the_correction_and_nothing_twice(self):
        self.bring("Fout;2021-09-21 14:00;;;https://youtu.be/aaaaaaaaaaa;;;")
        report = self.bring("Juist;2021-09-21 14:00;;;https://youtu.be/aaaaaaaaaaa;;;")
        assert (report.log.n_new, report.log.n_changed) == (0, 1)
        assert Item.objects.get().title == "Juist"
        assert self.bring("Juist;2021-09-21 14:00;;;https://youtu.be/aaaaaaaaaaa;;;").log.outcome == Outcome.UNCHANGED

    def test_what_a_feed_knows_is_only_completed(self, source, answers):
        answers(Answer(feed(entry())))
        pull(source)
        self.bring("Andere titel;2021-09-21 14:00;1:00:00;;https://youtu.be/aaaaaaaaaaa;;;")
        item = Item.objects.get()
        assert (item.title, item.duration_s) == ("Webinar: buurtwerk", 3600)
        assert item.event_start is not None


class TestLinkedinExport:
    def test_posts_come_in_with_the_lines_of_their_text_and_the_moment_of_their_number(self, samples):
        report = import_file("Shares.csv", (samples / "linkedin" / "shares_synth_org_ok.csv").read_bytes())
        first = Item.objects.get(external_id="li:6843120362218061827")
        assert first.text.splitlines()[:3] == [
            "Webinar announcement",
            "",
            "Online safe spaces, 21 September 2021, 14:00 CEST",
        ]
        assert first.published_at == datetime(2021, 9, 13, 9, 57, 13, tzinfo=UTC)
        recording = Item.objects.get(external_id="li:6846352353289830403")
        assert recording.text.endswith("https://youtu.be/aaaaaaaaaa1"), "what it points at can be matched"
        assert Item.objects.filter(external_id="li:6861240454348800000").exists(), "of a group: not the group's number"
        assert report.log.n_new == 3
        assert len(left_out(report)) == 1

    def test_47_each_bad_row_is_reported_and_the_others_are_read(self, samples):
        report = import_file("Shares.csv", (samples / "linkedin" / "shares_synth_bad_rows.csv").read_bytes())
        ids = {item.external_id[-19:]: item for item in Item.objects.all()}
        assert set(ids) == {"6903987122995200003", "6905436674457600003"}
        assert left_out(report) == ["3", "4", "5", "6"]

    def test_47_a_formula_is_only_a_word(self):
        body = SHARES + f"""2022-03-01 09:00:00,{LINK}6904349510860800003,"=cmd|' /C calc'!A0",,,PUBLIC\n"""
        import_file("Shares.csv", body.encode())
        assert Item.objects.get().title == "=cmd|' /C calc'!A0"

    def test_47_a_mark_windows_lines_and_semicolons_are_read(self, samples):
        import_file("Shares.csv", (samples / "linkedin" / "shares_synth_bom_crlf_semicolon.csv").read_bytes())
        assert Item.objects.get().title == "Polarisierung; Schule – Webinar 3"

    def test_47_quotes_with_a_backslash_and_a_header_that_comes_again_are_read(self):
        body = (
            SHARES + f'2022-03-01 09:00:00,{LINK}6904349510860800003,"Zij zei \\"ja\\", en wij ook",,,PUBLIC\n' + SHARES
        )
        report = import_file("Shares.csv", body.encode())
        assert Item.objects.get().text == 'Zij zei "ja", en wij ook'
        assert left_out(report) == []

    @staticmethod
    def zipped(**file_adapters):
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in file_adapters.items():
                archive.writestr(name.replace("__", "/"), content)
        return written.getvalue()

    def test_of_a_zip_only_the_table_of_posts_is_opened(self, monkeypatch, tmp_path):
        opened, real = [], zipfile.ZipFile.open

        def noted(archive, entry, *more, **named):
            opened.append(entry.filename)
            return real(archive, entry, *more, **named)

        monkeypatch.setattr(zipfile.ZipFile, "open", noted)
        body = SHARES + f"2022-03-01 09:00:00,{LINK}6904349510860800003,Webinar,,,PUBLIC\n"
        content = self.zipped(**{"messages.csv": "geheim", "Export__Shares_7.csv": body, "Connections.csv": "geheim"})
        opened.clear()
        assert import_file("export.zip", content).log.n_new == 1
        assert opened == ["Export/Shares_7.csv"]

    def test_47_a_zip_that_would_write_elsewhere_writes_nothing(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        body = SHARES + f"2022-03-01 09:00:00,{LINK}6904349510860800003,Webinar,,,PUBLIC\n"
        assert import_file("x.zip", self.zipped(**{"..__..__Shares.csv": body})).log.n_new == 1
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (lambda zipped: zipped(**{"Shares.csv": b"a" * 200_000_000}), "too_large"),
            (lambda zipped: zipped(**{"Profile.csv": "x"}), "no_shares"),
            (lambda zipped: zipped(**{"Shares.csv": SHARES})[:60], "damaged"),
            (lambda zipped: zipped(**{"Shares.csv": SHARES}), "empty"),
        ],
    )
    def test_47_a_zip_bomb_a_wrong_or_a_damaged_zip_is_refused(self, content, code):
        with pytest.raises(UnusableDocument) as refused:
            import_file("x.zip", content(self.zipped))
        assert refused.value.code == code
        assert str(refused.value).endswith(".")


class TestVideoList:
    def bring(self, document):
        return import_file("lijst.json", json.dumps(document).encode())

    def test_the_list_of_a_channel_with_its_tabs_and_holes_is_read(self, samples):
        report = import_file("x.json", (samples / "yt-dlp" / "ytdlp_flat_channel_tabs_2026_shape.json").read_bytes())
        item = Item.objects.get(external_id="yt:cccccccccc1")
        assert (item.title, item.duration_s) == ("Webinar 1 – Online safe spaces", 3723)
        assert "yt:cccccccccc2" in left_out(report), "private"
        assert Item.objects.filter(broadcast=Broadcast.UPCOMING, reason=Reason.UPCOMING).exists()

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
    @pytest.mark.parametrize("between", ["", " "])
    def test_what_powershell_saved_is_read_also_line_by_line(self, encoding, between):
        line = (
            '{{"id": "aaaaaaaaaa{}", "ie_key": "Youtube", "title": "Hé, één", "description": "een\u2028twee\x85drie"}}'
        )
        text = between + "\r\n".join(line.format(number) for number in (1, 2)) + "\r\n"
        report = import_file("lijst.json", text.encode(encoding))
        assert (report.kind, report.log.n_new, report.remarks) == ("video_list", 2, [])
        assert set(Item.objects.values_list("title", flat=True)) == {"Hé, één"}

    def test_a_full_description_keeps_only_what_is_needed(self, samples):
        import_file("x.json", (samples / "yt-dlp" / "tubesync_metadata_2023-06-29.json").read_bytes())
        item = Item.objects.get()
        assert item.title and item.duration_s and item.published_at
        assert "googlevideo" not in json.dumps(list(Item.objects.values()), default=str)

    def test_an_old_list_is_read(self, samples):
        report = import_file("x.json", (samples / "yt-dlp" / "youtubedl_flat_playlist_2018.json").read_bytes())
        assert report.log.n_new >= 4

    def test_what_takeout_saves_in_the_shape_of_the_api_is_read(self, samples):
        report = import_file("x.json", (samples / "youtube-api" / "pyyt_videos_videos_info_multi.json").read_bytes())
        assert report.log.n_new == 2
        assert all(item.published_at and item.title for item in Item.objects.all())

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"{", "broken"),
            (b'{"error": "x"}', "wrong_file"),
            (b"[]", "wrong_file"),
            (b"[" * 100_000, "broken"),
            (b'{"id": 7, "title": ["x"]}', "wrong_file"),
        ],
    )
    def test_another_json_is_refused(self, content, code):
        with pytest.raises(UnusableDocument) as refused:
            import_file("x.json", content)
        assert refused.value.code == code


class TestCalendar:
    """What docs/feed-rules.md 5.5 asks; the rest is in test_calendars.py."""

    def bring(self, *lines, before=""):
        event = "\r\n".join(["BEGIN:VEVENT", "UID:a@b", "SUMMARY:Webinar", *lines, "END:VEVENT"])
        return import_file("x.ics", f"BEGIN:VCALENDAR\r\n{before}{event}\r\nEND:VCALENDAR\r\n".encode())

    @pytest.mark.parametrize(
        ("start", "hour"),
        [
            ("DTSTART:20260928T120000Z", 12),
            ("DTSTART;TZID=Europe/Brussels:20260928T140000", 12),
            ('DTSTART;TZID="/mozilla.org/20070129_1/Europe/Brussels":20260928T140000', 12),
            ("DTSTART;TZID=Romance Standard Time:20260928T140000", 12),
            ("DTSTART;TZID=Europe/Lisbon:20260928T140000", 13),
        ],
    )
    def test_a_session_is_at_its_moment_in_every_zone(self, start, hour):
        report = self.bring(start, "DURATION:PT1H30M", "DESCRIPTION:Een\\, twee\\n", " drie")
        item = Item.objects.get()
        assert item.event_start == datetime(2026, 9, 28, hour, tzinfo=UTC)
        assert item.event_end - item.event_start == timedelta(minutes=90)
        assert item.text == "Een, twee\ndrie"
        assert report.remarks == []

    def test_49_two_calendars_in_one_file_are_both_read(self, samples):
        report = import_file("x.ics", (samples / "ics" / "icalendar_issue_1050_multiple_calendars.ics").read_bytes())
        assert len(left_out(report)) == 2, "both events, neither of which says when it begins"

    def test_49_a_zone_that_only_the_file_knows_is_taken_with_its_one_offset(self, samples):
        import_file("x.ics", (samples / "ics" / "icalendar_issue_218_bad_tzid.ics").read_bytes())
        assert Item.objects.get().event_start == datetime(2017, 2, 28, 12, tzinfo=UTC)

    @pytest.mark.parametrize(
        "start",
        [
            "DTSTART;TZID=Middle Earth:20260928T140000",
            "DTSTART;VALUE=DATE:20260928",
            "DTSTART:straks",
            "DTSTART:20261328T140000Z",
            "DTSTART:19700101T000000Z",
            "X-NO-START:1",
        ],
    )
    def test_49_a_strange_zone_a_whole_day_or_no_beginning_is_reported(self, start):
        report = self.bring(start)
        assert len(left_out(report)) == 1
        assert report.remarks[0].sentence.endswith(".")
        assert not Item.objects.exists()

    @pytest.mark.parametrize("end", ["DURATION:P999999999999999999W", "DTEND:20200101T000000Z", "DTEND:x"])
    def test_49_an_end_that_makes_no_sense_is_left_out_and_said(self, end):
        report = self.bring("DTSTART:20260928T120000Z", end)
        assert Item.objects.get().event_end is None
        assert len(report.remarks) == 1

    def test_49_every_captured_calendar_is_read_or_reported(self, samples):
        for path in sorted((samples / "ics").iterdir()):
            try:
                import_file(path.name, path.read_bytes())
            except UnusableDocument as error:
                assert str(error).endswith("."), path.name

    def test_a_session_that_was_moved_is_the_same_item(self):
        self.bring("DTSTART:20260928T120000Z")
        self.bring("DTSTART:20261005T120000Z")
        assert Item.objects.get().event_start == datetime(2026, 10, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("x.csv", b"", "empty"),
        ("x.csv", b"\xef\xbb\xbf \n", "empty"),
        ("x.csv", b"naam;adres\n1;2\n", "unknown_file"),
        ("x.jpg", b"\xff\xd8\xff\xe0" + bytes(range(256)), "unknown_file"),
        ("x.csv", b"title;date\n" + b"x" * 5_000_001, "too_large"),
    ],
)
def test_a_file_that_is_none_of_these_is_refused_with_a_sentence(name, content, code):
    with pytest.raises(UnusableDocument) as refused:
        import_file(name, content)
    assert refused.value.code == code
    assert str(refused.value).endswith(".")
    assert not Source.objects.exists()


@given(
    st.sampled_from(
        [b"title;date;length;youtube\n", b"sep=,\ntitle,date,youtube\r", b"sharelink,sharecommentary\n", b"{", b""]
    ),
    st.one_of(
        st.binary(max_size=120),
        st.lists(st.sampled_from(["a;b", '"', '\\"', "\n", ";;;", "\x00", "1:12", "2021-09-21 14:00", "é"])).map(
            lambda parts: "".join(parts).encode("cp1252")
        ),
    ),
)
@settings(derandomize=True, max_examples=200, deadline=None)
def test_any_bytes_are_read_or_refused_with_a_sentence(beginning, rest):
    for adapter in file_adapters():
        if adapter.recognises("x", beginning + rest):
            try:
                read = adapter.read("x", beginning + rest)
            except UnusableDocument as error:
                assert str(error).endswith(".")
            else:
                assert all(remark.sentence.endswith(".") for remark in read.remarks)


class TestInTheAdmin:
    @pytest.fixture
    def staff(self, client):
        client.force_login(get_user_model().objects.create_superuser("baas", password="x"))
        return client

    def test_the_report_says_what_came_in_and_what_did_not(self, staff):
        body = "title;date;youtube\nGoed;;https://youtu.be/aaaaaaaaaaa\n<b>;morgen;\n"
        upload = SimpleUploadedFile("x.csv", body.encode())
        page = staff.post(reverse("feeds:bring_in_file"), {"file": upload}).content.decode()
        assert "morgen" in page
        assert Item.objects.get().title == "Goed"
        assert "Goed" in staff.get(reverse("wagtailsnippets_feeds_item:list")).content.decode()

    def test_what_cannot_be_used_is_said_beside_the_field(self, staff):
        page = staff.post(
            reverse("feeds:bring_in_file"), {"file": SimpleUploadedFile("x.pdf", b"%PDF-1.7 hallo")}
        ).content.decode()
        assert "error-message" in page

    def test_the_table_to_fill_in_can_be_taken_along(self, staff):
        response = staff.get(reverse("feeds:own_table"))
        assert response["Content-Disposition"].startswith("attachment")
        assert response.content.decode().startswith("\ufeff")

    def test_the_source_of_files_is_looked_at_and_never_pulled(self, staff):
        import_file("x.csv", b"title;date;youtube\nGoed;;https://youtu.be/aaaaaaaaaaa\n")
        source = Source.objects.get()
        page = staff.get(reverse("wagtailsnippets_feeds_source:inspect", args=[source.pk])).content.decode()
        assert "/pull/" not in page
        assert staff.get(reverse("wagtailsnippets_feeds_source:edit", args=[source.pk])).status_code == 200
        Source.objects.update(enabled=True)
        assert due_sources() == []
        assert pull(source).outcome == Outcome.REFUSED

    def test_who_may_not_pull_brings_in_nothing(self, client, user):
        client.force_login(user)
        assert client.get(reverse("feeds:bring_in_file")).status_code in (302, 403)
        assert client.get(reverse("feeds:own_table")).status_code in (302, 403)
