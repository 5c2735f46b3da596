"""No visible word outside the catalogues: every message of code and templates is translated in nl, fr and de.

The messages are English, so English needs no catalogue.
"""

import ast
import re
from functools import cache
from pathlib import Path

import polib
import pytest
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[2]
LANGUAGES = ("nl", "fr", "de")
FUNCTIONS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "npgettext"}
# What templatize makes of {% translate "…" %} and {% blocktranslate %}…: a call with the message as its first text.
CALL = re.compile(r"(?:gettext|_)\(\s*u?(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


@cache
def catalogue(language):
    return polib.pofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.po"))


def messages_of_code():
    for folder in ("portal", "search"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in FUNCTIONS:
                    texts = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
                    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                    if name.startswith(("pgettext", "npgettext")):
                        texts = texts[1:]
                    if texts and isinstance(texts[0], str):
                        yield texts[0]


def messages_of_templates():
    for folder in ("portal", "search"):
        for path in (ROOT / folder).rglob("*.html"):
            for text in CALL.findall(templatize(path.read_text(encoding="utf-8"))):
                yield ast.literal_eval(text)


@cache
def messages():
    return {message for message in (*messages_of_code(), *messages_of_templates()) if message}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_has_a_translation(language):
    known = {entry.msgid for entry in catalogue(language) if not entry.obsolete and entry.translated()}
    assert sorted(messages() - known) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_a_guess(language):
    assert [entry.msgid for entry in catalogue(language) if "fuzzy" in entry.flags] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_keeps_the_placeholders(language):
    wrong = [
        entry.msgid
        for entry in catalogue(language)
        if not entry.msgid_plural
        and sorted(PLACEHOLDER.findall(entry.msgid)) != sorted(PLACEHOLDER.findall(entry.msgstr))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_made_from_the_readable_one(language):
    written = {
        entry.msgid_with_context: entry.msgstr or entry.msgstr_plural
        for entry in catalogue(language)
        if entry.translated()
    }
    compiled = polib.mofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.mo"))
    assert {entry.msgid_with_context: entry.msgstr or entry.msgstr_plural for entry in compiled} == written


def test_the_check_sees_a_message_that_nobody_translated():
    source = templatize('{% load i18n %}{% translate "Nobody has translated this" %}')
    assert [ast.literal_eval(text) for text in CALL.findall(source)] == ["Nobody has translated this"]
