"""Builds the translatable fields of a page from an item of the files, in the same way for every language."""

import json
import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from portal.core.content.sentences import one_line
from portal.starter.loading.content_files import StarterItem
from portal.starter.loading.markup import FindPageId, rich_text

_NAMESPACE = uuid.UUID("6a0d0f0e-5c5f-5e0b-9a55-5c0a6b0f2021")

METHOD_RICH = (
    "challenge whom_it_helps objectives mechanism safeguards legal_basis differs_abroad results users_opinion "
    "evaluation what_did_not_work debate must_stay may_change common_mistakes"
).split()
METHOD_LINES = "summary staff_profile training funding lifetime figure_title".split()
METHOD_LISTS = {
    "rows": ("fact", ("text", "act", "confirmed_by"), ("part", "source", "as_of", "checked_on")),
    "steps": ("step", ("title", "text", "general"), ()),
    "building_blocks": ("block", ("title", "purpose", "how", "enabling", "lessons", "general"), ()),
    "figure": ("rung", ("title", "text", "general"), ("tier", "confirmed")),
    "roles": ("role", ("title", "text", "general"), ()),
    "figures": ("figure", ("value", "text"), ("year", "source")),
    "conditions": ("condition", ("text",), ("kind", "essential", "voice")),
    "first_steps": ("step", ("text",), ("voice",)),
}
PROJECT_RICH = ("challenge", "what_was_done", "results", "what_still_runs", "funding_note")
PROJECT_LINES = ("summary", "programme", "priority")
PROJECT_LISTS = {
    "timeline": ("event", ("text",), ("date", "unconfirmed")),
    "deliverables": ("deliverable", ("title", "note"), ("url",)),
}


def block_id(*parts: str) -> str:
    """Return the id of a block, which is the same in every language and at every load."""
    return str(uuid.uuid5(_NAMESPACE, ":".join(parts)))


def parse_date(value: Any) -> date | None:
    """Return a day of the files as a date, or None."""
    return value if isinstance(value, date) or value is None else date.fromisoformat(str(value))


def common_fields(item: StarterItem, text: dict) -> dict:
    """Return the texts that every page has."""
    return {
        "title": text["title"],
        "slug": text.get("slug") or item.key,
        "lead": text.get("lead", ""),
        "position_source": text.get("position_source", ""),
        "search_description": (text.get("lead") or "")[:250],
    }


def translatable_fields(item: StarterItem, language: str, find_page_id: FindPageId) -> dict[str, Any]:
    """Return the translatable fields of an item's page in a language, as `{field: value}`.

    `find_page_id(reference)` returns the page that a link points to.
    """
    text = item.texts[language]
    return common_fields(item, text) | _BUILDERS[item.kind](item, text, find_page_id)


def _lists(item: StarterItem, text: dict, lists: dict) -> dict:
    return {
        field: _stream(item, field, text.get(field) or [], item.facts.get(field) or {}, *definition)
        for field, definition in lists.items()
    }


def _stream(
    item: StarterItem,
    field: str,
    entries: list[dict],
    facts: Any,
    block_type: str,
    text_names: tuple[str, ...],
    fact_names: tuple[str, ...],
) -> str:
    blocks = []
    for entry in entries:
        entry_facts = facts.get(entry["id"], {}) if isinstance(facts, dict) else {}
        value = {name: str(entry.get(name) or "") for name in text_names}
        value |= {name: _plain(entry_facts.get(name)) for name in fact_names if entry_facts.get(name) is not None}
        blocks.append({"type": block_type, "value": value, "id": block_id(item.name, field, entry["id"])})
    return json.dumps(blocks, ensure_ascii=False)


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool) else str(value)


