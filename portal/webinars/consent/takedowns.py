"""Taking a recording down when somebody who is in it asks, and lifting that again.

Everything that shows a recording asks `Recording.taken_down`: its page, lists, search, feeds, the sitemap, the files of
its transcripts. Its files (the poster in all its sizes, the slides, the portal's own video) leave their folders, so
that their addresses answer no more; they wait in `withheld/` of the data folder, in a folder for each storage that they
come from. The rows stay as they are, so that lifting gives back exactly what there was, and no pull undoes it.
"""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import ReferenceIndex

from portal.core.models import SchakelDocument, SchakelImage, User
from portal.webinars.choices import TakeDownReason
from portal.webinars.models import Recording, TakeDown
from portal.webinars.playback import VIDEO_FOLDER, VIDEO_TYPES

File = SchakelImage | SchakelDocument

WITHHELD = "withheld"
# The folders of the data folder that files are taken from, with the storage of each.
STORAGES = {"media": "public", "private": "default"}


def take_down(
    recording: Recording, reason: str, user: User | None, *, words_stay: bool = True, note: str = ""
) -> list[File]:
    """Take player, poster, transcripts, slides and speakers of a recording away from everybody, at once.

    `reason` is a TakeDownReason, which visitors read; `words_stay` is whether title and abstract stay; `note` is for
    the staff. Doing it again changes these three and leaves the date. Returns the images and documents that something
    else shows too: they stay, and somebody has to look. Raises OSError, with no row written, when a file cannot be
    moved.
    """
    with transaction.atomic():
        values = {"reason": reason, "words_stay": words_stay, "note": note}
        TakeDown.objects.update_or_create(recording=recording, defaults=values)
        log(instance=recording, action="webinars.take_down", user=user, data={"reason": reason, "words": words_stay})
        # Before the commit, so that no recording counts as taken down while a file of it is still there.
        return _withhold_files(recording)


def withhold_new_files() -> None:
    """Withhold the files that recordings got since they were taken down. Raises OSError."""
    for taken in TakeDown.objects.select_related("recording__poster", "recording__slides"):
        _withhold_files(taken.recording)


def _withhold_files(recording: Recording) -> list[File]:
    """Move the files of a recording aside; returns the images and documents that stay, as something else shows them."""
    candidates = [file for file in (recording.poster, recording.slides) if file]
    shared = [file for file in candidates if _is_used_elsewhere(file, recording)]
    for folder, path in _present_files(recording, without=shared):
        _move(path, _withheld_folder(recording) / folder / path.relative_to(_root(folder)))
    return shared


def lift_take_down(recording: Recording, user: User) -> bool:
    """Give a recording back as it was before it was taken down; returns whether it was down.

    A second click, or a colleague, may have done so already. Raises OSError when a file cannot be moved back.
    """
    with transaction.atomic():
        deleted, _by_model = TakeDown.objects.filter(recording=recording).delete()
        if not deleted:
            return False
        log(instance=recording, action="webinars.lift_take_down", user=user)
        for folder in STORAGES:
            withheld = _withheld_folder(recording) / folder
            for path in sorted(withheld.rglob("*")) if withheld.is_dir() else ():
                if path.is_file():
                    _move(path, _root(folder) / path.relative_to(withheld))
    shutil.rmtree(_withheld_folder(recording), ignore_errors=True)  # empty folders; one that stays harms nobody
    return True


def takedown_explanation(take_down: TakeDown) -> str:
    """Why a recording is not there, as visitors read it; nobody is named."""
    explanations: dict[str, str] = {
        TakeDownReason.SPEAKER: _("The recording was taken away at the request of a speaker."),
        TakeDownReason.PARTICIPANT: _("The recording was taken away at the request of somebody who is in it."),
        TakeDownReason.RIGHTS: _("The recording was taken away because it shows work of others."),
        TakeDownReason.CONTENT: _("The recording was taken away because it holds something that may not be public."),
        TakeDownReason.OTHER: _("The recording was taken away."),
    }
    return explanations[take_down.reason]


def _withheld_folder(recording: Recording) -> Path:
    return Path(settings.DATA_DIR) / WITHHELD / recording.key


def _root(folder: str) -> Path:
    storage = storages[STORAGES[folder]]
    assert isinstance(storage, FileSystemStorage)
    return Path(storage.location)


def _present_files(recording: Recording, without: Iterable[File]) -> Iterator[tuple[str, Path]]:
    """The files of a recording that are in their place now, as (folder of the data folder, path)."""
    videos = [Path(settings.MEDIA_ROOT) / VIDEO_FOLDER / f"{recording.key}.{ending}" for ending in VIDEO_TYPES]
    files = [("media", video) for video in videos]
    if recording.poster and recording.poster not in without:
        files.append(("private", Path(recording.poster.file.path)))
        files += [("media", Path(rendition.file.path)) for rendition in recording.poster.renditions.all()]
    if recording.slides and recording.slides not in without:
        files.append(("private", Path(recording.slides.file.path)))
    return ((folder, path) for folder, path in files if path.is_file())


def _is_used_elsewhere(file: File, recording: Recording) -> bool:
    """Whether an image or document is used by something else than this recording."""
    uses = ReferenceIndex.get_references_to(file)
    own_uses = ReferenceIndex.get_references_for_object(recording)
    return uses.exclude(pk__in=own_uses.values("pk")).exists()


def _move(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(path, target)
