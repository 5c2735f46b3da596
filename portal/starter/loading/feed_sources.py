"""Enters the feeds of the starter content, switched off until staff switch one on."""

from django.core.management import call_command
from django.db import transaction

from portal.starter.loading import load_history
from portal.starter.loading.content_files import digest, read_list


@transaction.atomic
def load_feed_sources() -> int:
    """Enter each feed once; afterwards staff may change or delete it. Returns how many were entered.

    This room may not import the feeds room, so it calls its command (docs/decisions.md: "A feed of the starter
    content").
    """
    entries = [entry for entry in read_list("sources.yaml") if not load_history.was_loaded(f"source:{entry['key']}")]
    for entry in entries:
        call_command("add_source", entry["kind"], entry["config"], name=entry["name"], verbosity=0)
        load_history.record_load(f"source:{entry['key']}", "", digest(entry))
    return len(entries)
