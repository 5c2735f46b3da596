"""The methods, projects, guides and plain pages that a visitor may see, read once for all that home says of them."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.db.models.functions import Coalesce
from wagtail.models import Page

from portal.core.page_cache.cached_values import cached_until_publish
from portal.core.publishing.visibility import SOURCE_LANGUAGE, visible
from portal.home.models import DossierPage, PlainPage
from portal.methods.models import MethodPage
from portal.projects.models import ProjectPage

MODELS = (MethodPage, ProjectPage, DossierPage, PlainPage)


@dataclass(frozen=True)
class PublicPage:
    """A public page as it is shown in a language: the translation, else the Dutch one, whose id `pk` is.

    `evidence_level` is that of a method.
    """

    pk: int
    kind: str
    key: str
    title: str
    url: str
    language: str
    first_published_at: datetime | None
    evidence_level: int | None


def public_pages(language: str) -> list[PublicPage]:
    """Return every public page of these types in a language. One query, kept until something is published."""
    return cached_until_publish(("public pages", language), lambda: _read(language))


def _read(language: str) -> list[PublicPage]:
    kinds = {ContentType.objects.get_for_model(model).pk: model.kind for model in MODELS}
    pages = visible(Page, SOURCE_LANGUAGE, language).filter(content_type__in=kinds).select_related("locale").order_by()
    key = Coalesce(*(f"{model._meta.model_name}__key" for model in MODELS))
    pages = pages.annotate(key=key, evidence_level=F("methodpage__evidence_level"))
    originals: list[Page] = []
    translations: dict[object, Page] = {}
    for page in pages.only(*_SHOWN, "locale"):
        if page.locale.language_code == SOURCE_LANGUAGE:
            originals.append(page)
        else:
            translations[page.translation_key] = page
    found = []
    for original in originals:
        shown = translations.get(original.translation_key, original)
        found.append(
            PublicPage(
                pk=original.pk,
                kind=kinds[original.content_type_id],
                key=original.key,
                title=shown.title,
                url=shown.get_url() or "",
                language=shown.locale.language_code,
                first_published_at=original.first_published_at,
                evidence_level=original.evidence_level,
            )
        )
    return found


_SHOWN = ("title", "slug", "url_path", "path", "depth", "translation_key", "content_type", "first_published_at")
