"""The webinars page: what is still to come first, then what was kept, by year and with filters."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.topics.models import Topic
from portal.webinars.models import Series
from tests.markup import links, soup, text_of
from tests.webinars.factories import make_caption, make_recording, make_source, make_speaker

pytestmark = pytest.mark.django_db

PATH = "/nl/webinars/"


def held(year, month=5):
    return datetime(year, month, 4, 12, tzinfo=UTC)


def sections(client, path=PATH):
    """The two parts of the page: the sessions to come, the archive."""
    html = soup(client.get(path)).main
    return tuple(html.select_one(f'section[aria-labelledby="{name}"]') for name in ("to-come", "archive"))


def titles(part):
    return [text_of(title) for title in part.select(".card__title > a")]


def years(archive):
    return [text_of(heading) for heading in archive.select("h3:not(.card__title)")]


def test_without_a_session_the_page_says_so_and_offers_the_calendar(client, site):
    to_come, archive = sections(client)
    assert _("No session is planned at the moment") in text_of(to_come)
    assert _("The archive is still empty") in text_of(archive)
    assert "/calendar/nl.ics" in links(soup(client.get(PATH))).values()


def test_the_next_session_stands_first_and_not_in_the_archive(client, site):
    now = timezone.now()
    make_recording("later", title_nl="Later", state="planned", event_start=now + timedelta(days=40))
    make_recording("soon", title_nl="Binnenkort", state="planned", event_start=now + timedelta(days=2))
    make_recording("undated", title_nl="Ooit", state="planned")
    make_recording("now", title_nl="Nu", state="live", event_start=now - timedelta(minutes=10))
    to_come, archive = sections(client)
    assert titles(to_come) == ["Nu", "Binnenkort", "Later", "Ooit"]
    assert titles(archive) == []


def test_a_session_of_which_the_hour_has_passed_moves_to_the_archive(client, site):
    start = timezone.now() - timedelta(hours=2)
    make_recording(
        "ended", title_nl="Voorbij", state="planned", event_start=start, event_end=start + timedelta(hours=1)
    )
    make_recording("going", title_nl="Bezig", state="planned", event_start=start)
    to_come, archive = sections(client)
    assert titles(to_come) == ["Bezig"]
    assert titles(archive) == ["Voorbij"]
    assert _("Recording not available yet") in text_of(archive)


def test_recordings_stand_by_year_the_newest_first_and_undated_ones_last(client, site):
    make_recording("a", title_nl="Uit 2019", event_start=held(2019))
    make_recording("b", title_nl="Mei 2021", event_start=held(2021))
    make_recording("c", title_nl="Aangekondigd 2021", announced_at=held(2021, 9), state="not_found")
    make_source(make_recording("d", title_nl="Verschenen 2020"), published_at=held(2020))
    make_recording("e", title_nl="Zonder datum")
    _to_come, archive = sections(client)
    assert years(archive) == ["2021", "2020", "2019", _("Without a date")]
    assert titles(archive) == ["Aangekondigd 2021", "Mei 2021", "Verschenen 2020", "Uit 2019", "Zonder datum"]
    assert _("Recording not found yet") in text_of(archive)


def test_the_year_is_that_of_the_place(client, site):
    make_recording("new-year", event_start=datetime(2020, 12, 31, 23, 30, tzinfo=UTC))  # half past midnight in Mechelen
    assert years(sections(client)[1]) == ["2021"]


@pytest.fixture
def varied(site):
    topic = Topic.objects.create(key="safe-space", label_nl="veilige ruimte", live=True)
    series = Series.objects.create(key="orpheus", title_nl="ORPHEUS-webinars", live=True)
    ann, shy = make_speaker(), make_speaker("shy", "Wil Niet", consent=False)
    a = make_recording(
        "a", title_nl="A", topics=[topic], series=series, spoken_language="nl", event_start=held(2021), speakers=[ann]
    )
    make_caption(a)
    make_recording("b", title_nl="B", topics=[topic], spoken_language="en", duration_s=600, event_start=held(2020))
    make_recording("c", title_nl="C", series=series, spoken_language="en", duration_s=7200, speakers=[shy])
    make_recording("silent", title_nl="Stil", spoken_language="zxx")
    make_recording("unknown", title_nl="Onbekend")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"A", "B", "C", "Stil", "Onbekend"}),
        ("topic=safe-space", {"A", "B"}),
        ("series=orpheus", {"A", "C"}),
        ("language=en", {"B", "C"}),
        ("language=zxx", {"Stil"}),
        ("language=nl&language=zxx", {"A", "Stil"}),
        ("topic=safe-space&language=en", {"B"}),
        ("year=2021", {"A"}),
        ("year=2020&year=2021", {"A", "B"}),
        ("length=short", {"B"}),
        ("length=long&language=en", {"C"}),
        ("transcript=text", {"A"}),
        ("speaker=ann", {"A"}),
        ("speaker=shy", set()),
        ("year=nonsense", set()),
        ("language=xx", {"A", "B", "C", "Stil", "Onbekend"}),
        ("page=99&topic=safe-space", {"A", "B"}),
        ("page=nonsense", {"A", "B", "C", "Stil", "Onbekend"}),
    ],
)
def test_filters_are_addresses(client, varied, query, expected):
    assert set(titles(sections(client, f"{PATH}?{query}")[1])) == expected


def test_a_filter_counts_without_its_own_choice(client, varied):
    archive = sections(client, f"{PATH}?language=en")[1]
    options = {field["value"]: text_of(field.parent) for field in archive.select("label > input[name=language]")}
    assert [options[language].split()[-1] for language in ("nl", "en", "zxx")] == ["1", "2", "1"]
    assert text_of(archive.select_one("label span[lang=en]")) == "English"
    assert not archive.select("[lang=zxx]")


def test_a_speaker_who_did_not_agree_is_no_filter(client, varied):
    archive = sections(client, f"{PATH}?speaker=ann")[1]
    assert "Ann Peeters" in text_of(archive)
    assert "Wil Niet" not in str(archive)


def test_the_feed_of_a_selection_has_what_the_archive_shows(client, varied):
    html = soup(client.get(f"{PATH}?topic=safe-space&language=en"))
    feed = html.select_one('[href^="/feeds/nl/webinars.xml?"]')["href"]
    entries = re.findall(r"<entry [^>]*><title>([^<]*)</title>", client.get(feed).content.decode())
    assert entries == ["B"]


def test_filters_that_leave_nothing_offer_the_way_back(client, varied):
    archive = sections(client, f"{PATH}?topic=nothing-of-the-kind")[1]
    assert titles(archive) == []
    assert _("No recordings found") in text_of(archive)
    assert PATH in links(archive).values()


def test_twenty_four_stand_on_a_page(client, site):
    for number in range(26):
        make_recording(f"r-{number}", title_nl=f"Opname {number}", event_start=held(2020) + timedelta(days=number))
    assert len(titles(sections(client)[1])) == 24
    assert titles(sections(client, f"{PATH}?page=2")[1]) == ["Opname 1", "Opname 0"]


def test_the_french_page_lists_dutch_recordings_marked_so(client, site, webinars_in_french):
    make_recording("both", title_nl="Beide", title_fr="Les deux", slug_fr="les-deux")
    make_recording("dutch", title_nl="Alleen Nederlands")
    archive = sections(client, "/fr/webinaires/")[1]
    assert links(archive)["Les deux"] == "/fr/webinaires/les-deux/"
    assert links(archive)["Alleen Nederlands"] == "/fr/webinaires/dutch/"
    assert [text_of(link) for link in archive.select("a[hreflang=nl]")] == ["Alleen Nederlands"]


def test_hidden_recordings_are_not_listed(client, site):
    make_recording("hidden", live=False)
    assert titles(sections(client)[1]) == []


def test_the_page_costs_the_same_however_many_recordings(varied, cost_of):
    few = cost_of(PATH)
    for number in range(30):
        make_caption(make_recording(f"more-{number}", event_start=held(2000 + number)))
    assert cost_of(PATH) == few
