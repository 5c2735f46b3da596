import pytest
from django.utils.translation import gettext as _
from wagtail.test.utils.form_data import nested_form_data

from portal.projects.forms import FACTS
from portal.projects.models import ProjectPage
from tests.projects.factories import project_with

pytestmark = pytest.mark.django_db


SNAPSHOT = {"lead": "Kort.", "summary": "Lang.", "position_as_of": "2021-09-14", "position_source": "Een proef."}


def filled(project, **fields):
    """The project's form, with what it needs to be public, sent with these fields changed."""
    form_class = ProjectPage.get_edit_handler().get_form_class()
    empty = form_class(instance=project)
    data = {name: empty.get_initial_for_field(field, name) for name, field in empty.fields.items()}
    data = {name: "" if value is None else value for name, value in data.items() if not hasattr(value, "raw_data")}
    stream = {f"{name}-count": "0" for name in ("deliverables", "timeline", "sources")}
    formsets = {
        f"{name}-{part}": "0"
        for name in ("partners", "method_links", "comments")
        for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    }
    rich = dict.fromkeys(("challenge", "what_was_done", "results", "what_still_runs", "funding_note"), "null")
    return form_class(nested_form_data(data | stream | formsets | rich) | SNAPSHOT | fields, instance=project)


def test_facts_in_doubt_are_ticked_and_kept(site):
    form = filled(project_with(title="EMMA"), unconfirmed=["period", "end"])
    assert form.is_valid(), form.errors
    assert form.save(commit=False).unconfirmed == ["period", "end"]


def test_every_fact_that_can_be_in_doubt_is_offered_by_its_name(site):
    field = filled(project_with(title="EMMA")).fields["unconfirmed"]
    assert [name for name, _label in field.choices] == list(FACTS)


@pytest.mark.parametrize(
    ("start", "end"), [("2022", "2020-02"), ("2026-03", "2026-01"), ("2026-03-04", "2026-03-02"), ("2026-03", "2025~")]
)
def test_a_project_that_ends_before_it_starts_is_refused(site, start, end):
    form = filled(project_with(title="EMMA"), start=start, end=end)
    assert form.errors["end"] == [_("The project ends before it starts. Check both dates.")]


def test_a_share_larger_than_the_budget_is_refused(site):
    form = filled(project_with(title="EMMA"), total_budget_eur="100", eu_contribution_eur="101")
    assert "eu_contribution_eur" in form.errors


def test_a_project_needs_more_than_its_name_before_it_is_public(site):
    form = filled(project_with(title="EMMA"), lead="", summary="", position_as_of="", position_source="")
    assert {"lead", "summary", "position_as_of", "position_source"} <= set(form.errors)


def test_a_draft_of_a_project_needs_its_name_only(site):
    form = filled(project_with(title="EMMA"), lead="", summary="", position_as_of="", position_source="")
    form.defer_required_fields()
    assert form.is_valid(), form.errors


@pytest.mark.parametrize(("start", "end"), [("2026-03", "2026"), ("2026", "2026-01"), ("2026-03", "2026-03-31")])
def test_dates_that_may_both_be_right_are_kept(site, start, end):
    form = filled(project_with(title="EMMA"), start=start, end=end)
    assert form.is_valid(), form.errors


@pytest.mark.parametrize("start", ["2026-13", "2026-00-12", "14/13/2025", "soon"])
@pytest.mark.parametrize("action", ["", "action-publish"])
def test_a_date_that_cannot_be_read_stands_in_the_form_again_and_is_not_saved(site, admin_client, start, action):
    project = project_with(title="EMMA", start="2021")
    data = {name: value for name, value in filled(project, start=start).data.items() if value is not None}
    answer = admin_client.post(f"/admin/pages/{project.pk}/edit/", data | {action: "1"})
    assert answer.status_code == 200
    assert answer.context["form"]["start"].value() == start
    assert "start" in answer.context["form"].errors
    project.refresh_from_db()
    assert project.start == "2021" and not project.has_unpublished_changes


def test_a_position_or_review_of_a_day_that_has_not_come_is_refused(site):
    form = filled(project_with(title="EMMA"), position_as_of="2999-01-01", reviewed_on="2999-01-01")
    assert {"position_as_of", "reviewed_on"} <= set(form.errors)


def test_a_next_review_before_the_last_is_refused(site):
    form = filled(project_with(title="EMMA"), reviewed_on="2025-05-01", next_review_on="2025-04-01")
    assert "next_review_on" in form.errors
