"""The import directions of docs/architecture.md, held on the source itself, imports inside functions included."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# From the bottom to the top. A room may import what is in lower layers; rooms of one layer do not know each other.
LAYERS = [
    {"portal.core", "portal.ui", "portal.jobs", "portal.launch"},
    {"portal.topics"},
    {"portal.organisations"},
    {"portal.methods", "portal.projects", "portal.webinars"},
    {"portal.home"},
    {"search", "portal.feeds", "portal.starter"},
]
# What starts and wires the whole project.
TOP = {"portal.settings", "portal.urls", "portal.wsgi", "portal.server"}
LAYER_OF = {room: number for number, rooms in enumerate(LAYERS) for room in rooms}
# Core and ui: pages are rendered with the interface, the interface shows what core describes.
NEIGHBOURS = {("portal.jobs", "portal.core"), ("portal.ui", "portal.core")}


def room_of(module: str) -> str | None:
    """The room that a dotted module name is in; None for what is not ours."""
    parts = module.split(".")
    if parts[0] == "search":
        return "search"
    return ".".join(parts[:2]) if parts[0] == "portal" and len(parts) > 1 else None


def modules():
    for folder in ("portal", "search"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path, ".".join(path.relative_to(ROOT).with_suffix("").parts)


def imported_modules(path: Path, name: str):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = name.split(".")[: -node.level]
                base = ".".join([*parents, base]).rstrip(".")
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def wrong_imports():
    for path, name in modules():
        room = room_of(name)
        if room is None or room in TOP or name in TOP:
            continue
        for target in imported_modules(path, name):
            other = room_of(target)
            if other is None or other == room or (room, other) in NEIGHBOURS:
                continue
            if other in TOP:
                yield f"{name} imports {target}, which only starts the project"
            elif other in LAYER_OF and LAYER_OF[other] >= LAYER_OF[room]:
                yield f"{name} imports {target}"


def test_every_room_has_a_layer():
    rooms = {room_of(name) for path, name in modules() if path.parent != ROOT / "portal"}
    assert rooms - {None} - TOP <= set(LAYER_OF), "give the new room its place in LAYERS and in docs/architecture.md"


def test_imports_point_one_way():
    assert sorted(set(wrong_imports())) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("portal/core/x.py", "portal.methods.models"),
        ("portal/methods/x.py", "portal.projects.models"),
        ("portal/home/x.py", "search"),
    ],
)
def test_the_check_sees_an_import_inside_a_function(tmp_path, source, target):
    path = tmp_path / "x.py"
    path.write_text(f"def f():\n    from {target} import something\n")
    name = source.removesuffix(".py").replace("/", ".")
    found = {room_of(module) for module in imported_modules(path, name)}
    assert any(other in LAYER_OF and LAYER_OF[other] >= LAYER_OF[room_of(name)] for other in found)
