"""Models that every app builds on: users, images, documents, the base page, site settings, former addresses."""

from http import HTTPMethod

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.documents.models import AbstractDocument, Document
from wagtail.fields import StreamField
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Image,
    WagtailImageField,
    WagtailImageFieldFile,
    get_upload_to,
)
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail_localize.fields import SynchronizedField, TranslatableField

from portal.core.content.blocks import SOURCES
from portal.core.content.records import text_in
from portal.core.files.pictures import strip_metadata
from portal.core.forms import PageForm
from portal.core.lists.form import CSV
from portal.core.page_context import page_context, page_file, page_post
from portal.core.publishing.visibility import SOURCE_LANGUAGE, public_versions
from portal.core.routing.structure import structure


class User(AbstractUser):  # type: ignore[django-manager-missing]  # relations that Wagtail's untyped mixins make
    """An account of the staff. A custom model from the first migration, so that fields can be added."""


class ImageRights(models.TextChoices):
    OWN = "own", _("Own work of the city")
    PARTNER = "partner", _("Work of a partner, used with permission")
    SOURCE = "source", _("Fetched from the source of a recording")
    OPEN = "open", _("Open licence")
    UNKNOWN = "unknown", _("Not known yet")


class PictureFile(WagtailImageFieldFile):
    """Stores a picture without metadata, whichever way it was uploaded."""

    def save(self, name, content, save=True):
        content.seek(0)
        super().save(name, ContentFile(strip_metadata(content.read()), name=name), save)

    save.alters_data = True  # type: ignore[attr-defined]  # read by Django's templates


class PictureField(WagtailImageField):
    attr_class = PictureFile


