"""A real portal and a real browser, both in processes of their own and kept by each worker for the whole run.

The portal is set up once, completed in French, copied for each worker and served with its job runner, as `run.py` does.
SCHAKEL_BROWSER_DATA may name a folder to keep instead: the next run then begins at once.
"""

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from portal.launch import process
from portal.launch.testing import CHROMIUM

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
PATIENCE_MS = 20_000  # for what comes; a machine that does other things too is slow at times
STAND_STILL = """() => Promise.allSettled(document.getAnimations()
    .filter(animation => animation.effect.getComputedTiming().endTime !== Infinity)
    .map(animation => animation.finished))"""
KNOWN = "browser.json"  # in the data folder: what prepare.py says of it
MANAGE = [sys.executable, ROOT / "manage.py"]
SERVE = (
    "import sys; from portal.launch import server; "
    "server.serve('127.0.0.1', int(sys.argv[1]), lambda *_status: print('ready', flush=True))"
)


def pytest_collection_modifyitems(items):
    """Everything here needs the browser."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Portal:
    """A portal that answers at `url`, with its data in `data`; the paths of its pages by type and language.

    `admin` has the paths of pages for the staff, about things that no visitor sees.
    """

    url: str
    data: Path
    paths: dict[str, dict[str, str]]
    words: dict[str, str]
    admin: dict[str, str]

    def path(self, page_type: str, language: str = "nl") -> str:
        return self.paths[page_type][language]

    def get(self, path: str) -> str:
        """The text of a page, asked for without a browser."""
        with urllib.request.urlopen(self.url + path, timeout=20) as answer:
            return answer.read().decode()


@pytest.fixture(scope="session")
def portal(tmp_path_factory):
    """The portal in Dutch and French, with the examples; one page of it is gone and one recording is on YouTube."""
    _need(next(filter(None, map(shutil.which, CHROMIUM)), None), "there is no Chromium")
    _need(AXE.exists(), f"axe-core is not installed (cd {HERE} && npm ci)")
    data = _data_folder(tmp_path_factory)
    with _free_port() as port:
        url = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-c", SERVE, port]
        server = process.start(command, cwd=ROOT, env=_environment(data, url), stdout=subprocess.PIPE)
        try:
            assert server.stdout.readline() == b"ready\n", "the portal does not answer; it says why above"
            portal = Portal(url, data, **json.loads((data / KNOWN).read_text()))
            _wait_for_the_index(portal)
            yield portal
        finally:
            process.end([server])


def _wait_for_the_index(portal: Portal) -> None:
    """Wait until lists that search fills have something in them, at most a minute."""
    methods = portal.path("methods with a filter").partition("?")[0]
    deadline = time.monotonic() + 60
    while "card__title" not in portal.get(methods):
        assert time.monotonic() < deadline, "the list of methods stays empty"
        time.sleep(0.2)


def _environment(data: Path, url: str = "http://127.0.0.1:8000") -> dict[str, str]:
    """What the programs of the portal begin with: nothing of this machine's own portal."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("SCHAKEL_", "DJANGO_"))}
    for elsewhere in ("DATABASE_URL", "SEARCH_URL"):
        ours.pop(elsewhere, None)
    settings = {"DJANGO_SETTINGS_MODULE": "tests.browser.settings", "PYTHONPATH": str(ROOT)}
    return ours | settings | {"SCHAKEL_DATA": str(data), "SCHAKEL_BASE_URL": url}


