"""What the page for questions shows: the form, or how to reach the city, or that a question arrived."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest

from portal.ask.choices import QuestionKind
from portal.ask.forms import AskForm
from portal.ask.models import AskPage, Question
from portal.ask.receivers import Receiver, other_ways, receiver_of
from portal.core.ask_links import QUESTIONS_KEPT_MONTHS, AskSubject, ask_subject
from portal.core.content.site_details import site_words
from portal.core.page_cache.cached_values import cached_until_publish
from portal.core.routing import address_ledger
from portal.core.routing.structure import index_path
from portal.organisations.contacts import ContactLink

PRIVACY_PAGE = "privacy"  # the key of the page on privacy, in the starter content
_NONCE = re.compile(r"[0-9a-f]{32}", re.ASCII)


@dataclass(frozen=True)
class AskContext:
    """The page for questions. `form` is there when somebody receives it, `sent` after a question was stored.

    `problem` is said above the form when what was sent could not even be read.
    """

    form: AskForm | None
    problem: str
    subject: AskSubject | None
    receiver: Receiver | None
    other_ways: list[ContactLink]
    postal_address: str
    phone: str
    sent: Question | None
    kept_months: int
    privacy_url: str


def ask_page(page: AskPage, request: HttpRequest) -> AskContext:
    """Return what the page shows for the parameters of its address; what they hold and nobody knows is ignored."""
    language = page.language
    sent = _sent_question(request.GET.get("sent", ""))
    about, row = (sent.about, sent.row) if sent else (request.GET.get("about", ""), request.GET.get("row", ""))
    subject = ask_subject(about, row, language)
    return ask_context(page, subject, sent=sent, kind=request.GET.get("kind", ""))


def ask_url(language: str, about: str, row: str, kind: str) -> str:
    """Return the address of the form, filled in with what it is about; "" while there is no page for questions."""
    path = index_path(AskPage, language)
    asked = {name: value for name, value in (("about", about), ("row", row), ("kind", kind)) if value}
    if path is None or not asked:
        return path or ""
    return f"{path}?{urlencode(asked, safe=':')}"


def ask_context(
    page: AskPage,
    subject: AskSubject | None,
    *,
    form: AskForm | None = None,
    problem: str = "",
    sent: Question | None = None,
    kind: str = "",
) -> AskContext:
    """Return what the page shows about a subject, with the form as it was filled in, or else an empty one."""
    language, words = page.language, site_words()
    receiver = receiver_of(subject, language)
    if form is None and receiver and not sent:
        form = empty_form(subject, kind)
    return AskContext(
        form=form,
        problem=problem,
        subject=subject,
        receiver=receiver,
        other_ways=other_ways(subject, language),
        postal_address=words.postal_address,
        phone=words.phone,
        sent=sent,
        kept_months=QUESTIONS_KEPT_MONTHS,
        privacy_url=cached_until_publish(
            ("page on privacy", language), lambda: address_ledger.current_url("page", PRIVACY_PAGE, language) or ""
        ),
    )


def empty_form(subject: AskSubject | None, kind: str = "") -> AskForm:
    """Return a form about a subject that nobody has filled in yet."""
    initial = {
        "kind": kind if kind in QuestionKind.values else QuestionKind.QUESTION,
        "about": subject.about if subject else "",
        "row": subject.row if subject else "",
    }
    return AskForm(initial=initial, can_be_published=subject is not None and subject.shows_answers)


def _sent_question(nonce: str) -> Question | None:
    return Question.objects.filter(nonce=nonce).first() if _NONCE.fullmatch(nonce) else None
