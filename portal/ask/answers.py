"""Answers: staff give one, visitors read it where both sides agreed to that."""

from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localtime

from portal.ask.choices import QuestionState
from portal.ask.mails import mail_answer
from portal.ask.models import Question
from portal.ask.receivers import receiver_of
from portal.core.admin.notices import mail_is_configured
from portal.core.ask_links import PublishedAnswer, ask_subject
from portal.core.models import User
from portal.core.page_cache.cached_values import cached_for
from portal.core.page_cache.registry import ALL, Paths


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


def published_answers(about: str, language: str) -> list[PublishedAnswer]:
    """Return the answers that visitors may read about a page, those in their language first, the newest first."""
    answers = cached_for(("published answers",), about, lambda: _read(about))
    return sorted(answers, key=lambda answer: answer.language != language)


def _read(about: str) -> tuple[PublishedAnswer, ...]:
    questions = Question.objects.filter(
        about=about, is_published=True, may_publish=True, state=QuestionState.ANSWERED, answered_at__isnull=False
    )
    return tuple(
        PublishedAnswer(
            question.published_question,
            question.answer,
            localtime(question.answered_at).date(),
            question.language,
            question.row,
        )
        for question in questions.order_by("-answered_at")
    )


def paths_of_question(question: Question) -> Paths:
    """The pages that may show a question: none before it has an answer."""
    return ALL if question.answered_at else frozenset()
