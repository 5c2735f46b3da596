"""European projects, networks and partnerships (docs/design.md section 4)."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable
from wagtail.search import index
from wagtail_localize.fields import TranslatableField

from portal.core.content.blocks import RICH_TEXT_FEATURES
from portal.core.content.form_fields import PartialDateField
from portal.core.content.partial_dates import validate_partial_date
from portal.core.models import BasePage, SourcedPage
from portal.projects import blocks, choices
from portal.projects.forms import ProjectFilters, ProjectForm
from portal.projects.panels import project_edit_handler


def _rich(label: Any) -> RichTextField:
    return RichTextField(label, blank=True, features=RICH_TEXT_FEATURES)


def _euro(label: Any, **options: Any) -> models.DecimalField:
    return models.DecimalField(
        label, max_digits=14, decimal_places=2, null=True, blank=True, help_text=_("In euro."), **options
    )


class ProjectPage(SourcedPage):
    """A funded undertaking with partners, a period and a programme; a network or partnership has no grant of its own.

    `unconfirmed` names the fact fields that staff have not confirmed: they are never shown as certain.
    """

    kind = "project"
    parent_page_types = ["projects.ProjectIndexPage"]
    subpage_types = []
    base_form_class = ProjectForm
    shown_with = ("contact",)

    type = models.CharField(
        _("kind"),
        max_length=12,
        choices=choices.ProjectType,
        default=choices.ProjectType.PROJECT,
        db_column="sort",
    )
    acronym = models.CharField(_("acronym"), max_length=60, blank=True)
    full_name = models.CharField(_("full name"), max_length=250, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    programme = models.CharField(_("programme"), max_length=200, blank=True)
    period = models.CharField(_("programming period"), max_length=9, choices=choices.Period, blank=True)
    fund = models.CharField(_("fund"), max_length=12, choices=choices.Fund, default=choices.Fund.UNRESOLVED)
    priority = models.CharField(_("priority"), max_length=250, blank=True)
    programme_logo = models.ForeignKey(
        "core.SchakelImage",
        verbose_name=_("logo of the programme"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown beside the emblem, never larger. The alternative text is that of the image."),
    )
    grant_number = models.CharField(_("grant number"), max_length=60, blank=True)
    home_city_role = models.CharField(
        _("role of Mechelen"),
        max_length=10,
        choices=choices.HomeCityRole,
        default=choices.HomeCityRole.UNKNOWN,
        db_column="mechelen_role",
    )
    total_budget_eur = _euro(_("total budget"))
    eu_contribution_eur = _euro(_("EU contribution"))
    home_city_budget_eur = _euro(_("budget of Mechelen"), db_column="mechelen_budget_eur")
    home_city_eu_eur = _euro(_("EU contribution to Mechelen"), db_column="mechelen_eu_eur")
    start = PartialDateField(_("start"), max_length=11, blank=True, validators=[validate_partial_date])
    end = PartialDateField(_("end"), max_length=11, blank=True, validators=[validate_partial_date])
    status = models.CharField(
        _("status"), max_length=10, choices=choices.ProjectStatus, default=choices.ProjectStatus.UNKNOWN
    )
    topics = ParentalManyToManyField("topics.Topic", verbose_name=_("topics"), blank=True, related_name="projects")
    challenge = _rich(_("challenge"))
    what_was_done = _rich(_("what was done"))
    results = _rich(_("results"))
    what_still_runs = _rich(_("what still runs"))
    funding_note = _rich(_("about the funding"))
    deliverables = StreamField(blocks.DELIVERABLES, verbose_name=_("deliverables"), blank=True)
    timeline = StreamField(blocks.TIMELINE, verbose_name=_("timeline"), blank=True)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("successor"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="predecessors",
    )
    website = models.URLField(_("website"), max_length=500, blank=True)
    website_seen_on = models.DateField(_("link of the website tested on"), null=True, blank=True)
    contact = models.ForeignKey(
        "organisations.Contact",
        verbose_name=_("contact"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    unconfirmed = models.JSONField(_("not confirmed yet"), default=list, blank=True)

    translatable_fields = BasePage.base_words + [
        TranslatableField(name)
        for name in (
            "summary",
            "programme",
            "priority",
            "challenge",
            "what_was_done",
            "results",
            "what_still_runs",
            "funding_note",
            "deliverables",
            "timeline",
        )
    ]
    search_fields = BasePage.search_fields + [
        index.SearchField("lead"),
        index.SearchField("acronym"),
        index.SearchField("full_name"),
    ]

    edit_handler = project_edit_handler()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")

    def outside_links(self) -> list[str]:
        """Return the addresses of its sources, its website and its outputs."""
        outputs = [block.value["url"] for block in self.deliverables]
        return [address for address in (*super().outside_links(), self.website, *outputs) if address]

    def is_certain(self, field: str) -> bool:
        """Whether staff may show this fact as certain."""
        return field not in self.unconfirmed


class ProjectPartner(Orderable):
    """An organisation in a project, with its role."""

    page = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="partnerships",
    )
    role = models.CharField(_("role"), max_length=14, choices=choices.PartnerRole, default=choices.PartnerRole.PARTNER)

    class Meta(Orderable.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")


class ProjectMethod(Orderable):
    """A method that was born, used or tested in a project. Points at the Dutch page of the method."""

    page = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="method_links")
    method = models.ForeignKey(
        "methods.MethodPage", verbose_name=_("method"), on_delete=models.CASCADE, related_name="project_links"
    )
    relation = models.CharField(
        _("relation"), max_length=10, choices=choices.MethodRelation, default=choices.MethodRelation.BORN_IN
    )

    class Meta(Orderable.Meta):
        verbose_name = _("method")
        verbose_name_plural = _("methods")


class ProjectIndexPage(BasePage):
    """All projects, networks and partnerships, with filters that can be shared as an address."""

    query_parameters = ProjectFilters.parameters()
    max_count_per_parent = 1
    searchable_excluded = True
    short_title = _("Projects")
    subpage_types = ["projects.ProjectPage"]

    class Meta:
        verbose_name = _("projects page")
