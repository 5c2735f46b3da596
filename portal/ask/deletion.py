"""What visitors sent is deleted QUESTIONS_KEPT_MONTHS after the answer, or else after it came in."""

from calendar import monthrange
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce

from portal.ask.mails import HEADER
from portal.ask.models import Question
from portal.core.ask_links import QUESTIONS_KEPT_MONTHS
from portal.jobs.mail import delete_unsent


@transaction.atomic
def delete_old_questions(now: datetime) -> int:
    """Delete what is too old and return how many questions that were.

    Of a published one only what visitors may read is kept, and the words of the asker and who it was are deleted.
    """
    last_day = Coalesce("answered_at", "received_at")
    old = Question.objects.annotate(last_day=last_day).filter(last_day__lt=_months_before(now, QUESTIONS_KEPT_MONTHS))
    old = old.exclude(Q(is_published=True) & Q(text="") & Q(name="") & Q(organisation="") & Q(email=""))
    ids = list(old.values_list("pk", flat=True))
    delete_unsent(HEADER, [str(pk) for pk in ids])
    for question in Question.objects.filter(pk__in=ids, is_published=False):
        question.delete()
    Question.objects.filter(pk__in=ids).update(text="", name="", organisation="", email="")
    return len(ids)


def _months_before(moment: datetime, months: int) -> datetime:
    """The same day so many months earlier, or the last one of that month."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))
