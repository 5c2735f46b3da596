"""Taking and doing work: leases, failures, repetition, progress."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from portal.jobs import queue, registry
from portal.jobs.models import Job

pytestmark = pytest.mark.django_db


def test_the_job_that_has_been_due_longest_is_taken_first(registered):
    registered("test.a", lambda run: None)
    now = timezone.now()
    queue.enqueue("test.a", key="young", run_at=now - timedelta(minutes=1))
    queue.enqueue("test.a", key="old", run_at=now - timedelta(minutes=9))
    assert [queue.claim().key, queue.claim().key] == ["old", "young"]


def test_a_job_that_is_taken_cannot_be_taken_again_until_its_lease_runs_out(registered):
    registered("test.a", lambda run: None)
    queue.enqueue("test.a")
    now = timezone.now()
    first = queue.claim(now)
    assert queue.claim(now + queue.LEASE - timedelta(seconds=1)) is None
    second = queue.claim(now + queue.LEASE + timedelta(seconds=1))
    assert second.pk == first.pk
    assert second.lease != first.lease
    assert second.attempts == 2


def test_whoever_lost_a_job_to_another_runner_neither_goes_on_nor_ends_it(registered):
    steps = []

    def slow(run):
        later = timezone.now() + queue.LEASE + timedelta(seconds=1)
        steps.append(queue.claim(later).lease)
        run.progress("one step")
        steps.append("went on")

    registered("test.slow", slow)
    queue.enqueue("test.slow")
    assert queue.execute(queue.claim()) is False
    job = Job.objects.get(name="test.slow")
    assert steps == [job.lease]
    assert job.done_at is None
    assert job.locked_until is not None


def test_a_failure_is_written_down_and_tried_again_later(registered):
    def fail(run):
        raise ValueError("the feed said no")

    registered("test.fail", fail)
    queue.enqueue("test.fail")
    before = timezone.now()
    assert queue.execute(queue.claim()) is False
    job = Job.objects.get(name="test.fail")
    assert job.last_error == "ValueError: the feed said no"
    assert job.attempts == 1
    assert before + timedelta(seconds=25) < job.run_at < timezone.now() + timedelta(seconds=35)
    assert job.locked_until is None
    assert queue.claim() is None


def test_after_a_success_the_failure_is_forgotten(registered):
    outcomes = [ValueError("once"), None]

    def fail_once(run):
        if outcome := outcomes.pop(0):
            raise outcome

    registered("test.once_bad", fail_once)
    queue.enqueue("test.once_bad")
    queue.execute(queue.claim())
    queue.execute(queue.claim(timezone.now() + timedelta(minutes=5)))
    job = Job.objects.get(name="test.once_bad")
    assert (job.attempts, job.last_error) == (0, "")
    assert job.done_at is not None


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 30), (2, 60), (3, 120), (7, 1920), (8, 3600), (500, 3600)])
def test_failures_are_tried_again_ever_more_rarely_but_at_least_every_hour(attempts, seconds):
    assert queue.retry_delay(attempts) == timedelta(seconds=seconds)


def test_recurring_work_is_tried_again_no_later_than_its_next_turn():
    assert queue.retry_delay(5, every_s=60) == timedelta(seconds=60)


def test_recurring_work_comes_back_after_its_interval(registered):
    seen = []
    registered("test.every", lambda run: seen.append(1), every_s=600)
    queue.ensure_recurring()
    job = queue.claim()
    while job.name != "test.every":
        job = queue.claim()
    queue.execute(job)
    job.refresh_from_db()
    assert job.done_at is None
    assert timedelta(seconds=590) < job.run_at - timezone.now() < timedelta(seconds=610)
    assert seen == [1]


def test_a_shorter_interval_takes_effect_at_once(registered):
    registered("test.every", lambda run: None, every_s=86400)
    queue.ensure_recurring()
    Job.objects.filter(name="test.every").update(run_at=timezone.now() + timedelta(days=1))
    registry.job("test.every", every_s=60)(registry.get("test.every").function)
    queue.ensure_recurring()
    job = Job.objects.get(name="test.every")
    assert job.every_s == 60
    assert job.run_at < timezone.now() + timedelta(seconds=61)


def test_progress_can_be_read_while_the_job_runs(registered):
    read = []

    def work(run):
        run.progress("fr: 12 of 62 pages")
        read.append(Job.objects.get(name="test.work").progress)

    registered("test.work", work)
    queue.enqueue("test.work")
    heard = []
    queue.execute(queue.claim(), on_progress=lambda job: heard.append(job.progress))
    assert read == ["fr: 12 of 62 pages"]
    assert heard == ["fr: 12 of 62 pages"] * 2  # and once more at its end


def test_a_long_progress_is_cut_to_what_the_column_holds(registered):
    registered("test.work", lambda run: run.progress("x" * 500))
    queue.enqueue("test.work")
    assert queue.execute(queue.claim()) is True
    assert len(Job.objects.get(name="test.work").progress) == 200


def test_a_job_that_the_stopping_runner_leaves_is_free_at_once_and_counts_as_no_attempt(registered):
    steps = []
    stop = threading.Event()

    def work(run):
        for number in range(5):
            steps.append(number)
            if number == 1:
                stop.set()
            run.progress(str(number))

    registered("test.work", work)
    queue.enqueue("test.work")
    queue.execute(queue.claim(), stop)
    assert steps == [0, 1]
    job = Job.objects.get(name="test.work")
    assert (job.attempts, job.locked_until, job.done_at) == (0, None, None)
    assert queue.claim().pk == job.pk


def test_two_functions_cannot_be_the_same_job(registered):
    def one(run): ...

    def other(run): ...

    registered("test.same", one)
    with pytest.raises(ValueError, match="test.same"):
        registered("test.same", other)


def test_work_that_was_done_long_ago_is_forgotten_and_nothing_else(registered):
    for key, days in (("old", 40), ("young", 3)):
        queue.enqueue("test.work", key=key)
        Job.objects.filter(key=key).update(done_at=timezone.now() - timedelta(days=days))
    queue.enqueue("test.work", key="due")
    queue.delete_done(timedelta(days=30))
    assert set(Job.objects.filter(name="test.work").values_list("key", flat=True)) == {"young", "due"}
