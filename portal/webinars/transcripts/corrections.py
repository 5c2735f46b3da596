"""Correcting a transcript: the corrected version is kept beside the imported one, and visitors read it instead.

The first correction copies the transcript to a version of its own (origin `corrected`). The imported one stays as it
came, so importing the same captions again replaces it and never the corrections (docs/feeds.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.errors import ExplainedError
from portal.core.models import User
from portal.webinars.choices import CaptionOrigin, TranscriptChange
from portal.webinars.models import Caption, EarlierTranscript
from portal.webinars.transcripts.parsing import CueLine, in_time_order
from portal.webinars.transcripts.storage import digest, keep_earlier_version, stored_lines, write_lines


class CorrectionError(ExplainedError):
    """A correction cannot be saved."""


@dataclass(frozen=True)
class CorrectionResult:
    """The result of a correction: the version that holds it, how many lines changed, and which were refused.

    `refused` are the lines, with the text that was sent, that somebody else had changed in the meantime.
    """

    caption: Caption
    changed: int
    refused: tuple[CueLine, ...] = ()


def corrected_version(caption: Caption) -> Caption | None:
    """The version with the corrections of this transcript: itself when it is one, None when there is none yet."""
    if caption.origin == CaptionOrigin.CORRECTED:
        return caption
    others = Caption.objects.filter(recording=caption.recording_id, language=caption.language)
    return others.filter(origin=CaptionOrigin.CORRECTED, corrected_from=caption.origin).first()


def lines_with_digest(caption: Caption, wanted: str) -> list[CueLine] | None:
    """The present or earlier lines of a transcript that have this digest; None when none have."""
    present = stored_lines(caption)
    if digest(present) == wanted:
        return present
    earlier = EarlierTranscript.objects.filter(caption=caption, digest=wanted).first()
    return [CueLine(*row) for row in earlier.lines] if earlier else None


def correct(
    caption: Caption, base: list[CueLine], wanted: Sequence[tuple[CueLine, ...]], user: User
) -> CorrectionResult:
    """Save what somebody made of the lines `base` that she saw; `wanted` has one line, none or several for each.

    What others saved since stays; of a line that both changed, theirs stays and hers is returned as refused. Raises
    CorrectionError when a line is missing, or none would be left.
    """
    if len(wanted) != len(base):
        raise CorrectionError(_("Some lines did not reach the portal. Nothing was saved. Try again."))
    changed = {line: lines for line, lines in zip(base, wanted, strict=True) if lines != (line,)}
    with transaction.atomic():
        target = corrected_version(caption) or caption
        target = Caption.objects.select_for_update().get(pk=target.pk)
        stored = stored_lines(target)
        lines = in_time_order(new for line in stored for new in changed.get(line, (line,)))
        if not lines:
            raise CorrectionError(_("At least one line has to remain. To delete the whole transcript, use Remove."))
        present = set(stored)
        refused = [new for line, new in changed.items() if line not in present and not present.issuperset(new)]
        if lines != stored:
            target = _write_correction(target, stored, lines, user)
    return CorrectionResult(target, len(changed) - len(refused), tuple(line for new in refused for line in new))


def _write_correction(caption: Caption, before: list[CueLine], lines: list[CueLine], user: User) -> Caption:
    """Write lines to the corrected version, and keep the lines `before` as an earlier version."""
    if caption.origin != CaptionOrigin.CORRECTED:
        corrected_from = caption.origin
        caption, _new = Caption.objects.get_or_create(
            recording_id=caption.recording_id, language=caption.language, origin=CaptionOrigin.CORRECTED
        )
        caption.corrected_from = corrected_from
        keep_earlier_version(caption, stored_lines(caption), before, TranscriptChange.CORRECTED, user)
    keep_earlier_version(caption, before, lines, TranscriptChange.CORRECTED, user)
    write_lines(caption, lines)
    return caption


def restore(earlier: EarlierTranscript, user: User) -> Caption:
    """Restore an earlier version of a transcript; the present lines become an earlier version in turn."""
    lines = [CueLine(*row) for row in earlier.lines]
    with transaction.atomic():
        caption = Caption.objects.select_for_update().get(pk=earlier.caption_id)
        keep_earlier_version(caption, stored_lines(caption), lines, TranscriptChange.PUT_BACK, user)
        write_lines(caption, lines)
    return caption


def differences(before: list[CueLine], after: list[CueLine]) -> list[tuple[CueLine | None, CueLine | None]]:
    """The lines that differ, in the order of time, as (before, after); None where a side has no such line."""
    pairs: list[tuple[CueLine | None, CueLine | None]] = []
    for operation, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if operation != "equal":
            left = {(line.start_ms, line.end_ms, line.speaker): line for line in before[a:b]}
            right = {(line.start_ms, line.end_ms, line.speaker): line for line in after[c:d]}
            pairs += [(left.get(key), right.get(key)) for key in sorted(left.keys() | right.keys())]
    return pairs
