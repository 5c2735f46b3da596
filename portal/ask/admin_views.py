"""Questions in the admin: their list, the form with which they are answered, and what is asked for most."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.views.reports import ReportView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.log_actions import log

from portal.ask.answers import AlreadyAnsweredError, answer_question
from portal.ask.choices import QuestionState
from portal.ask.models import Question
from portal.ask.permissions import ANSWER, NobodyAddsPolicy
from portal.core.admin.notices import mail_is_configured
from portal.core.ask_links import QUESTIONS_KEPT_MONTHS, row_label
from portal.core.models import User


class AnswerForm(WagtailAdminModelForm):
    """The answer, and what visitors may read of it. `action` is the button that was pressed."""

    action = "edit"

    class Meta:
        model = Question
        fields = ["answer", "is_published", "published_question"]
        widgets = {
            "answer": AdminAutoHeightTextInput(attrs={"rows": 8}),
            "published_question": AdminAutoHeightTextInput(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not self.instance.may_publish:
            del self.fields["is_published"], self.fields["published_question"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        needs_answer = self.action == "answer" or self.instance.state == QuestionState.ANSWERED
        if needs_answer and not (cleaned.get("answer") or "").strip():
            self.add_error("answer", ValidationError(_("Write the answer first.")))
        if cleaned.get("is_published"):
            if not (cleaned.get("published_question") or "").strip():
                self.add_error("published_question", ValidationError(_("Write what visitors read above the answer.")))
            if self.action != "answer" and self.instance.state != QuestionState.ANSWERED:
                self.add_error(
                    "is_published", ValidationError(_("Answer the question first: nobody has an answer yet."))
                )
        return cleaned


class QuestionIndexView(generic.IndexView):
    """The questions that wait for an answer; filter by state to see the others."""

    def get_base_queryset(self) -> QuerySet[Question]:
        questions = super().get_base_queryset()
        return questions if self.request.GET.get("state") else questions.filter(state=QuestionState.NEW)


class AnswerView(generic.EditView):
    """The form with which a question is answered, closed or published."""

    actions = ["edit", "answer", "close"]
    object: Question
    form: AnswerForm

    def get_form(self, form_class: type[AnswerForm] | None = None) -> AnswerForm:
        form = super().get_form(form_class)
        form.action = self.action
        return form

    def save_instance(self) -> Question:
        question: Question = self.form.save(commit=False)
        if self.action == "close" and question.state == QuestionState.NEW:
            question.state = QuestionState.CLOSED
        question.save()
        log(question, "ask.close" if self.action == "close" else "wagtail.edit")
        return question

    def form_valid(self, form: AnswerForm) -> HttpResponse:
        if self.action != "answer":
            return super().form_valid(form)
        self.form = form
        question: Question = form.save(commit=False)
        try:
            was_mailed = answer_question(question, self.request.user)
        except AlreadyAnsweredError:
            messages.error(self.request, _("A colleague has answered this question already. Nothing was sent."))
            return redirect(self.get_edit_url())
        log(question, "ask.answer")
        if was_mailed:
            messages.success(self.request, _("The answer goes to %(address)s.") % {"address": question.email})
        elif question.email:
            sentence = _("The answer is stored. There is no mail server: send it to %(address)s yourself.")
            messages.warning(self.request, sentence % {"address": question.email})
        else:
            messages.success(self.request, _("The answer is stored. No address was given, so it was not mailed."))
        return redirect(self.get_edit_url())

    def get_success_url(self) -> str:
        return reverse(self.index_url_name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "question": self.object,
            "row": row_label(self.object.about, self.object.row),
            "can_be_answered": self.object.state != QuestionState.ANSWERED,
            "can_be_closed": self.object.state == QuestionState.NEW,
            "can_be_published": self.object.may_publish,
            "mails": mail_is_configured(),
            "kept_months": QUESTIONS_KEPT_MONTHS,
        }


class QuestionViewSet(ModelViewSet):
    model = Question
    icon = "mail"
    menu_label = gettext_lazy("Questions")
    menu_order = 120
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = QuestionIndexView
    edit_view_class = AnswerView
    edit_template_name = "ask/admin/question.html"
    search_fields = ["text", "about_label", "organisation"]
    search_backend_name = None
    list_filter = ["state", "kind", "language"]
    list_display = [
        "__str__",
        Column("about_label", label=gettext_lazy("About")),
        Column("language", label=gettext_lazy("Language"), accessor="get_language_display"),
        Column("state", label=gettext_lazy("State"), accessor="get_state_display"),
        DateColumn("received_at", label=gettext_lazy("Received"), sort_key="received_at"),
    ]

    def get_form_class(self, for_update: bool = False) -> type[forms.BaseForm]:
        return AnswerForm

    @property
    def permission_policy(self) -> NobodyAddsPolicy:
        return NobodyAddsPolicy(self.model)


def _asked_about(row: Mapping[str, Any]) -> str:
    """The page as the last asker read it, with its row."""
    label = row_label(row["about"], row["row"])
    title = row["label"].removesuffix(f" · {label}") if label else row["label"]
    return f"{title} · {label}" if label else title


class AskedRowsReport(ReportView):
    """What visitors ask about most: each page, and each row of it, with how often."""

    page_title = gettext_lazy("What visitors ask about")
    header_icon = "mail"
    index_url_name = "asked_rows_report"
    index_results_url_name = "asked_rows_report_results"
    permission_policy = NobodyAddsPolicy(Question)
    any_permission_required = ["view", "change"]
    no_results_message = gettext_lazy("Nobody has asked about a page yet.")
    default_ordering = "-times"
    list_export = ["about", "row", "times", "waiting", "last"]
    columns = [
        Column("page", label=gettext_lazy("Page and row"), accessor=_asked_about),
        Column("times", label=gettext_lazy("Times"), sort_key="times"),
        Column("waiting", label=gettext_lazy("Waiting for an answer"), sort_key="waiting"),
        DateColumn("last", label=gettext_lazy("Last asked"), sort_key="last"),
    ]

    def get_base_queryset(self) -> QuerySet:
        asked = Question.objects.exclude(about="").order_by().values("about", "row")
        return asked.annotate(
            times=Count("pk"),
            waiting=Count("pk", filter=Q(state=QuestionState.NEW)),
            last=Max("received_at"),
            label=Max("about_label"),
        )


class WaitingQuestionsPanel(Component):
    """Panel of the first screen with the number of questions that wait for an answer; empty if there are none."""

    order = 13
    template_name = "ask/admin/waiting_panel.html"

    def __init__(self, user: User | AnonymousUser):
        self.user = user

    def get_context_data(self, parent_context: Mapping) -> dict[str, Any]:
        if not self.user.has_perm(ANSWER):
            return {"number": 0}
        number = Question.objects.filter(state=QuestionState.NEW).count()
        return {"number": number, "url": reverse("question:index")}
