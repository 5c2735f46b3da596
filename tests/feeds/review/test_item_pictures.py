"""What waits for a decision has a small picture of our own, until somebody decides about it."""

import io

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse
from PIL import Image

from portal.feeds.models import Item, ItemPicture
from portal.feeds.pulling.pull import pull
from portal.feeds.review.decisions import ignore
from portal.feeds.review.item_pictures import refresh_item_pictures
from tests.feeds.atom import entry, feed
from tests.local_server import Answer

pytestmark = pytest.mark.django_db

LIST = reverse("wagtailsnippets_feeds_item:list")


def picture():
    written = io.BytesIO()
    Image.new("RGB", (480, 360), "teal").save(written, "JPEG")
    return written.getvalue()


@pytest.fixture
def waits(source, answers, local_server):
    """One item that waits, whose picture answers as it is told: `waits(Answer(…))`."""

    def make(*given):
        address = local_server.answer("/vi/aaaaaaaaaaa/hqdefault.jpg", *given)
        answers(Answer(feed(entry(thumbnail=address))))
        pull(source)
        return Item.objects.get()

    return make


def person(name, *permissions):
    user = get_user_model().objects.create_user(name, password="x")
    user.user_permissions.set(Permission.objects.filter(codename__in=("access_admin", *permissions)))
    return user


def test_it_is_fetched_once_made_small_and_shown_from_here(waits, client, local_server):
    item = waits(Answer(picture()))
    list(refresh_item_pictures())
    list(refresh_item_pictures())
    assert [path for path, _headers in local_server.requests if path.startswith("/vi/")] == [
        "/vi/aaaaaaaaaaa/hqdefault.jpg"
    ]
    client.force_login(person("schrijver", "view_item"))
    address = reverse("feeds:item_picture", args=[item.pk])
    assert address in client.get(LIST).content.decode()
    answer = client.get(address)
    with Image.open(io.BytesIO(answer.content)) as shown:
        assert (shown.format, shown.width <= 256) == ("WEBP", True)


@pytest.mark.parametrize("answer", [Answer(b"", 404), Answer(b"<html>"), Answer(b"")])
def test_without_one_the_item_has_none_and_it_is_not_asked_again(waits, client, local_server, answer):
    item = waits(answer)
    list(refresh_item_pictures())
    asked = len(local_server.requests)
    list(refresh_item_pictures())
    assert len(local_server.requests) == asked
    client.force_login(person("schrijver", "view_item"))
    address = reverse("feeds:item_picture", args=[item.pk])
    assert address not in client.get(LIST).content.decode()
    assert client.get(address).status_code == 404


def test_a_source_that_breaks_off_is_asked_again_later(waits):
    waits(Answer(picture(), cut_at=100), Answer(picture()))
    assert list(refresh_item_pictures()) == []
    assert len(list(refresh_item_pictures())) == 1
    assert ItemPicture.objects.get().webp


def test_one_that_never_comes_does_not_hold_up_the_others(source, answers, local_server):
    names = ("aaaaaaaaaaa", "bbbbbbbbbbb", "ccccccccccc")
    addresses = {
        name: local_server.answer(f"/vi/{name}/hqdefault.jpg", *[Answer(picture(), cut_at=100)] * 2)
        if name == "ccccccccccc"
        else local_server.answer(f"/vi/{name}/hqdefault.jpg", Answer(picture()))
        for name in names
    }
    answers(Answer(feed(*(entry(video=name, thumbnail=address) for name, address in addresses.items()))))
    pull(source)
    assert len(list(refresh_item_pictures())) == 2
    assert ItemPicture.objects.count() == 2


def test_it_is_gone_once_somebody_decided(waits):
    item = waits(Answer(picture()))
    list(refresh_item_pictures())
    ignore(item, person("nalezer"))
    list(refresh_item_pictures())
    assert not ItemPicture.objects.exists()


def test_nobody_else_sees_it(waits, client):
    item = waits(Answer(picture()))
    list(refresh_item_pictures())
    address = reverse("feeds:item_picture", args=[item.pk])
    assert client.get(address).status_code == 302
    client.force_login(person("iemand"))
    assert client.get(address).status_code in (302, 403)
