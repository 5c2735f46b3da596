"""Loads the records of the starter content: topics, organisations, contacts, series, recordings."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from wagtail.models import Revision

from portal.core.content.records import Record
from portal.core.models import BasePage
from portal.methods.models import MethodPage
from portal.organisations.models import Contact, Organisation
from portal.projects.models import ProjectPage
from portal.starter import ledger, videos
from portal.starter.content import Item, StarterContentError, digest, read_items, read_list
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

# The files were written in Dutch and translated by machine.
TRANSLATED = tuple(code for code in settings.CONTENT_LANGUAGES if code != settings.LANGUAGE_CODE)


def in_columns(field: str, words: dict | None) -> dict:
    """A text in several languages as model columns: `{"name_nl": …, "name_fr": …}`."""
    return {f"{field}_{code}": value for code, value in (words or {}).items() if value}


def load_topics() -> int:
    """The thesaurus. Returns how many topics were written."""
    entries = read_list("topics.yaml")
    written = _write(Topic, entries, "topic", _topic_columns)
    if written:
        _join_topics([entry for entry in entries if entry["key"] in written])
    return len(written)


def _join_topics(entries: list[dict]) -> None:
    """Write the broader and related topics of these entries, with one insert for each relation."""
    number = dict(Topic.objects.values_list("key", "pk"))
    broader, related = Topic.broader.through, Topic.related.through
    own = [number[entry["key"]] for entry in entries]
    broader.objects.filter(from_topic_id__in=own).delete()
    related.objects.filter(from_topic_id__in=own).delete()
    broader.objects.bulk_create(
        broader(from_topic_id=number[entry["key"]], to_topic_id=number[key])
        for entry in entries
        for key in entry.get("broader") or []
    )
    # Related is mutual: both ways are stored, whoever of the two names it.
    pairs = {(number[entry["key"]], number[key]) for entry in entries for key in entry.get("related") or []}
    related.objects.bulk_create(
        (related(from_topic_id=one, to_topic_id=other) for one, other in sorted(pairs | {(b, a) for a, b in pairs})),
        ignore_conflicts=True,
    )


def _topic_columns(entry: dict) -> dict:
    alternatives = {code: "\n".join(words) for code, words in (entry.get("alternatives") or {}).items()}
    return (
        in_columns("label", entry["label"])
        | in_columns("slug", entry["slug"])
        | in_columns("definition", entry.get("definition"))
        | in_columns("alternatives", alternatives)
    )


def load_organisations() -> int:
    """Cities first, then what is in them. Returns how many were written."""
    entries = sorted(read_list("organisations.yaml"), key=lambda entry: entry["kind"] != "city")
    written = _write(Organisation, entries, "organisation", _organisation_columns)
    if written:
        known = {organisation.key: organisation.pk for organisation in Organisation.objects.all()}
        for entry in entries:
            if entry["key"] in written and entry.get("city"):
                if entry["city"] not in known:
                    raise StarterContentError(
                        f"organisations.yaml: {entry['key']} is in the city {entry['city']}, which is not there."
                    )
                Organisation.objects.filter(key=entry["key"]).update(city_id=known[entry["city"]])
    return len(written)


def _organisation_columns(entry: dict) -> dict:
    plain = (
        "short_name country lat lon place_confirmed population population_year population_confirmed "
        "population_source website"
    ).split()
    return (
        {"sort": entry["kind"], "description_source": entry.get("source") or ""}
        | {name: entry[name] for name in plain if entry.get(name) is not None}
        | in_columns("name", entry["name"])
        | in_columns("description", entry.get("description"))
    )


def load_small_records(site: dict) -> int:
    """Series and contacts. Returns how many were written."""
    written = _write(
        Series,
        site.get("series") or [],
        "series",
        lambda entry: in_columns("title", entry["title"]) | in_columns("slug", entry.get("slug")),
    )
    contacts = site.get("contacts") or []
    written |= _write(
        Contact, contacts, "contact", lambda entry: in_columns("role", entry["role"]) | {"url": entry.get("url") or ""}
    )
    for entry in contacts:
        if entry["key"] in written and entry.get("organisation"):
            Contact.objects.filter(key=entry["key"]).update(
                organisation=Organisation.objects.get(key=entry["organisation"])
            )
    return len(written)


@transaction.atomic
def _write(model: type[Record], entries: list[dict], kind: str, columns: Callable[[dict], dict[str, Any]]) -> set[str]:
    """Write the records that are new or changed in the files and untouched by staff; returns their keys.

    New ones go in with one insert for all, then get their first revision, so that a scheduled change later finds
    a live revision to keep (stack.md section 2).
    """
    written, fresh = set(), []
    existing = {record.key: record for record in model.objects.all()}
    for entry in entries:
        name, source_hash = f"{kind}:{entry['key']}", digest(entry)
        record = existing.get(entry["key"])
        if ledger.is_current(name, "", source_hash) or not ledger.may_write(name, "", record):
            continue
        written.add(entry["key"])
        if record is None:
            record = model(key=entry["key"], live=True)
            fresh.append(record)
        for field, value in columns(entry).items():
            setattr(record, field, value)
        record.note_machine_translation(TRANSLATED)
        if record.pk:
            model.objects.filter(pk=record.pk).update(machine_texts=record.machine_texts)
            record.save_revision().publish()
            ledger.note(name, "", source_hash, record)
    now = timezone.now()
    for record in fresh:
        record.first_published_at = record.last_published_at = now
    with translation.override(settings.LANGUAGE_CODE):
        model.objects.bulk_create(fresh)
        _first_revisions(model, fresh)
    hashes = {entry["key"]: digest(entry) for entry in entries}
    for record in fresh:
        ledger.note(f"{kind}:{record.key}", "", hashes[record.key], record)
    return written


def _first_revisions(model: type[Record], records: list[Record]) -> None:
    content_type = ContentType.objects.get_for_model(model)
    now = timezone.now() - timedelta(seconds=1)
    revisions = Revision.objects.bulk_create(
        Revision(
            content_type=content_type,
            base_content_type=content_type,
            object_id=str(record.pk),
            created_at=now,
            object_str=str(record),
            content=record.serializable_data(),
        )
        for record in records
    )
    for record, revision in zip(records, revisions, strict=True):
        record.latest_revision = record.live_revision = revision
    model.objects.bulk_update(records, ["latest_revision", "live_revision"])


def note_what_was_translated() -> None:
    """Remember of records that an earlier version of the loader wrote which of their texts a machine translated.

    Those are the texts that are still as they were loaded: the revision that the ledger names has them.
    """
    for kind, model in (
        ("topic", Topic),
        ("organisation", Organisation),
        ("series", Series),
        ("contact", Contact),
        ("recording", Recording),
    ):
        unknown = {f"{kind}:{record.key}": record for record in model.objects.filter(machine_texts={})}
        for name, loaded in ledger.loaded_contents(unknown):
            record = unknown[name]
            as_loaded = model(**{field: loaded.get(field) or "" for field in _text_columns(model)})
            as_loaded.note_machine_translation(TRANSLATED)
            if as_loaded.machine_texts:
                model.objects.filter(pk=record.pk).update(machine_texts=as_loaded.machine_texts)


def _text_columns(model: type[Record]) -> list[str]:
    return [f"{field}_{code}" for field in model.translated_fields() for code in settings.CONTENT_LANGUAGES]


def load_recordings(folder: str = "recordings") -> int:
    """Recordings with their sources, chapters, transcripts and links. Returns how many were written."""
    return sum(_load_recording(item) for item in read_items(folder, "recording"))


@transaction.atomic
def _load_recording(item: Item) -> bool:
    transcripts = {
        name: (item.folder / "captions" / name).read_text(encoding="utf-8") for name in item.facts.get("captions") or []
    }
    source_hash = digest([item.facts, item.texts, transcripts, *videos.fingerprint(item)])
    recording = Recording.objects.filter(key=item.key).first()
    if ledger.is_current(item.name, "", source_hash) or not ledger.may_write(item.name, "", recording):
        return False
    recording = recording or Recording(key=item.key, live=False)
    facts = item.facts
    for field in ("state", "spoken_language", "duration_s", "is_example"):
        if facts.get(field) is not None:
            setattr(recording, field, facts[field])
    for field in ("event_start", "event_end", "announced_at"):
        setattr(recording, field, _moment(facts.get(field)))
    recording.series = Series.objects.filter(key=facts["series"]).first() if facts.get("series") else None
    for code, text in item.texts.items():
        for field in ("title", "slug", "abstract"):
            setattr(recording, f"{field}_{code}", " ".join((text.get(field) or "").split()))
    recording.topics.set(Topic.objects.filter(key__in=facts.get("topics") or []))
    recording.chapters.set(_chapters(item))
    recording.method_links.set(
        RecordingMethod(method=_dutch(MethodPage, link["method"]), at_s=link.get("at_s"))
        for link in facts.get("methods") or []
    )
    recording.project_links.set(
        RecordingProject(project=_dutch(ProjectPage, link["project"]), at_s=link.get("at_s"))
        for link in facts.get("projects") or []
    )
    videos.place_film(item)
    recording.note_machine_translation(TRANSLATED)
    with translation.override(settings.LANGUAGE_CODE):
        recording.poster = videos.poster(item, recording)
        recording.save()
        for source in facts.get("sources") or []:
            RecordingSource.objects.update_or_create(
                external_id=source["external_id"],
                defaults={
                    "recording": recording,
                    "platform": source["platform"],
                    "url": source.get("url") or "",
                    "published_at": _moment(source.get("published_at")),
                },
            )
        _load_captions(recording, transcripts)
        revision = recording.save_revision()
        if facts.get("live"):
            revision.publish()
    ledger.note(item.name, "", source_hash, recording)
    return True


def _chapters(item: Item) -> list[Chapter]:
    chapters = []
    for identity, facts in (item.facts.get("chapters") or {}).items():
        words = {
            code: chapter["title"]
            for code, text in item.texts.items()
            for chapter in text.get("chapters") or []
            if chapter["id"] == identity
        }
        chapters.append(Chapter(start_s=facts["start_s"], sort_order=facts["start_s"], **in_columns("title", words)))
    return chapters


def _load_captions(recording: Recording, transcripts: dict[str, str]) -> None:
    """Write the transcripts of a recording, given as `{"nl.vtt": content}`; Dutch was written by a person."""
    for name, content in transcripts.items():
        language = Path(name).stem
        caption, _new = Caption.objects.update_or_create(
            recording=recording, language=language, origin="human" if language == "nl" else "machine"
        )
        replace_cues(caption, parse(content, name=name))


def _dutch(model: type[BasePage], key: str) -> BasePage:
    page = model.objects.filter(key=key, locale__language_code="nl").first()
    if page is None:
        raise StarterContentError(f"There is no {model._meta.model_name} with the key {key}.")
    return page


def _moment(value):
    if value is None or not isinstance(value, str):
        return value
    return parse_datetime(value)
