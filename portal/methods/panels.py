"""The form of a method: one screen with the snapshot fields, the other groups as tabs (docs/design.md section 4)."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
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
from portal.methods.forms import LEAD_WORDS, SUMMARY_WORDS

_ABOUT_SNAPSHOT = _(
    "These fields are enough to publish. Write what you would tell a colleague of another city at the coffee machine; "
    "the other tabs can wait. Leave out what you do not know."
)
_ABOUT_ROWS = _(
    "What another city decides by, a sentence or two for each row. Every fact names its source; what the field knows "
    "in general does not belong here. Leave out what is not known: the page says so, and offers to ask you."
)
_ROLE = _("A role, not a name.")


def _text(field_name: str, *, words: int, rows: int, **kwargs: Any) -> FieldPanel:
    """A text whose words are counted while somebody writes."""
    widget = AdminAutoHeightTextInput(attrs={"rows": rows, "data-word-limit": words})
    return FieldPanel(field_name, widget=widget, **kwargs)


def _snapshot() -> list[Panel]:
    """The fields that are needed to publish, each with help and a good example: the page on street outreach work."""
    return [
        HelpPanel(content=_ABOUT_SNAPSHOT, classname="help-panel"),
        TitleFieldPanel(
            "title",
            classname="",
            placeholder=False,
            help_text=with_example(_("Short, as colleagues call it."), _("“Street outreach work”")),
        ),
        _text(
            "lead",
            words=LEAD_WORDS,
            rows=2,
            heading=_("Promise in one sentence"),
            help_text=with_example(
                _("What changes for whom."),
                _("“Social workers go to people where they are, in the street, and build trust there first.”"),
            ),
        ),
        _text(
            "summary",
            words=SUMMARY_WORDS,
            rows=4,
            help_text=with_example(
                _("At most 100 words: what it is, for whom, what is needed."),
                _(
                    "“Street outreach work is outreach social work in the street and in other places where people meet."
                    " It starts from a bond of trust with those whom the usual services hardly reach. …”"
                ),
            ),
        ),
        TopicsPanel(
            "topics",
            required_on_save=False,
            help_text=with_example(
                _("One to five. Search understands their other words, so pick the nearest."),
                _("“street outreach work” and “outreach work”"),
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
            ],
        ),
        FieldRowPanel(
            [
                FieldPanel("status", help_text=with_example(_("How it stands on that day."), _("“running”"))),
                FieldPanel("since", help_text=with_example(_("As far as it is known."), _("2019, 2019-05 or 2019~"))),
                FieldPanel("until", help_text=with_example(_("Only when it has stopped."), "2021-06")),
            ],
        ),
        FieldRowPanel(
            [
                FieldPanel(
                    "owned_by",
                    help_text=with_example(_("The organisation that answers for it."), _("“City of Mechelen”")),
                ),
                FieldPanel("home_city_role", help_text=with_example(_("What the city does in it."), _("“takes part”"))),
            ],
        ),
    ]


def method_edit_handler() -> TabbedInterface:
    """The tabs of a method's form, in the order of the groups of docs/design.md section 4."""
    return TabbedInterface(
        [
            ObjectList(_snapshot(), heading=_("Snapshot"), classname=HELP_BESIDE),
            ObjectList(
                [
                    HelpPanel(content=_ABOUT_ROWS, classname="help-panel"),
                    FieldPanel("rows"),
                    FieldPanel("sources", help_text=_("Where what stands on this page comes from.")),
                ],
                heading=_("First screen"),
            ),
            ObjectList(
                [
                    TopicsPanel("target_groups", help_text=_("For whom it is meant, in the words of the thesaurus.")),
                    TopicsPanel("settings", help_text=_("Where it happens: in the street, at school, on line.")),
                    FieldRowPanel(
                        [FieldPanel("age_from"), FieldPanel("age_to")],
                        heading=_("Ages"),
                        help_text=_("Leave them empty when age does not matter."),
                    ),
                    InlinePanel(
                        "tiers",
                        label=_("Level"),
                        heading=_("Levels"),
                        max_num=4,
                        help_text=_("How early it acts, and who says so. Leave it out when nobody judged it."),
                    ),
                    FieldPanel("challenge", help_text=_("What goes wrong when nobody does this? Where was that seen?")),
                    FieldPanel("whom_it_helps"),
                    FieldPanel(
                        "objectives", help_text=_("What is different afterwards, and how would somebody see it?")
                    ),
                ],
                heading=_("Need"),
            ),
            ObjectList(
                [
                    FieldPanel("mechanism"),
                    FieldPanel("steps", help_text=_("What is done, in order. The plus adds one.")),
                    FieldPanel(
                        "building_blocks", help_text=_("Parts that another service could take over by themselves.")
                    ),
                    MultiFieldPanel(
                        [FieldPanel("figure_kind"), FieldPanel("figure_title"), FieldPanel("figure")],
                        heading=_("Drawing"),
                        help_text=_("Only where a drawing says it quicker. The portal draws it from the parts."),
                    ),
                    FieldPanel("roles", help_text=_("Who does what. Roles, no names.")),
                    InlinePanel(
                        "partners",
                        label=_("Partner"),
                        heading=_("Partners"),
                        help_text=_("The organisations that work on it, or that pay for it."),
                    ),
                    FieldPanel("safeguards"),
                    FieldPanel("legal_basis", help_text=_("The law or the agreement that it rests on, with its date.")),
                    FieldPanel("differs_abroad", help_text=_("What a city in another country has to look up first.")),
                ],
                heading=_("How it works"),
            ),
            ObjectList(
                [
                    FieldRowPanel(
                        [
                            FieldPanel("staff_fte", help_text=_("Full-time equivalents. Two half-time people are 1.")),
                            FieldPanel("months_to_start", help_text=_("From the decision to the first day.")),
                        ],
                        heading=_("Staff and time"),
                    ),
                    FieldPanel("staff_profile", help_text=_("The schooling and experience that it takes; no names.")),
                    FieldPanel("training", help_text=_("What somebody has to learn first, and how long that takes.")),
                    FieldRowPanel(
                        [FieldPanel("cost_once"), FieldPanel("cost_yearly")],
                        heading=_("Costs"),
                        help_text=_(
                            "A rough band helps another city more than nothing. Leave it out when nobody knows."
                        ),
                    ),
                    FieldPanel("funding", help_text=_("Who pays, and until when.")),
                    FieldPanel(
                        "lifetime", help_text=_("For one person or for the service: a season, two years, no end.")
                    ),
                ],
                heading=_("What you need"),
            ),
            ObjectList(
                [
                    FieldPanel("what_did_not_work"),
                    FieldPanel("debate"),
                    FieldPanel(
                        "results",
                        help_text=_(
                            "What changed, and how you know. Not what was aimed at, and not how large the group is: "
                            "that belongs under the challenge."
                        ),
                    ),
                    FieldPanel("figures", help_text=_("Each number with its year and its source.")),
                    FieldPanel(
                        "users_opinion",
                        help_text=_("What people who went through it say. Nobody may be recognisable in it."),
                    ),
                    FieldPanel("evaluation", help_text=_("Who looked at it, how, and what they found.")),
                    MultiFieldPanel(
                        [
                            FieldRowPanel([FieldPanel("evidence_level"), FieldPanel("effect")]),
                            FieldRowPanel([FieldPanel("assessed_by", help_text=_ROLE), FieldPanel("assessed_on")]),
                        ],
                        heading=_("Evidence"),
                        help_text=_(
                            "How well it is known whether it works. “described” is honest, and enough to begin."
                        ),
                    ),
                ],
                heading=_("Results"),
            ),
            ObjectList(
                [
                    FieldPanel("must_stay", help_text=_("Without this it is something else.")),
                    FieldPanel("may_change", help_text=_("What another city can do in its own way.")),
                    FieldPanel("conditions", help_text=_("What must be there before another city can start.")),
                    FieldPanel("first_steps", help_text=_("What somebody does on Monday morning.")),
                    FieldPanel("common_mistakes", help_text=_("What you would warn a colleague against.")),
                ],
                heading=_("Take over"),
            ),
            ObjectList(
                [
                    InlinePanel(
                        "related",
                        label=_("Related method"),
                        heading=_("Related methods"),
                        panels=[PageChooserPanel("method")],
                        help_text=_("Methods that belong beside this one; each of the two then shows the other."),
                    ),
                    FieldPanel("contact", help_text=_("A service or a role, never a private person.")),
                    FieldPanel("open_questions"),
                ],
                heading=_("Links and sources"),
            ),
            ObjectList(
                [
                    FieldPanel("author_role", help_text=_ROLE),
                    FieldPanel("reviewer_role"),
                    FieldRowPanel([FieldPanel("reviewed_on"), FieldPanel("next_review_on")], heading=_("Review")),
                    FieldPanel("change_note", help_text=_("One line for who comes back to this page.")),
                    FieldPanel("licence"),
                    address_panel(),
                ],
                heading=_("Trust and address"),
            ),
        ]
    )
