"""A folder holds about fifteen modules, so that reading their names is enough to find one; tests mirror the wings."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOST_MODULES = 16
# Tests of a part that is no package of its room.
NOT_WINGS = {"tests/feeds/bad_input": "the cases of docs/feed-rules.md 5.5, through all wings"}


def modules_in(folder: Path) -> int:
    return sum(path.name != "__init__.py" for path in folder.glob("*.py"))


def folders(top: str) -> list[Path]:
    return [
        path for path in (ROOT / top).rglob("*") if path.is_dir() and path.name not in ("__pycache__", "migrations")
    ]


@pytest.mark.parametrize("top", ["portal", "search"])
def test_no_folder_has_more_modules_than_can_be_read_at_a_glance(top):
    full = {str(path.relative_to(ROOT)): modules_in(path) for path in folders(top) if modules_in(path) > MOST_MODULES}
    assert full == {}, "give the room a wing, named after what an engineer of the field looks for"


def test_tests_are_in_the_folder_of_the_wing_that_they_are_about():
    rooms = {path.name: path for path in (ROOT / "portal").iterdir() if path.is_dir()} | {"search": ROOT / "search"}
    without = [
        f"tests/{room.name}/{wing.name}"
        for room in (ROOT / "tests").iterdir()
        if room.name in rooms
        for wing in room.iterdir()
        if any(wing.glob("test_*.py")) and not (rooms[room.name] / wing.name).is_dir()
    ]
    assert [folder for folder in without if folder not in NOT_WINGS] == []
