"""The form of a project: one screen with what is needed to publish, the other groups as tabs."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    Panel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.widgets import AdminAutoHeightTextInput

from portal.core.admin.panels import HELP_BESIDE, TopicsPanel, address_panel, with_example
from portal.projects.acknowledgement import acknowledgement, missing_parts
from portal.projects.forms import ACKNOWLEDGED_FIELDS


class AcknowledgementPanel(Panel):
    """Shows the funding acknowledgement as it will stand on the page, and what is missing in it.

    A script asks for it anew while the fields above change, so that it is seen before anything is saved.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "projects/admin/acknowledgement_panel.html"

        @property
        def media(self) -> forms.Media:
            return forms.Media(js=["projects/admin/acknowledgement.js"])

        def get_context_data(self, parent_context: Mapping | None = None) -> dict:
            project = self.instance.original
            return super().get_context_data(parent_context) | {
                "acknowledgement": acknowledgement(project),
                "missing": missing_parts(project),
                "fields": " ".join(ACKNOWLEDGED_FIELDS),
            }


def _text(field_name: str, *, rows: int, **kwargs: Any) -> FieldPanel:
    return FieldPanel(field_name, widget=AdminAutoHeightTextInput(attrs={"rows": rows}), **kwargs)


def _snapshot() -> list[Panel]:
    """The fields that say what it is, each with help and a good example: the page on UrbSecurity."""
    known = _("As far as it is known.")
    return [
        TitleFieldPanel(
            "title",
            classname="",
            placeholder=False,
            help_text=with_example(_("Short, as the partners call it."), "UrbSecurity"),
        ),
        _text(
            "lead",
            rows=2,
            heading=_("Promise in one sentence"),
            help_text=with_example(
                _("What was looked for, and with whom."),
                _(
                    "“Nine European cities and regions worked out how planning and managing public space prevent "
                    "nuisance; Mechelen started with its parks.”"
                ),
            ),
        ),
        _text(
            "summary",
            rows=4,
            help_text=with_example(
                _("Who did what, and what came of it, in a few sentences."),
                _(
                    "“Mechelen used data and neighbourhood partners to understand why some parks feel unsafe and "
                    "turned the findings into a local action plan.”"
                ),
            ),
        ),
        TopicsPanel(
            "topics",
            help_text=with_example(
                _("Search understands their other words, so pick the nearest."), _("“public space” and “city park”")
            ),
        ),
        FieldRowPanel(
            [
                FieldPanel(
                    "position_as_of",
                    help_text=with_example(
                        _("The day of which this is the state of affairs."), _("2021-09-14, the day of the talk")
                    ),
                ),
                FieldPanel(
                    "position_source",
                    help_text=with_example(
                        _("Where that is written."), _("“Presentation for the council committee, 14 September 2021”")
                    ),
                ),
            ]
        ),
        FieldRowPanel(
            [
                FieldPanel("type", help_text=with_example(_("What kind of cooperation it is."), _("“network”"))),
                FieldPanel("status", help_text=with_example(_("How it stands on that day."), _("“ended”"))),
                FieldPanel("home_city_role", help_text=with_example(_("What the city does in it."), _("“partner”"))),
            ]
        ),
        FieldRowPanel(
            [
                FieldPanel("acronym", help_text=with_example(_("Its short name, when it has one."), "UrbSecurity")),
                FieldPanel(
                    "full_name",
                    help_text=with_example(
                        _("As the programme writes it."), "UrbSecurity - From planning to urban security"
                    ),
                ),
            ]
        ),
        FieldRowPanel(
            [
                FieldPanel("start", help_text=with_example(known, "2019-09-02")),
                FieldPanel("end", help_text=with_example(known, "2022-08-07")),
            ]
        ),
    ]


def project_edit_handler() -> TabbedInterface:
    """The tabs of a project's form."""
    return TabbedInterface(
        [
            ObjectList(_snapshot(), heading=_("Snapshot"), classname=HELP_BESIDE),
            ObjectList(
                [
                    FieldPanel("programme", help_text=_("The programme that pays for it, as it calls itself.")),
                    FieldPanel("programme_logo"),
                    FieldRowPanel([FieldPanel("period"), FieldPanel("fund")]),
                    FieldRowPanel([FieldPanel("grant_number"), FieldPanel("priority")]),
                    FieldRowPanel([FieldPanel("total_budget_eur"), FieldPanel("eu_contribution_eur")]),
                    FieldRowPanel([FieldPanel("home_city_budget_eur"), FieldPanel("home_city_eu_eur")]),
                    FieldPanel(
                        "funding_note",
                        help_text=_(
                            "What a visitor should know about it, such as sources that disagree, with their dates."
                        ),
                    ),
                    FieldPanel("unconfirmed"),
                    AcknowledgementPanel(heading=_("Funding acknowledgement")),
                ],
                heading=_("Funding"),
            ),
            ObjectList(
                [
                    FieldPanel("challenge", help_text=_("What went wrong, and where that was seen.")),
                    FieldPanel(
                        "what_was_done", help_text=_("What the city did in it. What others did belongs to the results.")
                    ),
                    FieldPanel(
                        "results",
                        help_text=_(
                            "What changed, and how you know. Not what was aimed at, and not how large the group is: "
                            "that belongs under the challenge."
                        ),
                    ),
                    FieldPanel(
                        "what_still_runs",
                        help_text=_(
                            "What goes on after the project, as of which date. Nothing is better than a guess."
                        ),
                    ),
                    FieldPanel(
                        "deliverables",
                        help_text=_(
                            "What others can take with them: a report, a guide, a tool. Only what exists, not what "
                            "was planned."
                        ),
                    ),
                    FieldPanel("timeline", help_text=_("The moments that mattered, each with its date.")),
                ],
                heading=_("Story"),
            ),
            ObjectList(
                [
                    InlinePanel(
                        "partners",
                        label=_("Partner"),
                        heading=_("Partners"),
                        help_text=_("Each partner comes on the map of the project, with a line to its own page."),
                    ),
                    InlinePanel(
                        "method_links",
                        label=_("Method"),
                        heading=_("Methods"),
                        panels=[PageChooserPanel("method"), FieldPanel("relation")],
                        help_text=_("The methods that were born, tried or spread in it."),
                    ),
                    PageChooserPanel("successor", help_text=_("The project that went on with this one.")),
                    MultiFieldPanel([FieldPanel("website"), FieldPanel("website_seen_on")], heading=_("Website")),
                    FieldPanel("sources", help_text=_("Where what stands on this page comes from.")),
                    FieldPanel("contact", help_text=_("A service or a role, never a private person.")),
                    FieldPanel("open_questions"),
                ],
                heading=_("Links and sources"),
            ),
            ObjectList(
                [
                    FieldPanel("reviewer_role"),
                    FieldRowPanel([FieldPanel("reviewed_on"), FieldPanel("next_review_on")], heading=_("Review")),
                    FieldPanel("change_note", help_text=_("One line for who comes back to this page.")),
                    address_panel(),
                ],
                heading=_("Trust and address"),
            ),
        ]
    )
