"""`python3 run.py test`: everything that can run here, one line for what cannot, and no excuses under CI."""

import os

import pytest

from portal.launch import testing
from portal.launch.environment import ROOT
from tests.run.starts import checkout  # noqa: F401


@pytest.fixture
def small_suite(checkout, tmp_path):  # noqa: F811
    """A checkout with a suite of five tests, on a machine without what any group needs."""
    checkout.has_packages()
    (checkout.folder / "pyproject.toml").write_text(
        "[tool.pytest.ini_options]\ntestpaths = ['tests']\n"
        "markers = ['browser: b', 'postgres: p', 'elasticsearch: e', 'node: n', 'no_database: n']\n"
    )
    (checkout.folder / "tests").mkdir()
    (checkout.folder / "tests" / "test_five.py").write_text(
        "import os, pytest\n"
        "def test_plain(): assert os.environ['SCHAKEL_DATA'] != 'mine'\n"
        "@pytest.mark.browser\ndef test_in_a_browser(): assert False\n"
        "@pytest.mark.postgres\ndef test_on_postgres(): assert False\n"
        "@pytest.mark.elasticsearch\ndef test_on_elasticsearch(): assert False\n"
        "@pytest.mark.node\ndef test_with_node(): assert False\n"
    )
    checkout.environment.update(PATH=str(tmp_path / "nothing"), SCHAKEL_DATA="mine", DJANGO_SETTINGS_MODULE="")
    return checkout


def test_what_cannot_run_is_said_in_a_line_each_and_the_rest_runs(small_suite):
    ended = small_suite.run("run.py", "test")
    said = ended.stdout.splitlines()
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "Left out: the browser tests, because there is no Chromium (on Debian: sudo apt install chromium)." in said
    assert "Left out: the postgres tests, because DATABASE_URL does not name a PostgreSQL database." in said
    assert (
        "Left out: the elasticsearch tests, because SCHAKEL_TEST_ELASTICSEARCH does not name an Elasticsearch server."
        in said
    )
    assert "Left out: the node tests, because there is no Node.js (on Debian: sudo apt install nodejs npm)." in said
    assert any(line.startswith("Left out: the checks on captured feeds, because") for line in said)
    assert "1 passed" in said[-1]


def test_under_ci_a_group_that_is_left_out_is_a_failure(small_suite):
    small_suite.environment["CI"] = "true"
    ended = small_suite.run("run.py", "test")
    assert ended.returncode == 1
    assert "a group that is left out is a failure" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_under_ci_a_group_that_another_run_has_is_named_and_not_a_failure(small_suite):
    small_suite.environment["CI"] = "true"
    ended = small_suite.run("run.py", "test", "--without", "browser,postgres,elasticsearch,node")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "Left out: the browser tests, because --without asked for it." in ended.stdout


def test_a_search_server_that_does_not_answer_leaves_its_group_out(small_suite):
    small_suite.environment["SCHAKEL_TEST_ELASTICSEARCH"] = "http://127.0.0.1:9"
    ended = small_suite.run("run.py", "test")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert (
        "Left out: the elasticsearch tests, because no Elasticsearch server answers at http://127.0.0.1:9"
        in ended.stdout
    )


def test_a_group_that_does_not_exist_is_refused(small_suite):
    ended = small_suite.run("run.py", "test", "--without", "brouwser")
    assert ended.returncode == 1
    assert "The groups are: browser, postgres, elasticsearch, node, no_database." in ended.stderr


def test_other_options_go_to_pytest(small_suite):
    ended = small_suite.run("run.py", "test", "-n", "0", "--collect-only", "-q", "-k", "nothing_is_called_this")
    assert ended.returncode == 5, ended.stdout + ended.stderr
    assert "no tests collected" in ended.stdout


def test_the_tests_run_in_as_many_processes_as_are_asked_for(small_suite):
    (small_suite.folder / "tests" / "test_worker.py").write_text(
        "import os\ndef test_worker(): assert os.environ['PYTEST_XDIST_WORKER_COUNT'] == '3'\n"
    )
    ended = small_suite.run("run.py", "test", "--workers", "3")
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_a_failing_suite_fails(small_suite):
    (small_suite.folder / "tests" / "test_bad.py").write_text("def test_bad(): assert False\n")
    assert small_suite.run("run.py", "test").returncode == 1


def test_tests_that_were_stopped_did_not_pass(small_suite):
    (small_suite.folder / "tests" / "test_long.py").write_text(
        "import os, signal, time\n"
        "def test_long():\n"
        "    os.kill(int(os.environ['THE_COMMAND']), signal.SIGTERM)\n"
        "    time.sleep(60)\n"
    )
    tell = "import os; os.environ['THE_COMMAND'] = str(os.getpid())\n"
    (small_suite.folder / "begin.py").write_text(
        f"{tell}from portal.launch.commands import main\nraise SystemExit(main(['test', '-n', '0']))\n"
    )
    ended = small_suite.run("begin.py")
    assert ended.returncode == 130, ended.stdout + ended.stderr
    assert "the tests were not finished" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_ci_runs_both_databases_and_both_search_engines():
    script = (ROOT / ".ci" / "run").read_text()
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert "set -euo pipefail" in script
    assert 'run.py test --without "postgres' in script
    assert "run.py test --without browser" in script
    assert '[ "$sqlite" -eq 0 ] && [ "$postgresql" -eq 0 ]' in script, "the one that ends last does not speak for both"
    assert "elasticsearch-node" in script
    assert "--coverage" in script
    assert "--reruns" not in script, "a test that fails now and then is mended"
    assert "unset PYTHONDONTWRITEBYTECODE" in script, "each process would compile Django anew"


def test_coverage_is_said_by_room_with_the_modules_of_which_little_was_run():
    files = {
        "portal/webinars/models/recording.py": {"executed_lines": [1, 2, 3], "missing_lines": [4]},
        "portal/webinars/schedule.py": {"executed_lines": [1, 2, 3, 4, 5, 6], "missing_lines": []},
        "portal/urls.py": {"executed_lines": [1], "missing_lines": []},
        "portal/__init__.py": {"executed_lines": [], "missing_lines": []},
        "search/engines/contract.py": {"executed_lines": [1, 2, 3, 4, 5, 6, 7, 8, 9], "missing_lines": [10]},
    }
    said = testing.coverage_report(files).splitlines()
    assert said[1:5] == [
        "  100 % of     1  portal",
        "   90 % of    10  portal/webinars",
        "   90 % of    10  search",
        "   90 % of    21  together",
    ]
    assert said[6:] == ["   75 % of     4  portal/webinars/models/recording.py"]
