"""The lists of a project in a language: the words of the page, the facts of the Dutch page.

See docs/design.md section 4.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlsplit

from wagtail.documents.models import AbstractDocument

from portal.core.content.partial_dates import PartialDate, partial_date_sentence
from portal.core.content.references import numbers_of, with_references
from portal.core.publishing.visibility import SOURCE_LANGUAGE
from portal.links.selectors import LinkStates, note_on_link
from portal.projects.models import ProjectPage
from portal.ui.components.values import marked


@dataclass(frozen=True)
class Event:
    """A dated moment for the component `timeline`; `date` is in ISO, `when` in words."""

    date: str
    when: str
    text: str
    unconfirmed: bool


@dataclass(frozen=True)
class Deliverable:
    """Something the project made; `document` is our own copy, `host` where `url` leads, `lang` set for Dutch words."""

    title: str
    note: str
    lang: str
    url: str
    host: str
    document: AbstractDocument | None
    link_note: str


def timeline(page: ProjectPage, project: ProjectPage) -> list[Event]:
    """Return the dated moments in the order in which staff put them."""
    return [
        _event(facts, with_references(words["text"], numbers_of(project.sources)), is_dutch)
        for facts, words, is_dutch in _paired_entries(page, project, "timeline")
    ]


def _event(facts: Mapping, text: str, is_dutch: bool) -> Event:
    known = PartialDate.read(facts["date"])
    return Event(
        date=known.iso if known else "",
        when=partial_date_sentence(facts["date"]),
        text=marked(text, SOURCE_LANGUAGE) if is_dutch else text,
        unconfirmed=bool(facts.get("unconfirmed")),
    )


def deliverables(
    page: ProjectPage, project: ProjectPage, links: LinkStates = MappingProxyType({})
) -> list[Deliverable]:
    """Return what the project made."""
    return [
        Deliverable(
            title=words["title"],
            note=words.get("note") or "",
            lang=SOURCE_LANGUAGE if is_dutch else "",
            url=facts["url"],
            host=urlsplit(facts["url"] or "").netloc.removeprefix("www."),
            document=facts["document"],
            link_note=note_on_link(facts["url"], links),
        )
        for facts, words, is_dutch in _paired_entries(page, project, "deliverables")
    ]


def _paired_entries(page: ProjectPage, project: ProjectPage, field: str) -> Iterator[tuple[Mapping, Mapping, bool]]:
    """Yield the entries of a list as (facts, words, whether the words are still Dutch).

    The Dutch page says which entries there are, in which order, with which facts. A translation pairs by the id of
    the entry; one that has not been translated yet is read in Dutch. Of a translation only plain text is read, so
    that the documents of its copy are not asked.
    """
    translated = {} if page is project else {entry["id"]: entry["value"] for entry in getattr(page, field).raw_data}
    for block in getattr(project, field):
        words = translated.get(block.id)
        yield block.value, words or block.value, words is None and page is not project
