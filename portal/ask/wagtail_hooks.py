"""Questions in the admin: their list, the report of what is asked about most, and a panel on the first screen."""

from django.http import HttpRequest
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogActionRegistry

from portal.ask.admin_views import AskedRowsReport, QuestionViewSet, WaitingQuestionsPanel
from portal.ask.permissions import ANSWER


@hooks.register("register_admin_viewset")
def question_viewset() -> QuestionViewSet:
    return QuestionViewSet("question")


@hooks.register("register_admin_urls")
def report_urls():
    return [
        path("reports/asked-about/", AskedRowsReport.as_view(), name="asked_rows_report"),
        path(
            "reports/asked-about/results/",
            AskedRowsReport.as_view(results_only=True),
            name="asked_rows_report_results",
        ),
    ]


class AskedRowsMenuItem(MenuItem):
    """The report in the menu, for who answers questions."""

    def is_shown(self, request):
        return request.user.has_perm(ANSWER)


@hooks.register("register_reports_menu_item")
def asked_rows_in_the_menu():
    return AskedRowsMenuItem(
        _("What visitors ask about"), reverse_lazy("asked_rows_report"), icon_name="mail", order=810
    )


@hooks.register("construct_homepage_panels")
def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.insert(0, WaitingQuestionsPanel(request.user))


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("ask.answer", _("Answer"), _("Answered"))
    actions.register_action("ask.close", _("Close without an answer"), _("Closed without an answer"))
