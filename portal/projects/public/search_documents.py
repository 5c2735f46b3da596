"""Projects as documents for search."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.conf import settings
from django.utils.html import strip_tags

from portal.core.content.partial_dates import PartialDate
from portal.core.content.references import numbers_of, without_references
from portal.core.publishing.visibility import visible
from portal.core.searchable import DocumentText, SearchDocument
from portal.organisations.models import Organisation
from portal.projects.choices import WITHOUT_EUROPEAN_GRANT, Fund, ProjectStatus
from portal.projects.models import ProjectPage, ProjectPartner
from portal.projects.public import story
from portal.projects.public.cards import public_projects
from portal.projects.public.partners import country_of, partners_of

_NAMES = tuple(field.name for field in Organisation._meta.get_fields() if field.name.startswith("name_"))


def project_documents(keys: Iterable[str] | None = None) -> Iterator[SearchDocument]:
    """Yield the documents of the public projects, all or those of `keys`, with all their languages."""
    public = public_projects().prefetch_related("topics")
    projects = list(public if keys is None else public.filter(key__in=list(keys)))
    partners = partners_of(projects)
    texts = _texts(projects)
    for project in projects:
        yield SearchDocument(
            kind=ProjectPage.kind,
            key=project.key,
            texts=texts[project.pk],
            filters=_filters(project, partners[project.pk]),
            date=_day(project.start),
            words=_words(project, partners[project.pk]),
            names=tuple(filter(None, (project.acronym, project.full_name))),
        )


def _texts(projects: list[ProjectPage]) -> dict[int, dict[str, DocumentText]]:
    """The texts of each project in the languages in which it is public. One query for each language."""
    texts: dict[int, dict[str, DocumentText]] = {project.pk: {} for project in projects}
    originals = {project.translation_key: project for project in projects}
    for language in settings.CONTENT_LANGUAGES:
        for page in visible(ProjectPage, language).filter(translation_key__in=originals):
            project = originals[page.translation_key]
            page.original = project
            if url := page.get_url():
                texts[project.pk][language] = DocumentText(page.title, page.lead, _body(page, project), url)
    return texts


def _body(page: ProjectPage, project: ProjectPage) -> str:
    parts = [page.summary, project.full_name, page.programme, page.priority]
    numbers = numbers_of(project.sources)
    # A space for every tag, so that the last word of a paragraph and the first of the next stay two words.
    parts += [
        strip_tags((text or "").replace("<", " <"))
        for text in (page.challenge, page.what_was_done, page.results, page.what_still_runs, page.funding_note)
    ]
    parts += [f"{made.title} {made.note}" for made in story.deliverables(page, project) if not made.lang]
    parts += [block.value["text"] for block in page.timeline]
    return " ".join(" ".join(without_references(part, numbers).split()) for part in parts if part)


def _filters(project: ProjectPage, partners: list[ProjectPartner]) -> dict[str, tuple[str, ...]]:
    filters = {
        "topic": tuple(topic.key for topic in project.topics.all()),
        "country": tuple(sorted({country_of(partner.organisation) for partner in partners} - {""})),
        "year": _years(project),
    }
    if project.fund not in (*WITHOUT_EUROPEAN_GRANT, Fund.UNRESOLVED):
        filters["fund"] = (project.fund,)
    if project.status != ProjectStatus.UNKNOWN:
        filters["status"] = (project.status,)
    return filters


def _years(project: ProjectPage) -> tuple[str, ...]:
    """Every year in which a project ran; only the first of one without an end."""
    start, end = PartialDate.read(project.start), PartialDate.read(project.end)
    if start is None:
        return ()
    return tuple(str(year) for year in range(start.year, max(start, end or start).year + 1))


def _day(text: str) -> date | None:
    known = PartialDate.read(text)
    return date(known.year, known.month or 1, known.day or 1) if known else None


def _words(project: ProjectPage, partners: list[ProjectPartner]) -> str:
    """What somebody may search by in any language: acronym, number, partners and their cities in every spelling."""
    words = [project.acronym, project.full_name, project.grant_number]
    for partner in partners:
        for organisation in (partner.organisation, partner.organisation.city):
            if organisation is not None:
                words += [organisation.short_name, *(getattr(organisation, field) for field in _NAMES)]
    return " ".join(dict.fromkeys(word for word in words if word))
