"""Storing transcripts: importing a caption file, replacing lines, keeping earlier versions, deleting."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from portal.core.models import User
from portal.webinars.choices import TranscriptChange
from portal.webinars.models import Caption, Cue, EarlierTranscript, Recording
from portal.webinars.transcripts.parsing import MAX_BYTES, CueLine, parse

BATCH_SIZE = 500


def import_upload(recording: Recording, language: str, origin: str, file: File, user: User) -> Caption:
    """Import the caption file that a member of the staff uploaded, and log it. Raises CaptionError."""
    # One byte more than the limit is enough for the parser to say that the file is too large.
    content = file.read(MAX_BYTES + 1)
    caption = import_captions(recording, language, origin, content, file.name or "", user=user)
    data = {"language": caption.language, "origin": caption.origin}
    log(instance=recording, action="webinars.captions", user=user, data=data)
    return caption


def import_captions(
    recording: Recording,
    language: str,
    origin: str,
    content: str | bytes,
    name: str = "",
    made_on: date | None = None,
    user: User | None = None,
) -> Caption:
    """Import the lines of a caption file as the transcript of a recording in a language, and return it.

    A transcript of the same language and origin is replaced, and kept as an earlier version. Those of other origins
    stay, so corrections survive when the same captions are imported again. On an error nothing is changed.

    `origin` is a choices.CaptionOrigin, `name` that of the file, `made_on` defaults to today. Raises CaptionError, with
    the line.
    """
    lines = parse(content, name)
    with transaction.atomic():
        caption, new = Caption.objects.select_for_update().get_or_create(
            recording=recording, language=language, origin=origin
        )
        if not new:
            keep_earlier_version(caption, stored_lines(caption), lines, TranscriptChange.IMPORTED, user)
        write_lines(caption, lines, made_on)
    return caption


def stored_lines(caption: Caption) -> list[CueLine]:
    """The stored lines of a transcript in their order, with every speaker that the file named. Costs one query."""
    rows = Cue.objects.filter(caption=caption).order_by("position")
    return [CueLine(*row) for row in rows.values_list("start_ms", "end_ms", "text", "speaker")]


def digest(lines: Iterable[CueLine]) -> str:
    """A digest of lines: equal for equal lines, whichever transcript they are in."""
    return hashlib.sha256(json.dumps(_rows(lines), ensure_ascii=False).encode()).hexdigest()


def _rows(lines: Iterable[CueLine]) -> list[list]:
    return [[line.start_ms, line.end_ms, line.text, line.speaker] for line in lines]


def write_lines(caption: Caption, lines: list[CueLine], made_on: date | None = None) -> None:
    """Replace the lines of a transcript; `made_on` defaults to today. Call it in a transaction."""
    replace_cues(caption, lines)
    # Saved last: search and the page cache react to this save, and have to see the new lines.
    caption.made_on = made_on or timezone.localdate()
    caption.save()


def replace_cues(caption: Caption, lines: Iterable[CueLine]) -> None:
    """Replace the stored lines of a transcript, without the save that search and the page cache react to."""
    delete_cues(caption)
    Cue.objects.bulk_create(
        [
            Cue(
                caption=caption,
                position=position,
                start_ms=line.start_ms,
                end_ms=line.end_ms,
                text=line.text,
                speaker=line.speaker,
            )
            for position, line in enumerate(lines)
        ],
        batch_size=BATCH_SIZE,
    )


def keep_earlier_version(
    caption: Caption, present: list[CueLine], lines: list[CueLine], change: str, user: User | None
) -> None:
    """Keep the present lines of a transcript as an earlier version, unless `lines`, which replace them, are equal."""
    if not present or present == lines:
        return
    EarlierTranscript.objects.create(
        caption=caption,
        lines=_rows(present),
        digest=digest(present),
        change=change,
        changed_by=user,
    )


def delete_transcript(caption: Caption) -> None:
    """Delete a transcript with its lines and its earlier versions."""
    with transaction.atomic():
        delete_cues(caption)
        caption.delete()


def delete_cues(caption: Caption) -> None:
    """Delete the lines of a transcript in one statement, without a signal for each of thousands of rows."""
    cues = Cue.objects.filter(caption=caption)
    cues._raw_delete(cues.db)
