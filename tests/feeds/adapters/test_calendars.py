"""A calendar file brings the sessions that take place, at their hour; what moves or is called off later is said."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.feeds.adapters.calendar_file import CalendarFile
from portal.feeds.choices import ChangeKind, ItemState, Reason
from portal.feeds.errors import DecisionError, UnusableDocument
from portal.feeds.models import Item, Source, SourceChange
from portal.feeds.pulling.file_import import import_file
from portal.feeds.reading.item_ids import scoped_id
from portal.feeds.review.decisions import accept
from portal.webinars.choices import SourceState
from portal.webinars.public.recording_page import recording_page
from portal.webinars.selectors import upcoming_sessions
from tests.captured import ROOT
from tests.markup import soup, text_of

pytestmark = pytest.mark.django_db

FIXTURES = ROOT / "tests" / "fixtures" / "feeds"
NEXT_YEAR = timezone.now().year + 1


def calendar(*events, before=()):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", *before]
    for event in events:
        lines += ["BEGIN:VEVENT", *event, "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def bring(*events, before=()):
    return import_file("x.ics", calendar(*events, before=before))


def session(*lines, uid="1", title="Webinar"):
    return [f"UID:{uid}", f"SUMMARY:{title}", *lines]


def starts():
    return [f"{item.event_start:%m-%d %H:%M}" for item in Item.objects.order_by("event_start")]


def only():
    return Item.objects.get()


@pytest.fixture
def user():
    return get_user_model().objects.create_superuser("baas", password="x")


class TestWhatAnEventSays:
    def test_the_words_and_length_of_an_alarm_are_not_those_of_the_session(self):
        import_file("x.ics", (FIXTURES / "E1_alarm_words.ics").read_bytes())
        assert (only().text, only().event_end) == ("", None)

    def test_a_line_folded_inside_a_letter_is_put_together_before_it_is_read(self):
        import_file("x.ics", (FIXTURES / "C3_ics_folded_in_letter.ics").read_bytes())
        assert only().title == "Prévention"

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    def test_every_fold_of_every_encoding_gives_the_same_words(self, encoding):
        title = "Prévention et sécurité «\xa0à l’école\xa0» – Größe"
        written = calendar(session("DTSTART:20261210T120000Z", title=title)).decode()
        folded = written.encode(encoding)
        if encoding != "utf-16":
            at = folded.index(b"Pr")
            cut = range(at, at + len(title.encode(encoding)), 3)
            folded = b"".join(b"\r\n " + bytes([byte]) if n in cut else bytes([byte]) for n, byte in enumerate(folded))
        import_file("x.ics", folded)
        assert only().title == " ".join(title.split())

    def test_place_and_link_are_kept(self):
        bring(
            session(
                "DTSTART:20261210T120000Z",
                "LOCATION:Stadhuis\\, zaal 2",
                "DESCRIPTION:Over hinder.",
                "URL:https://mechelen.be/x",
            )
        )
        assert (only().text, only().url) == ("Over hinder.\n\nStadhuis, zaal 2", "https://mechelen.be/x")

    @pytest.mark.parametrize(
        ("lines", "link"),
        [
            (["CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://meet.example.org/a"], "https://meet.example.org/a"),
            (["X-GOOGLE-CONFERENCE:https://meet.google.com/abc"], "https://meet.google.com/abc"),
            (["LOCATION:https://zoom.us/j/123"], "https://zoom.us/j/123"),
            (
                ["DESCRIPTION:Klik https://teams.microsoft.com/l/meetup-join/19.x\\nHulp: https://aka.ms/help"],
                "https://teams.microsoft.com/l/meetup-join/19.x",
            ),
            (["URL:mailto:x@y.be"], ""),
            (["URL:https://een adres"], ""),
        ],
    )
    def test_the_link_is_where_one_takes_part(self, lines, link):
        bring(session("DTSTART:20261210T120000Z", *lines))
        assert only().url == link

    def test_a_description_in_html_alone_becomes_text(self):
        bring(
            session(
                "DTSTART:20261210T120000Z", "X-ALT-DESC;FMTTYPE=text/html:<html><p>Over <b>hinder</b></p><p>en rust</p>"
            )
        )
        assert only().text == "Over hinder\nen rust"

    def test_a_semicolon_too_much_does_no_harm(self):
        bring(session("DTSTART;;VALUE=DATE-TIME:20261210T120000Z"))
        assert starts() == ["12-10 12:00"]

    def test_a_broken_event_costs_itself_only(self):
        report = bring(session("DTSTART:onzin", uid="1"), session("DTSTART:20261210T120000Z", "DURATION:PT1H", uid="2"))
        assert starts() == ["12-10 12:00"]
        assert [remark.sentence for remark in report.remarks if remark.left_out] != []

    def test_a_file_that_ends_in_the_middle_of_an_event_says_so(self):
        whole = calendar(session("DTSTART:20261210T120000Z", uid="1"), session("DTSTART:20261211T120000Z", uid="2"))
        report = import_file("x.ics", whole[: whole.rindex(b"END:VEVENT")])
        assert starts() == ["12-10 12:00"]
        assert len(report.remarks) == 1


class TestZones:
    def zone(self, name, standard="+0100", daylight="+0200"):
        return [
            "BEGIN:VTIMEZONE", f"TZID:{name}",
            "BEGIN:STANDARD", "DTSTART:16010101T030000", f"TZOFFSETFROM:{daylight}", f"TZOFFSETTO:{standard}",
            "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "END:STANDARD",
            "BEGIN:DAYLIGHT", "DTSTART:16010101T020000", f"TZOFFSETFROM:{standard}", f"TZOFFSETTO:{daylight}",
            "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "END:DAYLIGHT", "END:VTIMEZONE",
        ]  # fmt: skip

    def test_the_zone_that_outlook_defines_is_the_one_meant(self):
        import_file("x.ics", (FIXTURES / "E3_outlook_zone.ics").read_bytes())
        assert starts() == ["12-10 13:00"]

    @pytest.mark.parametrize(
        "name", ["Customized Time Zone", "Western/Central Europe", "Romance Standard Time", "X: Y"]
    )
    def test_what_the_file_defines_goes_before_any_table(self, name):
        bring(session(f'DTSTART;TZID="{name}":20261210T140000'), before=self.zone(name, "+0530", "+0630"))
        assert starts() == ["12-10 08:30"]

    def test_a_zone_of_one_file_means_nothing_in_the_next(self):
        name = "Customized Time Zone"
        bring(session(f"DTSTART;TZID={name}:20261210T140000", uid="1"), before=self.zone(name))
        bring(session(f"DTSTART;TZID={name}:20261210T140000", uid="2"), before=self.zone(name, "-0500", "-0400"))
        report = bring(session(f"DTSTART;TZID={name}:20261210T140000", uid="3"))
        assert starts() == ["12-10 13:00", "12-10 19:00"]
        assert name in report.remarks[0].sentence

    def test_summer_and_winter_are_told_apart(self):
        name = "(GMT+01.00) Sarajevo/Warsaw/Zagreb"
        bring(
            session(f'DTSTART;TZID="{name}":20260610T140000', uid="1"),
            session(f'DTSTART;TZID="{name}":20261210T140000', uid="2"),
            before=self.zone(name),
        )
        assert starts() == ["06-10 12:00", "12-10 13:00"]

    @pytest.mark.parametrize(
        ("name", "start"),
        [
            ('"(UTC+01:00) Brussels, Copenhagen, Madrid, Paris"', "13:00"),
            ("(UTC+01:00) Brussels, Copenhagen, Madrid, Paris", "13:00"),
            ("W. Europe Standard Time", "13:00"),
            ("Turkey Standard Time", "11:00"),
            ("Azores Standard Time", "15:00"),
            ("UTC", "14:00"),
            ("GMT+0200", "12:00"),
            ("Europe/Brussels", "13:00"),
        ],
    )
    def test_a_zone_that_no_file_defines_is_known_by_its_name(self, name, start):
        bring(session(f"DTSTART;TZID={name}:20261210T140000"))
        assert starts() == [f"12-10 {start}"]

    def test_a_time_without_zone_is_that_of_the_portal_and_said(self):
        report = bring(session("DTSTART:20261210T140000"))
        assert starts() == ["12-10 13:00"]
        assert len(report.remarks) == 1


class TestSeries:
    def series(self, rule, *lines, start="20261102T101500", **named):
        return session(f"DTSTART;TZID=Europe/Brussels:{start}", f"RRULE:{rule}", "DURATION:PT1H", *lines, **named)

    def test_only_the_sessions_that_take_place_come_in(self):
        report = import_file("x.ics", (FIXTURES / "E5_series_with_cancelled_day.ics").read_bytes())
        assert starts() == ["11-02 09:15", "11-16 09:15", "11-23 09:15", "11-30 09:15", "12-07 09:15"]
        assert [remark.left_out for remark in report.remarks] == [True]

    def test_days_are_left_out_added_and_moved(self):
        bring(
            self.series(
                "FREQ=WEEKLY;COUNT=3",
                "EXDATE;TZID=Europe/Brussels:20261109T101500",
                "RDATE;TZID=Europe/Brussels:20261118T140000",
            ),
            session(
                "RECURRENCE-ID;TZID=Europe/Brussels:20261116T101500", "DTSTART:20261117T080000Z", title="Verplaatst"
            ),
        )
        assert starts() == ["11-02 09:15", "11-17 08:00", "11-18 13:00"]
        assert Item.objects.get(title="Verplaatst").event_start.day == 17

    @pytest.mark.parametrize(
        ("change", "left"),
        [
            ("STATUS:CANCELLED", ["11-02 09:15", "11-16 09:15"]),
            ("DTSTART:20261110T080000Z", ["11-02 09:15", "11-10 08:00", "11-16 09:15"]),
        ],
    )
    def test_a_change_that_names_only_the_day_of_its_session_is_of_that_session(self, change, left):
        lines = ["RECURRENCE-ID;VALUE=DATE:20261109", change]
        if change == "STATUS:CANCELLED":
            lines.append("DTSTART;TZID=Europe/Brussels:20261109T101500")
        bring(self.series("FREQ=WEEKLY;COUNT=3"), session(*lines))
        assert starts() == left

    def test_a_change_of_a_session_and_all_that_follow_loses_none_of_them(self):
        bring(
            self.series("FREQ=WEEKLY;COUNT=4"),
            session(
                "RECURRENCE-ID;TZID=Europe/Brussels;RANGE=THISANDFUTURE:20261109T101500",
                "DTSTART;TZID=Europe/Brussels:20261109T140000",
            ),
        )
        assert starts() == ["11-02 09:15", "11-09 13:00", "11-16 13:00", "11-23 13:00"]

    def test_a_day_that_is_left_out_without_an_hour_is_left_out(self):
        bring(self.series("FREQ=WEEKLY;COUNT=3", "EXDATE;VALUE=DATE:20261109"))
        assert starts() == ["11-02 09:15", "11-16 09:15"]

    def test_a_series_keeps_its_hour_when_the_clock_changes(self):
        bring(self.series("FREQ=WEEKLY;COUNT=2", start="20261020T100000"))
        assert starts() == ["10-20 08:00", "10-27 09:00"]

    def test_the_day_until_which_it_lasts_is_part_of_it(self):
        bring(self.series("FREQ=WEEKLY;UNTIL=20261109"))
        assert starts() == ["11-02 09:15", "11-09 09:15"]

    def test_a_series_without_end_is_taken_for_a_year_and_that_is_said(self):
        begin = timezone.now() - timedelta(days=800)
        report = bring(self.series("FREQ=MONTHLY", start=f"{begin:%Y%m}05T100000"))
        first, last = (Item.objects.order_by(f"{sign}event_start").first().event_start for sign in ("", "-"))
        assert timedelta(days=320) < timezone.now() - first < timedelta(days=367)
        assert timedelta(days=320) < last - timezone.now() < timedelta(days=367)
        assert len(report.remarks) == 1 and not report.remarks[0].left_out

    @pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=HOURLY;COUNT=5", "FREQ=NOOIT", "onzin"])
    def test_a_rule_that_makes_no_sense_gives_the_first_time_and_is_said(self, rule):
        report = bring(self.series(rule))
        assert starts() == ["11-02 09:15"]
        assert len(report.remarks) == 1

    @pytest.mark.no_database  # what takes long is to look for a day that never comes
    @pytest.mark.parametrize(
        "rule", ["FREQ=DAILY;COUNT=3;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"]
    )
    def test_a_rule_that_never_comes_true_ends(self, rule):
        bring(self.series(rule))
        assert starts() == ["11-02 09:15"]

    def test_a_series_of_long_ago_is_left_out_with_a_sentence(self):
        report = bring(self.series("FREQ=DAILY;COUNT=5", start="19960401T100000"))
        assert [remark.left_out for remark in report.remarks] == [True]

    def test_bringing_it_in_again_changes_nothing(self):
        event = self.series("FREQ=WEEKLY;COUNT=4")
        bring(event)
        report = bring(event)
        assert (Item.objects.count(), report.log.n_new, report.log.n_changed) == (4, 0, 0)

    def test_a_series_whose_hour_moves_has_the_same_sessions(self):
        bring(self.series("FREQ=WEEKLY;COUNT=3"))
        before = {item.pk for item in Item.objects.all()}
        bring(self.series("FREQ=WEEKLY;COUNT=3", start="20261102T113000"))
        assert starts() == ["11-02 10:30", "11-09 10:30", "11-16 10:30"]
        assert {item.pk for item in Item.objects.all()} == before

    def test_the_first_session_that_came_in_before_series_were_read_is_not_doubled(self):
        old = sha256(b"1\n").hexdigest()[:40]
        source = Source.objects.create(kind="calendar_file", config="", name="Kalender", enabled=False)
        now = timezone.now()
        item = Item.objects.create(
            source=source,
            external_id=scoped_id(source, f"ics:{old}"),
            title="Reeks",
            first_seen=now,
            last_seen=now,
            fetched_at=now,
        )
        bring(self.series("FREQ=WEEKLY;COUNT=2", title="Reeks"))
        item.refresh_from_db()
        assert (Item.objects.count(), item.event_start) == (2, datetime(2026, 11, 2, 9, 15, tzinfo=UTC))

    def test_a_single_event_keeps_the_identity_that_it_always_had(self):
        bring(session("DTSTART:20261210T120000Z", uid="a@b"))
        uid = sha256(b"a@b\n").hexdigest()[:40]
        assert only().external_id == scoped_id(Source.objects.get(), f"ics:{uid}")


class TestVersions:
    @pytest.mark.parametrize("order", [(0, 1), (1, 0)])
    def test_the_newest_version_of_an_event_counts_wherever_it_stands(self, order):
        versions = [
            session("SEQUENCE:2", "DTSTART:20261210T120000Z", "DTSTAMP:20260101T000000Z"),
            session("SEQUENCE:10", "DTSTART:20261211T120000Z", "DTSTAMP:20260101T000000Z"),
        ]
        bring(*(versions[number] for number in order))
        assert starts() == ["12-11 12:00"]

    def test_an_older_file_does_not_undo_a_newer_one(self):
        bring(session("DTSTART:20261211T120000Z", "LAST-MODIFIED:20260202T000000Z"))
        bring(session("DTSTART:20261210T120000Z", "LAST-MODIFIED:20260101T000000Z"))
        bring(session("DTSTART:20261210T120000Z", "STATUS:CANCELLED", "LAST-MODIFIED:20260101T000000Z"))
        assert (starts(), only().reason) == (["12-11 12:00"], "")

    @pytest.mark.parametrize(
        ("lines", "before"), [(["STATUS:CANCELLED"], ()), ([], ["METHOD:CANCEL"])], ids=["status", "method"]
    )
    def test_what_is_called_off_from_the_start_does_not_come_in(self, lines, before):
        report = bring(session("DTSTART:20261210T120000Z", *lines), before=before)
        assert not Item.objects.exists()
        assert [remark.left_out for remark in report.remarks] == [True]

    def test_an_invitation_and_its_cancellation_in_one_file_bring_nothing(self):
        one = calendar(session("SEQUENCE:0", "DTSTART:20261210T120000Z"), before=["METHOD:REQUEST"])
        other = calendar(session("SEQUENCE:1", "DTSTART:20261210T120000Z"), before=["METHOD:CANCEL"])
        import_file("x.ics", one + other)
        assert not Item.objects.exists()


class TestWhatHappensLater:
    start = f"DTSTART:{NEXT_YEAR}0610T120000Z"

    def test_a_session_that_waits_says_that_it_was_called_off_and_cannot_be_accepted(self, user):
        bring(session(self.start))
        report = bring(session(self.start, "STATUS:CANCELLED"))
        assert (only().reason, only().state, report.log.n_changed) == (Reason.CALLED_OFF, ItemState.NEW, 1)
        with pytest.raises(DecisionError):
            accept(only(), user)
        bring(session(self.start, "STATUS:CONFIRMED"))
        assert only().reason == ""

    def test_of_a_recording_staff_are_asked_and_visitors_read_it(self, user):
        bring(session(self.start))
        recording = accept(only(), user)
        recording.get_latest_revision().publish()
        assert recording in upcoming_sessions()
        bring(session(self.start, "STATUS:CANCELLED"))
        assert recording not in upcoming_sessions()
        place = recording.sources.get()
        assert place.state == SourceState.CALLED_OFF
        assert recording_page(recording, "nl", {}).is_called_off
        assert SourceChange.objects.get(choice="").kind == ChangeKind.CALLED_OFF
        bring(session(self.start))
        assert not SourceChange.objects.filter(choice="").exists()

    def test_a_recording_whose_session_moved_waits_for_a_choice(self, user):
        bring(session(self.start))
        recording = accept(only(), user)
        bring(session(self.start.replace("T12", "T14")))
        change = SourceChange.objects.get()
        assert (change.kind, change.place.recording) == (ChangeKind.RESCHEDULED, recording)

    def test_what_a_series_does_not_have_any_more_was_called_off(self):
        rule = f"DTSTART:{NEXT_YEAR}0610T120000Z"
        bring(session(rule, "RRULE:FREQ=DAILY;COUNT=4"))
        bring(session(rule, "RRULE:FREQ=DAILY;COUNT=3", f"EXDATE:{NEXT_YEAR}0611T120000Z"))
        off = Item.objects.filter(reason=Reason.CALLED_OFF).order_by("event_start")
        assert [item.event_start.day for item in off] == [11, 13]

    @pytest.mark.parametrize(
        "change",
        [
            [f"DTSTART;VALUE=DATE:{NEXT_YEAR}0212", "SUMMARY:Webinar"],
            [f"DTSTART;TZID=Nergens:{NEXT_YEAR}0212T100000", "SUMMARY:Webinar"],
            [f"DTSTART:{NEXT_YEAR}0212T100000Z"],
        ],
    )
    def test_a_change_that_cannot_be_read_calls_nothing_off_and_is_said_once(self, user, change):
        event = session(
            f"DTSTART:{NEXT_YEAR}0205T100000Z", "RRULE:FREQ=WEEKLY;COUNT=3", "LAST-MODIFIED:20260101T100000Z"
        )
        bring(event)
        for item in Item.objects.all():
            accept(item, user)
        report = bring(
            [*event, "LAST-MODIFIED:20260201T100000Z"], ["UID:1", f"RECURRENCE-ID:{NEXT_YEAR}0212T100000Z", *change]
        )
        assert len(report.remarks) == 1
        assert not SourceChange.objects.exists()

    def test_a_series_that_is_called_off_is_so_with_all_its_sessions(self):
        rule = f"DTSTART:{NEXT_YEAR}0610T120000Z"
        bring(session(rule, "RRULE:FREQ=DAILY;COUNT=3"), session(rule, uid="2"))
        bring(session(rule), before=["METHOD:CANCEL"])
        assert Item.objects.filter(reason=Reason.CALLED_OFF).count() == 3

    def test_the_day_and_hour_stand_in_the_list_before_it_is_accepted(self, user, client):
        bring(session("DTSTART:20261210T120000Z", "DURATION:PT90M"))
        client.force_login(user)
        for address in (
            reverse("wagtailsnippets_feeds_item:list"),
            reverse("wagtailsnippets_feeds_item:inspect", args=[only().pk]),
        ):
            page = text_of(soup(client.get(address)))
            assert "13:00 – 14:30" in page
            assert "10 december 2026" in page


PIECES = """
BEGIN:VCALENDAR
END:VCALENDAR
BEGIN:VEVENT
END:VEVENT
BEGIN:VALARM
END:VALARM
BEGIN:VTIMEZONE
END:VTIMEZONE
BEGIN:STANDARD
END:STANDARD
TZID:X
TZOFFSETFROM:+0100
TZOFFSETTO:-99999
TZOFFSETTO:+0200
UID:1
UID:
SUMMARY:Titel
DTSTART:20261210T120000Z
DTSTART;TZID=X:20261210T120000
DTSTART;VALUE=DATE:20261210
DTSTART:00010101T000000
DTSTART:99991231T235959Z
DTEND:20261210T120000
DTEND;VALUE=DATE:20261211
DURATION:-P1D
DURATION:P1W
RRULE:FREQ=DAILY;COUNT=2
RRULE:FREQ=WEEKLY
RRULE:FREQ=DAILY;INTERVAL=0
RRULE:FREQ=YEARLY;UNTIL=1
RDATE:20261211T120000Z
RDATE;VALUE=PERIOD:20261211T120000Z/PT1H
RDATE;VALUE=DATE:20261212
EXDATE:20261210
EXDATE;TZID=X:20261210T120000,x
RECURRENCE-ID:20261210T120000Z
RECURRENCE-ID;RANGE=THISANDFUTURE:20261210T120000Z
RECURRENCE-ID;VALUE=DATE:20261210
SEQUENCE:99999999999999
SEQUENCE:x
STATUS:CANCELLED
METHOD:CANCEL
X-WR-TIMEZONE:Nergens
LAST-MODIFIED:20261210
;:
:
é
""".split("\n")


@given(st.lists(st.sampled_from(PIECES), max_size=14), st.booleans())
@settings(
    derandomize=True,
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_calendar_is_read_or_refused_with_a_sentence(lines, whole):
    if whole:
        lines = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "SUMMARY:Titel", "DTSTART:20261210T120000Z", *lines, "END:VEVENT"]
    try:
        read = CalendarFile().read("x.ics", "\r\n".join(lines).encode())
    except UnusableDocument as error:
        assert str(error).endswith(".")
    else:
        assert all(remark.sentence.endswith((".", "?")) for remark in read.remarks)


@given(st.binary(max_size=200))
@settings(derandomize=True, max_examples=100, deadline=None)
def test_any_bytes_in_a_calendar_are_read_or_refused_with_a_sentence(content):
    try:
        CalendarFile().read("x.ics", b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261210T120000Z\n" + content)
    except UnusableDocument as error:
        assert str(error).endswith(".")
