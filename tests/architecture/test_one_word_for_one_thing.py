"""docs/glossary.md gives a module name to one thing; no second module has that name for another."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Every room has modules of these names, for the same part in each (docs/architecture.md, CONTRIBUTING.md).
ROLES = {
    *(
        "admin_hooks",
        "admin_views",
        "apps",
        "base",
        "blocks",
        "checks",
        "choices",
        "errors",
        "forms",
        "models",
        "panels",
    ),
    *("registers", "registry", "selectors", "settings", "translation", "urls", "views", "wagtail_hooks"),
}
# Two engines, two platforms and ten languages have the same parts; so have the pages of a room.
SAME_PART_OF_EACH = {
    "client": "the one guarded client, and what calls a platform through it",
    "columns": "columns of languages, and of the own table",
    "documents": "search documents, in general and as each engine stores them",
    "engine": "an engine",
    "entries": "the entries of a kind of feed",
    "folder": "the data folder, and the index in it",
    "formats": "Django finds the formats of a language by this name",
    "inflection": "the inflections of a language, and how they are used",
    "lists": "components and figures that are lists",
    "middleware": "Django's word",
    "notices": "mails that tell staff of something once",
    "spelling": "the spelling of a language",
    "stemming": "the stemmer of a language, and how one is used",
    "storage": "where files lie, and where transcripts do",
    "suggestions": "suggestions, in general and by each engine",
    "values": "reading values, for components and for figures",
    "addresses": "addresses of pages, and of the page of results",
    "word_lookup": "words of the index, by each engine",
}


def glossary_paths(text: str) -> dict[str, set[str]]:
    """The modules that the tables name: {name of the module: paths, in which `*` stands for any room}."""
    paths: dict[str, set[str]] = {}
    for row in re.findall(r"^\|.*\|$", text, flags=re.MULTILINE):
        for path in re.findall(r"`((?:portal|search)/[^`]*\.py)`", row.split("|")[3]):
            paths.setdefault(Path(path).stem, set()).add(path)
    return paths


def modules() -> list[Path]:
    found = [path.relative_to(ROOT) for room in ("portal", "search") for path in (ROOT / room).rglob("*.py")]
    return sorted(
        path for path in found if path.stem != "__init__" and not {"migrations", "management"} & set(path.parts)
    )


def elsewhere(paths: dict[str, set[str]], module: Path) -> bool:
    """Whether the glossary gives the name of a module to modules at other places only."""
    return module.stem in paths and not any(module.match(pattern) for pattern in paths[module.stem])


def glossary() -> str:
    return (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")


def test_no_second_module_has_a_name_of_the_glossary_for_another_thing():
    paths = glossary_paths(glossary())
    assert [str(module) for module in modules() if elsewhere(paths, module)] == []


def test_modules_of_one_name_are_in_the_glossary_or_play_one_part():
    names = [module.stem for module in modules()]
    repeated = {name for name in names if names.count(name) > 1}
    allowed = ROLES | set(SAME_PART_OF_EACH) | set(glossary_paths(glossary()))
    assert sorted(repeated - allowed) == [], "rename one, or give both a row of docs/glossary.md if they are one thing"
    assert sorted(set(SAME_PART_OF_EACH) - repeated) == [], "take out what is not repeated any more"


def test_each_word_of_the_glossary_has_one_row():
    words = re.findall(r"^\| ([a-z][^|]*?) \|", glossary(), flags=re.MULTILINE)
    words = [word for word in words if word != "word"]
    assert len(words) > 50
    assert sorted({word for word in words if words.count(word) > 1}) == []


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        ("portal/webinars/schedule.py", False),
        ("portal/feeds/pulling/schedule.py", True),
        ("portal/methods/cards.py", False),
        ("portal/feeds/reading/cards.py", True),
        ("portal/home/anything.py", False),
    ],
)
def test_the_check_sees_a_second_module(module, expected):
    paths = {"schedule": {"portal/webinars/schedule.py"}, "cards": {"portal/core/cards.py", "portal/*/cards.py"}}
    assert elsewhere(paths, Path(module)) is expected
