"""Home, dossiers and plain pages: what brings the sections together."""

from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail_localize.fields import TranslatableField

from portal.core.admin.panels import TopicsPanel
from portal.core.content.blocks import RICH_TEXT_FEATURES
from portal.core.models import BasePage, SourcedPage
from portal.home import blocks


class HomePage(BasePage):
    """The home of one language."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "methods.MethodIndexPage",
        "projects.ProjectIndexPage",
        "webinars.WebinarIndexPage",
        "topics.TopicIndexPage",
        "organisations.CityIndexPage",
        "home.DossierIndexPage",
        "ask.AskPage",
        "home.PlainPage",
    ]
    searchable_excluded = True

    class Meta:
        verbose_name = _("home")


class PlainPage(SourcedPage):
    """A page of words: about, privacy, accessibility, reuse."""

    subpage_types = []

    body = StreamField(blocks.BODY, verbose_name=_("text"), blank=True)

    translatable_fields = BasePage.base_words + [TranslatableField("body")]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("body"),
        FieldPanel("sources"),
        FieldPanel("open_questions"),
        *BasePage.trust_panels,
    ]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")


class DossierIndexPage(BasePage):
    """All dossiers."""

    max_count_per_parent = 1
    searchable_excluded = True
    subpage_types = ["home.DossierPage"]

    class Meta:
        verbose_name = _("dossiers page")


class DossierPage(SourcedPage):
    """A curated way through one theme."""

    kind = "dossier"
    parent_page_types = ["home.DossierIndexPage"]
    subpage_types = []

    introduction = RichTextField(_("introduction"), blank=True, features=RICH_TEXT_FEATURES)
    sections = StreamField(blocks.SECTIONS, verbose_name=_("sections"), blank=True)
    topics = ParentalManyToManyField("topics.Topic", verbose_name=_("topics"), blank=True, related_name="dossiers")

    translatable_fields = BasePage.base_words + [TranslatableField("introduction"), TranslatableField("sections")]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("sections"),
        TopicsPanel("topics"),
        FieldPanel("sources"),
        FieldPanel("open_questions"),
        *BasePage.trust_panels,
    ]

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
