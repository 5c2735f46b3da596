"""Loads the recordings of the starter content with what belongs to them, and the sessions of others."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.utils import translation
from django.utils.dateparse import parse_date, parse_datetime

from portal.core.content.sentences import one_line
from portal.methods.models import MethodPage
from portal.projects.models import ProjectPage
from portal.starter.loading import load_history, recording_files
from portal.starter.loading.content_files import StarterContentError, StarterItem, digest, read_items, read_list
from portal.starter.loading.records import TRANSLATED, in_columns
from portal.topics.models import Topic
from portal.webinars.models import (
    Caption,
    Chapter,
    FurtherSession,
    FurtherSessionMethod,
    FurtherSessionProject,
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


AS_GIVEN = (
    "state",
    "spoken_language",
    "duration_s",
    "is_example",
    "is_about_portal",
    "medium",
    "mechelen_part",
    "licence",
)


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
    for field in AS_GIVEN:
        if facts.get(field) is not None:
            setattr(recording, field, facts[field])
    for field in ("event_day", "event_last_day"):
        setattr(recording, field, str(facts.get(field) or ""))  # YAML reads a whole day as a date
    for field in ("event_start", "event_end", "announced_at"):
        setattr(recording, field, _parse_datetime(facts.get(field)))
    recording.series = Series.objects.filter(key=facts["series"]).first() if facts.get("series") else None
    for code, text in item.texts.items():
        for field in ("title", "slug", "abstract", "organiser"):
            setattr(recording, f"{field}_{code}", one_line(text.get(field) or ""))
    if own := facts.get("title_language"):
        # A name that nobody translated: every page shows it, in its own language.
        title = recording.title_nl if own not in item.texts else getattr(recording, f"title_{own}")
        for code, _name in settings.LANGUAGES:
            setattr(recording, f"title_{code}", title if code == own else "")
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
                    "read_on": _parse_date(source.get("read_on")),
                },
            )
        _load_captions(recording, transcripts)
        revision = recording.save_revision()
        if facts.get("live"):
            revision.publish()
    load_history.record_load(item.name, "", source_hash, recording)
    return True


def load_further_sessions() -> int:
    """Load the sessions of others. Returns how many were written."""
    return sum(_load_further_session(entry) for entry in read_list("further_sessions.yaml"))


@transaction.atomic
def _load_further_session(entry: dict) -> bool:
    name, source_hash = f"further_session:{entry['key']}", digest(entry)
    session = FurtherSession.objects.filter(key=entry["key"]).first()
    if not load_history.needs_loading(name, "", source_hash, session):
        return False
    session = session or FurtherSession(key=entry["key"], live=False)
    for field in ("title", "title_language", "organiser", "event_day", "medium", "spoken_language", "url"):
        setattr(session, field, str(entry.get(field) or ""))
    session.read_on = _parse_date(entry.get("read_on"))
    for column, text in in_columns("note", entry.get("note")).items():
        setattr(session, column, one_line(text))
    session.method_links.set(
        FurtherSessionMethod(method=_dutch_page(MethodPage, key)) for key in entry.get("methods") or []
    )
    session.project_links.set(
        FurtherSessionProject(project=_dutch_page(ProjectPage, key)) for key in entry.get("projects") or []
    )
    session.note_machine_translation(TRANSLATED)
    session.save()
    revision = session.save_revision()
    if entry.get("live", True):
        revision.publish()
    load_history.record_load(name, "", source_hash, session)
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


def _parse_date(value: Any) -> Any:
    """Return a day of the files; YAML has parsed it already unless it was quoted."""
    return parse_date(value) if isinstance(value, str) else value


def _parse_datetime(value: Any) -> Any:
    """Return a date and time of the files; YAML has parsed it already unless it was quoted."""
    return parse_datetime(value) if isinstance(value, str) else value
