"""Asking for work: once is enough, and what is rolled back was never asked for."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from portal.jobs import queue
from portal.jobs.models import Job

pytestmark = pytest.mark.django_db


def test_work_that_is_asked_for_is_due_at_once():
    job = queue.enqueue("test.once", {"page": 7})
    assert job.run_at <= timezone.now()
    assert job.payload == {"page": 7}
    assert job.done_at is None


def test_work_asked_for_twice_is_one_piece_of_work_with_the_newest_payload():
    queue.enqueue("test.once", {"page": 7}, key="a")
    queue.enqueue("test.once", {"page": 8}, key="a")
    assert Job.objects.get(name="test.once").payload == {"page": 8}


def test_work_about_another_thing_is_another_piece_of_work():
    queue.enqueue("test.once", key="a")
    queue.enqueue("test.once", key="b")
    assert Job.objects.filter(name="test.once").count() == 2


def test_work_that_was_done_can_be_asked_for_again(registered):
    seen = []
    registered("test.again", lambda run: seen.append(run.payload["number"]))
    for number in (1, 2):
        queue.enqueue("test.again", {"number": number})
        queue.execute(queue.claim())
    assert seen == [1, 2]


def test_work_asked_for_again_while_it_runs_is_run_again(registered):
    seen = []

    def notice(run):
        seen.append(run.payload["number"])
        if len(seen) == 1:
            queue.enqueue("test.busy", {"number": 2})

    registered("test.busy", notice)
    queue.enqueue("test.busy", {"number": 1})
    queue.execute(queue.claim())
    assert Job.objects.get(name="test.busy").done_at is None
    queue.execute(queue.claim())
    assert seen == [1, 2]
    assert Job.objects.get(name="test.busy").done_at is not None


def test_work_asked_for_in_a_transaction_that_is_rolled_back_was_never_asked_for():
    with pytest.raises(LookupError), transaction.atomic():
        queue.enqueue("test.never")
        raise LookupError
    assert not Job.objects.filter(name="test.never").exists()


def test_work_for_later_waits_for_its_moment(registered):
    registered("test.later", lambda run: None)
    tomorrow = timezone.now() + timedelta(days=1)
    queue.enqueue("test.later", run_at=tomorrow)
    assert queue.claim() is None
    assert queue.claim(tomorrow).name == "test.later"


def test_work_that_no_room_knows_is_left_alone():
    queue.enqueue("test.of_another_version")
    assert queue.claim() is None
