"""A component's template, stylesheet and script are found by its one name."""

import re

import pytest

from portal.ui import css

TEMPLATES = css.SOURCE.parents[2] / "templates" / "ui"
NAMES = {path.stem for folder in ("components", "figures") for path in (TEMPLATES / folder).glob("*.html")}
STYLES = {path.stem for path in (css.SOURCE / "components").glob("*.css")}
SCRIPTS = {path.stem for path in (css.SOURCE.parent / "js").glob("*.js")} - {"schakel"}
# Stylesheets of what is no template of its own.
WITHOUT_TEMPLATE = {
    "buttons": "classes for links and buttons, in any template",
    "decision": "the first screen of a method, which is the only page that has it",
    "figure": "the frame and the caption that all figures share, and pictures in running text",
    "forms": "fields, in any form",
    "ruled": "a class for lists, in any template",
    "skip": "a link of one line, in ui/base.html",
    "table": "classes for tables, in any template",
    "text": "classes for text: leads, prose, icons, small print",
}


def test_a_stylesheet_has_a_template_of_its_name():
    assert STYLES - NAMES == set(WITHOUT_TEMPLATE)


def test_a_script_has_a_template_and_a_stylesheet_of_its_name():
    assert SCRIPTS <= NAMES & STYLES


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_template_asks_for_no_script_but_its_own(name):
    [path] = [path for path in TEMPLATES.rglob(f"{name}.html") if path.parent.name in ("components", "figures")]
    assert set(re.findall(r'{% enhance "(\w+)" %}', path.read_text(encoding="utf-8"))) == {name} & SCRIPTS


def test_every_name_is_written_in_one_way():
    assert {name for name in NAMES | STYLES | SCRIPTS if not re.fullmatch(r"[a-z]+(_[a-z]+)*", name)} == set()
