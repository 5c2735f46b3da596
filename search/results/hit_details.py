"""What the results page shows of each hit besides its title, extract and lines of the transcript."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from portal.core.content.records import Record
from portal.core.models import BasePage
from portal.core.searchable import Hit, SearchRequest, SearchResult, searchable_kinds
from portal.core.translation import state
from portal.ui.components.values import marked
from portal.webinars.choices import Medium, RecordingList
from search.results.speaker_names import speaker_names
from search.thesaurus.thesaurus import Thesaurus


@dataclass(frozen=True)
class HitDetails:
    """A hit with the years of a project, the speakers of a recording, and the reason when no word is marked.

    Of a recording, `medium` is what there is to watch or hear, and `availability` says so when it is not there.

    For a hit `without_reason` no word is marked and no topic explains it; the page says that once for all of them.
    """

    hit: Hit
    years: str = ""
    speakers: tuple[str, ...] = ()
    medium: str = ""
    availability: str = ""
    reason: str = ""
    without_reason: bool = False


def hit_details(request: SearchRequest, result: SearchResult, thesaurus: Thesaurus) -> list[HitDetails]:
    """Return the hits of a page as they are shown. One query when there are speakers, else none."""
    names = speaker_names(result.hits)
    recognised = [concept.key for concept in result.concepts if concept.key in thesaurus.concepts]
    topics = {topic for key in recognised for topic in (key, *thesaurus.narrower(key))}
    neighbours = {topic for key in recognised for topic in thesaurus.neighbours(key)} - topics
    return [
        HitDetails(
            hit,
            years=_years(hit) if hit.kind == "project" else "",
            speakers=tuple(names[key] for key in hit.filters.get("speaker", ()) if key in names),
            medium=_medium(hit),
            availability=_availability(hit) if hit.kind == "recording" else "",
            reason=_reason(hit, topics, neighbours, thesaurus, request.language) if request.text else "",
            without_reason=bool(request.text) and not topics and not _has_mark(hit),
        )
        for hit in result.hits
    ]


def has_machine_translation(hits: Collection[Hit]) -> bool:
    """Return whether a title or extract that is shown was translated by machine and not reviewed.

    One kind is looked at after the other until there is one: most often that is the first.
    """
    keys = defaultdict(list)
    for hit in hits:
        if hit.language != settings.LANGUAGE_CODE:
            keys[hit.kind, hit.language].append(hit.key)
    models = {name: kind.model for name, kind in searchable_kinds().items()}
    return any(
        state.some_by_machine(model, of_kind, language)
        for (kind, language), of_kind in keys.items()
        if (model := models.get(kind)) and issubclass(model, BasePage | Record)
    )


def _medium(hit: Hit) -> str:
    medium = next(iter(hit.filters.get("medium", ())), "")
    return str(dict(Medium.choices).get(medium, ""))


def _availability(hit: Hit) -> str:
    """Return in which list a recording stands that cannot be watched; "" for one that can."""
    listed = next(iter(hit.filters.get("list", ())), "")
    if listed == RecordingList.WATCH:
        return ""
    return str(RecordingList(listed).label) if listed else _("There is no recording of this that you can watch.")


def _years(hit: Hit) -> str:
    years = sorted(hit.filters.get("year", ()))
    if not years:
        return ""
    return years[0] if years[0] == years[-1] else f"{years[0]}–{years[-1]}"


def _reason(hit: Hit, topics: Collection[str], neighbours: Collection[str], thesaurus: Thesaurus, language: str) -> str:
    """Return a sentence that says why a hit without a marked word was found; "" for the others."""
    if _has_mark(hit):
        return ""
    filed_under = (*hit.filters.get("topic", ()), *((hit.key,) if hit.kind == "topic" else ()))
    for keys, sentence in (
        (topics, _("About the topic: %(topics)s")),
        (neighbours, _("Found through a related topic: %(topics)s")),
    ):
        if labels := [marked(*thesaurus.label_with_language(key, language)) for key in filed_under if key in keys]:
            joined = format_html_join(", ", "{}", ((label,) for label in labels))
            return mark_safe(sentence % {"topics": joined})  # noqa: S308  (from the catalogue; the labels are escaped)
    return ""


def _has_mark(hit: Hit) -> bool:
    shown = (hit.title_html, hit.extract_html, *(cue.html for cue in hit.cue_hits))
    return any("<mark>" in text for text in shown)
