"""When a source is asked again, and that two runners never ask it at the same time."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from portal.feeds.adapters.http_responses import age_s, max_age_s, retry_after_s
from portal.feeds.choices import Outcome
from portal.feeds.models import FetchLog, Item, Source
from portal.feeds.pulling.pull import pull
from portal.feeds.pulling.pull_intervals import next_run
from tests.feeds.atom import entry, feed
from tests.local_server import Answer

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
DAY_S = 24 * 3600


def hours_until(source, **more):
    return (next_run(source, NOW, **more) - NOW) / timedelta(hours=1)


@pytest.mark.parametrize(("failures", "hours"), [(0, 6), (1, 12), (2, 24), (3, 24), (60, 24)])
def test_the_pause_doubles_with_each_failure_up_to_a_day(failures, hours):
    source = Source(interval_s=6 * 3600, consecutive_failures=failures)
    waits = [hours_until(source) for _time in range(50)]
    assert all(hours * 0.9 <= wait <= hours * 1.1 for wait in waits)
    assert len(set(waits)) > 1, "with a little chance, so that sources do not march in step"


def test_a_weekly_source_does_not_come_back_sooner_because_it_failed():
    assert hours_until(Source(interval_s=7 * DAY_S, consecutive_failures=2)) >= 7 * 24 * 0.9


def test_what_the_source_asks_for_is_the_least():
    source = Source(interval_s=3600)
    assert hours_until(source, retry_after_s=DAY_S) == 24
    assert hours_until(source, max_age_s=2 * 3600) >= 1.8


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("315360000", DAY_S),
        ("Tue, 10 Mar 2026 13:00:00 GMT", 3600),
        ("Tue, 10 Mar 2036 13:00:00 GMT", DAY_S),
        ("Tue, 10 Mar 2026 11:00:00 GMT", None),
        ("-5", None),
        ("straks", None),
        ("", None),
        ("1e9", None),
        ("9" * 400, None),
    ],
)
def test_retry_after_is_seconds_or_a_date_and_at_most_a_day(value, seconds):
    assert retry_after_s({"retry-after": value}, NOW) == seconds


def test_the_ages_in_the_headers_are_read_or_left():
    assert age_s({"age": "277"}) == 277
    assert age_s({"age": "-1"}) == age_s({"age": "x"}) == age_s({}) == 0
    assert max_age_s({"cache-control": "public, max-age=900"}) == 900
    assert max_age_s({"cache-control": "no-store"}) == max_age_s({}) == 0


def test_a_source_that_asks_for_patience_gets_it(source, answers):
    answers(Answer(b"", 429, {"Retry-After": "80000"}))
    pull(source, NOW)
    source.refresh_from_db()
    assert source.next_run_at >= NOW + timedelta(seconds=80_000)


def test_three_days_without_a_good_answer_are_noticed(source, answers):
    answers(Answer(feed(entry())), Answer(b"", 404))
    pull(source, timezone.now() - timedelta(hours=80))
    assert not Source.objects.get().is_silent
    log = pull(source)
    late = Source.objects.get()
    assert late.is_silent
    assert late.current_problem.endswith(log.message)
    assert late.current_problem != log.message


def test_a_source_that_is_being_pulled_is_left_alone(source, answers, monkeypatch):
    from portal.feeds.adapters.registry import ADAPTERS_BY_KIND

    adapter, logs = ADAPTERS_BY_KIND[source.kind], []
    fetch = adapter.fetch

    def fetch_while_another_tries(one):
        logs.append(pull(Source.objects.get()))
        return fetch(one)

    answers(Answer(feed(entry())))
    monkeypatch.setattr(adapter, "fetch", fetch_while_another_tries)
    assert pull(source).outcome == Outcome.OK
    assert [log.outcome for log in logs] == [Outcome.BUSY]


class TestTwoRunners:
    @pytest.mark.django_db(transaction=True, serialized_rollback=True)
    def test_do_not_pull_the_same_source_at_the_same_time(self, source, answers, local_server):
        go_on, logs = threading.Event(), []
        answers(Answer(feed(entry()), wait_for=go_on))

        def first():
            try:
                logs.append(pull(source))
            finally:
                connection.close()

        runner = threading.Thread(target=first)
        runner.start()
        assert local_server.arrived.wait(10)
        second = pull(Source.objects.get())
        go_on.set()
        runner.join(20)
        assert second.outcome == Outcome.BUSY
        assert [log.outcome for log in logs] == [Outcome.OK]
        assert len(local_server.requests) == 1
        assert Item.objects.count() == 1
        assert Source.objects.get().leased_until is None


def test_a_lease_that_ran_out_or_a_clock_that_jumped_back_stops_nobody(source, answers):
    answers(Answer(feed(entry())))
    for moment in (timezone.now() - timedelta(seconds=1), timezone.now() + timedelta(days=2)):
        Source.objects.update(leased_until=moment)
        assert pull(source).outcome != Outcome.BUSY
    Source.objects.update(leased_until=timezone.now() + timedelta(minutes=2))
    assert pull(source).outcome == Outcome.BUSY
    assert FetchLog.objects.count() == 3


def test_the_lease_is_given_back_when_something_breaks(source, answers, monkeypatch):
    answers(Answer(feed(entry())))

    def broken(*args):
        raise RuntimeError

    monkeypatch.setattr("portal.feeds.pulling.pull.store_items", broken)
    assert pull(source).error_class == "unforeseen"
    assert Source.objects.get().leased_until is None


def test_what_staff_change_during_a_pull_stays(source, answers, monkeypatch):
    from portal.feeds.adapters.registry import ADAPTERS_BY_KIND

    fetch = ADAPTERS_BY_KIND[source.kind].fetch

    def change_meanwhile(one):
        Source.objects.filter(pk=one.pk).update(config="UC" + "y" * 22, enabled=False)
        return fetch(one)

    answers(Answer(feed(entry()), headers={"ETag": '"oud"'}))
    monkeypatch.setattr(ADAPTERS_BY_KIND[source.kind], "fetch", change_meanwhile)
    pull(source)
    stored = Source.objects.get()
    assert (stored.config, stored.enabled, stored.etag, stored.body_sha256) == ("UC" + "y" * 22, False, "", "")
