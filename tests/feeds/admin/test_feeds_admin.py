"""Sources and items in the admin: writers look, reviewers pull and decide, and only by POST."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from portal.feeds.adapters.registry import ADAPTERS
from portal.feeds.choices import ItemState
from portal.feeds.models import FetchLog, Item, Source
from portal.feeds.pulling.pull import pull
from portal.webinars.models import Recording
from tests.feeds.atom import entry, feed
from tests.local_server import Answer
from tests.markup import soup, text_of

pytestmark = pytest.mark.django_db

LISTS = ("wagtailsnippets_feeds_item:list", "wagtailsnippets_feeds_source:list")


def person(name, *permissions):
    user = get_user_model().objects.create_user(name, password="x")
    user.user_permissions.set(Permission.objects.filter(codename__in=("access_admin", *permissions)))
    return user


@pytest.fixture
def writer(db):
    return person("schrijver", "view_item", "view_source")


@pytest.fixture
def reviewer(db):
    permissions = (
        "view_item",
        "review_item",
        "view_source",
        "pull_source",
        "add_source",
        "change_source",
        "delete_source",
    )
    return person("nalezer", *permissions, "change_recording")


@pytest.fixture
def item(source, answers, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    answers(Answer(feed(entry(text="<script>alert(1)</script> & meer"))))
    pull(source)
    item = Item.objects.get()
    # No picture is asked for over the network.
    Item.objects.update(thumbnail_url="")
    FetchLog.objects.all().delete()
    return item


def buttons(html):
    return "/accept/" in html, "/ignore/" in html


def test_writers_see_the_list_without_buttons(client, writer, item):
    client.force_login(writer)
    for name in LISTS:
        assert client.get(reverse(name)).status_code == 200
    page = client.get(reverse(LISTS[0])).content.decode()
    assert "Webinar: buurtwerk" in page
    assert buttons(page) == (False, False)
    assert "ytimg.com" not in page


def test_reviewers_have_the_buttons(client, reviewer, item):
    client.force_login(reviewer)
    page = client.get(reverse(LISTS[0])).content.decode()
    assert buttons(page) == (True, True)
    assert page.count("csrfmiddlewaretoken") >= 2


def test_what_was_decided_about_is_listed_only_for_who_asks(client, reviewer, item):
    client.force_login(reviewer)
    for state in (ItemState.ACCEPTED, ItemState.IGNORED):
        Item.objects.update(state=state)
        assert "Webinar: buurtwerk" not in client.get(reverse(LISTS[0])).content.decode()
        assert "Webinar: buurtwerk" in client.get(reverse(LISTS[0]), {"state": state}).content.decode()


def test_a_source_is_pulled_from_the_list_by_who_may(client, reviewer, writer, source, answers):
    answers(Answer(feed(entry())))
    pull_url = reverse("feeds:pull_source", args=[source.pk])
    client.force_login(writer)
    assert pull_url not in client.get(reverse(LISTS[1])).content.decode()
    client.force_login(reviewer)
    assert pull_url in client.get(reverse(LISTS[1])).content.decode()
    pulled = soup(client.post(pull_url, follow=True))
    assert reverse(LISTS[0]) in str(pulled.select_one(".messages"))


def test_the_list_can_be_filtered_and_searched(client, reviewer, item):
    client.force_login(reviewer)
    for query, found in (
        ({"state": "new"}, True),
        ({"state": "ignored"}, False),
        ({"kind_guess": "webinar"}, True),
        ({"q": "buurtwerk"}, True),
        ({"q": "iets anders"}, False),
    ):
        page = client.get(reverse(LISTS[0]), query).content.decode()
        assert ("/accept/" in page) is found, query


def test_what_was_ignored_is_out_of_the_way_until_it_is_asked_for(client, reviewer, item):
    Item.objects.update(state=ItemState.IGNORED)
    client.force_login(reviewer)
    assert "/accept/" not in client.get(reverse(LISTS[0])).content.decode()
    assert "/accept/" in client.get(reverse(LISTS[0]), {"state": "ignored"}).content.decode()


def test_an_item_is_looked_at_as_text(client, writer, item):
    client.force_login(writer)
    page = client.get(reverse("wagtailsnippets_feeds_item:inspect", args=[item.pk])).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page
    assert buttons(page) == (False, False)


def test_items_are_never_added_changed_or_deleted_by_hand(client, reviewer, item):
    client.force_login(reviewer)
    for name, args in (("add", []), ("edit", [item.pk]), ("delete", [item.pk])):
        response = client.get(reverse(f"wagtailsnippets_feeds_item:{name}", args=args))
        assert response.status_code == 302


def test_accepting_makes_a_draft(client, reviewer, item):
    client.force_login(reviewer)
    response = client.post(reverse("feeds:accept_item", args=[item.pk]))
    assert response.status_code == 302
    recording = Recording.objects.get()
    assert not recording.live
    assert Item.objects.get().recording == recording


def test_ignoring_puts_it_aside(client, reviewer, item):
    client.force_login(reviewer)
    client.post(reverse("feeds:ignore_item", args=[item.pk]))
    assert Item.objects.get().state == ItemState.IGNORED


@pytest.mark.parametrize("action", ["accept_item", "ignore_item"])
def test_writers_and_links_decide_nothing(client, writer, reviewer, item, action):
    address = reverse(f"feeds:{action}", args=[item.pk])
    client.force_login(writer)
    assert client.post(address).status_code in (302, 403)
    client.force_login(reviewer)
    assert client.get(address).status_code == 405
    client.logout()
    assert client.post(address).status_code == 302
    assert Item.objects.get().state == ItemState.NEW
    assert not Recording.objects.exists()


def test_deciding_needs_the_token_of_the_form(reviewer, item):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(reviewer)
    assert client.post(reverse("feeds:accept_item", args=[item.pk])).status_code == 403
    assert not Recording.objects.exists()


def test_pulling_now_is_one_click_and_at_most_once_a_minute(client, reviewer, item, source, answers, local_server):
    answers(Answer(feed(entry(), entry(video="bbbbbbbbbbb", title="Nog een webinar"))))
    client.force_login(reviewer)
    before = len(local_server.requests)
    address = reverse("feeds:pull_source", args=[source.pk])
    page = client.post(address, follow=True).content.decode()
    assert Item.objects.count() == 2
    client.post(address)
    assert len(local_server.requests) == before + 1
    assert "200" in page


def test_a_failed_pull_says_why(client, reviewer, source, answers):
    answers(Answer(b"<html>inloggen</html>"))
    client.force_login(reviewer)
    page = client.post(reverse("feeds:pull_source", args=[source.pk]), follow=True).content.decode()
    assert FetchLog.objects.get().message in page.replace("&#x27;", "'")


def test_writers_do_not_pull(client, writer, source, answers, local_server):
    client.force_login(writer)
    page = client.get(reverse("wagtailsnippets_feeds_source:inspect", args=[source.pk])).content.decode()
    assert "/pull/" not in page
    client.post(reverse("feeds:pull_source", args=[source.pk]))
    assert not local_server.requests


def test_reviewers_add_a_source_by_its_address_and_it_is_kept_as_the_id(client, reviewer):
    client.force_login(reviewer)
    address = reverse("wagtailsnippets_feeds_source:add")
    values = {
        "name": "Dienst Preventie",
        "kind": "youtube_atom",
        "config": "https://www.youtube.com/channel/UCPEe6adbWbT2iggXTA2J81A",
        "interval_s": "21600",
    }
    response = client.post(address, values)
    assert response.status_code == 302
    assert Source.objects.get().config == "UCPEe6adbWbT2iggXTA2J81A"
    refused = client.post(address, values | {"config": "https://www.youtube.com/@dienst"}).content.decode()
    assert Source.objects.count() == 1
    assert "config" in refused


def test_a_source_added_without_an_interval_gets_that_of_its_kind(client, reviewer):
    client.force_login(reviewer)
    values = {"name": "Archief", "kind": "youtube_api", "config": "UCPEe6adbWbT2iggXTA2J81A", "interval_s": ""}
    assert client.post(reverse("wagtailsnippets_feeds_source:add"), values).status_code == 302
    assert Source.objects.get().interval_s == 24 * 3600


def test_the_form_of_a_source_says_what_each_kind_asks_for(client, reviewer):
    client.force_login(reviewer)
    page = client.get(reverse("wagtailsnippets_feeds_source:add")).content.decode()
    for adapter in ADAPTERS:
        assert (str(adapter.asks_for) in page) is adapter.is_pulled
        assert (f'value="{adapter.kind}"' in page) is adapter.is_pulled


def test_a_source_with_items_is_not_deleted(client, reviewer, item, source):
    client.force_login(reviewer)
    client.post(reverse("wagtailsnippets_feeds_source:delete", args=[source.pk]))
    assert Source.objects.exists()
    Item.objects.all().delete()
    client.post(reverse("wagtailsnippets_feeds_source:delete", args=[source.pk]))
    assert not Source.objects.exists()


def test_the_form_of_an_accepted_item_is_headed_by_the_title_at_the_source(client, reviewer, item):
    client.force_login(reviewer)
    html = soup(client.post(reverse("feeds:accept_item", args=[item.pk]), follow=True))
    assert "Webinar: buurtwerk" in text_of(html.title)


def test_a_source_that_is_pulled_by_hand_names_no_next_pull(client, reviewer, item, source):
    client.force_login(reviewer)
    address = reverse("wagtailsnippets_feeds_source:inspect", args=[source.pk])
    source.refresh_from_db()
    moment = date_format(localtime(source.next_run_at), "DATETIME_FORMAT")
    assert moment in client.get(address).content.decode()
    Source.objects.update(enabled=False)
    page = client.get(address).content.decode()
    assert moment not in page
    assert "21600 (6 " in page
