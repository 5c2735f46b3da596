"""Questions of visitors: where one asks, what it can be about, and the answers that a page may show.

The app that takes questions registers the address of its form and its published answers. Every other app links to the
form, says which rows of its pages can be asked about, and shows the answers, without importing that app
(docs/design.md section 3).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise
from wagtail.models import Page

from portal.core.cards import cards
from portal.core.publishing.visibility import SOURCE_LANGUAGE, visible

# How long a question and the details of who asked it are kept, after the answer or else after it came in. The form,
# the page on privacy and the job that deletes them all read it here.
QUESTIONS_KEPT_MONTHS = 12

Words = str | Promise

_REFERENCE = re.compile(r"([a-z]{1,40}):([a-z0-9_-]{1,80})", re.ASCII)


@dataclass(frozen=True)
class AskSubject:
    """The page or record that a question is about, as it is shown in a language; `row` is the code of a row of it.

    `contact_id` is the contact who answers for it (organisations.Contact). `shows_answers` says whether visitors can
    read published answers on it.
    """

    about: str
    title: str
    url: str
    language: str
    row: str = ""
    row_label: str = ""
    contact_id: int | None = None
    shows_answers: bool = False


@dataclass(frozen=True)
class PublishedAnswer:
    """A question and its answer as visitors read them: nothing in it says who asked. `language` is that of both."""

    question: str
    answer: str
    answered_on: date
    language: str
    row: str = ""


@dataclass(frozen=True)
class _Kind:
    model: type[Page] | None = None
    rows: Mapping[str, Words] = field(default_factory=dict)
    shows_answers: bool = False


_kinds: dict[str, _Kind] = {}
_url: Callable[[str, str, str, str], str] | None = None
_published: Callable[[str, str], Iterable[PublishedAnswer]] | None = None


def register_ask_url(url: Callable[[str, str, str, str], str]) -> None:
    """Register `url(language, about, row, kind)`: the address of the form, "" where there is no page for questions."""
    global _url  # noqa: PLW0603  (one room takes questions)
    _url = url


def ask_url(language: str, about: str = "", row: str = "", kind: str = "") -> str:
    """Return the address at which to ask about a thing like "method:pim", and one row of it like "money".

    `kind` is what is asked: "question" (when empty), "visit", "correction" or "session".
    Returns "" while no room takes questions.
    """
    return _url(language, about, row, kind) if _url else ""


def register_ask_subject(
    kind: str, model: type[Page] | None, rows: Mapping[str, Words] | None = None, *, shows_answers: bool = False
) -> None:
    """Register a kind that can be asked about; the contact of its pages, where it has a `model`, receives it.

    `rows` are the parts that a question can be about, as {code: label}; `shows_answers` says that its pages show
    `published_answers`. Any kind with cards can be asked about without this: as a whole, and the city receives it.
    """
    _kinds[kind] = _Kind(model, rows or {}, shows_answers)


def ask_subject(about: str, row: str, language: str) -> AskSubject | None:
    """Return what a reference like "method:pim" and the code of a row stand for; None for anything else.

    Both come from the address of a page, so they can be anything: what is not known is ignored.
    """
    match = _REFERENCE.fullmatch(about)
    if match is None:
        return None
    kind, key = match.groups()
    card = next(iter(cards(kind, [key], language)), None)
    if card is None:
        return None
    registered = _kinds.get(kind, _Kind())
    row = row if row in registered.rows else ""
    return AskSubject(
        about=about,
        title=card.title,
        url=card.url,
        language=card.language or language,
        row=row,
        row_label=str(registered.rows[row]) if row else "",
        contact_id=_contact_id(registered.model, key) if registered.model else None,
        shows_answers=registered.shows_answers,
    )


def _contact_id(model: type[Page], key: str) -> int | None:
    return visible(model, SOURCE_LANGUAGE).filter(key=key).values_list("contact_id", flat=True).first()


def row_label(about: str, row: str) -> str:
    """Return the words for a row in the active language; "" for one that is not known."""
    registered = _kinds.get(about.partition(":")[0], _Kind())
    return str(registered.rows.get(row, ""))


def register_published_answers(selector: Callable[[str, str], Iterable[PublishedAnswer]]) -> None:
    """Register `selector(about, language)`, which returns the answers that visitors may read."""
    global _published  # noqa: PLW0603  (one room takes questions)
    _published = selector


def published_answers(about: str, language: str) -> list[PublishedAnswer]:
    """Return the published answers about a thing like "method:pim", those in the language of the visitor first.

    Costs one query until something is published.
    """
    return list(_published(about, language)) if _published else []
