"""The documentation names modules, files and commands that exist; docs/architecture.md names every room and wing."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).parents[2]
ROOMS = {"search": ROOT / "search"} | {
    folder.name: folder for folder in (ROOT / "portal").iterdir() if (folder / "__init__.py").exists()
}
# Folders of a room that Django finds by their name, and data. Not wings.
NOT_WINGS = {"management", "migrations", "static", "templates", "templatetags"}
# Told as history, or about other projects: names in them need not exist any more.
NOT_COMPARED = {"docs/decisions.md", "docs/feed-rules.md", "docs/legal.md"}
DOCUMENTS = [
    name
    for name in subprocess.check_output(["git", "ls-files", "*.md"], cwd=ROOT, text=True).split()
    if name not in NOT_COMPARED and not name.startswith("tests/")
]
# Made by the start or by tools, not tracked.
MADE = {"tests/browser/node_modules"}
FOLDERS = {"portal", "tests", "tools", "bench", "docs", "locale"}
ENDINGS = (".py", ".html", ".css", ".js", ".yaml", ".json", ".md", ".sql", ".tsv")
FILE_NAME = re.compile(r"[\w<>*{}.-]+(?:/[\w<>*{}.-]+)+/?")
BARE_FILE_NAME = re.compile(r"(?<![\w./<>*-])[a-z_]+\.(?:py|html|css)(?![\w/])")
DOTTED_NAME = re.compile(r"(?<![\w./-])[a-z_]+(?:\.\w+)+(?![\w/])")


def wings(room: Path) -> set[str]:
    return {folder.parent.name for folder in room.glob("*/__init__.py")} - NOT_WINGS


@cache
def tracked_files() -> list[str]:
    names = subprocess.check_output(["git", "ls-files"], cwd=ROOT, text=True).split("\n")
    return [f"/{name}" for name in names]


@cache
def source_of(room: str) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in ROOMS[room].rglob("*.py"))


def code_in(text: str) -> list[str]:
    """The pieces of code in a text in Markdown: blocks between fences, and what stands between backticks."""
    blocks = re.findall(r"^```.*?^```", text, flags=re.DOTALL | re.MULTILINE)
    return blocks + re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE))


def file_exists(name: str) -> bool:
    """Whether a path is there, from the root or from portal/; `<anything>` in it stands for any name."""
    pattern = re.sub(r"<[^>]*>", "*", name).rstrip("/")
    return any(any(ROOT.glob(f"{folder}{pattern}")) for folder in ("", "portal/")) or name.rstrip("/") in MADE


def dotted_name_exists(name: str) -> bool:
    """Whether `room.wing.module.name` exists: the module as a file, the rest as a word in it.

    `room.Model`, `room.name_of_a_job` and `room.0001_migration` are found in the source of the room.
    """
    parts = name.removeprefix("portal.").split(".")
    folder, rest = ROOMS[parts[0]], parts[1:]
    while rest and (folder / rest[0]).is_dir():
        folder, rest = folder / rest[0], rest[1:]
    if not rest:
        return True
    module = folder / f"{rest[0]}.py"
    if module.exists():
        return len(rest) == 1 or bool(re.search(rf"\b{rest[1]}\b", module.read_text(encoding="utf-8")))
    if folder != ROOMS[parts[0]]:
        module = folder / "__init__.py"
        return module.exists() and bool(re.search(rf"\b{rest[0]}\b", module.read_text(encoding="utf-8")))
    source = source_of(parts[0])
    is_job = f'"{name}"' in source
    is_migration = any((folder / "migrations").glob(f"{rest[0]}*.py"))
    return is_job or is_migration or bool(re.search(rf"^class {rest[0]}\b", source, flags=re.MULTILINE))


def names_without_a_thing(text: str) -> list[str]:
    """The paths and dotted names in the code of a text that lead to nothing in this repository."""
    dead = []
    for piece in code_in(text):
        for name in FILE_NAME.findall(piece):
            top = name.split("/")[0]
            if top in FOLDERS or top in ROOMS and name.endswith(ENDINGS):
                dead += [] if file_exists(name) else [name]
        for name in BARE_FILE_NAME.findall(piece):
            dead += [] if any(tracked.endswith(f"/{name}") for tracked in tracked_files()) else [name]
        for name in re.findall(r"\bmanage(?:\.py)? ([a-z_]+)", piece):
            dead += [] if name in get_commands() else [f"manage.py {name}"]
        for name in DOTTED_NAME.findall(piece):
            room = name.removeprefix("portal.").split(".")[0]
            if room in ROOMS and not name.endswith(ENDINGS):
                dead += [] if dotted_name_exists(name) else [name]
    return dead


@pytest.mark.parametrize("document", DOCUMENTS)
def test_documentation_names_what_exists(document):
    assert names_without_a_thing((ROOT / document).read_text(encoding="utf-8")) == []


def test_the_architecture_names_every_room_and_its_wings():
    rows = re.findall(r"^\| `(?:portal/)?(\w+)` \|[^|]*\|([^|]*)\|$", architecture(), flags=re.MULTILINE)
    described = {room: set(re.findall(r"`(\w+)`", cells)) for room, cells in rows}
    assert described == {name: wings(folder) for name, folder in ROOMS.items()}


def test_the_architecture_fits_on_a_page():
    assert len(architecture().splitlines()) <= 160


def architecture() -> str:
    return (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_decisions_are_in_order_and_each_number_is_used_once():
    text = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8")
    numbers = [(int(number), letter) for number, letter in re.findall(r"^## (\d+)([a-z]?)\. ", text, re.MULTILINE)]
    assert numbers == sorted(set(numbers))
    assert {number for number, letter in numbers} == set(range(1, numbers[-1][0] + 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("`core.page_cache.registry.register_cached_model`", []),
        ("`core/files/pictures.py`", []),
        ("`feeds.adapters.<kind>`", []),
        ("the job `feeds.pull`, the model `core.Address`", []),
        ("```\n search.results.views\n```", []),
        ("`core.page_cache.registry.register_nothing`", ["core.page_cache.registry.register_nothing"]),
        ("`core/files/nothing.py`", ["core/files/nothing.py"]),
        ("`portal/feeds/nothing/`", ["portal/feeds/nothing/"]),
        ("`search.nothing.views`", ["search.nothing.views"]),
        ("```\n feeds.nothing\n```", ["feeds.nothing"]),
    ],
)
def test_the_check_sees_a_name_that_leads_to_nothing(text, expected):
    assert names_without_a_thing(text) == expected
