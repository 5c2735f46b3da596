"""What the preview of a record reads from it."""

from django import template
from django.conf import settings
from django.utils.text import capfirst
from modeltranslation.translator import translator

from portal.core.content.records import Record

register = template.Library()

ADDRESSES = ("slug",)


@register.filter
def verbose_name(record: Record) -> str:
    """Return the verbose name of the type of a record."""
    return str(record._meta.verbose_name)


@register.filter
def words_by_language(record: Record) -> list[dict]:
    """Return the texts of a record by language: language, fields (label, text)."""
    names = [name for name in translator.get_options_for_model(type(record)).get_field_names() if name not in ADDRESSES]
    found = []
    for code in settings.CONTENT_LANGUAGES:
        texts = [(name, getattr(record, f"{name}_{code}", "") or "") for name in names]
        fields = [
            {"label": capfirst(str(getattr(record._meta.get_field(name), "verbose_name", name))), "text": text}
            for name, text in texts
            if text
        ]
        if fields:
            found.append({"language": code, "fields": fields})
    return found
