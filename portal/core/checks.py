"""System checks of the settings, the data folder and what the apps register."""

import os
import stat
from pathlib import Path
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, Warning, register
from django.db.models import Model
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from portal.core import page_context
from portal.core.files.storage import PRIVATE_FOLDERS
from portal.core.languages import tables_without
from portal.core.models import BasePage


@register()
def check_no_private_files_in_media(app_configs, **kwargs):
    """Warn of a private folder under MEDIA_ROOT, as an old backup restores it: a proxy in front may serve it."""
    found = [name for name in PRIVATE_FOLDERS if (Path(settings.MEDIA_ROOT) / name).exists()]
    return [
        Warning(
            f"{settings.MEDIA_ROOT}/{name} holds private files in the public folder.",
            hint=f"Move what is in it to {settings.PRIVATE_ROOT}/{name}.",
            id="schakel.W001",
        )
        for name in found
    ]


@register()
def check_base_url(app_configs, **kwargs):
    parts = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return [
            Error(
                f"SCHAKEL_BASE_URL is “{settings.WAGTAILADMIN_BASE_URL}”, which is not an address.",
                hint="Write it with its scheme, like https://schakel.example.org.",
                id="schakel.E001",
            )
        ]
    return []


@register()
def check_shown_languages(app_configs, **kwargs):
    """Every shown language has its database columns and an entry in every table that needs one."""
    columns = dict(settings.LANGUAGES)
    return [
        *(
            Error(
                f"The language “{language}” is shown and has no database columns.",
                hint="Add it to LANGUAGES and make the migrations.",
                id="schakel.E004",
            )
            for language in settings.CONTENT_LANGUAGES
            if language not in columns
        ),
        *(
            Error(
                f"The language “{language}” is shown and has no entry in {place}.",
                hint="Write it, or take the language out of CONTENT_LANGUAGES (portal/settings.py).",
                id="schakel.E003",
            )
            for language in settings.CONTENT_LANGUAGES
            for place in tables_without(language)
        ),
    ]


@register()
def check_data_folder_is_private(app_configs, **kwargs):
    """Warn of a data folder that others can read; the start closes only one of its own (portal/launch/folder.py)."""
    if os.name == "nt" or not stat.S_IMODE(settings.DATA_DIR.stat().st_mode) & stat.S_IRWXO:
        return []
    return [
        Warning(
            f"Everybody on this machine may read the data folder {settings.DATA_DIR}.",
            hint="The portal closes a folder that it owns and that holds nothing else. Give it a folder of its own, or "
            "let the owner of this one say: chmod 700 and the folder.",
            id="schakel.W002",
        )
    ]


@register()
def every_page_has_a_context(app_configs, **kwargs):
    """Every page type, and every record with an address, has a registered page context."""
    pages = [model for model in apps.get_models() if issubclass(model, BasePage)]
    records = [record for page in pages if (record := getattr(page, "record_model", None))]
    return [
        *(_no_context(model, "register_page_context") for model in pages if not page_context.has_page_context(model)),
        *(
            _no_context(model, "register_record_context")
            for model in records
            if not page_context.has_record_context(model)
        ),
    ]


@register()
def every_page_has_a_template(app_configs, **kwargs):
    """Every page type has its template, and every index page that of its records."""
    templates = [
        (model, template)
        for model in apps.get_models()
        if issubclass(model, BasePage)
        for template in (model.template, getattr(model, "record_template", ""))
        if template
    ]
    return [
        Error(
            f"{model._meta.label} has no template {template}.",
            hint="Write it on ui/base.html, among the templates of its room.",
            obj=model,
            id="schakel.E005",
        )
        for model, template in templates
        if not _template_exists(template)
    ]


def _template_exists(name: str) -> bool:
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return False
    return True


def _no_context(model: type[Model], function: str) -> Error:
    room = model._meta.app_config.name
    return Error(
        f"{model._meta.label} has nothing to show on its page.",
        hint=f"Call {function}({model.__name__}, …) with a selector in {room}.registers.register().",
        obj=model,
        id="schakel.E002",
    )
