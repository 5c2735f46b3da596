"""Forms for recordings, series and speakers in the admin."""

import re

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from portal.core.content.numbers import whole_number
from portal.core.forms import KeyedForm, refuse_future, refuse_wrong_order
from portal.ui.times import clock

_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,6}):([0-5]\d)", re.ASCII)


class TimestampInput(forms.TextInput):
    """A time in a recording as players show it, 12:34 or 1:02:34; its value is in seconds."""

    def format_value(self, value):
        seconds = whole_number(str(value if value is not None else ""))
        return super().format_value(value) if seconds is None else clock(seconds)

    def value_from_datadict(self, data, files, name):
        value = super().value_from_datadict(data, files, name)
        if match := _CLOCK.fullmatch((value or "").strip()):
            hours, minutes, seconds = (int(part or 0) for part in match.groups())
            return str((hours * 60 + minutes) * 60 + seconds)
        return value


class SeriesForm(KeyedForm):
    pass


class SpeakerForm(KeyedForm):
    named_by = "name"


class LinkingForm(KeyedForm):
    """Links to the Dutch page of a method or project, of which facts are read."""

    def save(self, commit=True):
        record = super().save(commit=False)
        for relation, field in ((record.method_links, "method"), (record.project_links, "project")):
            for link in relation.all():
                setattr(link, field, getattr(link, field).original)
        if commit:
            record.save()
            self.save_m2m()
        return record


class FurtherSessionForm(LinkingForm):
    named_by = "title"

    def clean(self):
        cleaned = super().clean()
        refuse_future(self, "read_on")
        return cleaned


class RecordingForm(LinkingForm):
    """Checks the times and the slugs.

    The title and text of a source are the placeholders of the fields that they stand in for.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        source = self.instance.sources.first() if self.instance.pk else None
        for field, value in (("title", source.title), ("abstract", source.text)) if source else ():
            for code in settings.CONTENT_LANGUAGES:
                self.fields[f"{field}_{code}"].widget.attrs["placeholder"] = value

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("event_start"), cleaned.get("event_end")
        if end and not start:
            self.add_error("event_start", ValidationError(_("There is an end without a beginning. Fill in both.")))
        elif start and end and end <= start:
            self.add_error("event_end", ValidationError(_("The session ends before it begins. Check both times.")))
        last_day_first = _("The session ends before it begins. Check both days.")
        refuse_wrong_order(self, "event_day", "event_last_day", last_day_first)
        if cleaned.get("event_last_day") and not cleaned.get("event_day"):
            self.add_error("event_day", ValidationError(_("There is an end without a beginning. Fill in both.")))
        for code in settings.CONTENT_LANGUAGES:
            self._clean_slug(cleaned, code)
        return cleaned

    def _clean_slug(self, cleaned: dict, code: str) -> None:
        """Make an empty slug from the title; refuse the slug of another recording."""
        name, title = f"slug_{code}", cleaned.get(f"title_{code}") or ""
        if name not in self.fields:
            return
        if not cleaned.get(name) and title:
            cleaned[name] = slugify(title)[:200]
        slug = cleaned.get(name)
        others = self._meta.model.objects.filter(**{name: slug}).exclude(pk=self.instance.pk)
        if slug and others.exists():
            message = _("Another recording has this address already. Choose another slug.")
            self.add_error(name, ValidationError(message))
