"""Real processes on one table: nothing is done twice, nothing is lost when one is killed."""

import os
import signal

import pytest

from portal.jobs import heartbeat

pytestmark = pytest.mark.own_database


def test_two_runners_do_every_piece_of_work_exactly_once(table):
    table.do("ask", 40)
    runners = [table.start("work"), table.start("work")]
    assert [(runner.wait(60), runner.stderr.read()) for runner in runners] == [(0, ""), (0, "")]
    assert sorted(table.lines()) == sorted(f"done {number}" for number in range(40))
    assert all(row["done_at"] for row in table.rows())


def test_the_work_of_a_killed_runner_is_done_by_another_when_its_lease_has_run_out(table):
    table.do("ask", 1)
    table.environment["JOBS_DIE"] = "true"
    runner = table.start("work")
    assert runner.wait(30) == -signal.SIGKILL
    del table.environment["JOBS_DIE"]
    table.do("work")
    assert table.lines() == ["begun 0"], "the lease of the killed runner still holds"
    table.do("work", 61)
    assert table.lines() == ["begun 0", "done 0"]
    (row,) = table.rows()
    assert (row["done_at"], row["attempts"]) == (True, 0)


def test_a_runner_that_is_told_to_stop_leaves_its_job_for_the_next_one(table):
    table.do("ask_long")
    runner = table.start("live")
    table.wait_for("begun")
    runner.send_signal(signal.SIGTERM)
    assert runner.wait(15) == 0
    (row,) = table.rows()
    assert (row["lease"], row["locked_until"], row["done_at"]) == ("", None, False)
    assert row["progress"].startswith("step ")


def test_ticks_go_on_while_a_long_job_runs(table):
    table.do("ask_long")
    table.start("live")
    table.wait_for("begun")
    ticks = table.lines().count("tick")
    table.wait_for("step 10")
    assert table.lines().count("tick") >= ticks + 3


def test_a_tick_that_fails_does_not_end_the_runner(table):
    table.environment["JOBS_BAD_TICK"] = "true"
    runner = table.start("live")
    table.wait_for("bad tick")
    table.do("ask", 1)
    table.wait_for("done 0")
    assert runner.poll() is None


def test_a_living_runner_is_seen_and_a_killed_one_is_not(table, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    assert heartbeat.runner_alive() is False
    runner = table.start("live")
    table.wait_for("tick")
    assert heartbeat.runner_alive() is True
    os.kill(runner.pid, signal.SIGKILL)
    runner.wait()
    assert heartbeat.runner_alive() is False


def test_a_runner_that_hangs_is_not_taken_for_a_living_one(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    with heartbeat.beating():
        assert heartbeat.runner_alive() is True
        os.utime(heartbeat.lock_file(), (0, 0))
        assert heartbeat.runner_alive() is False
