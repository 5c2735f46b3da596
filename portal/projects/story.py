"""The lists of a project in a language: the words of the page, the facts of the Dutch page (DESIGN.md section 4)."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from portal.core.content.partial_dates import PartialDate, partial_date_sentence
from portal.core.publishing.visibility import SOURCE_LANGUAGE
from portal.ui.components.values import marked


def _pairs(page, project, field: str) -> Iterator[tuple]:
    """The entries of a list as (facts, words, whether the words are still Dutch).

    The Dutch page says which entries there are, in which order, with which facts. A translation pairs by the id of
    the entry; one that has not been translated yet is read in Dutch. Of a translation only plain text is read, so
    that the documents of its copy are not asked.
    """
    translated = {} if page is project else {one["id"]: one["value"] for one in getattr(page, field).raw_data}
    for block in getattr(project, field):
        words = translated.get(block.id)
        yield block.value, words or block.value, words is None and page is not project


def timeline(page, project) -> list[dict]:
    """The dated moments for the component `timeline`, in the order in which staff put them."""
    events = []
    for facts, words, still_dutch in _pairs(page, project, "timeline"):
        text = words["text"]
        date = facts["date"]
        known = PartialDate.read(date)
        events.append(
            {
                "date": known.iso if known else "",
                "when": partial_date_sentence(date),
                "text": marked(text, SOURCE_LANGUAGE) if still_dutch else text,
                "unconfirmed": bool(facts.get("unconfirmed")),
            }
        )
    return events


def deliverables(page, project) -> list[dict]:
    """What the project made: title, note, address, the host it is at, and our own copy where there is one."""
    return [
        {
            "title": words["title"],
            "note": words.get("note") or "",
            "lang": SOURCE_LANGUAGE if still_dutch else "",
            "url": facts["url"],
            "host": urlsplit(facts["url"] or "").netloc.removeprefix("www."),
            "document": facts["document"],
        }
        for facts, words, still_dutch in _pairs(page, project, "deliverables")
    ]
