"""Home, guides by problem (dossiers), the list of changes and plain pages: what brings the sections together."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail_localize.fields import TranslatableField

from portal.core.admin.panels import TopicsPanel
from portal.core.content.blocks import RICH_TEXT_FEATURES
from portal.core.models import BasePage, SourcedPage
from portal.home import blocks
from portal.home.forms import DossierFilters


class HomePage(BasePage):
    """The home of one language. Staff choose its doors and methods on the Dutch one."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "methods.MethodIndexPage",
        "projects.ProjectIndexPage",
        "webinars.WebinarIndexPage",
        "topics.TopicIndexPage",
        "organisations.CityIndexPage",
        "home.DossierIndexPage",
        "ask.AskPage",
        "home.ChangesPage",
        "follow.FollowPage",
        "home.PlainPage",
    ]
    searchable_excluded = True

    problems = StreamField(
        blocks.PROBLEMS,
        verbose_name=_("problems"),
        blank=True,
        max_num=blocks.MOST_PROBLEMS,
        help_text=_("The doors of the start page, in this order. Without a choice: the first eight by their title."),
    )
    flagships = StreamField(
        blocks.FLAGSHIPS,
        verbose_name=_("methods to start with"),
        blank=True,
        max_num=blocks.MOST_FLAGSHIPS,
        help_text=_("Three methods that a visitor of the start page sees first, in this order."),
    )

    content_panels = [*BasePage.content_panels, FieldPanel("problems"), FieldPanel("flagships")]

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


class ChangesPage(BasePage):
    """What changed on the portal, the latest first."""

    max_count_per_parent = 1
    searchable_excluded = True
    subpage_types = []
    query_parameters = ("page",)
    footer_group = "find"

    class Meta:
        verbose_name = _("page of changes")


class TranslatedNote(models.Model):
    """What changed on a page, as visitors read it in another language; staff write the note itself on the Dutch page.

    `note` is the Dutch note as it was published, because the page has another one the next time.
    """

    page_key = models.UUIDField(_("page"), editable=False)
    note = models.CharField(_("what changed"), max_length=250, editable=False)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    text = models.CharField(_("translation"), max_length=300)
    by_machine = models.BooleanField(_("translated by a machine, and read by nobody yet"), default=False)

    class Meta:
        verbose_name = _("translated note of a change")
        verbose_name_plural = _("translated notes of changes")
        constraints = [
            models.UniqueConstraint(fields=["page_key", "note", "language"], name="one_translation_of_a_note")
        ]

    def __str__(self):
        return self.text


class DossierIndexPage(BasePage):
    """All problems for which there is a guide."""

    query_parameters = DossierFilters.parameters()
    max_count_per_parent = 1
    footer_group = "find"
    searchable_excluded = True
    subpage_types = ["home.DossierPage"]

    class Meta:
        verbose_name = _("problems page")


class DossierPage(SourcedPage):
    """A guide for one problem: what to read, in the order in which to try it. Visitors never read the word dossier."""

    kind = "dossier"
    parent_page_types = ["home.DossierIndexPage"]
    subpage_types = []

    introduction = RichTextField(_("introduction"), blank=True, features=RICH_TEXT_FEATURES)
    sections = StreamField(blocks.SECTIONS, verbose_name=_("sections"), blank=True)
    for_professionals = models.BooleanField(
        _("about violence, exploitation or addiction"),
        default=False,
        help_text=_("The page then says first that it is for professionals, and where to get help."),
    )
    help_lines = StreamField(blocks.HELP_LINES, verbose_name=_("where to get help"), blank=True)
    topics = ParentalManyToManyField("topics.Topic", verbose_name=_("topics"), blank=True, related_name="dossiers")

    translatable_fields = BasePage.base_words + [
        TranslatableField("introduction"),
        TranslatableField("sections"),
        TranslatableField("help_lines"),
    ]
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("for_professionals"), FieldPanel("help_lines")], heading=_("For professionals")),
        FieldPanel("introduction"),
        FieldPanel("sections"),
        TopicsPanel("topics"),
        FieldPanel("sources"),
        FieldPanel("open_questions"),
        *BasePage.trust_panels,
    ]

    class Meta:
        verbose_name = _("guide to a problem")
        verbose_name_plural = _("guides to problems")
