"""One address may ask so often in a minute; counting it leaves no trace of the address."""

import pytest
from django.test import Client

from search.api import rate_limit, views
from search.api.rate_limit import Limiter

pytestmark = pytest.mark.django_db


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def limiter(monkeypatch, settings, clock):
    settings.API_REQUESTS_A_MINUTE = 3
    own = Limiter(clock)
    monkeypatch.setattr(views, "limiter", own)
    return own


@pytest.fixture
def get(index, limiter):
    client = Client(HTTP_HOST="localhost")
    return lambda address="192.0.2.1", **headers: client.get("/api/v1/topics", REMOTE_ADDR=address, headers=headers)


def test_the_answer_says_what_is_left(get):
    left = [get().headers["RateLimit-Remaining"] for _request in range(3)]
    assert left == ["2", "1", "0"]


def test_one_request_too_many_is_refused_until_the_minute_ends(get, clock):
    for _request in range(3):
        get()
    clock.now = 45.0
    refused = get()
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "15")
    clock.now = 60.0
    assert get().status_code == 200


def test_another_visitor_is_not_held_up(get):
    for _request in range(4):
        get("192.0.2.1")
    answered = [get(f"198.51.100.{number}").status_code for number in range(5)]
    assert answered.count(200) >= 4  # two of 65,536 may meet by chance


def test_the_addresses_of_one_ipv6_network_count_together(get):
    answers = [get(f"2001:db8:0:1::{number}").status_code for number in range(4)]
    assert answers == [200, 200, 200, 429]


def test_behind_a_proxy_the_address_that_it_saw_counts(get, settings):
    settings.BEHIND_PROXY = True
    sent = [get("127.0.0.1", **{"X-Forwarded-For": f"{number}.1.1.1, 192.0.2.7"}).status_code for number in range(4)]
    assert sent == [200, 200, 200, 429]


def test_without_a_proxy_nobody_escapes_by_naming_another_address(get, settings):
    settings.BEHIND_PROXY = False
    sent = [get(**{"X-Forwarded-For": f"192.0.2.{number}"}).status_code for number in range(4)]
    assert sent == [200, 200, 200, 429]


def test_nothing_in_the_memory_of_the_counter_is_an_address(limiter, clock):
    limiter.count("192.0.2.1", 3)
    key, counts = limiter._key, limiter._counts
    assert sum(counts) == 1 and len(counts) == rate_limit.COUNTERS
    assert not any("192.0.2" in repr(value) for value in vars(limiter).values())
    clock.now = 61.0
    limiter.count("198.51.100.1", 3)
    assert limiter._key != key and sum(limiter._counts) == 1
