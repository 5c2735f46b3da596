"""Consent of speakers and the take-down of a recording, in the admin."""

import logging

from django import forms
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
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
from portal.webinars.choices import ConsentState, TakeDownReason
from portal.webinars.consent.selectors import consents_of, ended, is_broken, not_asked, sentences_about, to_look_at
from portal.webinars.consent.takedowns import lift, take_down
from portal.webinars.models import Consent, Recording
from portal.webinars.transcripts.admin_views import OfOneRecording, UnderItsRecording

logger = logging.getLogger(__name__)

PER_PAGE = 50


def may_take_down(user, recording: Recording) -> bool:
    """Whether somebody may take a recording away and give it back: who may publish it. A lock holds nobody up."""
    return user.has_perm("webinars.publish_recording")


def warn_of_consents(request, recording: Recording) -> None:
    """Say at the top of the next page what has to be known of the consents, with the way to take it away if broken."""
    take_away = reverse("take_down_recording", args=[recording.pk]) + f"?reason={TakeDownReason.SPEAKER}"
    for broken, sentence in sentences_about(recording):
        if not broken:
            messages.info(request, sentence)
        elif may_take_down(request.user, recording):
            messages.warning(request, sentence, buttons=[messages.button(take_away, _("Take away"))])
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
        cleaned = super().clean()
        limited = cleaned.get("state") == ConsentState.LIMITED
        if limited and not (cleaned.get("limit") or cleaned.get("until")):
            self.add_error("limit", _("Say within which limits: choose one, or fill in until when."))
        if cleaned.get("limit") and not limited:
            self.add_error("state", _("With a limit it is “agreed within limits”."))
        return cleaned


class AboutConsent(UnderItsRecording):
    """What the pages about consent and take-down share: they lead back to the page on consent."""

    def get_success_url(self):
        return reverse("recording_consent", args=[self.recording.pk])


class Consents(AboutConsent, TemplateView):
    """Who agreed to what: a form for each speaker, and one for everybody together."""

    template_name = "webinars/admin/consents.html"
    page_title = gettext_lazy("Consent and taking away")
    header_icon = "user"

    def forms(self, data=None) -> list[ConsentForm]:
        return [
            ConsentForm(data, instance=consent, prefix=f"speaker-{consent.speaker_id or 'all'}")
            for consent in consents_of(self.recording)
        ]

    def get_context_data(self, **kwargs):
        return {
            "recording": self.recording,
            "media": ConsentForm().media,
            "taken": self.recording.taken_down,
            "may_take_down": may_take_down(self.request.user, self.recording),
        } | super().get_context_data(**({"forms": self.forms()} | kwargs))

    def post(self, request, pk):
        all_forms = self.forms(request.POST)
        valid = [form.is_valid() for form in all_forms]  # each says what is wrong with it
        if not all(valid):
            messages.error(request, _("Not saved yet: look at what is marked."))
            return self.render_to_response(self.get_context_data(forms=all_forms))
        for form in all_forms:
            if form.has_changed():
                consent = form.save()
                data = {"speaker": consent.speaker.name if consent.speaker else "", "state": consent.state}
                log(instance=self.recording, action="webinars.consent", user=request.user, data=data)
        messages.success(request, _("The consent was saved."))
        warn_of_consents(request, self.recording)
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


class WhoMayTakeDown(AboutConsent):
    def dispatch(self, request, *args, **kwargs):
        if not may_take_down(request.user, self.recording):
            raise PermissionDenied
        return super(OfOneRecording, self).dispatch(request, *args, **kwargs)


class TakeDownView(WhoMayTakeDown, FormView):
    """Take a recording away: one form, with a reason."""

    form_class = TakeDownForm
    template_name = "webinars/admin/take_down.html"
    page_title = gettext_lazy("Take away")
    header_icon = "warning"

    def get_initial(self):
        return {"reason": self.request.GET.get("reason", ""), "words": "stay"}

    def get_context_data(self, **kwargs):
        return super().get_context_data(recording=self.recording, **kwargs)

    def form_valid(self, form):
        values, user = form.cleaned_data, self.request.user
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
                _("Not taken away: a file could not be moved. Take it off line, and tell who runs the portal."),
            )
            return self.form_invalid(form)
        messages.success(
            self.request,
            _("Taken away. Where it stands elsewhere, as on YouTube, somebody has to take it away there."),
        )
        for thing in shared:
            messages.warning(
                self.request, _("“%(title)s” is used elsewhere too, so it stayed. Look where.") % {"title": thing.title}
            )
        return super().form_valid(form)


class Lift(WhoMayTakeDown, View):
    """Give a recording back."""

    http_method_names = ["post"]

    def post(self, request, pk):
        if self.recording.taken_down is None:
            messages.info(request, _("It was given back already."))
            return redirect(self.get_success_url())
        if (over := ended().filter(recording=self.recording).first()) is not None:
            said = {"day": date_format(over.until, "DATE_FORMAT")}
            messages.error(
                request, _("Not given back: a consent lasted until %(day)s. Write down the new date first.") % said
            )
            return redirect(self.get_success_url())
        try:
            given_back = lift(self.recording, request.user)
        except OSError:
            logger.exception("the files of recording %s could not be given back", self.recording.key)
            messages.error(request, _("Not given back: a file could not be moved. Tell who runs the portal."))
        else:
            if given_back:
                messages.success(request, _("It is there again as it was before."))
            else:
                messages.info(request, _("It was given back already."))
        return redirect(self.get_success_url())


class ConsentReport(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    """Of which recordings somebody has to look: a date that comes near, and who was not asked."""

    permission_required = "webinars.change_recording"
    raise_exception = True
    template_name = "webinars/admin/consent_report.html"
    page_title = gettext_lazy("Consent of speakers")
    header_icon = "user"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        page = Paginator(not_asked(), PER_PAGE).get_page(self.request.GET.get("p"))
        due = [(consent, is_broken(consent)) for consent in to_look_at()]
        may = self.request.user.has_perm("webinars.publish_recording")
        return super().get_context_data(due=due, may_take_down=may, page_obj=page, **kwargs)
