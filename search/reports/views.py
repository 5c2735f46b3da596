"""The report of what people ask: what finds nothing first, with a form to make a question another word for a topic."""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from portal.core.content.csv_table import safe_cell
from portal.core.searchable import SearchRequest, search
from portal.topics.models import Topic
from search.models import AskedQuestion
from search.text_analysis.normalise import fold, folded_words

MAY_ADD_WORDS = ("topics.change_topic", "topics.publish_topic")


class QuestionColumn(Column):
    """The question, as a link to what a visitor finds with it."""

    cell_template_name = "search/admin/question_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        address = f"{reverse(f'search_{instance.language}')}?q="
        return super().get_cell_context_data(instance, parent_context) | {"address": address}


class AddWordColumn(Column):
    """A form of one field: the topic that the question is another word for."""

    cell_template_name = "search/admin/add_word_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        request = parent_context["request"]
        context = super().get_cell_context_data(instance, parent_context)
        # A cell is rendered without its request, so the token of its form has to be handed on.
        return context | {"csrf_token": get_token(request), "may_add": request.user.has_perms(MAY_ADD_WORDS)}


class QuestionsReport(ReportView):
    """The questions that were asked on at least three days. Nothing in it says who asked."""

    page_title = gettext_lazy("What people ask")
    header_icon = "help"
    index_url_name = "questions_report"
    index_results_url_name = "questions_report_results"
    results_template_name = "search/admin/questions_results.html"
    permission_policy = ModelPermissionPolicy(Topic)
    any_permission_required = ["change"]
    no_results_message = gettext_lazy("No question was asked on three different days yet.")
    default_ordering = "results"
    list_export = ["text", "language", "results", "times", "days", "last_day"]
    custom_field_preprocess = {
        "text": {"csv": safe_cell, "xlsx": safe_cell}
    }  # visitors wrote it: no cell may be a formula
    columns = [
        QuestionColumn("text", label=gettext_lazy("Question"), sort_key="text"),
        Column("language", label=gettext_lazy("Language"), sort_key="language"),
        Column("results", label=gettext_lazy("Results"), sort_key="results"),
        Column("times", label=gettext_lazy("Times"), sort_key="times"),
        Column("days", label=gettext_lazy("Days"), sort_key="days"),
        Column("last_day", label=gettext_lazy("Last asked"), sort_key="last_day"),
        AddWordColumn("add", label=gettext_lazy("Another word for")),
    ]

    def get_base_queryset(self):
        return AskedQuestion.objects.exclude(text="")

    def get_queryset(self):
        self.queryset = self.get_base_queryset()
        return super().get_queryset().order_by(*self._order())

    def _order(self):
        chosen = self.ordering if isinstance(self.ordering, str) else (self.ordering or ["results"])[0]
        return [chosen, "-times", "text"]

    @cached_property
    def topics(self):
        return [str(topic) for topic in Topic.objects.filter(live=True)]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"topics": self.topics}


class AddWordView(PermissionRequiredMixin, View):
    """Make a question another word for a topic, in the language in which it was asked. Search knows it at once."""

    permission_required = MAY_ADD_WORDS
    raise_exception = True
    http_method_names = ["post"]

    def post(self, request, pk):
        question = get_object_or_404(AskedQuestion.objects.exclude(text=""), pk=pk)
        topic = _topic_by_label(request.POST.get("topic", ""))
        values = {"word": question.text, "topic": topic}
        if topic is None:
            messages.error(request, _("There is no such topic. Choose one from the list."))
        elif topic.has_unpublished_changes:
            messages.error(
                request,
                _("“%(topic)s” has changes that are not published. Publish them, or add the word there.") % values,
            )
        elif add_word(topic, question, request.user):
            messages.success(
                request, _("“%(word)s” is now another word for “%(topic)s”. Search understands it.") % values
            )
        else:
            messages.warning(request, _("“%(topic)s” had the word “%(word)s” already.") % values)
        return redirect("questions_report")


def _topic_by_label(label: str) -> Topic | None:
    """Return the live topic with this label in a language of the site, or with this key; None when there is none."""
    folded = fold(label.strip())
    for topic in Topic.objects.filter(live=True):
        labels = (getattr(topic, f"label_{code}") or "" for code in settings.CONTENT_LANGUAGES)
        if folded and folded in (topic.key, *map(fold, labels)):
            return topic
    return None


def add_word(topic: Topic, question: AskedQuestion, user: AbstractBaseUser | AnonymousUser) -> bool:
    """Publish the topic with the question among its other words, and count its results again.

    Return False when the topic had the word already.
    """
    field = f"alternatives_{question.language}"
    words = (getattr(topic, f"label_{question.language}") or "", *topic.other_words(question.language))
    if folded_words(question.text) in [folded_words(word) for word in words]:
        return False
    with transaction.atomic():
        setattr(topic, field, "\n".join([*topic.other_words(question.language), question.text]))
        topic.save_revision(user=user, log_action=True).publish(user=user)
    transaction.on_commit(lambda: _count_results_again(question))
    return True


def _count_results_again(question: AskedQuestion) -> None:
    result = search(SearchRequest(question.text, question.language, per_page=1, cues_per_hit=0))
    if result.available:
        AskedQuestion.objects.filter(pk=question.pk).update(results=result.total)
