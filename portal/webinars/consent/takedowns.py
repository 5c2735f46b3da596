"""Taking a recording away when somebody who is in it asks, and giving it back.

Everything that shows a recording asks `Recording.taken_down`: its page, lists, search, feeds, the sitemap, the files of
its transcripts. Its files (the poster with all its sizes, the slides, the portal's own video) leave their folders, so
that their addresses answer no more; they wait in `withheld/` of the data folder, sorted by where they are from. The
rows stay as they are, so that lifting gives back exactly what there was, and a pull of the source changes nothing.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.storage import storages
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import ReferenceIndex

from portal.webinars.choices import TakeDownReason
from portal.webinars.models import Recording, TakeDown
from portal.webinars.playback import VIDEO_FOLDER, VIDEO_TYPES

WITHHELD = "withheld"
# The folders of the data folder that files are taken from, with the storage of each.
STORAGES = {"media": "public", "private": "default"}


def take_down(recording: Recording, reason: str, user, *, words_stay: bool = True, note: str = "") -> list:
    """Take player, poster, transcripts, slides and speakers of a recording away from everybody, at once.

    `reason` is a choices.TakeDownReason, which visitors read; `words_stay` is whether title and abstract stay;
    `note` is for the staff. Returns the images and documents that something else shows too: they stay, and somebody
    has to look. Doing it again changes reason, words and note, and leaves the date. Raises OSError, with no row
    written, when a file cannot be moved.
    """
    with transaction.atomic():
        values = {"reason": reason, "words_stay": words_stay, "note": note}
        _taken, new = TakeDown.objects.update_or_create(recording=recording, defaults=values)
        log(instance=recording, action="webinars.take_down", user=user, data={"reason": reason, "words": words_stay})
        # Before the commit: a file that cannot be moved must not be called taken away.
        return _withhold(recording)


def withhold_new_files() -> None:
    """Put aside the files that came since their recording was taken away. Raises OSError."""
    for taken in TakeDown.objects.select_related("recording__poster", "recording__slides"):
        _withhold(taken.recording)


def _withhold(recording: Recording) -> list:
    """Put the files of a recording aside; returns the images and documents that stay, as something else shows them."""
    things = [thing for thing in (recording.poster, recording.slides) if thing]
    shared = [thing for thing in things if _is_shown_elsewhere(thing, recording)]
    for tree, path in _files(recording, without=shared):
        _move(path, _withheld(recording) / tree / path.relative_to(_root(tree)))
    return shared


def lift_take_down(recording: Recording, user) -> bool:
    """Give a recording back as it was before it was taken away; whether it was away.

    A second click, or a colleague, may have given it back already. Raises OSError when a file cannot be moved back.
    """
    with transaction.atomic():
        lifted, _rows = TakeDown.objects.filter(recording=recording).delete()
        if not lifted:
            return False
        log(instance=recording, action="webinars.lift_take_down", user=user)
        for tree in STORAGES:
            waiting = _withheld(recording) / tree
            for path in sorted(waiting.rglob("*")) if waiting.is_dir() else ():
                if path.is_file():
                    _move(path, _root(tree) / path.relative_to(waiting))
    shutil.rmtree(_withheld(recording), ignore_errors=True)  # empty folders; what is left over harms nobody
    return True


def takedown_explanation(taken: TakeDown) -> str:
    """Why a recording is not there, as visitors read it; nobody is named."""
    return {
        TakeDownReason.SPEAKER: _("The recording was taken away at the request of a speaker."),
        TakeDownReason.PARTICIPANT: _("The recording was taken away at the request of somebody who is in it."),
        TakeDownReason.RIGHTS: _("The recording was taken away because it shows work of others."),
        TakeDownReason.CONTENT: _("The recording was taken away because it holds something that may not be public."),
        TakeDownReason.OTHER: _("The recording was taken away."),
    }[taken.reason]


def _withheld(recording: Recording) -> Path:
    return Path(settings.DATA_DIR) / WITHHELD / recording.key


def _root(tree: str) -> Path:
    return Path(storages[STORAGES[tree]].location)


def _files(recording: Recording, without: list) -> Iterator[tuple[str, Path]]:
    """The files of a recording that are in their place now, each with the folder that it is in."""
    films = [Path(settings.MEDIA_ROOT) / VIDEO_FOLDER / f"{recording.key}.{ending}" for ending in VIDEO_TYPES]
    found = [("media", film) for film in films]
    if recording.poster and recording.poster not in without:
        found.append(("private", Path(recording.poster.file.path)))
        found += [("media", Path(rendition.file.path)) for rendition in recording.poster.renditions.all()]
    if recording.slides and recording.slides not in without:
        found.append(("private", Path(recording.slides.file.path)))
    return ((tree, path) for tree, path in found if path.is_file())


def _is_shown_elsewhere(thing, recording: Recording) -> bool:
    """Whether an image or document is used by something else than this recording."""
    uses = ReferenceIndex.get_references_to(thing)
    own = ReferenceIndex.get_references_for_object(recording)
    return uses.exclude(pk__in=own.values("pk")).exists()


def _move(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(path, target)
