"""The list of what came in is emptied by keyboard: each item, several at once, or merged with what there is."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from portal.feeds.choices import ItemState, KindGuess, Reason
from portal.feeds.models import Item, Source
from portal.webinars.models import Recording, RecordingSource
from tests.markup import soup, text_of

pytestmark = pytest.mark.django_db

LIST = reverse("wagtailsnippets_feeds_item:list")


@pytest.fixture
def items(db):
    source = Source.objects.create(name="Proef", config="UCPEe6adbWbT2iggXTA2J81A")
    now = timezone.now()
    seen = {"first_seen": now, "last_seen": now, "fetched_at": now, "published_at": now}
    names = ("Gesprek over wonen", "Gesprek over werk", "Vakantiefilm")
    return [
        Item.objects.create(source=source, external_id=f"yt:{number:011d}", title=name, **seen)
        for number, name in enumerate(names)
    ]


@pytest.fixture
def recording(db):
    moment = timezone.now()
    return Recording.objects.create(
        key="wonen", slug_nl="wonen", title_nl="Gesprek over wonen", event_start=moment, live=True
    )


def person(name, *permissions):
    user = get_user_model().objects.create_user(name, password="x")
    user.user_permissions.set(Permission.objects.filter(codename__in=("access_admin", "view_item", *permissions)))
    return user


@pytest.fixture
def reviewer(client):
    client.force_login(person("nalezer", "review_item", "change_recording", "publish_recording"))
    return client


def states():
    return list(Item.objects.order_by("external_id").values_list("state", flat=True))


def test_what_is_ticked_is_ignored_at_once(reviewer, items):
    page = reviewer.post(
        reverse("feeds:decide_chosen"), {"do": "ignore", "item": [items[0].pk, items[2].pk]}, follow=True
    )
    assert states() == [ItemState.IGNORED, ItemState.NEW, ItemState.IGNORED]
    assert "2 worden voortaan genegeerd" in page.content.decode() or "2 are ignored" in page.content.decode()


def test_what_is_ticked_becomes_drafts_at_once(reviewer, items):
    reviewer.post(reverse("feeds:decide_chosen"), {"do": "accept", "item": [one.pk for one in items]})
    assert set(states()) == {ItemState.ACCEPTED}
    assert Recording.objects.filter(live=False).count() == 3


def test_nothing_ticked_changes_nothing_and_is_said(reviewer, items):
    reviewer.post(reverse("feeds:decide_chosen"), {"do": "accept", "item": ["x"]})
    assert set(states()) == {ItemState.NEW}


def test_everything_on_the_page_is_ticked_without_a_script(reviewer, items):
    for query, number in (({}, 0), ({"all": ""}, 3)):
        page = soup(reviewer.get(LIST, query))
        assert len(page.select("input[type=checkbox][name=item][checked]")) == number


def test_a_decision_leads_to_the_next_item_of_the_same_list(reviewer, items):
    page = soup(reviewer.get(LIST, {"kind_guess": "other"}))
    newest, following = Item.objects.order_by("-published_at", "-first_seen", "-pk")[:2]
    there = f"{LIST}?kind_guess=other#item-{following.pk}"
    assert there in [field["value"] for field in page.select("input[name=next]")]
    answer = reviewer.post(reverse("feeds:ignore_item", args=[newest.pk]), {"next": there})
    assert answer.url == there


def test_nobody_is_led_to_another_site(reviewer, items):
    answer = reviewer.post(reverse("feeds:ignore_item", args=[items[0].pk]), {"next": "https://example.org/"})
    assert answer.url == LIST


def test_a_recording_that_it_may_belong_to_is_proposed_and_merged_with(reviewer, items, recording):
    page = reviewer.get(LIST).content.decode()
    merge, reject = (reverse(f"feeds:{name}", args=[items[0].pk]) for name in ("merge_item", "reject_match"))
    assert merge in page
    assert reject in page
    reviewer.post(merge, {"recording": recording.pk})
    assert RecordingSource.objects.get().recording == recording


def test_what_was_refused_is_proposed_no_more(reviewer, items, recording):
    reject = reverse("feeds:reject_match", args=[items[0].pk])
    reviewer.post(reject, {"recording": recording.pk})
    assert reject not in reviewer.get(LIST).content.decode()


def test_any_recording_can_be_searched_for(reviewer, items, recording):
    address = reverse("feeds:choose_recording", args=[items[2].pk])
    assert "Gesprek over wonen" not in reviewer.get(address).content.decode()
    assert "Gesprek over wonen" in reviewer.get(address, {"q": "WONEN"}).content.decode()


def test_a_public_recording_is_merged_with_by_who_may_publish_it(client, items, recording):
    client.force_login(person("hulp", "review_item", "change_recording"))
    address = reverse("feeds:merge_item", args=[items[0].pk])
    assert address not in client.get(LIST).content.decode()
    assert client.post(address, {"recording": recording.pk}).status_code == 302
    assert not RecordingSource.objects.exists()


def test_writers_decide_nothing(client, items, recording):
    client.force_login(person("schrijver"))
    page = client.get(LIST).content.decode()
    for name, address in (("decide_chosen", []), ("merge_item", [items[0].pk]), ("reject_match", [items[0].pk])):
        address = reverse(f"feeds:{name}", args=address)
        assert address not in page
        values = {"do": "ignore", "item": items[0].pk, "recording": recording.pk}
        assert client.post(address, values).status_code in (302, 403)
    assert set(states()) == {ItemState.NEW}


def test_an_empty_list_leads_on(reviewer):
    assert reverse("wagtailsnippets_feeds_source:list") in reviewer.get(LIST).content.decode()


def test_an_item_says_where_it_is_from_when_it_was_and_what_is_odd_about_it(reviewer, items):
    moment = datetime(2026, 3, 1, 9, tzinfo=UTC)
    Item.objects.filter(pk=items[0].pk).update(
        published_at=moment, kind_guess=KindGuess.WEBINAR, state=ItemState.QUARANTINED, reason=Reason.OTHER_CHANNEL
    )
    page = text_of(soup(reviewer.get(LIST, {"kind_guess": "webinar"})))
    assert "Proef · webinar · 1-3-2026" in page
    assert "Apart gezet. Het hoort bij een ander kanaal" in page


def test_what_can_be_decided_about_one_item_stands_above_its_long_text(reviewer, items, recording):
    Item.objects.update(text="Een lange tekst")
    page = reviewer.get(reverse("wagtailsnippets_feeds_item:inspect", args=[items[0].pk])).content.decode()
    for name in ("merge_item", "reject_match", "accept_item", "ignore_item"):
        assert page.index(reverse(f"feeds:{name}", args=[items[0].pk])) < page.index("Een lange tekst")


def test_the_first_screen_says_how_many_wait_to_who_may_decide(client, reviewer, items):
    home = reverse("wagtailadmin_home")
    assert "3 items wachten op een beslissing" in reviewer.get(home).content.decode()
    Item.objects.update(state=ItemState.IGNORED)
    assert not soup(reviewer.get(home)).main.select(f'a[href="{LIST}"]')
    Item.objects.update(state=ItemState.NEW)
    client.force_login(person("schrijver"))
    assert "wachten op een beslissing" not in client.get(home).content.decode()