def reference_blocks(item: StarterItem) -> str:
    """Return the references of an item as blocks, in their own language."""
    blocks = [
        {
            "type": "source",
            "value": {
                "key": str(source.get("id") or ""),
                "title": source["title"],
                "url": source.get("url") or "",
                "as_of": str(source.get("as_of") or ""),
                "read_on": str(source.get("read_on") or ""),
            },
            "id": block_id(item.name, "sources", str(source.get("id", index))),
        }
        for index, source in enumerate(item.facts.get("sources") or [])
    ]
    return json.dumps(blocks, ensure_ascii=False)


def _method(item: StarterItem, text: dict, find_page_id: FindPageId) -> dict[str, Any]:
    rich = {field: rich_text(text.get(field) or "", find_page_id) for field in METHOD_RICH}
    lines = {field: one_line(text.get(field) or "") for field in METHOD_LINES}
    return rich | lines | _lists(item, text, METHOD_LISTS)


def _project(item: StarterItem, text: dict, find_page_id: FindPageId) -> dict[str, Any]:
    rich = {field: rich_text(text.get(field) or "", find_page_id) for field in PROJECT_RICH}
    lines = {field: one_line(text.get(field) or "") for field in PROJECT_LINES}
    return rich | lines | _lists(item, text, PROJECT_LISTS)


def _dossier(item: StarterItem, text: dict, find_page_id: FindPageId) -> dict[str, Any]:
    facts = item.facts.get("sections") or {}
    sections = [
        {
            "type": "section",
            "value": {
                "heading": section["heading"],
                "text": rich_text(section.get("text") or "", find_page_id),
                "tier": (facts.get(section["id"]) or {}).get("tier") or "",
                "items": "\n".join((facts.get(section["id"]) or {}).get("items") or []),
            },
            "id": block_id(item.name, "sections", section["id"]),
        }
        for section in text.get("sections") or []
    ]
    help_facts = item.facts.get("help_lines") or {}
    help_lines = [
        {
            "type": "line",
            "value": {name: line.get(name) or "" for name in ("name", "text")}
            | {name: (help_facts.get(line["id"]) or {}).get(name) or "" for name in ("phone", "url", "source")},
            "id": block_id(item.name, "help_lines", line["id"]),
        }
        for line in text.get("help_lines") or []
    ]
    return {
        "help_lines": json.dumps(help_lines, ensure_ascii=False),
        "introduction": rich_text(text.get("introduction") or "", find_page_id),
        "sections": json.dumps(sections, ensure_ascii=False),
    }


def _plain_page(item: StarterItem, text: dict, find_page_id: FindPageId) -> dict[str, Any]:
    body = []
    for part in text.get("body") or []:
        identity = block_id(item.name, "body", part["id"])
        body.append({"type": part["type"], "value": _BODY[part["type"]](part, identity, find_page_id), "id": identity})
    return {"body": json.dumps(body, ensure_ascii=False)}


def _list_items(identity: str, values: list) -> list:
    return [
        {"type": "item", "value": value, "id": block_id(identity, str(index))} for index, value in enumerate(values)
    ]


def _table(part: dict, identity: str, find_page_id: FindPageId) -> dict[str, Any]:
    rows = [
        {"cells": _list_items(f"{identity}:row{number}", [str(cell or "") for cell in row])}
        for number, row in enumerate(part["rows"])
    ]
    return {
        "caption": part["caption"],
        "head": _list_items(f"{identity}:head", [str(cell) for cell in part["head"]]),
        "rows": _list_items(f"{identity}:rows", rows),
    }


_BODY: dict[str, Callable[[dict, str, FindPageId], Any]] = {
    "heading": lambda part, identity, find_page_id: part["heading"],
    "text": lambda part, identity, find_page_id: rich_text(part["text"], find_page_id),
    "facts": lambda part, identity, find_page_id: _list_items(
        identity, [{"term": fact["term"], "text": str(fact["text"])} for fact in part["items"]]
    ),
    "table": _table,
}
_BUILDERS: dict[str, Callable[[StarterItem, dict, FindPageId], dict[str, Any]]] = {
    "method": _method,
    "project": _project,
    "dossier": _dossier,
    "page": _plain_page,
    "index": lambda item, text, find_page_id: {},
}
