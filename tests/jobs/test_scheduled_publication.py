"""What the runner does of itself: scheduled publication, and one round of everything for a timer."""

import signal
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from portal.home.models import HomePage, PlainPage
from portal.jobs import queue
from portal.jobs.models import Job
from search.engines import current_engine
from search.indexing import outbox


@pytest.fixture
def signals_as_they_were():
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def plain_page(**fields):
    home = HomePage.objects.get(locale__language_code="nl")
    page = PlainPage(title="Gepland", slug="gepland", key="gepland", lead="Een zin.", **fields)
    return home.add_child(instance=page)


def test_a_page_is_published_when_its_moment_has_come(site, monkeypatch):
    page = plain_page(live=False)
    page.go_live_at = timezone.now() + timedelta(seconds=60)
    page.save_revision().publish()
    queue.run_due()
    page.refresh_from_db()
    assert page.live is False
    two_minutes_later = timezone.now() + timedelta(seconds=120)
    monkeypatch.setattr(timezone, "now", lambda: two_minutes_later)
    queue.run_due()
    page.refresh_from_db()
    assert page.live is True


def test_a_page_is_taken_off_line_when_its_time_is_over(site):
    page = plain_page()
    PlainPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    queue.run_due()
    page.refresh_from_db()
    assert (page.live, page.expired) == (False, True)


def test_publication_is_looked_at_every_minute(db):
    queue.run_due()
    job = Job.objects.get(name="publish_scheduled")
    assert job.every_s == 60
    assert job.run_at > timezone.now() + timedelta(seconds=50)


def test_one_round_for_a_timer_does_what_is_due_and_says_how_much(site, signals_as_they_were, registered):
    outbox.rebuild(current_engine())
    seen = []
    registered("test.once", lambda run: seen.append(run.key))
    queue.enqueue("test.once", key="a")
    out = StringIO()
    call_command("runjobs", "--once", stdout=out)
    assert seen == ["a"]
    assert Job.objects.get(name="test.once").done_at is not None
    count = Job.objects.filter(last_run_at__isnull=False).count()
    assert str(count) in out.getvalue()
