"""The report on rows of methods: which are unknown, undated, too old or wait for a role, across all methods."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.core.ask_links import public_questions
from portal.core.publishing.visibility import SOURCE_LANGUAGE, visible
from portal.methods.decision import AGEING, decision_of, row_labels
from portal.methods.models import MethodPage

PER_PAGE = 100
UNKNOWN, UNDATED, OLD, LAW, DUE = "unknown", "undated", "old", "law", "due"
PROBLEMS: dict[str, str | Promise] = {
    UNKNOWN: _("not yet known"),
    UNDATED: _("only undated sources"),
    OLD: _("older than three years"),
    LAW: _("law waits for confirmation"),
    DUE: _("review is due"),
}


@dataclass(frozen=True)
class RowToLookAt:
    """A row of a method with what is the matter; `is_asked` is whether a visitor waits for it."""

    page: MethodPage
    label: str
    problem: str
    is_asked: bool = False

    @property
    def problem_in_words(self) -> str:
        return str(PROBLEMS[self.problem])


def rows_to_look_at(page: MethodPage, today: date) -> Iterator[RowToLookAt]:
    """Yield the rows of a public method that staff should look at. What they confirmed as not known is left out."""
    asked = public_questions(f"{MethodPage.kind}:{page.key}", SOURCE_LANGUAGE).open_rows
    decision = decision_of(page, page, has_contact=page.contact_id is not None, open_rows=asked, today=today)
    dated = {block.value["part"] for block in page.rows if block.block_type == "fact" and block.value["as_of"]}
    if page.position_as_of:
        dated.update(AGEING)  # the values of its fields are true as of the position
    for part in (part for row in decision.rows for part in row.parts):
        if not part.statements and not part.confirmed:
            yield RowToLookAt(page, part.label, UNKNOWN, part.is_asked)
        elif part.statements and not part.is_certain:
            problem = LAW if part.waits else OLD if part.code in AGEING and part.code in dated else UNDATED
            yield RowToLookAt(page, part.label, problem, part.is_asked)
    labels = row_labels()
    if not page.position_as_of:
        yield RowToLookAt(page, labels["position"], UNKNOWN)
    if page.next_review_on and page.next_review_on <= today:
        yield RowToLookAt(page, labels["position"], DUE)
    if page.contact_id is None:
        yield RowToLookAt(page, labels["contact"], UNKNOWN)


class RowsView(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    """The rows to look at, by method; those that a visitor asked about are marked."""

    permission_required = "wagtailadmin.access_admin"
    raise_exception = True
    template_name = "home/admin/rows.html"
    page_title = _("Rows of methods")
    header_icon = "clipboard-list"

    def get_breadcrumbs_items(self) -> list[dict]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict:
        today = timezone.now().date()
        pages = visible(MethodPage, SOURCE_LANGUAGE).order_by("title")
        rows = [row for page in pages for row in rows_to_look_at(page, today)]
        chosen = self.request.GET.get("problem", "")
        shown = [row for row in rows if row.problem == chosen] if chosen in PROBLEMS else rows
        page_obj = Paginator(shown, PER_PAGE).get_page(self.request.GET.get("p"))
        form_of = AdminURLFinder(self.request.user).get_edit_url
        return super().get_context_data(
            rows=[(row, form_of(row.page)) for row in page_obj],
            page_obj=page_obj,
            chosen=chosen if chosen in PROBLEMS else "",
            counts=[(code, words, sum(row.problem == code for row in rows)) for code, words in PROBLEMS.items()],
            **kwargs,
        )
