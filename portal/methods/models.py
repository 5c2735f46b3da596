"""Methods: described ways of working that another service could apply (docs/design.md section 4)."""

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.blocks import Block
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable
from wagtail.search import index
from wagtail_localize.fields import TranslatableField

from portal.core.content.blocks import VOICED_FEATURES
from portal.core.content.form_fields import PartialDateField
from portal.core.content.partial_dates import validate_partial_date
from portal.core.content.records import Record
from portal.core.models import BasePage, SourcedPage
from portal.methods import blocks, choices
from portal.methods.forms import MethodFilters, MethodForm
from portal.methods.panels import method_edit_handler
from portal.ui.tiers_and_evidence import Evidence, Tier


def _rich(label: Any, help_text: Any = "") -> RichTextField:
    return RichTextField(label, blank=True, features=VOICED_FEATURES, help_text=help_text)


def _line(label: Any, help_text: Any = "") -> models.CharField:
    return models.CharField(label, max_length=250, blank=True, help_text=help_text)


def _list(block_types: list[tuple[str, Block]], label: Any, help_text: Any = "") -> StreamField:
    return StreamField(block_types, verbose_name=label, blank=True, help_text=help_text)


class MethodPage(SourcedPage):
    """A method. The snapshot fields are enough to publish; the other groups make it full."""

    kind = "method"
    parent_page_types = ["methods.MethodIndexPage"]
    subpage_types = []
    base_form_class = MethodForm
    shown_with = ("contact",)

    # 1. identity
    summary = models.TextField(
        _("summary"), blank=True, help_text=_("At most 100 words: what it is, for whom, what is needed.")
    )
    status = models.CharField(_("status"), max_length=10, choices=choices.Status, default=choices.Status.UNKNOWN)
    since = PartialDateField(_("since"), max_length=11, blank=True, validators=[validate_partial_date])
    until = PartialDateField(_("until"), max_length=11, blank=True, validators=[validate_partial_date])
    owned_by = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="methods",
    )
    contact = models.ForeignKey(
        "organisations.Contact",
        verbose_name=_("contact"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    home_city_role = models.CharField(
        _("role of Mechelen"), max_length=10, choices=choices.Role, blank=True, db_column="mechelen_role"
    )
    topics = ParentalManyToManyField("topics.Topic", verbose_name=_("topics"), blank=True, related_name="methods")
    target_groups = ParentalManyToManyField(
        "topics.Topic", verbose_name=_("target groups"), blank=True, related_name="methods_for"
    )
    settings = ParentalManyToManyField(
        "topics.Topic", verbose_name=_("settings"), blank=True, related_name="methods_in"
    )
    age_from = models.PositiveSmallIntegerField(
        _("from age"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    age_to = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True, validators=[MaxValueValidator(120)])

    # The first screen: what a visitor decides by
    rows = _list(
        blocks.ROWS, _("facts to decide by"), _("What a source says about each row. Leave out what is not known.")
    )

    # 2. need
    challenge = _rich(_("challenge and context"))
    whom_it_helps = _rich(_("for whom"), _("In their own words where you can."))
    objectives = _rich(_("objectives"))

    # 3. how it works
    mechanism = _rich(_("how it works"), _("Why would this make a difference?"))
    steps = _list(blocks.STEPS, _("steps"))
    building_blocks = _list(blocks.BUILDING_BLOCKS, _("building blocks"))
    figure_kind = models.CharField(_("figure"), max_length=10, choices=choices.Figure, default=choices.Figure.NONE)
    figure_title = _line(_("title of the figure"))
    figure = _list(blocks.FIGURE, _("parts of the figure"))
    roles = _list(blocks.ROLES, _("roles and partners"))
    safeguards = _rich(_("safeguards"), _("Privacy, professional secrecy, proportionality."))
    legal_basis = _rich(_("legal basis"))
    differs_abroad = _rich(_("what differs abroad"))

    # 4. resources
    staff_fte = models.DecimalField(_("staff in FTE"), max_digits=6, decimal_places=2, null=True, blank=True)
    staff_profile = _line(_("profile of the staff"))
    training = _line(_("training"))
    cost_once = models.CharField(_("cost to start"), max_length=10, choices=choices.CostBand, blank=True)
    cost_yearly = models.CharField(_("cost a year"), max_length=10, choices=choices.CostBand, blank=True)
    funding = _line(_("paid by"))
    months_to_start = models.PositiveSmallIntegerField(_("months to start"), null=True, blank=True)
    lifetime = _line(_("how long it runs"))

    # 5. results
    figures = _list(blocks.FIGURES, _("figures"))
    results = _rich(_("results"))
    users_opinion = _rich(_("what users think of it"))
    evaluation = _rich(_("evaluation"))
    evidence_level = models.PositiveSmallIntegerField(_("evidence"), choices=Evidence, default=Evidence.NOT_ASSESSED)
    effect = models.CharField(_("effect"), max_length=10, choices=choices.Effect, default=choices.Effect.UNKNOWN)
    assessed_by = _line(_("assessed by (role)"))
    assessed_on = models.DateField(_("assessed on"), null=True, blank=True)
    what_did_not_work = _rich(
        _("what did not work"), _("The most useful part for another city. Say so too when it is not known yet.")
    )

    debate = _rich(_("debate"), _("Criticism and who makes it, with the answer of the city. No predictions."))

    # 6. transfer
    must_stay = _rich(_("what must stay"))
    may_change = _rich(_("what may change"))
    conditions = _list(blocks.CONDITIONS, _("conditions"))
    first_steps = _list(blocks.FIRST_STEPS, _("first five steps"))
    common_mistakes = _rich(_("common mistakes"))

    # 8. trust
    author_role = _line(_("written by (role)"))
    licence = _line(_("licence"), _("Empty: the general conditions of the portal."))

    translatable_fields = BasePage.base_words + [
        TranslatableField(name)
        for name in (
            "summary rows challenge whom_it_helps objectives mechanism steps building_blocks figure_title figure roles "
            "safeguards legal_basis differs_abroad staff_profile training funding lifetime figures results "
            "users_opinion evaluation what_did_not_work debate must_stay may_change conditions first_steps "
            "common_mistakes"
        ).split()
    ]

    search_fields = BasePage.search_fields + [
        index.SearchField("lead"),
        index.SearchField("summary"),
        index.FilterField("evidence_level"),
    ]
    edit_handler = method_edit_handler()

    class Meta:
        verbose_name = _("method")
        verbose_name_plural = _("methods")


class MethodTier(Orderable):
    """A tier of a method, and who says so."""

    page = ParentalKey(MethodPage, on_delete=models.CASCADE, related_name="tiers")
    tier = models.CharField(_("level"), max_length=12, choices=Tier)
    judged_by = models.CharField(
        _("who says so"), max_length=12, choices=choices.JudgedBy, default=choices.JudgedBy.DEPARTMENT
    )

    class Meta(Orderable.Meta):
        verbose_name = _("level")
        verbose_name_plural = _("levels")


class MethodPartner(Orderable):
    """An organisation that a method works with."""

    page = ParentalKey(MethodPage, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="method_partnerships",
    )
    role = models.CharField(_("role"), max_length=10, choices=choices.PartnerRole, default=choices.PartnerRole.PARTNER)

    class Meta(Orderable.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")


class MethodRelation(Orderable):
    """A method that belongs beside this one; shown on both. Points at the Dutch page."""

    page = ParentalKey(MethodPage, on_delete=models.CASCADE, related_name="related")
    method = models.ForeignKey(
        MethodPage, verbose_name=_("method"), on_delete=models.CASCADE, related_name="related_from"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("related method")
        verbose_name_plural = _("related methods")


class Adoption(Record):
    """The fact that an organisation uses or adapted a method. Points at the Dutch page of the method."""

    title_field = "note"

    method = models.ForeignKey(MethodPage, verbose_name=_("method"), on_delete=models.CASCADE, related_name="adoptions")
    organisation = models.ForeignKey(
        "organisations.Organisation", verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="adoptions"
    )
    how = models.CharField(_("how"), max_length=10, choices=choices.AdoptionKind, default=choices.AdoptionKind.USES)
    since = PartialDateField(_("since"), max_length=11, blank=True, validators=[validate_partial_date])
    note = models.TextField(_("what they changed"), blank=True)
    source_url = models.URLField(_("source"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("adoption")
        verbose_name_plural = _("adoptions")
        ordering = ["method", "organisation"]

    def __str__(self):
        return f"{self.organisation}: {self.method}"


class MethodIndexPage(BasePage):
    """All methods, with filters that can be shared as an address."""

    query_parameters = MethodFilters.parameters()
    max_count_per_parent = 1
    searchable_excluded = True
    subpage_types = ["methods.MethodPage"]

    class Meta:
        verbose_name = _("methods page")
