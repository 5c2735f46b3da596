"""What changed on the portal: what was published for the first time, and the notes that staff wrote at a publication.

Nothing is stored for it: the day of a note is that of the first publication with it, which Wagtail's log knows.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.db.models import OuterRef, QuerySet, Subquery, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail.models import PageLogEntry

from portal.core.cards import PER_PAGE
from portal.core.page_cache.cached_values import cached_until_publish
from portal.core.publishing.visibility import SOURCE_LANGUAGE
from portal.core.routing.structure import index_path
from portal.home.models import ChangesPage, DossierIndexPage, DossierPage, PlainPage, TranslatedNote
from portal.home.public_pages import public_pages
from portal.methods.models import MethodIndexPage, MethodPage
from portal.projects.models import ProjectIndexPage, ProjectPage
from portal.ui.labels import KINDS
from portal.webinars.choices import RecordingState
from portal.webinars.models import Recording, RecordingSource, WebinarIndexPage
from portal.webinars.selectors import listed_recordings

INDEX_OF = {
    MethodPage.kind: MethodIndexPage,
    ProjectPage.kind: ProjectIndexPage,
    DossierPage.kind: DossierIndexPage,
    Recording.kind: WebinarIndexPage,
}
MOST_RECORDINGS = 500  # of an archive only the latest are news
SAME_PUBLICATION = timedelta(seconds=10)  # between the time on a page and that in the log
TOGETHER = 3  # so many of a kind on one day are one line of the start page


@dataclass(frozen=True)
class NewsItem:
    """Something that was published for the first time, or published again with a `note` of what changed.

    `language` is that of the title, `note_language` that of the note: Dutch, until somebody has translated it.
    """

    at: datetime
    kind: str
    key: str
    title: str
    url: str
    language: str
    note: str = ""
    note_language: str = SOURCE_LANGUAGE
    note_by_machine: bool = False

    @property
    def day(self) -> date:
        return timezone.localdate(self.at)

    @property
    def kind_label(self) -> str:
        """The word for its kind in the active language."""
        return str(KINDS[self.kind])


@dataclass(frozen=True)
class NewsOfDay:
    """The changes of one day, the latest first."""

    day: date
    news: list[NewsItem]


@dataclass(frozen=True)
class ChangesContext:
    """A page of the list of changes."""

    days: list[NewsOfDay]
    number: int
    pages: int


@dataclass(frozen=True)
class NewsLine:
    """A line of the start page: one change, or the number of things of a kind that one day brought (`summary`)."""

    day: date
    url: str
    item: NewsItem | None = None
    summary: str = ""


def changes_page(page: ChangesPage, request: HttpRequest) -> ChangesContext:
    """Return what the list of changes shows."""
    shown = Paginator(all_news(page.language), PER_PAGE).get_page(request.GET.get("page"))
    days = groupby(shown.object_list, key=lambda item: item.day)
    return ChangesContext(
        days=[NewsOfDay(day, list(items)) for day, items in days],
        number=shown.number,
        pages=shown.paginator.num_pages,
    )


def latest_news(language: str, number: int) -> list[NewsLine]:
    """Return the first lines of the list of changes, what one day brought of one kind in one line."""
    lines: list[NewsLine] = []
    for day, items in groupby(all_news(language), key=lambda item: item.day):
        lines += _lines_of_day(day, list(items), language)
        if len(lines) >= number:
            break
    return lines[:number]


def _lines_of_day(day: date, items: list[NewsItem], language: str) -> Iterator[NewsLine]:
    new: dict[str, list[NewsItem]] = {}
    for item in items:
        if item.note:
            yield NewsLine(day, item.url, item)
        else:
            new.setdefault(item.kind, []).append(item)
    for kind, of_kind in new.items():
        index = index_path(INDEX_OF[kind], language) if kind in INDEX_OF else None
        if len(of_kind) < TOGETHER or index is None:
            yield from (NewsLine(day, item.url, item) for item in of_kind)
        else:
            yield NewsLine(day, index, summary=_published(kind, len(of_kind)))


def _published(kind: str, number: int) -> str:
    sentences = {
        MethodPage.kind: ngettext("%(number)d method published", "%(number)d methods published", number),
        ProjectPage.kind: ngettext(
            "%(number)d project or network published", "%(number)d projects and networks published", number
        ),
        DossierPage.kind: ngettext(
            "%(number)d guide to a problem published", "%(number)d guides to problems published", number
        ),
        Recording.kind: ngettext("%(number)d recording published", "%(number)d recordings published", number),
    }
    return sentences[kind] % {"number": number}


def all_news(language: str) -> list[NewsItem]:
    """Return every change that a visitor may read of, in a language, the latest first. Three queries, kept."""
    return cached_until_publish(("news", language), lambda: _read_news(language))


def _read_news(language: str) -> list[NewsItem]:
    items = [*_news_of_pages(language), *_new_recordings(language)]
    return sorted(items, key=lambda item: (item.at, item.title, item.kind, item.key), reverse=True)


def _news_of_pages(language: str) -> Iterator[NewsItem]:
    pages = public_pages(language)
    notes = _notes([page.pk for page in pages], language)
    for page in pages:
        first = page.first_published_at
        # That a page of words was there first is no news: only what staff write of it.
        published = [(first, _Note())] if first and page.kind != PlainPage.kind else []
        # The note of the very first publication goes with it: there was nothing to change before.
        for at, note in notes.get(page.pk, ()):
            published = [(at, note)] if first and at <= first + SAME_PUBLICATION else [*published, (at, note)]
        for at, note in published:
            note_values = (note.text, note.language, note.by_machine)
            yield NewsItem(at, page.kind, page.key, page.title, page.url, page.language, *note_values)


@dataclass(frozen=True)
class _Note:
    """A note in the language in which it is shown."""

    text: str = ""
    language: str = SOURCE_LANGUAGE
    by_machine: bool = False


def _notes(pages: Collection[int], language: str) -> dict[int, list[tuple[datetime, _Note]]]:
    """The notes of each page with their first publication, in a language where somebody translated them."""
    translated = TranslatedNote.objects.filter(
        page_key=OuterRef("page__translation_key"), note=OuterRef("note"), language=language
    )
    entries = published_notes().filter(page__in=pages)
    notes = defaultdict(list)
    rows: Iterable[Any] = entries.annotate(
        text=Subquery(translated.values("text")[:1]), by_machine=Subquery(translated.values("by_machine")[:1])
    ).values_list("page_id", "timestamp", "note", "text", "by_machine")
    for page, at, note, text, by_machine in _first_of_each(rows):
        notes[page].append((at, _Note(text, language, by_machine) if text else _Note(note)))
    return notes


def published_notes() -> QuerySet[PageLogEntry]:
    """Return what Wagtail's log knows of publications with a note, the first comes first; `note` is the Dutch note."""
    published = PageLogEntry.objects.filter(action="wagtail.publish")
    noted = published.annotate(note=Cast(KeyTextTransform("change_note", "revision__content"), TextField()))
    return noted.exclude(note=None).exclude(note="").order_by("timestamp", "pk")


def _first_of_each(rows: Iterable[Any]) -> Iterator[Any]:
    """Yield the first row of each note of a page: a note stays in the form until somebody writes another."""
    known = set()
    for row in rows:
        page, _at, note, *_translation = row
        if (page, note) not in known:
            known.add((page, note))
            yield row


def _new_recordings(language: str) -> Iterator[NewsItem]:
    """The recordings by their first publication here. Examples are no news, nor is what nobody found yet."""
    sources = RecordingSource.objects.filter(recording=OuterRef("pk")).order_by("pk")
    recordings = listed_recordings().filter(take_down=None, first_published_at__isnull=False)
    recordings = recordings.exclude(state=RecordingState.NOT_FOUND)
    latest = (
        recordings.order_by("-first_published_at")
        .select_related("take_down")
        .annotate(
            title_at_source=Subquery(sources.exclude(title="").values("title")[:1]),
            text_at_source=Subquery(sources.exclude(text="").values("text")[:1]),
        )
    )
    for recording in latest[:MOST_RECORDINGS]:
        title, title_language = recording.title_in(language)
        if url := recording.path_in(language):
            at = recording.first_published_at
            yield NewsItem(at, Recording.kind, recording.key, title or recording.key, url, title_language)