class SchakelImage(AbstractImage):
    """An image with an alternative text in each language, its rights and the consent of the people in it."""

    file = PictureField(verbose_name=_("file"), upload_to=get_upload_to, width_field="width", height_field="height")
    alternative = models.CharField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_("What the image says to somebody who cannot see it."),
    )
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    rights = models.CharField(_("rights"), max_length=20, choices=ImageRights, default=ImageRights.UNKNOWN)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    consent = models.BooleanField(
        _("people in the picture agreed"), default=False, help_text=_("To being photographed and to publication: both.")
    )
    source_url = models.URLField(_("source"), max_length=500, blank=True)

    admin_form_fields = (
        "title",
        "file",
        *(f"alternative_{code}" for code in settings.CONTENT_LANGUAGES),
        "credit",
        "rights",
        "licence",
        "consent",
        "source_url",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(Image.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    @property
    def default_alt_text(self):
        return text_in(self, "alternative")[0]


class SchakelRendition(AbstractRendition):
    image = models.ForeignKey(SchakelImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition")
        ]


class SchakelDocument(AbstractDocument):
    """A document with its language, rights and source."""

    language = models.CharField(_("language"), max_length=10, blank=True, choices=settings.LANGUAGES)
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    source_url = models.URLField(_("source"), max_length=500, blank=True)

    admin_form_fields = (*Document.admin_form_fields, "language", "credit", "licence", "source_url")

    class Meta(Document.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def clean(self):
        """Check the extension, unless the file was refused already: one error is enough."""
        if self.file:
            super().clean()


class TranslationOrigin(models.TextChoices):
    """How a text was made, before `ReviewedPassage`. Not used any more."""

    WRITTEN = "written", _("written in this language")
    MACHINE = "machine", _("translated by machine, not reviewed")
    REVIEWED = "reviewed", _("translated and reviewed")


class BasePage(Page):
    """The base of every page of the portal. Subclasses set `kind` and extend `translatable_fields` and the panels.

    A page that is not Dutch holds words only: facts, choices and relations are read from `original`, the Dutch
    page with the same `translation_key` (docs/design.md section 4). `key` is the permanent identifier, shared by the
    languages. `position_as_of` says of which day the content is the position.
    """

    kind = "page"
    searchable_excluded = False
    base_form_class = PageForm
    # The relations of the Dutch page that every page of the type shows, so that they are read along with it.
    shown_with: tuple[str, ...] = ()
    # What the page reads from the query string of its address. All else is ignored, by the page cache too.
    query_parameters: tuple[str, ...] = ()
    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]
    # A section: its name in the menu of a phone where its title is long, and the part of the footer that leads to it.
    short_title: str | Promise = ""
    footer_group = "about"

    key = models.SlugField(
        _("permanent key"),
        max_length=80,
        blank=True,
        help_text=_("Made from the title at the first save; never changes, other sites may point at it."),
    )
    lead = models.TextField(_("lead"), blank=True, help_text=_("One sentence that says what a reader gets."))
    position_as_of = models.DateField(
        _("position as of"), null=True, blank=True, help_text=_("The day of which this is the state of affairs.")
    )
    position_source = models.CharField(_("source of the position"), max_length=200, blank=True)
    # Read by nothing since `ReviewedPassage`; the release after the one that brought that removes it.
    translation_origin = models.CharField(
        _("how this text was made"), max_length=10, choices=TranslationOrigin, default=TranslationOrigin.WRITTEN
    )
    reviewer_role = models.CharField(
        _("reviewed by (role)"), max_length=120, blank=True, help_text=_("A role, not a name: coordinator street work.")
    )
    reviewed_on = models.DateField(_("last reviewed on"), null=True, blank=True)
    next_review_on = models.DateField(_("next review on"), null=True, blank=True)
    change_note = models.CharField(_("what changed"), max_length=250, blank=True)
    social_image = models.ForeignKey(
        SchakelImage,
        verbose_name=_("image for sharing"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    # The building blocks of translatable_fields: words are passages, everything else stays with the Dutch page.
    base_words = [
        TranslatableField("title"),
        TranslatableField("slug"),
        TranslatableField("lead"),
        TranslatableField("position_source"),
        TranslatableField("seo_title"),
        TranslatableField("search_description"),
        SynchronizedField("show_in_menus"),
    ]
    translatable_fields = base_words

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    trust_panels = [
        MultiFieldPanel([FieldPanel("position_as_of"), FieldPanel("position_source")], heading=_("Position")),
        MultiFieldPanel(
            [
                FieldPanel("reviewer_role"),
                FieldPanel("reviewed_on"),
                FieldPanel("next_review_on"),
                FieldPanel("change_note"),
            ],
            heading=_("Review"),
        ),
    ]
    promote_panels = [*Page.promote_panels, FieldPanel("social_image")]
    settings_panels = [FieldPanel("key"), *Page.settings_panels]

    class Meta:
        abstract = True

    def full_clean(self, *args, **kwargs):
        super().full_clean(*args, **kwargs)
        if not self.key:
            self.key = self.free_key()

    def free_key(self) -> str:
        """The key that the address gives, with a number behind it where another page of this language has it."""
        key, number = self.slug[:80], 2
        while self._has_twin(key):
            key, number = f"{self.slug[:75]}-{number}", number + 1
        return key

    def _has_twin(self, key: str) -> bool:
        return type(self).objects.filter(key=key, locale_id=self.locale_id).exclude(pk=self.pk).exists()

    def clean(self):
        super().clean()
        if self.key and type(self) is not Page and self.locale_id and self._has_twin(self.key):
            raise ValidationError({"key": _("Another page has this permanent key already. Choose another.")})

    @cached_property
    def language(self) -> str:
        """The language code of this page's text."""
        return self.locale.language_code

    @classmethod
    def in_all_languages(cls, which: Q) -> list["BasePage"]:
        """The pages that answer to `which`, public or not, with what their pages show. One query."""
        return list(cls.objects.filter(which).select_related("locale", *cls.shown_with))

    @cached_property
    def versions(self) -> list["BasePage"]:
        """This page in every language, public or not. One query, unless the page was read with them (routes.py)."""
        return self.in_all_languages(Q(translation_key=self.translation_key)) if self.pk else [self]

    @cached_property
    def original(self):
        """The Dutch page that facts, choices and relations are read from; itself when it is the Dutch one."""
        if self.language == SOURCE_LANGUAGE:
            return self
        return next((page for page in self.versions if page.language == SOURCE_LANGUAGE), self)

    @property
    def is_translation(self) -> bool:
        return self.language != SOURCE_LANGUAGE

    def language_versions(self) -> dict[str, "BasePage"]:
        """The public versions of this page in the content languages, as {language code: page}."""
        return public_versions(self.versions)

    def get_view_restrictions(self):
        """Wagtail's rule; the structure says whether there is anything to ask.

        Aliases, which Wagtail asks too, are not made here: copying as an alias and turning a translation into one are
        refused (wagtail_hooks.py).
        """
        if structure().is_open(self.path):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def serve(self, request, *args, **kwargs):
        if request.method == HTTPMethod.POST and (answer_form := page_post(type(self))):
            return answer_form(self, request)
        if request.GET.get("format") == CSV and (as_file := page_file(type(self))):
            return as_file(self, request)
        return super().serve(request, *args, **kwargs)

    def get_context(self, request, *args, **kwargs):
        request.thing = self
        context = super().get_context(request, *args, **kwargs)
        context["facts"] = self.original
        return context | page_context(self, request)


class SourcedPage(BasePage):
    """A page whose statements have sources, and about which staff still have questions."""

    sources = StreamField(SOURCES, verbose_name=_("sources"), blank=True)
    open_questions = models.TextField(
        _("questions still open"), blank=True, help_text=_("For colleagues; visitors never see this.")
    )

    def outside_links(self) -> list[str]:
        """Return the addresses of other sites that this page links as sources; a kind of page may add others."""
        return [block.value["url"] for block in self.sources if block.value["url"]]

    class Meta:
        abstract = True


class Accessibility(models.TextChoices):
    """How far the portal complies, in the terms of Implementing Decision (EU) 2018/1523."""

    FULL = "full", _("fully compliant")
    PARTIAL = "partial", _("partially compliant")
    NONE = "none", _("not compliant")


class Assessment(models.TextChoices):
    SELF = "self", _("self-assessment by the city")
    OUTSIDE = "outside", _("assessment by a third party")


@register_setting(icon="site")
class SiteWords(BaseSiteSetting):
    """The name that visitors read and the line under it (the languages are columns), and what only the city knows.

    Pages say what the city knows where it is filled in (portal/core/content/site_details.py); visitors never see that
    it is not.
    """

    name = models.CharField(_("name of the portal"), max_length=60, default="Schakel")
    tagline = models.CharField(_("line under the name"), max_length=160, blank=True)
    publisher = models.CharField(_("publisher"), max_length=160, blank=True)

    email = models.EmailField(
        _("e-mail address"), blank=True, help_text=_("For questions about privacy and problems of accessibility.")
    )
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    postal_address = models.CharField(_("postal address"), max_length=200, blank=True)
    answer_days = models.PositiveSmallIntegerField(
        _("answers within (days)"), null=True, blank=True, help_text=_("How soon somebody who reports a problem hears.")
    )
    data_protection_officer = models.CharField(
        _("data protection officer"), max_length=200, blank=True, help_text=_("The e-mail address or postal address.")
    )
    hosting = models.CharField(
        _("hosting company"),
        max_length=200,
        blank=True,
        help_text=_("Its name and country: the processor of the data."),
    )
    log_days = models.PositiveSmallIntegerField(
        _("logs are kept (days)"), null=True, blank=True, help_text=_("The access logs of the web server.")
    )
    accessibility = models.CharField(_("compliance with WCAG 2.1 AA"), max_length=10, choices=Accessibility, blank=True)
    accessibility_assessment = models.CharField(_("how it was assessed"), max_length=10, choices=Assessment, blank=True)
    accessibility_assessed_on = models.DateField(_("assessed on"), null=True, blank=True)
    accessibility_report = models.URLField(_("report of the assessment"), blank=True)
    enforcement_body = models.CharField(
        _("complaints about accessibility"),
        max_length=250,
        blank=True,
        help_text=_("Name and address of the body to which somebody can go who gets no good answer."),
    )

    panels = [
        FieldPanel("name"),
        *(FieldPanel(f"tagline_{code}") for code in settings.CONTENT_LANGUAGES),
        *(FieldPanel(f"publisher_{code}") for code in settings.CONTENT_LANGUAGES),
        MultiFieldPanel(
            [
                FieldPanel(
                    "email",
                    help_text=_(
                        "For questions about privacy and problems of accessibility. Questions of visitors go here too, "
                        "unless the contact of the page has an address; without one, the page for questions has no "
                        "form."
                    ),
                ),
                FieldPanel("phone"),
                FieldPanel("postal_address"),
                FieldPanel("answer_days"),
            ],
            heading=_("Contact"),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("data_protection_officer", "hosting", "log_days")], heading=_("Privacy")
        ),
        MultiFieldPanel(
            [
                FieldPanel("accessibility"),
                FieldPanel("accessibility_assessment"),
                FieldPanel("accessibility_assessed_on"),
                FieldPanel("accessibility_report"),
                FieldPanel("enforcement_body"),
            ],
            heading=_("Accessibility statement"),
            help_text=_("Visitors read the statement once all of this but the report is filled in."),
        ),
    ]

    class Meta:
        verbose_name = _("the portal and the city")


class Address(models.Model):
    """A path that was once public, and the page or record it showed (see portal/core/routing/address_ledger.py)."""

    path = models.CharField(max_length=500, unique=True)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    language = models.CharField(max_length=10)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "key"], name="address_of_thing")]

    def __str__(self):
        return self.path


class ReviewedPassage(models.Model):
    """A Dutch passage and its translation that a person compared, as hashes (core/translation/reviews.py)."""

    translation_key = models.UUIDField()
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    dutch = models.CharField(max_length=32)
    translation = models.CharField(max_length=32)
    reviewed_on = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale", "dutch", "translation"], name="one_review_of_a_pair"
            )
        ]
        default_permissions = ()

    def __str__(self):
        return f"{self.translation_key} {self.locale_id}: {self.dutch} {self.translation}"


class SentNotice(models.Model):
    """A notice that was sent to a user, so that it is not sent again (portal/core/admin/notices.py)."""

    about = models.CharField(max_length=200)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["about", "user"], name="one_notice_about_a_thing")]
        default_permissions = ()

    def __str__(self):
        return f"{self.about}: {self.user}"


class Attempts(models.Model):
    """The number of recent attempts under a digest, which does not reveal who tried what (attempt_limits.py)."""

    digest = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.count}, {self.last_at:%Y-%m-%d %H:%M}"
