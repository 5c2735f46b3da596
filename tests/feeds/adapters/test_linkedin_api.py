"""A LinkedIn page by its API: posts by their numbers, few questions, and nothing written when nothing changed."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.feeds.adapters.linkedin_api.api_posts import plain_text
from portal.feeds.adapters.registry import adapter_for
from portal.feeds.choices import ItemState, KindGuess, Outcome, Reason
from portal.feeds.models import Item, Source
from portal.feeds.pulling.pull import pull
from tests.feeds.linkedin_server import ORGANIZATION, number_of, post

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DAY = timedelta(days=1)
POSTED = number_of(1_631_527_033_381)


def items():
    return {item.external_id: item for item in Item.objects.all()}


@pytest.fixture(params=["community", "pages"])
def product(request, linkedin, settings):
    settings.LINKEDIN_PRODUCT = request.param
    return request.param


def test_the_posts_of_a_page_come_in_by_their_numbers(linkedin, connected, product):
    linkedin.posts = [post(POSTED + 1, "Nog een"), post(POSTED, "Webinar: buurtwerk\n\nSchrijf je in.", sort="ugcPost")]
    assert pull(connected(), NOW).n_new == 2
    item = items()[f"li:{POSTED}"]
    assert (item.title, item.state, item.kind_guess) == ("Webinar: buurtwerk", ItemState.NEW, KindGuess.WEBINAR)
    assert item.published_at == datetime(2021, 9, 13, 9, 57, 13, tzinfo=UTC)
    assert item.url == f"https://www.linkedin.com/feed/update/urn:li:ugcPost:{POSTED}/"
    assert item.thumbnail_url == ""


def test_the_second_pull_writes_nothing_to_items(linkedin, connected, product, django_assert_max_num_queries):
    linkedin.posts = [post(POSTED + number, f"Bericht {number}") for number in range(60)]
    source = connected()
    pull(source, NOW)
    before = list(Item.objects.values())
    linkedin.posts = [one | {"lastModifiedAt": one["lastModifiedAt"] + 30_000} for one in linkedin.posts]
    with django_assert_max_num_queries(12):
        assert pull(source, NOW + DAY).outcome == Outcome.UNCHANGED
    assert list(Item.objects.values()) == before


def test_a_page_of_two_hundred_and_fifty_posts_takes_three_questions(linkedin, connected):
    linkedin.posts = [post(POSTED + number, f"Bericht {number}") for number in range(250)]
    assert pull(connected(), NOW).n_new == 250
    assert linkedin.calls == ["posts"] * 3
    assert linkedin.queries[1] == "author=urn%3Ali%3Aorganization%3A1000001&q=author&count=100&start=100"


def test_the_portability_api_lists_once_and_asks_for_fifty_at_a_time(linkedin, connected, settings):
    settings.LINKEDIN_PRODUCT = "pages"
    linkedin.posts = [post(POSTED + number, f"Bericht {number}") for number in range(120)]
    assert pull(connected(), NOW).n_new == 120
    assert linkedin.calls == ["dmaFeedContentsExternal", *["dmaPosts"] * 3]
    assert f"ids=List(urn%3Ali%3Ashare%3A{POSTED},urn%3Ali" in linkedin.queries[1]


def test_every_question_names_the_version_and_keeps_the_token_in_a_header(linkedin, connected, product):
    linkedin.posts = [post(POSTED)]
    pull(connected(), NOW)
    for headers, query in zip(linkedin.headers, linkedin.queries, strict=True):
        assert headers["Authorization"] == "Bearer token-1"
        assert headers["LinkedIn-Version"] == "202609"
        assert headers["X-Restli-Protocol-Version"] == "2.0.0"
        assert "token-1" not in query


def test_posts_of_others_and_drafts_are_not_kept(linkedin, connected, product):
    linkedin.posts = [
        post(POSTED, author="urn:li:person:abc"),
        post(POSTED + 1, author="urn:li:organization:2"),
        post(POSTED + 2, lifecycleState="DRAFT"),
        post(POSTED + 3, "Van ons"),
    ]
    pull(connected(), NOW)
    assert list(items()) == [f"li:{POSTED + 3}"]


def test_the_same_post_on_two_pages_of_the_list_is_one_item(linkedin, connected):
    linkedin.posts = [post(POSTED + number // 2, f"Bericht {number // 2}") for number in range(200)]
    assert pull(connected(), NOW).n_new == 100


def test_a_post_that_a_bridge_found_under_another_number_stays_one_item(linkedin, connected):
    bridge = Source.objects.create(name="Brug", kind="web_feed", config="https://example.org/feed")
    known = Item.objects.create(
        source=bridge, external_id=f"li:{POSTED + 9}", title="x", first_seen=NOW, last_seen=NOW, fetched_at=NOW
    )
    known.aliases.create(external_id=f"li:{POSTED}")
    linkedin.posts = [post(POSTED, "Volgens LinkedIn")]
    source = connected()
    for day in range(4):
        pull(source, NOW + day * 2 * DAY)
        linkedin.posts[1:] = [post(POSTED + 50 + day, f"Nieuw {day}")]
    item = items()[known.external_id]
    assert (item.title, item.source, item.reason) == ("Volgens LinkedIn", source, "")
    assert f"li:{POSTED}" not in items()


def test_an_edited_post_is_the_same_item_with_its_new_words(linkedin, connected, product):
    linkedin.posts = [post(POSTED, "Met een tikfuot")]
    source = connected()
    pull(source, NOW)
    linkedin.posts = [post(POSTED, "Met een tikfout", lifecycleStateInfo={"isEditedByAuthor": True})]
    assert pull(source, NOW + DAY).n_changed == 1
    assert Item.objects.get().title == "Met een tikfout"


def test_a_post_that_is_missing_three_days_from_whole_lists_gets_a_remark_and_stays(linkedin, connected, product):
    linkedin.posts = [post(POSTED), post(POSTED + 1, "Blijft")]
    source = connected()
    pull(source, NOW)
    for day in (1, 2, 3):
        assert items()[f"li:{POSTED}"].reason == ""
        linkedin.posts = [post(POSTED + 1, f"Blijft {day}")]
        pull(source, NOW + day * DAY * 1.1)
    assert items()[f"li:{POSTED}"].reason == Reason.MISSING


def test_nothing_is_concluded_from_an_empty_list(linkedin, connected, product):
    linkedin.posts = [post(POSTED)]
    source = connected()
    pull(source, NOW)
    linkedin.posts = []
    for day in (2, 4, 6, 8):
        pull(source, NOW + day * DAY)
    item = Item.objects.get()
    assert (item.reason, item.missed) == ("", [])


def test_the_captured_shapes_of_the_api_are_read(linkedin, connected, samples):
    pages = [
        json.loads((samples / "linkedin" / f"postsapi_synth_org_page{number}.json").read_bytes()) for number in (1, 2)
    ]
    linkedin.fail = lambda resource, call: (200, pages[call - 1])
    pull(connected(), NOW)
    found = items()
    assert len(found) == 9, "all but the draft"
    first = found["li:6843120362218061901"]
    assert first.kind_guess == KindGuess.WEBINAR, "written in mathematical letters"
    assert "Join us on 21 September 2021, 14:00 CEST (12:00 UTC). Register: https://example.org/w/1" in first.text
    assert "With Example Institute. Questions: info@example.org" in first.text
    assert "#Prevention #Webinar" in first.text
    assert found["li:6904349511699660805"].published_at.date().isoformat() == "2022-03-01", "the number tells it"
    assert "https://www.linkedin.com/events/7084656651378536448/" in found["li:6915583535952691277"].text
    assert found["li:6926455172340121609"].reason == Reason.RESHARE
    assert "https://example.org/report" in found["li:6959794857233612811"].text


@pytest.mark.parametrize(
    ("little", "plain"),
    [
        (r"{hashtag|\#|Prevention} en {hashtag|#|Two\_Words}", "#Prevention en #Two_Words"),
        (r"Met @[Stad \(Mechelen\)](urn:li:organization:1)\.", "Met Stad (Mechelen)."),
        (r"info\@example.org \(gratis\) a\\b c\d \_", r"info@example.org (gratis) a\b c\d _"),
        ("gewoon {hashtag|stuk @[half](", "gewoon {hashtag|stuk @[half]("),
        ("@[" * 5000, "@[" * 5000),
    ],
)
def test_little_text_becomes_plain_text(little, plain):
    assert plain_text(little) == plain


@pytest.mark.parametrize(
    "written",
    [
        "1000001",
        " urn:li:organization:1000001 ",
        "urn%3Ali%3Aorganization%3A1000001",
        "https://www.linkedin.com/company/1000001/admin/dashboard/",
    ],
)
def test_a_page_is_entered_by_its_number_in_any_form(written):
    assert adapter_for("linkedin_api").clean_config(written) == ORGANIZATION


@pytest.mark.parametrize(
    "written", ["", "stad-mechelen", "https://www.linkedin.com/company/stad-mechelen/", "urn:li:person:1"]
)
def test_a_name_is_no_page_and_the_form_says_where_the_number_is(written):
    with pytest.raises(ValidationError):
        adapter_for("linkedin_api").clean_config(written)


def test_a_linkedin_source_is_asked_once_a_day():
    assert Source.objects.create(name="x", kind="linkedin_api", config=ORGANIZATION).interval_s == 24 * 3600
