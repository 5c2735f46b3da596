"""Consent of speakers and the take-down of a recording, in the admin."""

import logging

from django import forms
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput
from wagtail.log_actions import log

from portal.core.content.form_fields import TypedDateField
from portal.webinars.admin.mixins import RecordingChildMixin
from portal.webinars.choices import ConsentState, TakeDownReason
from portal.webinars.consent.selectors import (
    consent_warnings,
    consents_needing_attention,
    consents_of,
    expired_consents,
    is_breached,
    recordings_without_answer,
)
from portal.webinars.consent.takedowns import lift_take_down, take_down
from portal.webinars.models import Consent, Recording
from portal.webinars.permissions import CHANGE_RECORDING, may_edit_recording, may_see_consent, may_take_down

logger = logging.getLogger(__name__)

PER_PAGE = 50


def show_consent_warnings(request: HttpRequest, recording: Recording) -> None:
    """Show on the next page what has to be known of the consents, with a button to take the recording down."""
    take_down_url = reverse("take_down_recording", args=[recording.pk]) + f"?reason={TakeDownReason.SPEAKER}"
    for breached, sentence in consent_warnings(recording):
        if not breached:
            messages.info(request, sentence)
        elif may_take_down(request.user):
            messages.warning(request, sentence, buttons=[messages.button(take_down_url, _("Take away"))])
        else:
            messages.warning(request, sentence + " " + _("A reviewer takes it away."))


class ConsentForm(forms.ModelForm):
    class Meta:
        model = Consent
        fields = ["state", "since", "limit", "until", "review_on", "note"]
        field_classes = dict.fromkeys(("since", "until", "review_on"), TypedDateField)
        widgets = {
            **dict.fromkeys(("since", "until", "review_on"), AdminDateInput),
            "note": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "until": gettext_lazy("The last day. On the day after, the portal takes the recording away by itself."),
        }

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        limited = cleaned.get("state") == ConsentState.LIMITED
        if limited and not (cleaned.get("limit") or cleaned.get("until")):
            self.add_error("limit", _("Choose a limit, or fill in the last day."))
        if cleaned.get("limit") and not limited:
            self.add_error("state", _("With a limit, choose “agreed within limits”."))
        return cleaned


class ConsentPageMixin(RecordingChildMixin):
    """For the pages about consent and take-down, which lead back to the page about consent."""

    def get_success_url(self):
        return reverse("recording_consent", args=[self.recording.pk])


class ConsentView(ConsentPageMixin, TemplateView):
    """Who agreed to what: a form for each speaker, and one for everybody together."""

    template_name = "webinars/admin/consents.html"
    page_title = gettext_lazy("Consent and taking away")
    header_icon = "user"

    def has_permission(self) -> bool:
        return may_see_consent(self.request.user, self.recording)

    def forms(self, data: QueryDict | None = None) -> list[ConsentForm]:
        return [
            ConsentForm(data, instance=consent, prefix=f"speaker-{consent.speaker_id or 'all'}")
            for consent in consents_of(self.recording)
        ]

    def get_context_data(self, **kwargs):
        return {
            "recording": self.recording,
            "media": ConsentForm().media,
            "taken": self.recording.taken_down,
            "may_take_down": may_take_down(self.request.user),
            "may_edit": may_edit_recording(self.request.user, self.recording),
        } | super().get_context_data(**({"forms": self.forms()} | kwargs))

    def post(self, request, pk):
        if not may_edit_recording(request.user, self.recording):
            raise PermissionDenied
        all_forms = self.forms(request.POST)
        valid = [form.is_valid() for form in all_forms]  # all of them, so that each shows its errors
        if not all(valid):
            messages.error(request, _("Not saved: correct the marked fields."))
            return self.render_to_response(self.get_context_data(forms=all_forms))
        for form in all_forms:
            if form.has_changed():
                consent = form.save()
                data = {"speaker": consent.speaker.name if consent.speaker else "", "state": consent.state}
                log(instance=self.recording, action="webinars.consent", user=request.user, data=data)
        messages.success(request, _("The consent was saved."))
        show_consent_warnings(request, self.recording)
        return redirect(self.get_success_url())


