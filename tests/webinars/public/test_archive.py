"""The webinars page: what is still to come first, then what was kept, by year and with filters."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.links.models import OutsideLink
from portal.topics.models import Topic
from portal.webinars.models import Series
from tests.markup import links, soup, text_of
from tests.webinars.factories import make_caption, make_recording, make_source, make_speaker, make_watchable

pytestmark = pytest.mark.django_db

PATH = "/nl/webinars/"


def held(year, month=5):
    return datetime(year, month, 4, 12, tzinfo=UTC)


THE_REST = ["Verschenen 2020", "Uit 2019", "Zonder datum"]


def sections(client, path=PATH):
    """Two parts of the page: the sessions to come, what can be watched."""
    html = soup(client.get(path)).main
    return tuple(html.select_one(f'section[aria-labelledby="{name}"]') for name in ("to-come", "watch"))


def took_place(client, path=PATH):
    """The part with what took place and nobody has the recording of; None without any."""
    return soup(client.get(path)).main.select_one('section[aria-labelledby="took-place"]')


def titles(part):
    cards = part.select(".card__title > a")
    return [text_of(title) for title in cards if not title.find_parent(attrs={"aria-labelledby": "nearest"})]


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


def test_a_session_of_mechelen_of_which_the_hour_has_passed_took_place(client, site):
    start = timezone.now() - timedelta(hours=2)
    make_recording(
        "ended",
        title_nl="Voorbij",
        state="planned",
        mechelen_part="speaker",
        event_start=start,
        event_end=start + timedelta(hours=1),
    )
    make_recording("going", title_nl="Bezig", state="planned", event_start=start)
    to_come, archive = sections(client)
    assert titles(to_come) == ["Bezig"]
    assert titles(archive) == []
    assert titles(took_place(client)) == ["Voorbij"]
    assert _("Recording not available yet") in text_of(took_place(client))


def test_recordings_stand_by_year_the_newest_first_and_undated_ones_last(client, site):
    make_watchable("a", title_nl="Uit 2019", event_start=held(2019))
    make_watchable("b", title_nl="Mei 2021", event_start=held(2021))
    make_watchable("c", title_nl="Aangekondigd 2021", announced_at=held(2021, 9))
    make_source(make_recording("d", title_nl="Verschenen 2020"), published_at=held(2020))
    make_watchable("e", title_nl="Zonder datum")
    make_watchable("f", title_nl="Ergens in 2021", event_day="2021")
    _to_come, archive = sections(client)
    assert years(archive) == ["2021", "2020", "2019", _("Without a date")]
    assert titles(archive) == ["Aangekondigd 2021", "Mei 2021", "Ergens in 2021", *THE_REST]


def test_the_year_is_that_of_the_place(client, site):
    make_watchable("new-year", event_start=datetime(2020, 12, 31, 23, 30, tzinfo=UTC))  # half past midnight in Mechelen
    assert years(sections(client)[1]) == ["2021"]


@pytest.fixture
def varied(site):
    topic = Topic.objects.create(key="safe-space", label_nl="veilige ruimte", live=True)
    series = Series.objects.create(key="orpheus", title_nl="ORPHEUS-webinars", live=True)
    ann, shy = make_speaker(), make_speaker("shy", "Wil Niet", consent=False)
    a = make_watchable(
        "a", title_nl="A", topics=[topic], series=series, spoken_language="nl", event_start=held(2021), speakers=[ann]
    )
    make_caption(a)
    make_watchable("b", title_nl="B", topics=[topic], spoken_language="en", duration_s=600, event_start=held(2020))
    make_watchable("c", title_nl="C", series=series, spoken_language="en", duration_s=7200, speakers=[shy])
    make_watchable("silent", title_nl="Stil", spoken_language="zxx")
    make_watchable("unknown", title_nl="Onbekend")


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
    entries = re.findall(r"<entry><title>([^<]*)</title>", client.get(feed).content.decode())
    assert entries == ["B"]


def test_filters_that_leave_nothing_offer_the_way_back(client, varied):
    archive = sections(client, f"{PATH}?topic=nothing-of-the-kind")[1]
    assert titles(archive) == []
    assert _("No recordings found") in text_of(archive)
    assert PATH in links(archive).values()


def test_twenty_four_stand_on_a_page(client, site):
    for number in range(26):
        make_watchable(f"r-{number}", title_nl=f"Opname {number}", event_start=held(2020) + timedelta(days=number))
    assert len(titles(sections(client)[1])) == 24
    assert titles(sections(client, f"{PATH}?page=2")[1]) == ["Opname 1", "Opname 0"]


def test_the_french_page_lists_dutch_recordings_marked_so(client, site, webinars_in_french):
    make_watchable("both", title_nl="Beide", title_fr="Les deux", slug_fr="les-deux")
    make_watchable("dutch", title_nl="Alleen Nederlands")
    archive = sections(client, "/fr/webinaires/")[1]
    assert links(archive)["Les deux"] == "/fr/webinaires/les-deux/"
    assert links(archive)["Alleen Nederlands"] == "/fr/webinaires/dutch/"
    assert [text_of(link) for link in archive.select("a[hreflang=nl]")] == ["Alleen Nederlands"]


def test_hidden_recordings_are_not_listed(client, site):
    make_watchable("hidden", live=False)
    assert titles(sections(client)[1]) == []


def test_the_page_costs_the_same_however_many_recordings(varied, cost_of):
    few = cost_of(PATH)
    for number in range(30):
        make_caption(make_watchable(f"more-{number}", event_start=held(2000 + number)))
    assert cost_of(PATH) == few


def numbers(client, path=PATH):
    """The three numbers at the top of the page, by the name of their list."""
    return {text_of(line.a): text_of(line.b) for line in soup(client.get(path)).select("header li:has(> b)")}


@pytest.fixture
def three_lists(site):
    ended = timezone.now() - timedelta(days=2)
    make_watchable("film", title_nl="Een film", medium="film", event_day="2023-05")
    episode = make_recording("aflevering", title_nl="Riga", medium="audio", organiser_nl="Efus", mechelen_part="none")
    url = "https://podcast.ausha.co/efus-podcast/safe-riga"
    make_source(episode, "web:riga", "web", url=url, read_on=date(2026, 11, 30))
    make_recording("morgen", title_nl="Morgen", state="planned", event_start=timezone.now() + timedelta(days=1))
    make_recording("toen", title_nl="Toen", state="not_found", mechelen_part="speaker", event_day="2021-05-31")
    make_recording("toen-2", title_nl="Toen ook", state="planned", mechelen_part="host", event_start=ended)
    make_recording("van-anderen", title_nl="Van anderen", state="not_found", mechelen_part="none")
    make_recording("voorbeeld", title_nl="Voorbeeld", is_example=True)


def test_three_lists_have_three_numbers_and_none_of_them_is_a_sum(client, three_lists):
    assert numbers(client) == {_("Watch or listen"): "2", _("To come"): "1", _("Took place, no recording found"): "2"}
    assert titles(took_place(client)) == ["Toen ook", "Toen"]
    assert "Van anderen" not in text_of(soup(client.get(PATH)).main)


@pytest.mark.parametrize(
    ("path", "by", "read"),
    [
        (PATH, "Efus; Mechelen nam niet deel", "adres gelezen op 30 november 2026, sindsdien niet geprobeerd"),
        (
            "/fr/webinaires/",
            "Efus ; Malines n’y a pas participé",
            "adresse lue le 30 novembre 2026, pas essayée depuis",
        ),
    ],
)
def test_what_others_made_says_by_whom_and_when_its_address_was_read(
    client, three_lists, webinars_in_french, path, by, read
):
    card = next(one for one in sections(client, path)[1].select(".card") if "Riga" in text_of(one))
    assert by in text_of(card)
    assert read in text_of(card)
    assert "Audio" in text_of(card.select_one(".over"))


def test_an_address_that_was_tried_says_when_it_was_reached(client, three_lists):
    reached = datetime(2026, 12, 2, 12, tzinfo=UTC)
    OutsideLink.objects.create(
        address="https://podcast.ausha.co/efus-podcast/safe-riga", state="reached", last_reached_at=reached
    )
    assert "link laatst bereikt op 2 december 2026" in text_of(sections(client)[1])


def test_an_example_stands_apart_and_counts_nowhere(client, three_lists):
    html = soup(client.get(PATH)).main
    assert titles(html.select_one('section[aria-labelledby="examples"]')) == ["Voorbeeld"]
    assert "Voorbeeld" not in text_of(sections(client)[1])
    assert "b" not in [one.name for one in html.select_one("#examples").parent.select("b")]


def test_what_took_place_can_be_filtered_on_a_page_of_its_own(client, three_lists):
    part = took_place(client, f"{PATH}?list=took_place&year=2021")
    assert titles(part) == ["Toen"]
    assert years(part) == ["2021"]


def test_a_filter_that_leaves_nothing_to_watch_says_so_and_offers_the_nearest(client, three_lists):
    archive = sections(client, f"{PATH}?medium=slides")[1]
    assert _("There is no recording of this that you can watch.") in text_of(archive)
    assert titles(archive) == []
    assert text_of(archive.select_one('[aria-labelledby="nearest"] .card__title')) == "Een film"


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_two_hundred_topics_in_an_address_change_nothing(client, three_lists, webinars_in_french, cost_of, language):
    path = {"nl": PATH, "fr": "/fr/webinaires/"}[language]
    few = cost_of(f"{path}?topic=nothing")
    many = "&".join(f"topic=topic-{number}" for number in range(200))
    assert client.get(f"{path}?{many}").status_code == 200
    assert cost_of(f"{path}?{many}") <= few


@pytest.mark.parametrize("value", ["%00", "a%00b", "'", "%F0%9F%98%80", "x" * 5000, "%C3%28", "../etc"])
def test_any_text_in_an_address_is_answered(client, three_lists, value):
    for name in ("topic", "series", "speaker", "language", "year", "medium", "list", "page", "transcript"):
        assert client.get(f"{PATH}?{name}={value}").status_code == 200
