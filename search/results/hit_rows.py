"""What the results page shows of each hit beside its title and extract."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from portal.core import searchable
from portal.core.searchable import Hit, SearchRequest, SearchResult
from portal.core.translation import state
from portal.ui.components.values import marked
from search.results.speaker_names import names_of_speakers
from search.thesaurus.thesaurus import Thesaurus


@dataclass(frozen=True)
class Row:
    """A hit with the years of a project, the speakers of a recording, and why it is here when no word is marked.

    `elsewhere`: no word of the question is marked and no topic says why; the page says it once for all of these.
    """

    hit: Hit
    years: str = ""
    speakers: tuple[str, ...] = ()
    why: str = ""
    elsewhere: bool = False


def rows(asked: SearchRequest, result: SearchResult, thesaurus: Thesaurus) -> list[Row]:
    """The hits of a page as they are shown. One query when there are speakers, else none."""
    names = names_of_speakers(result.hits)
    asked_for = [one.key for one in result.understood if one.key in thesaurus.concepts]
    topics = {key for one in asked_for for key in (one, *thesaurus.narrower(one))}
    beside = {key for one in asked_for for key in thesaurus.beside(one)} - topics
    return [
        Row(
            hit,
            years=_years(hit) if hit.kind == "project" else "",
            speakers=tuple(names[key] for key in hit.filters.get("speaker", ()) if key in names),
            why=_why(hit, topics, beside, thesaurus, asked.language) if asked.text else "",
            elsewhere=bool(asked.text) and not topics and _is_unmarked(hit),
        )
        for hit in result.hits
    ]


def some_by_machine(hits: Collection[Hit]) -> bool:
    """Whether a title or extract that is shown was translated by machine and not reviewed.

    Asked of one kind after the other until one is: most often the first.
    """
    keys = defaultdict(list)
    for hit in hits:
        if hit.language != settings.LANGUAGE_CODE:
            keys[hit.kind, hit.language].append(hit.key)
    kinds = searchable.kinds()
    return any(
        state.some_by_machine(kinds[kind].model, of_kind, language)
        for (kind, language), of_kind in keys.items()
        if kind in kinds
    )


def _years(hit: Hit) -> str:
    years = sorted(hit.filters.get("year", ()))
    return "" if not years else years[0] if years[0] == years[-1] else f"{years[0]}–{years[-1]}"


def _why(hit: Hit, topics: Collection[str], beside: Collection[str], thesaurus: Thesaurus, language: str) -> str:
    """A sentence for what the marks do not show; "" where they do."""
    if not _is_unmarked(hit):
        return ""
    filed = (*hit.filters.get("topic", ()), *((hit.key,) if hit.kind == "topic" else ()))
    for keys, sentence in (
        (topics, _("About the topic: %(topics)s")),
        (beside, _("Found through a related topic: %(topics)s")),
    ):
        if labels := [marked(*thesaurus.labelled(key, language)) for key in filed if key in keys]:
            said = format_html_join(", ", "{}", ((label,) for label in labels))
            return mark_safe(sentence % {"topics": said})  # noqa: S308  (the sentence is ours, the labels are escaped)
    return ""


def _is_unmarked(hit: Hit) -> bool:
    shown = (hit.title_html, hit.extract_html, *(moment.html for moment in hit.moments))
    return not any("<mark>" in text for text in shown)
