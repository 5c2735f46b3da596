"""The thesaurus: topics with their labels and other words in each language (SKOS), and the page that lists them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.search import index

from portal.core.content.records import Record
from portal.core.models import BasePage
from portal.core.routing.routes import RecordIndexMixin


class Topic(Record):
    """A concept of the thesaurus. `alternatives` are other words for it, one a line; search finds it by them."""

    kind = "topic"
    title_field = "label"

    label = models.CharField(_("label"), max_length=160)
    slug = models.SlugField(_("slug"), max_length=160, blank=True)
    alternatives = models.TextField(
        _("other words"),
        blank=True,
        help_text=_("One a line: synonyms, abbreviations, everyday words. Search understands them."),
    )
    definition = models.TextField(_("definition"), blank=True)
    broader = models.ManyToManyField(
        "self", verbose_name=_("broader"), symmetrical=False, blank=True, related_name="narrower"
    )
    related = models.ManyToManyField("self", verbose_name=_("related"), blank=True)

    search_fields = [index.AutocompleteField("label_nl"), index.SearchField("label_nl"), index.FilterField("live")]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["label_nl"]

    def path_in(self, language: str) -> str | None:
        return TopicIndexPage.path_of_record(self, language)

    @property
    def all_words(self) -> list[str]:
        """Its labels and other words in every language that is shown, each once."""
        words = [
            word
            for code in settings.CONTENT_LANGUAGES
            for word in (getattr(self, f"label_{code}") or "", *self.other_words(code))
        ]
        return list(dict.fromkeys(filter(None, words)))

    def other_words(self, language: str) -> tuple[str, ...]:
        """The other words for this topic in one language."""
        text = getattr(self, f"alternatives_{language}", "") or ""
        return tuple(word.strip() for word in text.splitlines() if word.strip())


class TopicIndexPage(RecordIndexMixin, RoutablePageMixin, BasePage):
    """All topics, by their broad heading; routes to a topic's own page."""

    kind = "page"
    record_model = Topic
    record_template = "topics/topic.html"
    record_parameters = ("page",)
    max_count_per_parent = 1
    searchable_excluded = True
    footer_group = "find"
    subpage_types = []

    class Meta:
        verbose_name = _("topics page")
