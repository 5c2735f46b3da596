"""The import directions of docs/architecture.md, held on the source itself, imports inside functions included."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# From the bottom to the top. A room may import what is in lower layers; rooms of one layer do not know each other.
LAYERS = [
    {"portal.core", "portal.ui", "portal.jobs", "portal.launch"},
    {"portal.links"},
    {"portal.topics"},
    {"portal.organisations"},
    {"portal.methods", "portal.projects", "portal.webinars", "portal.ask"},
    {"portal.home"},
    {"portal.follow"},
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


def room_modules() -> dict[str, Path]:
    """The modules of the rooms by their dotted name; migrations are history."""
    return {name.removesuffix(".__init__"): path for path, name in modules() if "migrations" not in path.parts}


def circles(imports: dict[str, set[str]]) -> list[list[str]]:
    """The groups of modules that import each other, directly or through others."""

    def reached_from(name: str) -> set[str]:
        reached: set[str] = set()
        waiting = [name]
        while waiting:
            for target in imports.get(waiting.pop(), ()):
                if target not in reached:
                    reached.add(target)
                    waiting.append(target)
        return reached

    reached = {name: reached_from(name) for name in imports}
    groups = {frozenset(other for other in reached[name] if name in reached[other]) for name in imports}
    return sorted(sorted(group) for group in groups if len(group) > 1)


def imports_between(paths: dict[str, Path]) -> dict[str, set[str]]:
    """For each module, those of `paths` that it imports. `from package import module` is an import of the module."""
    found = {}
    for name, path in paths.items():
        targets = set(imported_modules(path, name))
        packages = {
            target for target in targets if any(other.startswith(f"{target}.") for other in targets & set(paths))
        }
        found[name] = (targets - packages) & set(paths) - {name}
    return found


def test_no_modules_of_a_room_import_each_other():
    paths = room_modules()
    assert circles(imports_between(paths)) == []


def unexplained_imports(source: str) -> list[int]:
    """The lines of imports inside functions that have no comment on the line or right above; `ready` needs none."""
    lines = source.splitlines()
    found = []
    for function in ast.walk(ast.parse(source)):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) or function.name == "ready":
            continue
        block: int | None = None  # the last line of imports that stand together: one comment above explains them all
        for node in sorted(
            (node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)),
            key=lambda node: node.lineno,
        ):
            explained = block == node.lineno - 1 or any(
                "#" in line for line in lines[node.lineno - 2 : node.end_lineno]
            )
            block = node.end_lineno if explained else None
            if not explained:
                found.append(node.lineno)
    return sorted(set(found))


def test_an_import_inside_a_function_says_why():
    found = [
        f"{name}:{line}"
        for name, path in room_modules().items()
        for line in unexplained_imports(path.read_text(encoding="utf-8"))
    ]
    assert found == [], "import at the top, or say beside it why that cannot be"


@pytest.mark.parametrize(
    ("imports", "expected"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": set()}, []),
        ({"a": {"b"}, "b": {"c"}, "c": {"b"}}, [["b", "c"]]),
        ({"a": {"b"}, "b": {"a"}, "c": {"d"}, "d": {"c"}}, [["a", "b"], ["c", "d"]]),
    ],
)
def test_the_check_sees_a_circle(imports, expected):
    assert circles(imports) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f():\n    import a\n", [2]),
        ("def f():\n    import a  # slow to load\n", []),
        ("def f():\n    # slow to load\n    import a\n    import b\n", []),
        ("def f():\n    # slow to load\n    import a\n    b = 1\n    import b\n", [5]),
        ("class C:\n    def ready(self):\n        import a\n", []),
    ],
)
def test_the_check_sees_an_import_without_a_reason(source, expected):
    assert unexplained_imports(source) == expected
