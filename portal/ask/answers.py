"""Answers: staff give one, visitors read it where both sides agreed to that."""

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, JSONObject, TruncDate
from django.utils import timezone

from portal.ask.choices import QuestionKind, QuestionState
from portal.ask.mails import mail_answer
from portal.ask.models import Question
from portal.ask.receivers import receiver_of
from portal.core.admin.notices import mail_is_configured
from portal.core.ask_links import ask_subject
from portal.core.models import User
from portal.core.page_cache.registry import ALL, Paths
from portal.core.routing import address_ledger


class AlreadyAnsweredError(Exception):
    """A colleague answered the question, or closed it, in the meantime."""


@transaction.atomic
def answer_question(question: Question, user: User) -> bool:
    """Store the answer that is written in `question` and mail it to who asked; return whether it was mailed.

    Raises AlreadyAnsweredError when it has an answer, so that nobody gets two.
    """
    if Question.objects.select_for_update().get(pk=question.pk).state == QuestionState.ANSWERED:
        raise AlreadyAnsweredError
    question.state, question.answered_at, question.answered_by = QuestionState.ANSWERED, timezone.now(), user
    question.save()
    if not question.email or not mail_is_configured():
        return False
    receiver = receiver_of(ask_subject(question.about, question.row, question.language), question.language)
    mail_answer(question, receiver.email if receiver else "")
    return True


def questions_about(about: str) -> QuerySet:
    """Return what visitors may read of the questions about a page, as one text a row (`packed`).

    Of an open question that is the code of its row and nothing else; many about one row are one text.
    """
    shown = Q(is_published=True, may_publish=True, state=QuestionState.ANSWERED, answered_at__isnull=False)
    is_open = Q(state=QuestionState.NEW, kind=QuestionKind.QUESTION) & ~Q(row="")

    def when_shown(field: str) -> Case:
        return Case(When(shown, then=F(field)), default=Value(""), output_field=TextField())

    packed = JSONObject(
        row=F("row"),
        at=Case(When(shown, then=F("answered_at"))),
        day=Case(When(shown, then=TruncDate("answered_at"))),
        question=when_shown("published_question"),
        answer=when_shown("answer"),
        language=when_shown("language"),
    )
    questions = Question.objects.filter(shown | is_open, about=about)
    return questions.annotate(packed=Cast(packed, TextField())).order_by().distinct()


def paths_of_question(question: Question) -> Paths:
    """The pages that may show a question: all once it has an answer, before that the one that has its row."""
    if question.answered_at:
        return ALL
    if not question.row or question.kind != QuestionKind.QUESTION:
        return frozenset()
    kind, _colon, key = question.about.partition(":")
    addresses = (address_ledger.current_url(kind, key, language) for language, _name in settings.LANGUAGES)
    return frozenset(address for address in addresses if address)
