"""Loads the records of the starter content: topics, organisations, contacts and series."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone, translation
from wagtail.models import Revision

from portal.core.content.records import Record
from portal.organisations.models import Contact, Organisation
from portal.starter.loading import load_history
from portal.starter.loading.content_files import StarterContentError, digest, read_list
from portal.topics.models import Topic
from portal.webinars.models import (
    Recording,
    Series,
)

# The files were written in Dutch and translated by machine.
TRANSLATED = tuple(code for code in settings.CONTENT_LANGUAGES if code != settings.LANGUAGE_CODE)


def in_columns(field: str, texts: dict[str, str] | None) -> dict[str, str]:
    """Return a text in several languages as model columns: `{"name_nl": …, "name_fr": …}`."""
    return {f"{field}_{code}": value for code, value in (texts or {}).items() if value}


def load_topics() -> int:
    """Load the thesaurus. Returns how many topics were written."""
    entries = read_list("topics.yaml")
    written = _write(Topic, entries, "topic", _topic_columns)
    if written:
        _join_topics([entry for entry in entries if entry["key"] in written])
    return len(written)


def _join_topics(entries: list[dict]) -> None:
    """Write the broader and related topics of these entries, with one insert for each relation."""
    pk_of = dict(Topic.objects.values_list("key", "pk"))
    broader, related = Topic.broader.through, Topic.related.through
    pks = [pk_of[entry["key"]] for entry in entries]
    broader.objects.filter(from_topic_id__in=pks).delete()
    related.objects.filter(from_topic_id__in=pks).delete()
    broader.objects.bulk_create(
        broader(from_topic_id=pk_of[entry["key"]], to_topic_id=pk_of[key])
        for entry in entries
        for key in entry.get("broader") or []
    )
    # The relation is mutual: both directions are stored, whichever topic names it.
    pairs = {(pk_of[entry["key"]], pk_of[key]) for entry in entries for key in entry.get("related") or []}
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
    """Load the cities, then the other organisations. Returns how many were written."""
    entries = sorted(read_list("organisations.yaml"), key=lambda entry: entry["kind"] != "city")
    written = _write(Organisation, entries, "organisation", _organisation_columns)
    if written:
        pk_of = {organisation.key: organisation.pk for organisation in Organisation.objects.all()}
        for entry in entries:
            if entry["key"] in written and entry.get("city"):
                if entry["city"] not in pk_of:
                    raise StarterContentError(
                        f"organisations.yaml: {entry['key']} is in the city {entry['city']}, which is not there."
                    )
                Organisation.objects.filter(key=entry["key"]).update(city_id=pk_of[entry["city"]])
    return len(written)


def _organisation_columns(entry: dict) -> dict:
    copied = (
        "short_name country lat lon place_confirmed population population_year population_confirmed "
        "population_source website"
    ).split()
    return (
        {"type": entry["kind"], "description_source": entry.get("source") or ""}
        | {name: entry[name] for name in copied if entry.get(name) is not None}
        | in_columns("name", entry["name"])
        | in_columns("description", entry.get("description"))
    )


def load_small_records(site: dict) -> int:
    """Load series and contacts. Returns how many were written."""
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

    New records are created with one insert for all, then get their first revision, which a later scheduled change
    needs as the live revision.
    """
    written: set[str] = set()
    new_records: list[Record] = []
    existing = {record.key: record for record in model.objects.all()}
    for entry in entries:
        name, source_hash = f"{kind}:{entry['key']}", digest(entry)
        record = existing.get(entry["key"])
        if not load_history.needs_loading(name, "", source_hash, record):
            continue
        written.add(entry["key"])
        if record is None:
            record = model(key=entry["key"], live=True)
            new_records.append(record)
        for field, value in columns(entry).items():
            setattr(record, field, value)
        record.note_machine_translation(TRANSLATED)
        if record.pk:
            model.objects.filter(pk=record.pk).update(machine_texts=record.machine_texts)
            record.save_revision().publish()
            load_history.record_load(name, "", source_hash, record)
    now = timezone.now()
    for record in new_records:
        record.first_published_at = record.last_published_at = now
    with translation.override(settings.LANGUAGE_CODE):
        model.objects.bulk_create(new_records)
        _create_first_revisions(model, new_records)
    hashes = {entry["key"]: digest(entry) for entry in entries}
    for record in new_records:
        load_history.record_load(f"{kind}:{record.key}", "", hashes[record.key], record)
    return written


def _create_first_revisions(model: type[Record], records: list[Record]) -> None:
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


def note_machine_translations() -> None:
    """Note which texts a machine translated, of records that an earlier version of the loader wrote.

    Those are the texts that are unchanged since the revision that the load history names.
    """
    for kind, model in (
        ("topic", Topic),
        ("organisation", Organisation),
        ("series", Series),
        ("contact", Contact),
        ("recording", Recording),
    ):
        records = {f"{kind}:{record.key}": record for record in model.objects.filter(machine_texts={})}
        for name, loaded in load_history.loaded_contents(records):
            record = records[name]
            as_loaded = model(**{field: loaded.get(field) or "" for field in _text_columns(model)})
            as_loaded.note_machine_translation(TRANSLATED)
            if as_loaded.machine_texts:
                model.objects.filter(pk=record.pk).update(machine_texts=as_loaded.machine_texts)


def _text_columns(model: type[Record]) -> list[str]:
    return [f"{field}_{code}" for field in model.translated_fields() for code in settings.CONTENT_LANGUAGES]
