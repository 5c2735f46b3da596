"""The lines of a transcript: brought in from a caption file, written, kept when they change, taken away."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from portal.webinars.choices import TranscriptChange
from portal.webinars.models import Caption, Cue, EarlierTranscript, Recording
from portal.webinars.transcripts.parsing import MAX_BYTES, CueLine, parse

AT_A_TIME = 500


def import_upload(recording: Recording, language: str, origin: str, file: File, user) -> Caption:
    """Import the caption file that somebody of the staff hands in, and log that she did. Raises CaptionError."""
    # One byte more than the limit is enough to be told that it is too much.
    caption = import_captions(recording, language, origin, file.read(MAX_BYTES + 1), file.name, user=user)
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
    user=None,
) -> Caption:
    """Make the lines of a caption file the transcript of a recording in a language, and return it.

    The transcript of that language and origin that was there before is replaced, and kept as an earlier version; those
    of other origins stay, so what was corrected here is not touched by the same captions coming in anew. All of it or
    nothing: on an error the old one is untouched. `origin` is a choices.CaptionOrigin, `name` that of the file,
    `made_on` defaults to today. Raises portal.webinars.transcripts.parsing.CaptionError with the line.
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
    """The lines of a transcript in their order, with every speaker that the file named. Costs one query."""
    rows = Cue.objects.filter(caption=caption).order_by("position")
    return [CueLine(*row) for row in rows.values_list("start_ms", "end_ms", "text", "speaker")]


def digest(lines: Iterable[CueLine]) -> str:
    """What tells these lines from any others; tuples of the same four values give the same."""
    return hashlib.sha256(json.dumps(_rows(lines), ensure_ascii=False).encode()).hexdigest()


def _rows(lines: Iterable[CueLine]) -> list[list]:
    return [[line.start_ms, line.end_ms, line.text, line.speaker] for line in lines]


def write_lines(caption: Caption, lines: list[CueLine], made_on: date | None = None) -> None:
    """Give a transcript these lines instead of its own; `made_on` defaults to today. To be called in a transaction."""
    replace_cues(caption, lines)
    # Saved last: search and the published copies listen to this, and have to see the new lines.
    caption.made_on = made_on or timezone.localdate()
    caption.save()


def replace_cues(caption: Caption, lines: Iterable[CueLine]) -> None:
    """Store these lines of a transcript in place of its own, and tell nobody."""
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
        batch_size=AT_A_TIME,
    )


def keep_earlier_version(caption: Caption, present: list[CueLine], lines: list[CueLine], change: str, user) -> None:
    """Keep the present lines of a transcript that is about to get `lines` instead; nothing when they are the same."""
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
    """Take a transcript away with its lines and the earlier ones."""
    with transaction.atomic():
        delete_cues(caption)
        caption.delete()


def delete_cues(caption: Caption) -> None:
    """Delete the lines of a transcript in one statement; a signal for each of thousands would tell nothing new."""
    cues = Cue.objects.filter(caption=caption)
    cues._raw_delete(cues.db)
