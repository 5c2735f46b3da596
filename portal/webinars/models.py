"""Recordings and sessions, their sources, transcripts, chapters and links (DESIGN.md section 4)."""

from django.conf import settings
from django.db import models
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils import timezone, translation
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Orderable
from wagtail.search import index

from portal.core.content.records import Record, text_in
from portal.core.models import BasePage
from portal.core.routing.routes import RecordIndexMixin
from portal.webinars import choices
from portal.webinars.transcripts.language_detection import language_of

READ_FOR_LANGUAGE = 1500  # characters of a source's text are enough to know its language


class Series(Record):
    """Recordings that belong together."""

    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("slug"), max_length=200, blank=True)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = pgettext_lazy("more than one", "series")
        ordering = ["title_nl"]


class Speaker(Record):
    """Somebody who speaks in a recording and agreed to be named."""

    title_field = "role"

    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=160, blank=True)
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="speakers",
    )
    consent = models.BooleanField(
        _("agreed to publication"),
        default=False,
        help_text=_("Without it the name is not shown (legal duties, image rights)."),
    )

    search_fields = [index.AutocompleteField("name"), index.SearchField("name")]

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["name"]

    def __str__(self):
        return self.name


class Recording(ClusterableModel, Record):
    """One webinar or talk that can be watched; a session while it is still to come.

    Empty title and abstract follow the source: a page shows staff value or source value (`title_in`).
    """

    kind = "recording"

    title = models.CharField(
        _("title"), max_length=200, blank=True, help_text=_("Empty: the title that the source gives.")
    )
    slug = models.SlugField(_("slug"), max_length=200, blank=True)
    abstract = models.TextField(
        _("abstract"), blank=True, help_text=_("What a visitor hears, in five sentences at most.")
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

    def path_in(self, language):
        return WebinarIndexPage.path_of_record(self, language)

    def get_preview_template(self, request, mode_name):
        return "webinars/recording.html"

    def get_preview_context(self, request, mode_name):
        """A preview shows the page as visitors will meet it, in Dutch."""
        from portal.webinars.selectors import recording_page

        context = super().get_preview_context(request, mode_name)
        return context | recording_page(self, settings.LANGUAGE_CODE, request.GET)

    @property
    def taken_down(self) -> "TakeDown | None":
        """Why player, picture and words are kept from everybody, None for a recording of which nothing is."""
        return getattr(self, "take_down", None) if self.pk else None

    @property
    def is_unnamed(self) -> bool:
        """Whether its title and abstract were taken away too."""
        taken = self.taken_down
        return taken is not None and not taken.words_stay

    @property
    def speech(self) -> str:
        """The language that is spoken; empty when nobody speaks and when it is not known."""
        return "" if self.spoken_language == choices.NOBODY_SPEAKS else self.spoken_language

    def title_in(self, language: str = "") -> tuple[str, str]:
        """The staff's title in a language, else what a source calls it, as `(text, language)`.

        Where the title was taken away too, a sentence that says nothing of it.
        """
        if self.is_unnamed:
            language = language or translation.get_language()
            with translation.override(language):
                return gettext("A recording that was taken away"), language
        return self._staff_or_source("title", "title", language)

    def abstract_in(self, language: str = "") -> tuple[str, str]:
        """The staff's abstract in a language, else the text of a source, as `(text, language)`; "" when taken away."""
        if self.is_unnamed:
            return "", language or translation.get_language()
        return self._staff_or_source("abstract", "text", language)

    def _staff_or_source(self, field, source_field, language):
        text, found = text_in(self, field, language)
        if text:
            return text, found
        if value := self._at_source(source_field):
            return value, self._language_at_source()
        return "", found

    def _language_at_source(self) -> str:
        """The language of a source's words: the spoken one, else the one they look like, else Dutch."""
        beginning = self._at_source("text")[:READ_FOR_LANGUAGE]
        return self.speech or language_of(self._at_source("title"), beginning) or settings.LANGUAGE_CODE

    def _at_source(self, field: str) -> str:
        """What the first source that says something says; a list has read it with the recordings (moments.py)."""
        if hasattr(self, f"{field}_at_source"):
            return getattr(self, f"{field}_at_source") or ""
        return next(filter(None, (getattr(source, field) for source in self.sources.all())), "") if self.pk else ""


class RecordingSource(models.Model):
    """Where a recording can be watched and what that place said of it; staff values live on the recording.

    `external_id` is the platform's own id with its prefix (feeds.md section 0.4): "yt:…", "li:…", "file:…".
    """

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="sources")
    platform = models.CharField(_("platform"), max_length=10, choices=choices.Platform)
    external_id = models.CharField(_("identity"), max_length=80, unique=True)
    url = models.CharField(_("address"), max_length=500, blank=True)
    title = models.CharField(_("title at the source"), max_length=500, blank=True)
    text = models.TextField(_("text at the source"), blank=True)
    published_at = models.DateTimeField(_("published at the source"), null=True, blank=True)
    duration_s = models.PositiveIntegerField(_("length in seconds"), null=True, blank=True)
    thumbnail_url = models.URLField(_("picture at the source"), max_length=500, blank=True)
    event_start = models.DateTimeField(_("starts, says the source"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=30, blank=True, choices=choices.SourceState)
    state_since = models.DateTimeField(_("in this state since"), null=True, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("place to watch")
        verbose_name_plural = _("places to watch")
        ordering = ["pk"]

    def __str__(self):
        return self.external_id


class TakeDown(models.Model):
    """That a recording was taken away: while this row is there, nobody gets its player, picture or words.

    A row of its own and no field of the recording, so that no draft, older version or pull ever undoes it. Who did it
    and who lifted it stands in the log. `words_stay` is whether title and abstract can still be read and found.
    """

    recording = models.OneToOneField(Recording, on_delete=models.CASCADE, related_name="take_down")
    reason = models.CharField(_("reason"), max_length=12, choices=choices.TakeDownReason)
    words_stay = models.BooleanField(_("title and abstract stay"), default=True)
    taken_at = models.DateTimeField(_("taken away on"), default=timezone.now)
    note = models.TextField(_("note"), blank=True, help_text=_("For the staff only."))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("take-down")
        verbose_name_plural = _("take-downs")

    def __str__(self):
        return f"{self.recording} ({self.get_reason_display()})"


class Consent(models.Model):
    """How far a speaker, or everybody together when `speaker` is empty, agreed to a recording being public.

    For the staff only. A row of its own and no field of the recording: it is true at once, and no draft undoes it.
    """

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="consents")
    speaker = models.ForeignKey(
        Speaker, verbose_name=_("speaker"), null=True, blank=True, on_delete=models.CASCADE, related_name="consents"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=choices.ConsentState, default=choices.ConsentState.NOT_ASKED
    )
    limit = models.CharField(_("limit"), max_length=10, choices=choices.ConsentLimit, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    since = models.DateField(_("date of the answer"), null=True, blank=True)
    review_on = models.DateField(_("look again on"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["recording", "speaker"]
        constraints = [
            models.UniqueConstraint(fields=["recording", "speaker"], name="one_consent_a_speaker"),
            models.UniqueConstraint(
                fields=["recording"], condition=models.Q(speaker=None), name="one_consent_for_everybody"
            ),
        ]

    def __str__(self):
        return f"{self.speaker or self.recording}: {self.get_state_display()}"


class Caption(models.Model):
    """The transcript of a recording in one language, with how it was made."""

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="captions")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    origin = models.CharField(
        _("how it was made"), max_length=10, choices=choices.CaptionOrigin, default=choices.CaptionOrigin.MACHINE
    )
    made_on = models.DateField(_("made on"), null=True, blank=True)
    corrected_from = models.CharField(max_length=10, blank=True, choices=choices.CaptionOrigin, editable=False)

    class Meta:
        verbose_name = _("transcript")
        verbose_name_plural = _("transcripts")
        ordering = ["language", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["recording", "language", "origin"], name="one_caption_an_origin")
        ]

    def __str__(self):
        return f"{self.recording} ({self.language})"

    @property
    def corrects_a_person(self) -> bool:
        """Whether this is what somebody wrote, corrected; without it a corrected transcript began as a machine's."""
        return self.origin == choices.CaptionOrigin.CORRECTED and self.corrected_from == choices.CaptionOrigin.HUMAN

    def get_origin_display(self):
        if self.corrects_a_person:
            return _("written by a person, corrected since")
        return choices.CaptionOrigin(self.origin).label


class EarlierTranscript(models.Model):
    """The lines of a transcript as they were until somebody changed it; they can be put back.

    `lines` are [start_ms, end_ms, text, speaker] in their order, `digest` is theirs (transcripts.digest).
    """

    caption = models.ForeignKey(Caption, on_delete=models.CASCADE, related_name="earlier")
    lines = models.JSONField()
    digest = models.CharField(max_length=64)
    until = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("changed by")
    )
    change = models.CharField(max_length=10, choices=choices.TranscriptChange)

    class Meta:
        ordering = ["-until", "-pk"]

    def __str__(self):
        return f"{self.caption}, {self.until}"


class Cue(models.Model):
    """One timed line of a transcript; times in milliseconds from the start."""

    caption = models.ForeignKey(Caption, on_delete=models.CASCADE, related_name="cues")
    position = models.PositiveIntegerField()
    start_ms = models.PositiveIntegerField()
    end_ms = models.PositiveIntegerField()
    text = models.TextField()
    speaker = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["caption", "position"]
        indexes = [models.Index(fields=["caption", "position"], name="cues_in_order")]

    def __str__(self):
        return self.text


class Chapter(Orderable):
    """A part of a recording that begins at a second."""

    recording = ParentalKey(Recording, on_delete=models.CASCADE, related_name="chapters")
    start_s = models.PositiveIntegerField(_("begins at second"))
    title = models.CharField(_("title"), max_length=200)

    class Meta(Orderable.Meta):
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        ordering = ["start_s"]

    def __str__(self):
        return self.title


class RecordingSpeaker(Orderable):
    recording = ParentalKey(Recording, on_delete=models.CASCADE, related_name="speakers")
    speaker = models.ForeignKey(Speaker, verbose_name=_("speaker"), on_delete=models.CASCADE, related_name="talks")
    role = models.CharField(_("role"), max_length=10, choices=choices.SpeakerRole, default=choices.SpeakerRole.SPEAKER)

    class Meta(Orderable.Meta):
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")


class RecordingMethod(Orderable):
    """A recording, or its moment `at_s`, that speaks of a method. Points at the Dutch page."""

    recording = ParentalKey(Recording, on_delete=models.CASCADE, related_name="method_links")
    method = models.ForeignKey(
        "methods.MethodPage", verbose_name=_("method"), on_delete=models.CASCADE, related_name="recording_links"
    )
    at_s = models.PositiveIntegerField(_("at second"), null=True, blank=True)
    note = models.CharField(_("what is said there"), max_length=200, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("method")
        verbose_name_plural = _("methods")


class RecordingProject(Orderable):
    """A recording, or its moment `at_s`, that speaks of a project. Points at the Dutch page."""

    recording = ParentalKey(Recording, on_delete=models.CASCADE, related_name="project_links")
    project = models.ForeignKey(
        "projects.ProjectPage", verbose_name=_("project"), on_delete=models.CASCADE, related_name="recording_links"
    )
    at_s = models.PositiveIntegerField(_("at second"), null=True, blank=True)
    note = models.CharField(_("what is said there"), max_length=200, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("project")
        verbose_name_plural = _("projects")


class WebinarIndexPage(RecordIndexMixin, RoutablePageMixin, BasePage):
    """The archive, with the sessions to come first; routes to a recording."""

    record_model = Recording
    record_with = ("series", "poster", "slides", "take_down")
    record_parameters = ("transcript", "q")
    query_parameters = (*choices.FILTERS, "page")
    max_count_per_parent = 1
    searchable_excluded = True
    subpage_types = []

    class Meta:
        verbose_name = _("webinars page")

    def get_context(self, request, *args, **kwargs):
        from portal.webinars.selectors import archive

        return super().get_context(request, *args, **kwargs) | archive(self.language, request.GET)

    @path("<slug:slug>/")
    def recording(self, request, slug):
        from portal.webinars.selectors import recording_page

        recording = self.record_by_slug(slug)
        if recording is None:
            raise Http404
        context = self.record_context(request, recording) | recording_page(recording, self.language, request.GET)
        response = TemplateResponse(request, "webinars/recording.html", context)
        # The only pages that may frame another site, and only after a click.
        response._csp_replace = {"frame-src": ["https://www.youtube-nocookie.com"]}
        return response
