"""The runner goes on when the database is away and comes back, whatever the failure is called."""

import threading

import pytest
from django.db import InterfaceError, OperationalError

from portal.jobs import queue, registry, runner


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    for name in ("TICK_S", "LOOK_S", "AFTER_FAILURE_S"):
        monkeypatch.setattr(runner, name, 0)
    monkeypatch.setattr(runner, "close_old_connections", lambda: None)


FAILURES = [OperationalError("the connection is closed"), InterfaceError("already closed"), ValueError("unforeseen")]


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: type(failure).__name__)
def test_the_thread_that_does_the_jobs_goes_on(monkeypatch, failure):
    stop, rounds = threading.Event(), []

    def run_due(stop, on_progress):
        rounds.append(1)
        if len(rounds) < 3:
            raise failure
        stop.set()

    monkeypatch.setattr(queue, "run_due", run_due)
    monkeypatch.setattr(runner, "_close_connection", lambda: None)
    runner._run_jobs(stop, None)
    assert len(rounds) == 3


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: type(failure).__name__)
def test_the_ticks_go_on(monkeypatch, failure):
    stop, rounds = threading.Event(), []

    def tick():
        rounds.append(1)
        if len(rounds) < 3:
            raise failure
        stop.set()

    monkeypatch.setattr(registry, "ticks", lambda: {"proof": tick})
    monkeypatch.setattr(runner, "_close_connection", lambda: None)
    runner._run_ticks(stop, lambda: None)
    assert len(rounds) == 3
