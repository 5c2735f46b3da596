"""Recordings and sessions, the series that they belong to, and their chapters."""

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable
from wagtail.search import index

from portal.core.content.form_fields import PartialDateField
from portal.core.content.partial_dates import validate_partial_date
from portal.core.content.records import Record, text_in
from portal.core.page_context import record_context
from portal.core.routing.routes import RecordIndexMixin
from portal.webinars import choices
from portal.webinars.models.consent import TakeDown
from portal.webinars.transcripts.language_detection import detect_language

DETECTION_LENGTH = 1500  # characters of a text are enough to detect its language


class Series(Record):  # type: ignore[django-manager-missing]  # modelcluster has no types
    """A series of recordings."""

    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("slug"), max_length=200, blank=True)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = pgettext_lazy("more than one", "series")
        ordering = ["title_nl"]


class Recording(ClusterableModel, Record):  # type: ignore[django-manager-missing]  # modelcluster has no types
    """A webinar or talk that can be watched; called a session while it is still to come.

    Where the staff left title or abstract empty, pages show those of the source (`title_in`, `abstract_in`).
    """

    kind = "recording"

    title = models.CharField(
        _("title"), max_length=200, blank=True, help_text=_("Empty: the title that the source gives.")
    )
    slug = models.SlugField(_("slug"), max_length=200, blank=True)
    abstract = models.TextField(
        _("abstract"), blank=True, help_text=_("What a visitor hears, in five sentences at most.")
    )
    organiser = models.CharField(
        _("organiser"), max_length=200, blank=True, help_text=_("Who held it: “Efus, with the project IcARUS”.")
    )
    mechelen_part = models.CharField(
        _("part of Mechelen"),
        max_length=10,
        blank=True,
        choices=choices.MechelenPart,
        help_text=_("Empty: not known. It decides whether a session without a recording is listed."),
    )
    medium = models.CharField(
        _("medium"),
        max_length=8,
        blank=True,
        choices=choices.Medium,
        help_text=_("Empty: a video where one plays, else not known."),
    )
    spoken_language = models.CharField(
        _("spoken language"),
        max_length=10,
        blank=True,
        choices=choices.SPOKEN_LANGUAGES,
        help_text=_("Empty: not known yet."),
    )
    series = models.ForeignKey(
        Series, verbose_name=_("series"), null=True, blank=True, on_delete=models.SET_NULL, related_name="recordings"
    )
    state = models.CharField(
        _("state"), max_length=12, choices=choices.RecordingState, default=choices.RecordingState.RECORDED
    )
    event_start = models.DateTimeField(_("starts"), null=True, blank=True)
    event_end = models.DateTimeField(_("ends"), null=True, blank=True)
    event_day = PartialDateField(
        _("day"),
        max_length=11,
        blank=True,
        validators=[validate_partial_date],
        help_text=_("Of a session of which the hour is not known."),
    )
    event_last_day = PartialDateField(_("last day"), max_length=11, blank=True, validators=[validate_partial_date])
    announced_at = models.DateTimeField(_("announced at"), null=True, blank=True)
    duration_s = models.PositiveIntegerField(_("length in seconds"), null=True, blank=True)
    poster = models.ForeignKey(
        "core.SchakelImage",
        verbose_name=_("poster"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    slides = models.ForeignKey(
        "core.SchakelDocument",
        verbose_name=_("slides"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    topics = ParentalManyToManyField("topics.Topic", verbose_name=_("topics"), blank=True, related_name="recordings")
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    is_example = models.BooleanField(_("example, not a real webinar"), default=False)
    is_about_portal = models.BooleanField(
        _("film about this portal"), default=False, help_text=_("It can be found and watched, and counts in no list.")
    )

    search_fields = [
        index.AutocompleteField("title_nl"),
        index.SearchField("title_nl"),
        index.FilterField("live"),
        index.FilterField("state"),
    ]

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        ordering = ["-event_start", "-announced_at", "-pk"]

    def __str__(self):
        return self._staff_or_source("title", "title", "")[0] or self.key

    def path_in(self, language: str) -> str | None:
        return _index_page().path_of_record(self, language)

    def get_preview_template(self, request, mode_name):
        return _index_page().record_template

    def get_preview_context(self, request, mode_name):
        """A preview shows the page as visitors will meet it, in Dutch."""
        context = super().get_preview_context(request, mode_name)
        return context | record_context(self, settings.LANGUAGE_CODE, request)

    @property
    def taken_down(self) -> TakeDown | None:
        """The take-down of this recording; None when it was not taken down."""
        return getattr(self, "take_down", None) if self.pk else None

    @property
    def is_title_hidden(self) -> bool:
        """Whether it was taken down with its title and abstract."""
        return self.taken_down is not None and not self.taken_down.words_stay

    @property
    def speech_language(self) -> str:
        """The code of the spoken language; empty when nobody speaks and when it is not known."""
        return "" if self.spoken_language == choices.NO_SPEECH else self.spoken_language

    def title_in(self, language: str = "") -> tuple[str, str]:
        """The title of the staff in a language, else that of a source, as `(text, language)`.

        Where the title is hidden, a sentence that stands in for it.
        """
        if self.is_title_hidden:
            language = language or translation.get_language()
            with translation.override(language):
                return gettext("A recording that was taken away"), language
        return self._staff_or_source("title", "title", language)

    def abstract_in(self, language: str = "") -> tuple[str, str]:
        """The abstract of the staff in a language, else the text of a source, as `(text, language)`; "" when hidden."""
        if self.is_title_hidden:
            return "", language or translation.get_language()
        return self._staff_or_source("abstract", "text", language)

    def _staff_or_source(self, field: str, source_field: str, language: str) -> tuple[str, str]:
        text, text_language = text_in(self, field, language)
        if not text and (source_value := self._source_value(source_field)):
            return source_value, self._source_language()
        return text, text_language

    def _source_language(self) -> str:
        """The language of a source's texts: the spoken one, else the one that is detected, else Dutch."""
        beginning = self._source_value("text")[:DETECTION_LENGTH]
        return self.speech_language or detect_language(self._source_value("title"), beginning) or settings.LANGUAGE_CODE

    def _source_value(self, field: str) -> str:
        """The first value of a field that a source gives; empty when none does."""
        if hasattr(self, f"{field}_at_source"):  # a list has read it with the recordings (selectors.py)
            return getattr(self, f"{field}_at_source") or ""
        return next(filter(None, (getattr(source, field) for source in self.sources.all())), "") if self.pk else ""


class Chapter(Orderable):
    """A chapter of a recording."""

    recording = ParentalKey(Recording, on_delete=models.CASCADE, related_name="chapters")
    start_s = models.PositiveIntegerField(_("begins at second"))
    title = models.CharField(_("title"), max_length=200)

    class Meta(Orderable.Meta):
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        ordering = ["start_s"]

    def __str__(self):
        return self.title


def _index_page() -> type[RecordIndexMixin]:
    """The archive page's class, by name because its module needs the class of its records."""
    return apps.get_model("webinars", "WebinarIndexPage")
