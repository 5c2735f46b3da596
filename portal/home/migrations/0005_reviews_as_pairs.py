"""What was marked as reviewed becomes pairs of passages (core.ReviewedPassage): those that have not changed since.

The mark was a flag on the page, with a day; the log knows the minute. A passage whose translation was written after it
is left out: nobody has said that they read that.
"""

import hashlib
from datetime import datetime, time
from html import unescape

from django.db import migrations
from django.db.models import Max
from django.utils import timezone


# In the release that brings this. Later releases may count otherwise, and then the old pairs count no more.
def fingerprint(text):
    same = " ".join(unescape(text.replace("<br>", "<br/>")).split())
    return hashlib.blake2b(same.encode(), digest_size=16).hexdigest()


def keep_reviews(apps, schema_editor):
    Segment = apps.get_model("wagtail_localize", "StringSegment")
    Translation = apps.get_model("wagtail_localize", "StringTranslation")
    LogEntry = apps.get_model("wagtailcore", "PageLogEntry")
    Reviewed = apps.get_model("core", "ReviewedPassage")
    for model in apps.get_models():
        if not any(field.name == "translation_origin" for field in model._meta.get_fields()):
            continue
        for page in model.objects.filter(translation_origin="reviewed"):
            marks = LogEntry.objects.filter(page_id=page.pk, action="schakel.reviewed")
            marked = marks.aggregate(last=Max("timestamp"))["last"]
            if marked is None and page.reviewed_on:
                marked = timezone.make_aware(datetime.combine(page.reviewed_on, time.max))
            segments = Segment.objects.filter(source__object_id=page.translation_key)
            passages = dict(segments.values_list("string_id", "string__data"))
            places = set(segments.values_list("string_id", "context_id"))
            rows = Translation.objects.filter(
                context__object_id=page.translation_key, locale_id=page.locale_id, has_error=False
            )
            if marked is not None:
                rows = rows.filter(updated_at__lte=marked)
            for row in rows.iterator():
                if (row.translation_of_id, row.context_id) in places:
                    Reviewed.objects.get_or_create(
                        translation_key=page.translation_key,
                        locale_id=page.locale_id,
                        dutch=fingerprint(passages[row.translation_of_id]),
                        translation=fingerprint(row.data),
                        defaults={"reviewed_on": page.reviewed_on or (marked or timezone.now()).date()},
                    )


class Migration(migrations.Migration):

    dependencies = [
        ("core", "0008_reviewed_passages"),
        ("home", "0004_labels_are_plain_words"),
        ("methods", "0001_content"),
        ("projects", "0001_content"),
        ("topics", "0001_content"),
        ("organisations", "0001_content"),
        ("webinars", "0001_content"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]

    operations = [migrations.RunPython(keep_reviews, migrations.RunPython.noop)]
