"""Notes of changes in the admin: staff write them in Dutch on the page, and here what other languages read."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page, PageLogEntry

from portal.core.content.sentences import one_line
from portal.core.publishing.visibility import SOURCE_LANGUAGE
from portal.home.models import TranslatedNote
from portal.home.news import published_notes

PER_PAGE = 50
LANGUAGES = tuple(code for code in settings.CONTENT_LANGUAGES if code != SOURCE_LANGUAGE)


@dataclass(frozen=True)
class NoteRow:
    """A note with where it stands, and the languages in which it has no translation or one by machine."""

    entry: PageLogEntry
    missing: list[str]
    by_machine: list[str]


class NotesView(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    """What staff wrote of their changes, the latest first, with the languages that wait for a translation."""

    permission_required = "wagtailadmin.access_admin"
    raise_exception = True
    template_name = "home/admin/notes.html"
    page_title = gettext_lazy("Notes of changes")
    header_icon = "history"

    def get_breadcrumbs_items(self) -> list[dict]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict:
        entries = published_notes().filter(page__locale__language_code=SOURCE_LANGUAGE).select_related("page")
        first = {}
        for entry in entries:
            first.setdefault((entry.page_id, entry.note), entry)
        page_obj = Paginator(list(reversed(first.values())), PER_PAGE).get_page(self.request.GET.get("p"))
        known: dict[tuple, dict[str, bool]] = {}
        for note in TranslatedNote.objects.filter(page_key__in=[entry.page.translation_key for entry in page_obj]):
            known.setdefault((note.page_key, note.note), {})[note.language] = note.by_machine
        rows = [_row(entry, known.get((entry.page.translation_key, entry.note), {})) for entry in page_obj]
        return super().get_context_data(rows=rows, page_obj=page_obj, **kwargs)


def _row(entry: PageLogEntry, known: dict[str, bool]) -> NoteRow:
    return NoteRow(
        entry,
        [_name(code) for code in LANGUAGES if code not in known],
        [_name(code) for code in LANGUAGES if known.get(code)],
    )


class NoteForm(forms.Form):
    """A note in the languages that somebody may publish its page in. An empty translation takes it away."""

    def __init__(self, languages: list[str], known: dict[str, TranslatedNote], data: Any = None):
        super().__init__(data)
        self.languages = languages
        for code in languages:
            note = known.get(code)
            longest = TranslatedNote._meta.get_field("text").max_length
            self.fields[f"text_{code}"] = forms.CharField(
                label=_name(code), required=False, max_length=longest, initial=note.text if note else ""
            )
            self.fields[f"by_machine_{code}"] = forms.BooleanField(
                label=TranslatedNote._meta.get_field("by_machine").verbose_name,
                required=False,
                initial=bool(note and note.by_machine),
            )

    def save(self, entry: PageLogEntry) -> None:
        for code in self.languages:
            identity = {"page_key": entry.page.translation_key, "note": entry.note, "language": code}
            text = one_line(self.cleaned_data[f"text_{code}"])
            if text:
                values = {"text": text, "by_machine": self.cleaned_data[f"by_machine_{code}"]}
                TranslatedNote.objects.update_or_create(**identity, defaults=values)
            else:
                for note in TranslatedNote.objects.filter(**identity):
                    note.delete()


class NoteView(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    """The form in which one note is translated."""

    permission_required = "wagtailadmin.access_admin"
    raise_exception = True
    template_name = "home/admin/note.html"
    page_title = gettext_lazy("Translate a note")
    header_icon = "history"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        notes = published_notes().filter(page__locale__language_code=SOURCE_LANGUAGE).select_related("page")
        self.entry = get_object_or_404(notes, pk=kwargs["pk"])
        self.languages = _languages_of(request, self.entry.page)
        if not self.languages:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("notes_of_changes"), "label": NotesView.page_title},
            {"url": "", "label": self.get_page_title()},
        ]

    def form(self, data: Any = None) -> NoteForm:
        known = TranslatedNote.objects.filter(page_key=self.entry.page.translation_key, note=self.entry.note)
        return NoteForm(self.languages, {note.language: note for note in known}, data)

    def get_context_data(self, **kwargs: Any) -> dict:
        return super().get_context_data(**({"form": self.form()} | kwargs), entry=self.entry)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        form.save(self.entry)
        messages.success(request, _("Visitors read the note in these languages now."))
        return redirect("notes_of_changes")


def _languages_of(request: HttpRequest, page: Page) -> list[str]:
    """The languages in which somebody may publish a page; those of the Dutch one where it has no translation."""
    versions = {one.locale.language_code: one for one in page.get_translations(inclusive=True).select_related("locale")}
    return [
        code
        for code in LANGUAGES
        if versions.get(code, versions[SOURCE_LANGUAGE]).permissions_for_user(request.user).can_publish()
    ]


def _name(code: str) -> str:
    return get_language_info(code)["name_translated"]
