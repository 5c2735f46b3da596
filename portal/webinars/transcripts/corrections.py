"""Correcting a transcript: what staff change is kept beside what was brought in, and goes before it.

The first correction makes a transcript of its own (origin `corrected`) of the one it was made in. That one stays as it
came, so the same captions that come in anew replace it, and never the corrections (docs/feeds.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db import transaction
from django.utils.translation import gettext as _

from portal.webinars.choices import CaptionOrigin, TranscriptChange
from portal.webinars.models import Caption, EarlierTranscript
from portal.webinars.transcripts.parsing import CueLine, in_time_order
from portal.webinars.transcripts.storage import digest, keep_earlier_version, stored_lines, write_lines


class CorrectionError(Exception):
    """The text cannot be kept; `str(error)` is a translated sentence for staff."""


@dataclass(frozen=True)
class CorrectionResult:
    """What became of a correction: where it is, how many lines changed, and what was not kept.

    `refused` are the lines, with the text that was sent, that somebody else had changed in the meantime.
    """

    caption: Caption
    changed: int
    refused: tuple[CueLine, ...] = ()


def corrected_version(caption: Caption) -> Caption | None:
    """The transcript that holds the corrections of this one; itself when it is one, None when there is none yet."""
    if caption.origin == CaptionOrigin.CORRECTED:
        return caption
    others = Caption.objects.filter(recording=caption.recording_id, language=caption.language)
    return others.filter(origin=CaptionOrigin.CORRECTED, corrected_from=caption.origin).first()


def lines_with_digest(caption: Caption, seen: str) -> list[CueLine] | None:
    """The lines of which `seen` is the digest: the present ones, or earlier ones; None when there are no such."""
    present = stored_lines(caption)
    if digest(present) == seen:
        return present
    earlier = EarlierTranscript.objects.filter(caption=caption, digest=seen).first()
    return [CueLine(*row) for row in earlier.lines] if earlier else None


def correct(caption: Caption, base: list[CueLine], wanted: Sequence[tuple[CueLine, ...]], user) -> CorrectionResult:
    """Keep what somebody made of the lines `base` of `caption` that she saw: of each one line, none, or several.

    What others saved since stays; of a line that both changed theirs stays, and hers is given back. Raises
    CannotCorrect when a line is missing, or none would be left.
    """
    if len(wanted) != len(base):
        raise CorrectionError(_("Not every line arrived. Nothing was saved; send it again."))
    mine = {line: lines for line, lines in zip(base, wanted, strict=True) if lines != (line,)}
    with transaction.atomic():
        target = corrected_version(caption) or caption
        target = Caption.objects.select_for_update().get(pk=target.pk)
        theirs = stored_lines(target)
        lines = in_time_order(one for line in theirs for one in mine.get(line, (line,)))
        if not lines:
            raise CorrectionError(_("At least one line has to stay. A whole transcript is taken away with Remove."))
        there = set(theirs)
        refused = [hers for line, hers in mine.items() if line not in there and not there.issuperset(hers)]
        if lines != theirs:
            target = _write_correction(target, theirs, lines, user)
    return CorrectionResult(target, len(mine) - len(refused), tuple(line for hers in refused for line in hers))


def _write_correction(caption: Caption, before: list[CueLine], lines: list[CueLine], user) -> Caption:
    """Write corrected lines where corrections are kept, and what stood there `before` among the earlier ones."""
    if caption.origin != CaptionOrigin.CORRECTED:
        came_from = caption.origin
        caption, _new = Caption.objects.get_or_create(
            recording_id=caption.recording_id, language=caption.language, origin=CaptionOrigin.CORRECTED
        )
        caption.corrected_from = came_from
        keep_earlier_version(caption, stored_lines(caption), before, TranscriptChange.CORRECTED, user)
    keep_earlier_version(caption, before, lines, TranscriptChange.CORRECTED, user)
    write_lines(caption, lines)
    return caption


def restore(earlier: EarlierTranscript, user) -> Caption:
    """Give a transcript its earlier lines again; those of now become earlier ones in turn."""
    lines = [CueLine(*row) for row in earlier.lines]
    with transaction.atomic():
        caption = Caption.objects.select_for_update().get(pk=earlier.caption_id)
        keep_earlier_version(caption, stored_lines(caption), lines, TranscriptChange.PUT_BACK, user)
        write_lines(caption, lines)
    return caption


def differences(before: list[CueLine], after: list[CueLine]) -> list[tuple[CueLine | None, CueLine | None]]:
    """The lines that differ, in the order of time, as (before, after); None where a side has no such line."""
    sides = [[(line.start_ms, line.end_ms, line.speaker, line.text) for line in lines] for lines in (before, after)]
    found = []
    for kind, a, b, c, d in SequenceMatcher(None, *sides, autojunk=False).get_opcodes():
        if kind != "equal":
            left, right = before[a:b], after[c:d]
            times = dict.fromkeys(sorted((line.start_ms, line.end_ms, line.speaker) for line in (*left, *right)))
            one, other = (
                {(line.start_ms, line.end_ms, line.speaker): line for line in lines} for lines in (left, right)
            )
            found += [(one.get(time), other.get(time)) for time in times]
    return found