class TakeDownForm(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("Why"),
        choices=TakeDownReason,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Visitors read the reason and the date, never who asked."),
    )
    words = forms.ChoiceField(
        label=gettext_lazy("Title and abstract"),
        choices=[
            ("stay", gettext_lazy("stay: the page can still be found by them")),
            ("go", gettext_lazy("go too: the page keeps its address and says only that the recording was taken away")),
        ],
        initial="stay",
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For the staff only: who asked, when and how."),
    )


class TakeDownPermissionMixin(ConsentPageMixin):
    """For a page that only whoever may take recordings down may open; a lock stops nobody."""

    def has_permission(self) -> bool:
        return may_take_down(self.request.user)

    def handle_no_permission(self) -> HttpResponse:
        raise PermissionDenied


class TakeDownView(TakeDownPermissionMixin, FormView):
    """Take a recording down: one form, with a reason."""

    form_class = TakeDownForm
    template_name = "webinars/admin/take_down.html"
    page_title = gettext_lazy("Take away")
    header_icon = "warning"

    def get_initial(self):
        return {"reason": self.request.GET.get("reason", ""), "words": "stay"}

    def get_context_data(self, **kwargs):
        return super().get_context_data(recording=self.recording, **kwargs)

    def form_valid(self, form):
        values, user = form.cleaned_data, self.user
        try:
            shared = take_down(
                self.recording,
                values["reason"],
                user,
                words_stay=values["words"] == "stay",
                note=values["note"],
            )
        except OSError:
            logger.exception("the files of recording %s could not be taken away", self.recording.key)
            form.add_error(
                None,
                _(
                    "Not taken away: a file could not be moved. Unpublish the "
                    "recording, and tell whoever runs the portal."
                ),
            )
            return self.form_invalid(form)
        messages.success(
            self.request,
            _(
                "Taken away here. If the recording is also published elsewhere, such "
                "as on YouTube, it has to be removed there too."
            ),
        )
        for file in shared:
            messages.warning(
                self.request,
                _("“%(title)s” is also used elsewhere, so it was not taken away. Check where it is used.")
                % {"title": file.title},
            )
        return super().form_valid(form)


class LiftTakeDownView(TakeDownPermissionMixin, View):
    """Give a recording back that was taken down."""

    http_method_names = ["post"]

    def post(self, request, pk):
        if self.recording.taken_down is None:
            messages.info(request, _("It was given back already."))
            return redirect(self.get_success_url())
        if (
            until := expired_consents().filter(recording=self.recording).values_list("until", flat=True).first()
        ) is not None:
            values = {"day": date_format(until, "DATE_FORMAT")}
            messages.error(request, _("Not given back: a consent ended on %(day)s. Enter the new date first.") % values)
            return redirect(self.get_success_url())
        try:
            given_back = lift_take_down(self.recording, self.user)
        except OSError:
            logger.exception("the files of recording %s could not be given back", self.recording.key)
            messages.error(request, _("Not given back: a file could not be moved. Tell whoever runs the portal."))
        else:
            if given_back:
                messages.success(request, _("The recording was given back as it was."))
            else:
                messages.info(request, _("It was given back already."))
        return redirect(self.get_success_url())


class ConsentReportView(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    """Report of the recordings that need attention: a date that comes near, and who was not asked or did not answer."""

    permission_required = CHANGE_RECORDING
    raise_exception = True
    template_name = "webinars/admin/consent_report.html"
    page_title = gettext_lazy("Consent of speakers")
    header_icon = "user"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        page = Paginator(recordings_without_answer(), PER_PAGE).get_page(self.request.GET.get("p"))
        due = [(consent, is_breached(consent)) for consent in consents_needing_attention()]
        may = may_take_down(self.request.user)
        return super().get_context_data(due=due, may_take_down=may, page_obj=page, **kwargs)
