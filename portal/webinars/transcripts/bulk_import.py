"""Import of many caption files at once: the name of each file says which recording and which language it is of.

Names are understood as yt-dlp writes them (`Title [dQw4w9WgXcQ].nl.vtt`), as the portal does (`safe-spaces.nl.vtt`), or
with only the id of a video or post on its platform.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from django.conf import settings
from django.core.files import File
from django.utils.translation import gettext as _

from portal.core.models import User
from portal.ui.components.values import language_name
from portal.webinars.models import Caption, Recording
from portal.webinars.permissions import may_edit_recording
from portal.webinars.platforms import Platform
from portal.webinars.transcripts.language_detection import unexpected_language
from portal.webinars.transcripts.parsing import CaptionError
from portal.webinars.transcripts.storage import import_upload

_LANGUAGE = re.compile(r"\.([a-z]{2})(?:[-_][\w-]+)?$", re.IGNORECASE)


@dataclass(frozen=True)
class ImportResult:
    """The result for one file: its transcript, or None when it was left out; `remark` is a sentence for the staff."""

    name: str
    caption: Caption | None = None
    remark: str = ""


def import_files(files: Iterable[File], origin: str, user: User) -> list[ImportResult]:
    """Import each file of which the name says the recording; returns the result of each, in their order.

    `origin` is a choices.CaptionOrigin. A file that cannot be used holds up no other.
    """
    return [_import_file(file, origin, user) for file in files]


def recording_and_language(name: str) -> tuple[Recording | None, str]:
    """The recording that a file name means, or None, and the code of its language, or ""."""
    stem, language = PurePath(name).stem, ""
    if (match := _LANGUAGE.search(stem)) and match[1].lower() in dict(settings.LANGUAGES):
        stem, language = stem[: match.start()], match[1].lower()
    if recording := Recording.objects.filter(key=stem).first():
        return recording, language
    specs = [platform.spec for platform in Platform if platform.spec.id_in_file_name]
    ids = [
        f"{spec.id_prefix}:{found[1]}" for spec in specs if (found := re.search(spec.id_in_file_name, stem, re.ASCII))
    ]
    return Recording.objects.filter(sources__external_id__in=ids).first(), language


def _import_file(file: File, origin: str, user: User) -> ImportResult:
    name = file.name or ""
    recording, language = recording_and_language(name)
    if recording is None:
        return ImportResult(name, remark=_("No recording matches this file name."))
    language = language or recording.speech_language
    if not language:
        return ImportResult(
            name, remark=_("The file name has no language, and the spoken language of the recording is not known.")
        )
    if not may_edit_recording(user, recording):
        return ImportResult(
            name,
            remark=_("You may not edit “%(recording)s” now: you lack the permission, or a colleague has locked it.")
            % {"recording": recording},
        )
    try:
        caption = import_upload(recording, language, origin, file, user)
    except CaptionError as error:
        return ImportResult(name, remark=str(error))
    detected = unexpected_language(caption.cues.values_list("text", flat=True), caption.language)
    remark = _("It looks like %(language)s.") % {"language": language_name(detected)} if detected else ""
    return ImportResult(name, caption, remark)
