"""Checks the files of methods and projects: every statement has a source or a voice, every fact is used or refused.

What is refused has a reason. Of recordings and the sessions of others it checks the facts and the addresses.

`manage.py starter check` prints what is wrong, and a test asks the same.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from portal.methods.choices import RowPart
from portal.starter.loading.content_files import CONTENT, LANGUAGES, StarterItem, read_items, read_list
from portal.starter.loading.page_fields import METHOD_LISTS, METHOD_RICH, PROJECT_LISTS, PROJECT_RICH
from portal.webinars.platforms import Platform

REFERENCE = re.compile(r"\[([a-z0-9-]+(?:, ?[a-z0-9-]+)*)\](?!\()")
PARTS_OF_TEXTS = ("text", "purpose", "how", "enabling", "lessons")
RICH_TEXTS = {"method": METHOD_RICH, "project": PROJECT_RICH}
LISTS = {"method": METHOD_LISTS, "project": PROJECT_LISTS}
# Their sources are values of their own: an address, or the short name of a source.
SOURCED_LISTS = ("rows", "figures", "figure", "deliverables")
FACT_FILE = "facts.tsv"  # id of the fact, its address, "used" or "refused", where it stands or why not
# Copy and upload sites, and sites of parties and office holders, are never linked (docs/design.md section 10).
NEVER_LINKED = {
    "123dok.net",
    "5dok.net",
    "9lib.org",
    "docplayer.nl",
    "koenanciaux.be",
    "openvldmechelen.be",
    "p.pdfhall.com",
    "slideplayer.com",
    "slideshare.net",
    "studylibnl.com",
    "vdocuments.mx",
    "vdocuments.us",
    "voormechelen.be",
}


def problems() -> list[str]:
    """Return what is wrong in the files of the starter content, a sentence each, with the key of the item first."""
    return [*page_problems(), *session_problems()]


def page_problems() -> list[str]:
    """Return what is wrong in the files of methods and projects."""
    items = [*read_items("methods", "method"), *read_items("projects", "project")]
    return [f"{item.key}: {problem}" for item in items for problem in _problems_of(item)]


def session_problems() -> list[str]:
    """Return what is wrong in the files of recordings and of the sessions of others."""
    recordings, further = read_items("recordings", "recording"), read_list("further_sessions.yaml")
    found = [f"{item.key}: {problem}" for item in recordings for problem in _problems_of_recording(item)]
    found += [f"{entry['key']}: {problem}" for entry in further for problem in _problems_of_further_session(entry)]
    places = {f"recordings.{item.key}" for item in recordings} | {f"further_sessions.{one['key']}" for one in further}
    places |= {f"sources.{source['key']}" for source in read_list("sources.yaml")}
    return found + [f"recordings: {problem}" for problem in _facts(CONTENT / "recordings" / FACT_FILE, places)]


def _problems_of(item: StarterItem) -> Iterator[str]:
    yield from _sources(item)
    yield from _rows(item)
    yield from _languages(item)
    yield from _fact_file(item)
    yield from _links(item)
    for language, texts in item.texts.items():
        for where, text in _statements(item.kind, texts):
            for key in _references(text):
                if key not in _keys(item):
                    yield f"{language} {where} names the source “{key}”, which is not among its sources."
    if item.facts.get("live", True):
        for where, text, voice in _passages(item):
            if voice == "" and not _references(text):
                yield f"nl {where} has neither a source nor a voice: “{text.strip()[:60]}”"


def _keys(item: StarterItem) -> set[str]:
    return {str(source.get("id")) for source in item.facts.get("sources") or []}


def _references(text: str) -> list[str]:
    return [key.strip() for found in REFERENCE.findall(text or "") for key in found.split(",")]


def _sources(item: StarterItem) -> Iterator[str]:
    addresses = [(f"the source {source['id']}", source.get("url")) for source in item.facts.get("sources") or []]
    deliverables = item.facts.get("deliverables") or {}
    addresses += [(f"deliverables.{name}", made.get("url")) for name, made in deliverables.items()]
    yield from _never_linked([*addresses, ("the website", item.facts.get("website"))])


def _never_linked(addresses: Iterable[tuple[str, str | None]]) -> Iterator[str]:
    for where, url in addresses:
        host = (urlsplit(url or "").hostname or "").removesuffix(".").removeprefix("www.")
        if host in NEVER_LINKED:
            yield f"{where} is at {host}, which is never linked."


def _rows(item: StarterItem) -> Iterator[str]:
    facts = item.facts.get("rows") or {}
    for row in item.texts["nl"].get("rows") or []:
        fact = facts.get(row["id"]) or {}
        if fact.get("part") not in RowPart.values:
            yield f"the row {row['id']} has no part of the first screen ({', '.join(RowPart.values)})."
        for key in str(fact.get("source") or "").split(","):
            if key.strip() not in _keys(item):
                yield f"the row {row['id']} names the source “{key.strip()}”, which is not among its sources."


def _languages(item: StarterItem) -> Iterator[str]:
    """The same entries, references and voices in every language."""
    dutch = _shape(item.kind, item.texts["nl"])
    for language in LANGUAGES:
        shape = _shape(item.kind, item.texts.get(language) or {})
        for where in sorted(dutch.keys() | shape.keys()):
            if dutch.get(where) != shape.get(where):
                yield f"{language} {where} is not built like the Dutch text."


def _shape(kind: str, texts: dict) -> dict[str, tuple]:
    shape: dict[str, tuple] = {where: tuple(_references(text)) for where, text in _statements(kind, texts)}
    for name in RICH_TEXTS[kind]:
        if text := texts.get(name):
            shape[f"{name} (paragraphs)"] = tuple(chunk.startswith("~ ") for chunk in _chunks(text))
    return shape


def _chunks(text: str) -> list[str]:
    return [chunk.strip() for chunk in re.split(r"\n\s*\n", text.strip()) if chunk.strip()]


def _statements(kind: str, texts: dict) -> Iterator[tuple[str, str]]:
    """Yield every text that can name a source, as (where, text)."""
    for name in RICH_TEXTS[kind]:
        if texts.get(name):
            yield name, texts[name]
    for name, (_type, text_names, _facts) in LISTS[kind].items():
        for entry in texts.get(name) or []:
            yield f"{name}.{entry['id']}", " ".join(str(entry.get(part) or "") for part in text_names)


def _passages(item: StarterItem) -> Iterator[tuple[str, str, str]]:
    """Yield the Dutch passages as (where, text, voice). A list has the voice of the paragraph above it."""
    texts = item.texts["nl"]
    for name in RICH_TEXTS[item.kind]:
        voice = ""
        for chunk in _chunks(texts.get(name) or ""):
            if not chunk.startswith("- "):
                voice = "general" if chunk.startswith("~ ") else ""
            yield name, chunk, voice
    for name, (_type, text_names, _facts) in LISTS[item.kind].items():
        if name in SOURCED_LISTS:
            continue
        facts = item.facts.get(name) or {}
        for entry in texts.get(name) or []:
            voice = (facts.get(entry["id"]) or {}).get("voice") or ""
            own = " ".join(str(entry.get(part) or "") for part in text_names if part in PARTS_OF_TEXTS).strip()
            if own:
                yield f"{name}.{entry['id']}", own, voice


def _links(item: StarterItem) -> Iterator[str]:
    """Only rich texts can have links; in a list their markup would be shown."""
    for language, texts in item.texts.items():
        for where, text in _statements(item.kind, texts):
            if "." in where and "](" in text:
                yield f"{language} {where} has a link, which only a rich text can have."


def _fact_file(item: StarterItem) -> Iterator[str]:
    places = (
        {where for where, _text in _statements(item.kind, item.texts["nl"])} | set(item.facts) | set(item.texts["nl"])
    )
    yield from _facts(item.folder / FACT_FILE, places)


def _facts(path: Path, places: set[str]) -> Iterator[str]:
    """Say what is wrong in a table of facts, if there is one; `places` are those where a fact can stand."""
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="") as file:
        for number, line in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
            if len(line) != 4 or line[2] not in ("used", "refused") or not line[3].strip():
                yield f"{FACT_FILE} line {number} is not: id, address, used or refused, where or why."
            elif line[2] == "used":
                for place in line[3].split(","):
                    if place.strip() not in places:
                        yield f"{FACT_FILE} line {number}: {line[0]} stands in {place.strip()}, which is empty."


def _problems_of_recording(item: StarterItem) -> Iterator[str]:
    for source in item.facts.get("sources") or []:
        yield from _never_linked([("a source", source.get("url"))])
        platform = Platform(source["platform"])
        is_website = platform != Platform.FILE and not platform.spec.id_prefix
        if is_website and not (source.get("url") and source.get("read_on")):
            yield "a source on another website lacks its address, or the day on which it was read."


def _problems_of_further_session(entry: dict) -> Iterator[str]:
    yield from _never_linked([("its page", entry["url"])])
    if not entry.get("methods") and not entry.get("projects"):
        yield "it belongs to no method and no project, so that nobody would meet it."
    for language in LANGUAGES:
        if not (entry.get("note") or {}).get(language):
            yield f"it has no note in {language}."
