"""What pages and components render is what is kept in tests/fixtures/dom, however their templates are laid out.

After a change that is meant: `python -m tests.ui.make_rendered_pages`, and read what `git diff` shows.
"""

import os
from pathlib import Path

import pytest

from tests.ui.rendered_pages import rendered

FOLDER = Path(__file__).parents[1] / "fixtures" / "dom"


@pytest.mark.django_db
def test_every_page_renders_as_it_did(site, translate, monkeypatch):
    # What other tests left in the index is not asked: pages list what is in the database.
    monkeypatch.setattr("portal.core.searchable._engine", None)
    found = rendered(translate)
    if os.environ.get("SCHAKEL_MAKE_RENDERED_PAGES"):
        FOLDER.mkdir(exist_ok=True)
        for path in FOLDER.glob("*.txt"):
            path.unlink()
        for name, text in found.items():
            (FOLDER / f"{name}.txt").write_text(text, encoding="utf-8")
    kept = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.txt")}
    assert found.keys() == kept.keys()
    for name, text in found.items():
        assert text == kept[name], name
