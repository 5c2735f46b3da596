"""Topics, cities and problems leave the menu for the footer: the pages, and what is kept of them for later.

A draft of such a page and the Dutch page that its translations follow would bring the mark back.
"""

import json

from django.db import migrations

OUT_OF_THE_MENU = (("topics", "topicindexpage"), ("organisations", "cityindexpage"), ("home", "dossierindexpage"))


def set_in_menus(apps, shown):
    ContentType = apps.get_model("contenttypes", "ContentType").objects
    Page = apps.get_model("wagtailcore", "Page").objects
    Revision = apps.get_model("wagtailcore", "Revision").objects
    Source = apps.get_model("wagtail_localize", "TranslationSource").objects
    for app_label, model in OUT_OF_THE_MENU:
        content_type = ContentType.filter(app_label=app_label, model=model).first()
        if content_type is None:  # in a new database there are none yet
            continue
        pages = Page.filter(content_type=content_type)
        pages.update(show_in_menus=shown)
        for revision in Revision.filter(content_type=content_type):
            revision.content["show_in_menus"] = shown
            revision.save(update_fields=["content"])
        for source in Source.filter(specific_content_type=content_type):
            content = json.loads(source.content_json)
            content["show_in_menus"] = shown
            source.content_json = json.dumps(content)
            source.save(update_fields=["content_json"])


def take_out(apps, schema_editor):
    set_in_menus(apps, False)


def put_back(apps, schema_editor):
    set_in_menus(apps, True)


class Migration(migrations.Migration):

    dependencies = [
        ("home", "0009_list_of_changes"),
        ("topics", "0001_content"),
        ("organisations", "0001_content"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]

    operations = [migrations.RunPython(take_out, put_back)]
