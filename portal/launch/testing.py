"""`python3 run.py test`: every test that this machine can run, and one line for each group that it cannot."""

import argparse
import json
import os
import shutil
import tempfile
import urllib.request
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from portal.launch import environment, process
from portal.launch.errors import StartError
from portal.launch.steps import step

NPM_FOLDER = environment.ROOT / "tests" / "browser"
WELL_COVERED = 85  # percent of the lines of a module; those below are listed
# A line counts once, and still reports each time that it is run. After so many useless reports of one line slipcover
# walks through every class and function there is, to silence those that were run. Its own number is 50; tests run new
# lines all the time, so that was a third of their time. What is measured is the same.
USELESS_REPORTS = 5000
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True)
class TestGroup:
    """Tests that carry a marker because they need something; `lacking` says what is not here, "" when all is."""

    marker: str
    lacking: str


def groups() -> list[TestGroup]:
    """The groups that need more than Python, and what each of them lacks on this machine."""
    return [
        TestGroup("browser", _browser_lacks()),
        TestGroup("postgres", _postgres_lacks()),
        TestGroup("elasticsearch", _elasticsearch_lacks()),
        TestGroup("node", _node_lacks()),
        TestGroup("no_database", ""),
    ]


def run(arguments: list[str]) -> int:
    """Run the tests; unknown arguments go to pytest. Returns pytest's code, or 1 when CI lacks what a group needs."""
    options, for_pytest = _parser().parse_known_args(arguments)
    environment.ensure_environment(tests=True)
    found = groups()
    without = {name for name in options.without.split(",") if name}
    unknown = without - {group.marker for group in found}
    if unknown:
        known = ", ".join(group.marker for group in found)
        raise StartError(f"There is no group of tests “{', '.join(sorted(unknown))}”.", f"The groups are: {known}.")
    left_out = [group for group in found if group.lacking and group.marker not in without]
    for group in left_out:
        print(f"Left out: the {group.marker} tests, because {group.lacking}")
    for marker in sorted(without):
        print(f"Left out: the {marker} tests, because --without asked for it.")
    samples = samples_folder()
    if not samples:
        print("Left out: the checks on captured feeds, because SCHAKEL_SAMPLES does not name their folder.")
    if left_out and os.environ.get("CI", "").lower() in ("1", "true"):
        raise StartError(
            "Under CI a group that is left out is a failure.", "Install what the lines above name (see .ci/run)."
        )

    command = ["-m", "pytest"]
    if not any(argument.startswith(("-n", "--numprocesses")) for argument in for_pytest):
        # Whole files, in the order of tests/conftest.py: what takes long begins first, so that both end together.
        command += ["-n", str(options.workers), "--dist", "loadfile", "--no-loadscope-reorder"]
    markers = sorted(without | {group.marker for group in left_out})
    if markers and not any(argument.startswith("-m") for argument in for_pytest):
        command += ["-m", " and ".join(f"not {marker}" for marker in markers)]
    with tempfile.TemporaryDirectory(prefix="schakel-tests-") as data:
        os.environ["SCHAKEL_DATA"] = data
        if samples:
            os.environ["SCHAKEL_SAMPLES"] = str(samples)
        covered = Path(data) / "coverage.json"
        if options.coverage:
            often = ["--threshold", str(USELESS_REPORTS)]
            command = ["-m", "slipcover", *often, "--json", "--out", str(covered), *command]
            os.environ["PYTEST_PLUGINS"] = "tests.measured_lines"
        code = process.finish(process.start([environment.PYTHON, *command, *for_pytest], cwd=environment.ROOT))
        if covered.exists():
            print(coverage_report(json.loads(covered.read_text())["files"]))
        return code


def coverage_report(files: dict[str, dict]) -> str:
    """How many lines of each room were run, and the modules of which few were; from what slipcover writes as JSON."""
    run, lines, poor = Counter(), Counter(), []
    for name, found in sorted(files.items()):
        executed, missing = len(found["executed_lines"]), len(found["missing_lines"])
        if not executed + missing:
            continue
        folders = Path(name).parent.parts
        for part in ("/".join(folders[: 2 if folders[0] == "portal" else 1]), "together"):
            run[part] += executed
            lines[part] += executed + missing
        if 100 * executed < WELL_COVERED * (executed + missing):
            poor.append((name, executed, executed + missing))

    def line(name: str, executed: int, of: int) -> str:
        return f"  {100 * executed // of:3} % of {of:5}  {name}"

    return "\n".join(
        [
            "Lines that the tests ran (pyproject.toml says what is not measured, and why):",
            *(line(name, run[name], lines[name]) for name in sorted(lines)),
            f"Modules of which less than {WELL_COVERED} % was run:",
            *([line(*module) for module in poor] or ["  none"]),
        ]
    )


def samples_folder() -> Path | None:
    """The folder of captured feeds, None when there is none."""
    folder = Path(os.environ.get("SCHAKEL_SAMPLES") or environment.ROOT.parent / "shared" / "samples")
    return folder.resolve() if folder.is_dir() else None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python3 run.py test", description="Runs the tests; other options go to pytest."
    )
    parser.add_argument(
        "--without",
        default="",
        metavar="GROUPS",
        help="leave these out: browser, postgres, elasticsearch, node, no_database",
    )
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="processes to run tests in (default: 2)")
    parser.add_argument("--coverage", action="store_true", help="say which lines the tests ran")
    return parser


def _browser_lacks() -> str:
    if not any(shutil.which(name) for name in CHROMIUM):
        return "there is no Chromium (on Debian: sudo apt install chromium)."
    return _npm_lacks("axe-core")


def _node_lacks() -> str:
    if not shutil.which("node"):
        return "there is no Node.js (on Debian: sudo apt install nodejs npm)."
    return _npm_lacks("prettier")


def _npm_lacks(package: str) -> str:
    """Install the npm packages of the tests as their lock says unless this one is there; why that failed, or ""."""
    if (NPM_FOLDER / "node_modules" / package / "package.json").exists():
        return ""
    if not shutil.which("npm"):
        return f"{package} is not installed and there is no npm to install it with."
    with step("axe-core and prettier (npm)"), tempfile.TemporaryFile("w+") as output:
        command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        if process.finish(process.start(command, cwd=NPM_FOLDER, stdout=output, stderr=output)):
            return f"{package} could not be installed (try: cd {NPM_FOLDER} && npm ci)."
    return ""


def _postgres_lacks() -> str:
    if os.environ.get("DATABASE_URL", "").startswith(("postgres://", "postgresql://")):
        return ""
    return "DATABASE_URL does not name a PostgreSQL database."


def _elasticsearch_lacks() -> str:
    address = os.environ.get("SCHAKEL_TEST_ELASTICSEARCH", "")
    if not address:
        return "SCHAKEL_TEST_ELASTICSEARCH does not name an Elasticsearch server."
    try:
        with urllib.request.urlopen(address, timeout=10):
            return ""
    except (OSError, ValueError) as error:
        return f"no Elasticsearch server answers at {address} ({error})."
