"""Fields that read dates and hours as Belgians, French, Germans and British type them, and say why they refuse others.

Wagtail's calendar writes what it cannot read as today; `static/core/admin/dates.js` keeps it from doing so.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminTimeInput

from portal.core.content.partial_dates import normalise_partial_date, validate_partial_date, words_to_numbers


class _TypedDateMixin(forms.Field):
    """Accepts names of months and hours in words; the numeric formats are those of `portal.core.formats`."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(words_to_numbers(value) if isinstance(value, str) else value)


class TypedDateField(_TypedDateMixin, forms.DateField):
    default_error_messages = {
        "invalid": _("This is not a date. Write the day, the month and the year: 14/09/2025 or 14 September 2025.")
    }


class TypedDateTimeField(_TypedDateMixin, forms.DateTimeField):
    default_error_messages = {
        "invalid": _("This is not a date with an hour. Write the day first, then the hour: 14/09/2025 13:30.")
    }


class TypedTimeField(_TypedDateMixin, forms.TimeField):
    default_error_messages = {"invalid": _("This is not an hour of the day. Write it as 13:30.")}


register_form_field_override(models.DateField, override={"form_class": TypedDateField, "widget": AdminDateInput})
register_form_field_override(
    models.DateTimeField, override={"form_class": TypedDateTimeField, "widget": AdminDateTimeInput}
)
register_form_field_override(models.TimeField, override={"form_class": TypedTimeField, "widget": AdminTimeInput})


class PartialDateInput(forms.CharField):
    """A partial date; what is typed day first is stored year first."""

    default_validators = [validate_partial_date]

    def to_python(self, value: Any) -> str:
        return normalise_partial_date(super().to_python(value) or "")


class PartialDateField(models.CharField):
    """A partial date as text (partial_dates.py). To the database and to migrations it is a CharField."""

    def formfield(self, *args: Any, **kwargs: Any) -> forms.Field | None:
        return super().formfield(*args, **{"form_class": PartialDateInput, "max_length": None} | kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
