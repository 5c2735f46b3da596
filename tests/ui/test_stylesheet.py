"""One stylesheet goes out, made of many parts."""

import re

from django.contrib.staticfiles import finders

from portal.ui import css


def test_every_part_of_the_stylesheet_is_sent():
    written = {path.relative_to(css.SOURCE).as_posix() for path in css.SOURCE.rglob("*.css")}
    assert written == set(css.PARTS)
    assert len(css.PARTS) == len(set(css.PARTS))


def test_the_joined_stylesheet_is_found_like_any_static_file():
    found = finders.find(css.NAME)
    assert found
    with open(found, encoding="utf-8") as handle:
        assert handle.read() == css.joined()


def test_collecting_static_files_takes_the_joined_stylesheet_along():
    paths = [path for finder in finders.get_finders() for path, _storage in finder.list([])]
    assert paths.count(css.NAME) == 1


def test_the_order_of_the_layers_comes_first_and_every_rule_is_in_a_layer():
    text = css.joined()
    assert text.startswith("@layer reset, tokens, base, layout, components, pages, print;")
    outside = text
    while "{" in outside:
        outside = re.sub(r"\{[^{}]*\}", ";", outside)
    statements = [statement.strip() for statement in outside.split(";") if statement.strip()]
    assert all(statement.startswith("@layer") for statement in statements)


def test_braces_close_in_every_part():
    for part in css.PARTS:
        text = re.sub(r"/\*.*?\*/", "", (css.SOURCE / part).read_text(encoding="utf-8"), flags=re.DOTALL)
        assert text.count("{") == text.count("}"), part


def test_the_stylesheet_asks_for_nothing_else():
    assert not re.findall(r"@import|url\(|@font-face", css.joined())


def test_colours_stand_in_the_tokens_only():
    # The player and the frame of the emblem lie on a picture or a flag, not on the paper of the page.
    outside = ("tokens.css", "print.css", "components/player.css", "components/funding.css")
    for part in css.PARTS:
        if part in outside:
            continue
        text = re.sub(r"/\*.*?\*/", "", (css.SOURCE / part).read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", text), part


def test_the_stylesheet_stays_small():
    import gzip

    assert len(gzip.compress(css.joined().encode())) < 14_000
