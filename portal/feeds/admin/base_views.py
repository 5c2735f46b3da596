"""List and detail views that the snippets of this room share."""

from datetime import datetime

from django.template.defaultfilters import yesno
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn
from wagtail.snippets.views.snippets import IndexView, InspectView


class NoBulkIndexView(IndexView):
    """A list without bulk actions, because somebody has to look at each row."""

    @cached_property
    def columns(self):
        return [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]


class WordedInspectView(InspectView):
    """An inspect view with times in the portal's time zone, and words for booleans and empty values."""

    def get_field_display_value(self, field_name, field):
        value = super().get_field_display_value(field_name, field)
        if isinstance(value, datetime):
            return date_format(localtime(value), "DATETIME_FORMAT")
        if isinstance(value, bool):
            return yesno(value)
        return "–" if value in (None, "") else value
