"""Search in the admin: the report of what people ask."""

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from search.reports.views import AddWordView, QuestionsReport


@hooks.register("register_admin_urls")
def report_urls():
    return [
        path("reports/questions/", QuestionsReport.as_view(), name="questions_report"),
        path("reports/questions/results/", QuestionsReport.as_view(results_only=True), name="questions_report_results"),
        path("reports/questions/<int:pk>/add/", AddWordView.as_view(), name="add_searched_word"),
    ]


class QuestionsMenuItem(MenuItem):
    """The report in the menu, for people who may change topics."""

    def is_shown(self, request):
        return request.user.has_perm("topics.change_topic")


@hooks.register("register_reports_menu_item")
def questions_in_the_menu():
    return QuestionsMenuItem(_("What people ask"), reverse_lazy("questions_report"), icon_name="help", order=800)
