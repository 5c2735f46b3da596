"""Organisations and cities, the contacts that a page may name, and the page with the map of cities."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.search import index

from portal.core.content.countries import country_choices
from portal.core.content.records import Record
from portal.core.models import BasePage
from portal.core.routing.routes import RecordIndexMixin
from portal.organisations.choices import LOCAL_AUTHORITIES, OrganisationType


class Organisation(Record):  # type: ignore[django-manager-missing]  # the managers of Wagtail's pages have no types
    """A city, service, network or university. A city has a population and a place on the map."""

    kind = "organisation"
    title_field = "name"

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("slug"), max_length=200, blank=True)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    # `kind` names the model in addresses and cards, `type` says whether it is a city, a service, a university …
    type = models.CharField(
        _("kind"), max_length=20, choices=OrganisationType, default=OrganisationType.SERVICE, db_column="sort"
    )
    city = models.ForeignKey(
        "self",
        verbose_name=_("city"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organisations",
        limit_choices_to={"type": OrganisationType.CITY},
    )
    country = models.CharField(_("country"), max_length=2, blank=True, choices=country_choices)
    lat = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    lon = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    place_confirmed = models.BooleanField(_("place confirmed"), default=False)
    population = models.PositiveIntegerField(_("inhabitants"), null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(_("inhabitants in the year"), null=True, blank=True)
    population_confirmed = models.BooleanField(_("inhabitants confirmed by a source"), default=False)
    population_source = models.URLField(_("source of the inhabitants"), max_length=500, blank=True)
    website = models.URLField(_("website"), max_length=500, blank=True)
    description = models.TextField(_("description"), blank=True)
    description_source = models.CharField(_("source of the description"), max_length=500, blank=True)

    search_fields = [
        index.AutocompleteField("name_nl"),
        index.SearchField("name_nl"),
        index.FilterField("live"),
        index.FilterField("type"),
    ]

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name_nl"]

    def path_in(self, language: str) -> str | None:
        return CityIndexPage.path_of_record(self, language)

    @property
    def is_local_authority(self) -> bool:
        """Whether it governs a city, a municipality or a region, or several together; its police or a firm does not."""
        return self.type in LOCAL_AUTHORITIES

    @property
    def place(self) -> "Organisation":
        """The city that this organisation is in; a city is its own place."""
        return self.city or self


class Contact(Record):
    """Whom to ask: a role in an organisation, never a person's name that was not given."""

    title_field = "role"

    role = models.CharField(_("role or service"), max_length=160)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contacts",
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    url = models.URLField(_("page with a form"), max_length=500, blank=True)

    search_fields = [index.AutocompleteField("role_nl"), index.SearchField("role_nl")]

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["role_nl"]


class CityIndexPage(RecordIndexMixin, RoutablePageMixin, BasePage):
    """The map of partner cities with its equal list; routes to the page of a city or organisation."""

    record_model = Organisation
    record_template = "organisations/organisation.html"
    record_with = ("city",)
    record_parameters = ("page",)
    max_count_per_parent = 1
    searchable_excluded = True
    footer_group = "find"
    subpage_types = []

    class Meta:
        verbose_name = _("cities page")
