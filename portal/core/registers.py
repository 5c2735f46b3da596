"""What this app tells the registers of core: its own models and those of libraries, and its languages."""

from typing import Any
from urllib.parse import urlsplit

from django.db.models import Model
from django.http import HttpRequest
from wagtail.models import CollectionViewRestriction, Locale, Page, PageViewRestriction, Site
from wagtail_localize.models import Translation, TranslationSource

from portal.core import models
from portal.core.languages import languages_in_catalogues, languages_with_formats, register_language_table
from portal.core.page_cache.models import PageChange
from portal.core.page_cache.registry import ALL, Paths, Visibility, register_cached_model
from portal.core.page_context import register_shared_page_context
from portal.core.translation.state import state_of

# Of these rows no visitor sees anything. Passages of translations become visible with the page published from them.
INVISIBLE_LIBRARY_MODELS = {
    "admin": ["LogEntry"],
    "auth": ["Group", "Permission"],
    "contenttypes": ["ContentType"],
    "sessions": ["Session"],
    "taggit": ["Tag", "TaggedItem"],
    "wagtail_localize": [
        "LocaleSynchronization",
        "OverridableSegment",
        "RelatedObjectSegment",
        "SegmentOverride",
        "String",
        "StringSegment",
        "StringTranslation",
        "Template",
        "TemplateSegment",
        "TranslatableObject",
        "TranslationContext",
        "TranslationLog",
    ],
    "wagtailadmin": ["Admin", "EditingSession", "FormState"],
    "wagtailcore": [
        "Collection",
        "Comment",
        "CommentReply",
        "GroupApprovalTask",
        "GroupCollectionPermission",
        "GroupPagePermission",
        "GroupSitePermission",
        "ModelLogEntry",
        "PageLogEntry",
        "PageSubscription",
        "ReferenceIndex",
        "Revision",
        "Task",
        "TaskState",
        "UploadedFile",
        "Workflow",
        "WorkflowContentType",
        "WorkflowPage",
        "WorkflowState",
        "WorkflowTask",
    ],
    "wagtaildocs": ["Document"],
    "wagtailembeds": ["Embed"],
    "wagtailimages": ["Image", "Rendition"],
    "wagtailsearch": ["IndexEntry", "SQLiteFTSIndexEntry"],
    "wagtailusers": ["UserProfile"],
}


def register() -> None:
    """Called when the app is ready."""
    register_cached_models()
    register_shared_page_context(translation_context)
    # English is the language of the messages in the code.
    register_language_table("locale/<language>/LC_MESSAGES/django.po", languages_in_catalogues() | {"en"})
    register_language_table("portal/core/formats/<language>", languages_with_formats())


def register_cached_models() -> None:
    """Tell the page cache when visitors can see a row of each model."""
    visible: list[type[Model]] = [models.SchakelImage, models.SchakelDocument, models.SiteWords]
    for model in visible:
        register_cached_model(model, Visibility.ALWAYS)
    invisible: list[type[Model]] = [
        models.SchakelRendition,  # made while a page is rendered, or by the job runner, which invalidates itself
        models.Address,  # looked up only where there is no page
        models.User,
        models.Attempts,
        models.SentNotice,
        PageChange,
    ]
    for model in invisible:
        register_cached_model(model, Visibility.NEVER)
    register_cached_model(models.ReviewedPassage, Visibility.ALWAYS, paths=paths_of_reviewed_page)

    register_cached_model(Page, Visibility.WHEN_LIVE)
    for model in (Locale, Site, PageViewRestriction, CollectionViewRestriction):
        register_cached_model(model, Visibility.ALWAYS)
    # A page that is not Dutch says how it was translated. Search results say so too, but no cache keeps them.
    register_cached_model(Translation, Visibility.ALWAYS, paths=paths_of_translation)
    register_cached_model(TranslationSource, Visibility.ALWAYS, paths=paths_of_translations)
    for app, names in INVISIBLE_LIBRARY_MODELS.items():
        for name in names:
            register_cached_model(f"{app}.{name}", Visibility.NEVER)


def translation_context(page: Page, request: HttpRequest) -> dict[str, Any]:
    """Return how the text of a page was translated, for the notice above it."""
    return {"translation": state_of(page)}


def paths_of_reviewed_page(passage: models.ReviewedPassage) -> Paths:
    """The path of the translated page that a reviewed passage is on."""
    return _paths(translation_key=passage.translation_key, locale=passage.locale_id)


def paths_of_translation(translation: Translation) -> Paths:
    """The path of the page that wagtail-localize makes from a translation."""
    source = TranslationSource.objects.filter(pk=translation.source_id).first()  # None: deleted together with it
    if source is None or not _is_of_a_page(source):
        return ALL
    return _paths(translation_key=source.object_id, locale=translation.target_locale_id)


def paths_of_translations(source: TranslationSource) -> Paths:
    """The paths of a page in every language that it is translated into."""
    return _paths(translation_key=source.object_id) if _is_of_a_page(source) else ALL


def _is_of_a_page(source: TranslationSource) -> bool:
    model = source.specific_content_type.model_class()
    return model is not None and issubclass(model, Page)


def _paths(**lookups: Any) -> frozenset[str]:
    pages = Page.objects.live().filter(**lookups)
    return frozenset(urlsplit(url).path for page in pages if (url := page.get_url()))
