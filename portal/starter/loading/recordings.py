"""Loads the recordings of the starter content, with their sources, chapters, transcripts and links."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.utils import translation
from django.utils.dateparse import parse_datetime

from portal.methods.models import MethodPage
from portal.projects.models import ProjectPage
from portal.starter.loading import load_history, recording_files
from portal.starter.loading.content_files import StarterContentError, StarterItem, digest, read_items
from portal.starter.loading.records import TRANSLATED, in_columns
from portal.topics.models import Topic
from portal.webinars.models import (
    Caption,
    Chapter,
    Recording,
    RecordingMethod,
    RecordingProject,
    RecordingSource,
    Series,
)
from portal.webinars.transcripts.parsing import parse
from portal.webinars.transcripts.storage import replace_cues


def load_recordings(folder: str = "recordings") -> int:
    """Load the recordings of a folder. Returns how many were written."""
    return sum(_load_recording(item) for item in read_items(folder, "recording"))


@transaction.atomic
def _load_recording(item: StarterItem) -> bool:
    transcripts = {
        name: (item.folder / "captions" / name).read_text(encoding="utf-8") for name in item.facts.get("captions") or []
    }
    source_hash = digest([item.facts, item.texts, transcripts, *recording_files.file_hashes(item)])
    recording = Recording.objects.filter(key=item.key).first()
    if not load_history.needs_loading(item.name, "", source_hash, recording):
        return False
    recording = recording or Recording(key=item.key, live=False)
    facts = item.facts
    for field in ("state", "spoken_language", "duration_s", "is_example"):
        if facts.get(field) is not None:
            setattr(recording, field, facts[field])
    for field in ("event_start", "event_end", "announced_at"):
        setattr(recording, field, _parse_datetime(facts.get(field)))
    recording.series = Series.objects.filter(key=facts["series"]).first() if facts.get("series") else None
    for code, text in item.texts.items():
        for field in ("title", "slug", "abstract"):
            setattr(recording, f"{field}_{code}", " ".join((text.get(field) or "").split()))
    recording.topics.set(Topic.objects.filter(key__in=facts.get("topics") or []))
    recording.chapters.set(_chapters(item))
    recording.method_links.set(
        RecordingMethod(method=_dutch_page(MethodPage, link["method"]), at_s=link.get("at_s"))
        for link in facts.get("methods") or []
    )
    recording.project_links.set(
        RecordingProject(project=_dutch_page(ProjectPage, link["project"]), at_s=link.get("at_s"))
        for link in facts.get("projects") or []
    )
    recording_files.install_video(item)
    recording.note_machine_translation(TRANSLATED)
    with translation.override(settings.LANGUAGE_CODE):
        recording.poster = recording_files.poster(item, recording)
        recording.save()
        for source in facts.get("sources") or []:
            RecordingSource.objects.update_or_create(
                external_id=source["external_id"],
                defaults={
                    "recording": recording,
                    "platform": source["platform"],
                    "url": source.get("url") or "",
                    "published_at": _parse_datetime(source.get("published_at")),
                },
            )
        _load_captions(recording, transcripts)
        revision = recording.save_revision()
        if facts.get("live"):
            revision.publish()
    load_history.record_load(item.name, "", source_hash, recording)
    return True


def _chapters(item: StarterItem) -> list[Chapter]:
    chapters = []
    for identity, facts in (item.facts.get("chapters") or {}).items():
        titles = {
            code: chapter["title"]
            for code, text in item.texts.items()
            for chapter in text.get("chapters") or []
            if chapter["id"] == identity
        }
        chapters.append(Chapter(start_s=facts["start_s"], sort_order=facts["start_s"], **in_columns("title", titles)))
    return chapters


def _load_captions(recording: Recording, transcripts: dict[str, str]) -> None:
    """Write the transcripts of a recording, given as `{"nl.vtt": content}`. A person wrote the Dutch one."""
    for name, content in transcripts.items():
        language = Path(name).stem
        caption, _new = Caption.objects.update_or_create(
            recording=recording, language=language, origin="human" if language == "nl" else "machine"
        )
        replace_cues(caption, parse(content, name=name))


def _dutch_page(model: type[Model], key: str) -> Any:
    page = model._default_manager.filter(key=key, locale__language_code="nl").first()
    if page is None:
        raise StarterContentError(f"There is no {model._meta.model_name} with the key {key}.")
    return page


def _parse_datetime(value: Any) -> Any:
    """Return a date and time of the files; YAML has parsed it already unless it was quoted."""
    return parse_datetime(value) if isinstance(value, str) else value
