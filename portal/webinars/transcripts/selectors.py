"""Reading transcripts: the best one of each language, its lines, and the chapters it is read under.

A speaker is named in a line only when she may be named (consent/named_speakers.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Case, TextField, Value, When

from portal.core.content.records import text_in
from portal.webinars.choices import CaptionOrigin
from portal.webinars.models import Caption, Chapter, Cue, Recording
from portal.webinars.transcripts.paragraphs import Line, Part, parts


@dataclass(frozen=True)
class ChapterTitle:
    """A chapter with its title, and the language that the title is in."""

    start_s: int
    title: str
    language: str


# Of several transcripts in one language, visitors read the first of these.
ORIGINS_BY_QUALITY = (CaptionOrigin.HUMAN, CaptionOrigin.CORRECTED, CaptionOrigin.MACHINE)


def transcripts_of(recording: Recording) -> dict[str, Caption]:
    """The best transcript of a recording in each language, the content languages first. Costs one query.

    Empty for a recording that was taken down.
    """
    return best_transcripts(recording.captions.all()) if recording.pk and not recording.taken_down else {}


def best_transcripts(captions: Iterable[Caption]) -> dict[str, Caption]:
    """The best transcript of each language among these."""
    codes = [code for code, _name in settings.LANGUAGES]
    best: dict[str, Caption] = {}
    for caption in sorted(captions, key=lambda caption: (codes.index(caption.language), *_rank(caption))):
        best.setdefault(caption.language, caption)
    return best


def _rank(caption: Caption) -> tuple[int, bool]:
    """The rank of a transcript among those of its language; a corrected one comes right before what it corrects."""
    origin = CaptionOrigin.HUMAN if caption.corrects_a_person else CaptionOrigin(caption.origin)
    return ORIGINS_BY_QUALITY.index(origin), not caption.corrects_a_person


def transcript_to_show(transcripts: dict[str, Caption], *languages: str) -> Caption | None:
    """The transcript in the first of these languages that has one, else the first transcript; None without any."""
    for language in languages:
        if language in transcripts:
            return transcripts[language]
    return next(iter(transcripts.values()), None)


def lines_of_caption(caption: Caption, names: Iterable[str]) -> list[Line]:
    """The lines of a transcript, with the speaker only where it is one of `names`. Costs one query."""
    rows = Cue.objects.filter(caption=caption).order_by("position").values_list("start_ms", "end_ms", "text", "speaker")
    return _lines(rows, names)


def lines_and_seconds(caption: Caption, names: Iterable[str]) -> tuple[list[Line], set[int]]:
    """The lines of a transcript, and the whole seconds at which a line of any transcript of the recording begins.

    A match that was found in another language points at such a second. Costs one query.
    """
    words = Case(When(caption=caption, then="text"), default=Value(""), output_field=TextField())
    rows = list(
        Cue.objects.filter(caption__recording=caption.recording_id)
        .order_by("position")
        .values_list("start_ms", "end_ms", words, "speaker", "caption_id")
    )
    own_rows = [row[:4] for row in rows if row[4] == caption.pk]
    return _lines(own_rows, names), {row[0] // 1000 for row in rows}


def _lines(rows: Iterable[tuple], names: Iterable[str]) -> list[Line]:
    allowed = {name.casefold() for name in names}
    return [
        Line(start / 1000, end / 1000, text, speaker if speaker.casefold() in allowed else "")
        for start, end, text, speaker in rows
    ]


def chapters_of(recording: Recording) -> list[Chapter]:
    """The chapters of a recording in the order of time. Costs one query."""
    return sorted(recording.chapters.all(), key=lambda chapter: chapter.start_s)


def chapter_titles(chapters: Iterable[Chapter], language: str) -> list[ChapterTitle]:
    """Chapters with their titles in a language, or in the nearest language that they have one in."""
    return [ChapterTitle(chapter.start_s, *text_in(chapter, "title", language)) for chapter in chapters]


def in_parts(lines: Iterable[Line], chapters: Iterable[ChapterTitle]) -> list[Part]:
    """Lines as paragraphs under the titles of these chapters."""
    return parts(lines, [(chapter.start_s, chapter.title) for chapter in chapters])
