"""Ids outside a platform get the number of the source that they belong to: "web:x" of source 7 becomes "web:7:x".

Nothing is invented: what two sources wrote into one item stays with the source whose item it is, and the other one
brings its own at its next pull. The place of an accepted recording has the identity of its item and goes along.
"""

import re
from collections import Counter

from django.db import migrations

_OLD = re.compile(r"(web|own|ics|\?):([^:]+)")
_NEW = re.compile(r"(web|own|ics|\?):(\d+):([^:]+)")


def _identities(apps):
    """Each model that holds the identity of an item, with the rows (primary key, identity, source) of items in it."""
    item, alias = apps.get_model("feeds", "Item"), apps.get_model("feeds", "ItemAlias")
    place = apps.get_model("webinars", "RecordingSource")
    of_items = list(item.objects.values_list("pk", "external_id", "source_id"))
    sources = {name: source for _pk, name, source in of_items}
    of_places = place.objects.filter(external_id__regex=r"^(web|own|ics|\?):").values_list("pk", "external_id")
    yield place, [(pk, name, sources[name]) for pk, name in of_places if name in sources]
    yield alias, list(alias.objects.values_list("pk", "external_id", "item__source_id"))
    yield item, of_items


def give_each_id_its_source(apps, schema_editor):
    for model, rows in _identities(apps):
        for pk, name, source in rows:
            if old := _OLD.fullmatch(name):
                model.objects.filter(pk=pk).update(external_id=f"{old[1]}:{source}:{old[2]}")


def take_the_source_away(apps, schema_editor):
    names = apps.get_model("feeds", "Item").objects.values_list("external_id", flat=True)
    times = Counter(_NEW.sub(r"\1:\3", name) for name in names)
    for model, rows in _identities(apps):
        for pk, name, _source in rows:
            new = _NEW.fullmatch(name)
            # What two sources have now cannot be told apart without its source: it stays as it is.
            if new and times[plain := f"{new[1]}:{new[3]}"] < 2:
                model.objects.filter(pk=pk).update(external_id=plain)


class Migration(migrations.Migration):
    dependencies = [
        ("feeds", "0018_film_or_sound_at_the_source"),
        ("webinars", "0005_take_downs_consent_and_states_of_sources"),
    ]

    operations = [
        migrations.RunPython(give_each_id_its_source, take_the_source_away),
    ]
