"""The transcripts of a recording in the admin: a list, forms to import caption files, and removal."""

from typing import cast

from django import forms
from django.conf import settings
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from portal.core.models import User
from portal.ui.components.values import language_name
from portal.webinars.admin.mixins import RecordingChildMixin, RecordingMixin
from portal.webinars.choices import CaptionOrigin
from portal.webinars.models import Caption, Recording
from portal.webinars.permissions import CHANGE_RECORDING
from portal.webinars.transcripts.bulk_import import import_files
from portal.webinars.transcripts.language_detection import unexpected_language
from portal.webinars.transcripts.parsing import CaptionError
from portal.webinars.transcripts.selectors import best_transcripts
from portal.webinars.transcripts.storage import delete_transcript, import_upload


class TranscriptUploadForm(forms.Form):
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    origin = forms.ChoiceField(
        label=gettext_lazy("How it was made"), choices=CaptionOrigin, initial=CaptionOrigin.MACHINE
    )
    file = forms.FileField(
        label=gettext_lazy("Caption file"),
        help_text=gettext_lazy(
            "WebVTT (.vtt), SRT (.srt), SBV (.sbv) or json3, as YouTube, Zoom or a captioner gives it."
        ),
        widget=forms.FileInput(attrs={"accept": ".vtt,.srt,.sbv,.json3,text/vtt"}),
    )


class TranscriptsView(RecordingChildMixin, FormView):
    """The transcripts of a recording, and the form to import another one."""

    form_class = TranscriptUploadForm
    template_name = "webinars/admin/captions.html"
    page_title = gettext_lazy("Transcripts")
    header_icon = "openquote"

    def get_initial(self):
        return {"language": self.recording.speech_language or settings.LANGUAGE_CODE}

    def get_context_data(self, **kwargs):
        captions = list(self.recording.captions.annotate(n_lines=Count("cues")))
        best = {caption.pk for caption in best_transcripts(captions).values()}
        corrected = {
            (caption.language, caption.corrected_from)
            for caption in captions
            if caption.origin == CaptionOrigin.CORRECTED
        }
        rows = [
            {
                "caption": caption,
                "is_read": caption.pk in best,
                "is_corrected_elsewhere": (caption.language, caption.origin) in corrected,
            }
            for caption in captions
        ]
        return super().get_context_data(rows=rows, recording=self.recording, **kwargs)

    def form_valid(self, form):
        values = form.cleaned_data
        try:
            caption = import_upload(self.recording, values["language"], values["origin"], values["file"], self.user)
        except CaptionError as error:
            form.add_error("file", str(error))
            return self.form_invalid(form)
        values = {"count": caption.cues.count(), "language": caption.get_language_display()}
        messages.success(self.request, _("Transcript imported: %(count)s lines, %(language)s.") % values)
        self.warn_of_unexpected_language(caption)
        self.warn_when_not_read(caption)
        return super().form_valid(form)

    def warn_of_unexpected_language(self, caption: Caption) -> None:
        """Warn when the words look like those of another language than the one that was chosen."""
        if detected := unexpected_language(caption.cues.values_list("text", flat=True), caption.language):
            text = _(
                "The text looks like %(seems)s, but was imported as %(language)s. "
                "Remove the transcript if that is wrong."
            )
            names = {"seems": language_name(detected), "language": caption.get_language_display()}
            messages.warning(self.request, text % names)

    def warn_when_not_read(self, caption: Caption) -> None:
        """Warn when visitors go on reading another transcript in this language."""
        best = best_transcripts(self.recording.captions.filter(language=caption.language))[caption.language]
        if best != caption:
            text = _(
                "Visitors keep reading another transcript in this language: "
                "%(origin)s, %(day)s. Yours is kept beside it."
            )
            day = date_format(best.made_on, "DATE_FORMAT") if best.made_on else "–"
            messages.warning(self.request, text % {"origin": best.get_origin_display(), "day": day})


class MultipleFileInput(forms.FileInput):
    allow_multiple_selected = True


class MultipleFileField(forms.FileField):
    """A field for several files; its value is a list."""

    widget = MultipleFileInput

    def clean(self, data, initial=None):
        files = data if isinstance(data, (list, tuple)) else [data]
        return [super(MultipleFileField, self).clean(file, initial) for file in files or [None]]


class BulkImportForm(forms.Form):
    # Django keeps the fields of a form class in `base_fields`, so this one does not hide the files of a bound form.
    files = MultipleFileField(  # type: ignore[assignment]
        label=gettext_lazy("Caption files"),
        help_text=TranscriptUploadForm.base_fields["file"].help_text,
        widget=MultipleFileInput(attrs=TranscriptUploadForm.base_fields["file"].widget.attrs),
    )
    origin = forms.ChoiceField(
        label=gettext_lazy("How they were made"), choices=CaptionOrigin, initial=CaptionOrigin.MACHINE
    )


class BulkImportView(PermissionRequiredMixin, WagtailAdminTemplateMixin, FormView):
    """Import caption files of many recordings at once; the page then shows the result of each."""

    permission_required = CHANGE_RECORDING
    raise_exception = True
    form_class = BulkImportForm
    template_name = "webinars/admin/captions_by_name.html"
    page_title = gettext_lazy("Bring in caption files")
    header_icon = "upload"

    def get_breadcrumbs_items(self):
        recordings = {"url": reverse(Recording.snippet_viewset.get_url_name("list")), "label": _("Recordings")}
        return [*self.breadcrumbs_items, recordings, {"url": "", "label": self.get_page_title()}]

    def form_valid(self, form):
        values = form.cleaned_data
        report = import_files(values["files"], values["origin"], cast(User, self.request.user))
        return self.render_to_response(self.get_context_data(form=self.form_class(), report=report))


class RemoveTranscriptView(RecordingMixin, WagtailAdminTemplateMixin, TemplateView):
    """Ask for confirmation, and remove a transcript."""

    template_name = "webinars/admin/remove_caption.html"
    page_title = gettext_lazy("Remove transcript")
    header_icon = "bin"

    def get_page_subtitle(self):
        return str(self.recording)

    def get_context_data(self, **kwargs):
        captions = self.recording.captions.annotate(n_lines=Count("cues"))
        caption = get_object_or_404(captions, pk=self.kwargs["caption_pk"])
        return super().get_context_data(caption=caption, recording=self.recording, **kwargs)

    def post(self, request, pk, caption_pk):
        caption = get_object_or_404(Caption, pk=caption_pk, recording=self.recording)
        removed = {"language": caption.language, "origin": caption.origin}
        name = caption.get_language_display()
        delete_transcript(caption)
        log(instance=self.recording, action="webinars.captions_removed", user=request.user, data=removed)
        messages.success(request, _("The transcript in %(language)s was removed.") % {"language": name})
        return redirect(self.get_success_url())