def _data_folder(tmp_path_factory) -> Path:
    """A data folder of this worker's own, copied from the one that the first worker to come here sets up."""
    if kept := os.environ.get("SCHAKEL_BROWSER_DATA"):
        data = Path(kept).resolve()
        _set_up(data)
        return data
    ours = tmp_path_factory.getbasetemp()
    shared = ours.parent if "PYTEST_XDIST_WORKER" in os.environ else ours
    made, data = shared / "browser-portal", ours / "browser-portal-of-this-worker"
    with (shared / "browser-portal.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (made / KNOWN).exists():
            made.mkdir(exist_ok=True)
            _set_up(made)
    return Path(shutil.copytree(made, data, symlinks=True))


def _set_up(data: Path) -> None:
    """Fill a data folder; what was done in it before is not done again."""
    ours = _environment(data)
    static = process.start([*MANAGE, "collectstatic", "--noinput", "-v0"], cwd=ROOT, env=ours)
    _run([*MANAGE, "setup", "--starter", "demo"], ours)
    known = _run([sys.executable, HERE / "prepare.py"], ours).splitlines()[-1]
    assert process.finish(static) == 0, "collectstatic failed; it says why above"
    (data / KNOWN).write_text(known)


@pytest.fixture(scope="module")
def chromium(portal):
    """The browser itself, gone at the end of a file: while Playwright's loop runs in this thread, Django would give the
    tests that come after another connection than the one they were prepared with."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        program = next(filter(None, map(shutil.which, CHROMIUM)))
        without_sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        # Other hosts have no address here. A route that refuses them would ask this process about every request, and a
        # window that is closed while it asks for something waits for the answer for ever.
        alone = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        browser = playwright.chromium.launch(
            executable_path=program, args=["--disable-dev-shm-usage", alone, *without_sandbox]
        )
        yield browser
        browser.close()


@pytest.fixture
def new_page(portal, chromium):
    """Open a window on the portal: `new_page(width=1280, scheme="light", javascript=True)`; no other host is there."""
    contexts = []

    def open_window(**options):
        context = _new_context(portal, chromium, **options)
        contexts.append(context)
        return context.new_page()

    yield open_window
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def kept_window(portal, chromium):
    """One window for every test of a file that only looks at pages: the portal keeps nothing in it (test_privacy.py).

    `kept_window(width=1280, height=800, scheme="light")` shows it, as large and in the colours that a test wants. A new
    one takes a quarter of a second, and reads each style sheet and font again.
    """
    with _new_context(portal, chromium) as context:
        page = context.new_page()

        def show(*, width=1280, height=800, scheme="light"):
            page.goto("about:blank")
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            return page

        yield show


def _new_context(portal, chromium, *, width=1280, height=800, scheme="light", javascript=True, **options):
    context = chromium.new_context(
        base_url=portal.url,
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        java_script_enabled=javascript,
        reduced_motion="reduce",
        locale="en-GB",  # nobody's choice of language may follow from it
        **options,
    )
    context.set_default_timeout(PATIENCE_MS)
    return context


def log_in(page, name: str, password: str) -> None:
    """Log somebody in to the admin, on its first screen."""
    page.goto("/admin/")
    page.locator("input[name=username]").fill(name)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/admin/")


def password_of_the_administrator(portal) -> str:
    return (portal.data / "admin_password").read_text().strip()


def faults_that_axe_finds(page, axe: str, inside: str = "document") -> list[str]:
    """What axe finds against WCAG 2.2 AA in a page, or in what a script expression names; a line for each place.

    It looks at a page that stands still: what fades in has a contrast that is too low for a moment.
    """
    page.wait_for_load_state()
    page.evaluate(STAND_STILL)
    page.evaluate(axe)
    found = page.evaluate(
        f"rules => axe.run({inside}, {{runOnly: {{type: 'tag', values: rules}}, resultTypes: ['violations']}})",
        ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"],
    )
    return [
        f"{fault['id']} ({fault['help']}): {node['html'][:200]} {node['failureSummary'][:300]}"
        for fault in found["violations"]
        for node in fault["nodes"][:4]
    ]


def _need(there, otherwise: str) -> None:
    """Skip what this machine cannot run; a machine that has to run everything fails."""
    if there:
        return
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(f"Under CI the browser tests must run, and {otherwise}.")
    pytest.skip(otherwise)


@pytest.fixture(scope="session")
def axe(portal) -> str:
    """The source of axe-core, to be evaluated in a page: that passes the page's policy, a script element would not."""
    return AXE.read_text()


@contextmanager
def _free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    yield port


def _run(command: list, environment: dict) -> str:
    """Run a program to its end and return what it printed; when it fails the test says what it said."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, f"{command[1:]} failed:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    return done.stdout
