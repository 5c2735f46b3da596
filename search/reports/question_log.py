"""What people ask, counted without persons: nothing says who asked, and no words are kept until three days asked them.

    words of a question   kept from the third day on which somebody asked it; until then only their keyed hash
    with them             language, how often, on how many days, the first and the last day, how many results
    never                 an address, a cookie, a time of day; a question with an e-mail address or a long number in it

The results page only counts in memory. Some seconds later the counts are written, outside of any request. What a
process has not written when it ends is lost.
"""

import logging
import re
import threading
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import Error, connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portal.core.searchable import SearchRequest, SearchResult
from search.models import AskedQuestion
from search.text_analysis.normalise import folded_words, normalise

DAYS = 3  # from so many different days on the words are kept
LONGEST = 200
WRITE_AFTER_S = 5.0
MOST_IN_MEMORY = 1_000  # questions between two writes
MOST_ROWS = 50_000
FORGET_UNKNOWN_AFTER = timedelta(days=60)  # questions that were not asked on three days
FORGET_AFTER = timedelta(days=365)
# An e-mail address, or so many digits that they may be a telephone or register number.
_PERSONAL = re.compile(r"\S@\S|(?:\d[\s./-]?){6}")

logger = logging.getLogger(__name__)


@dataclass
class _Count:
    text: str
    language: str
    times: int
    results: int


class QuestionCounter:
    """The questions that this process has counted and not yet written."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[str, _Count] = {}

    def count(self, request: SearchRequest, result: SearchResult) -> None:
        """Count a question as it was asked: not a further page of it, and not when it is narrowed."""
        words = folded_words(request.text[:LONGEST])
        narrowed = request.filters or request.kinds or not request.expand or request.page > 1
        if not words or narrowed or not result.available or _PERSONAL.search(request.text):
            return
        key = f"{request.language} {' '.join(words)}"
        digest = salted_hmac("search.asked", key, algorithm="sha256").hexdigest()[:32]
        text = " ".join(normalise(request.text[:LONGEST]).lower().split())
        with self._lock:
            is_first = not self._counts
            if len(self._counts) < MOST_IN_MEMORY or digest in self._counts:
                count = self._counts.setdefault(digest, _Count(text, request.language, 0, 0))
                count.times += 1
                count.results = result.total
        if is_first and not settings.TESTING:  # a test writes when it wants to
            timer = threading.Timer(WRITE_AFTER_S, self._write_in_background)
            timer.daemon = True
            timer.start()

    def _write_in_background(self) -> None:
        try:
            self.write(timezone.localdate())
        except Error as error:
            logger.warning("The questions that people asked could not be counted: %s", error)
        finally:
            connection.close()

    def write(self, today: date) -> None:
        """Write the counts as those of this day."""
        with self._lock:
            counts, self._counts = self._counts, {}
        if not counts:
            return
        with transaction.atomic():
            rows = {row.digest: row for row in AskedQuestion.objects.filter(digest__in=counts)}
            room = MOST_ROWS - AskedQuestion.objects.count()
            for digest, count in counts.items():
                row = rows.get(digest)
                if row is None and room > 0:
                    row, room = AskedQuestion(digest=digest, language=count.language, first_day=today), room - 1
                if row is not None:
                    _add(row, count, today)
                    row.save()


def _add(row: AskedQuestion, count: _Count, today: date) -> None:
    if row.last_day != today:
        row.days, row.last_day = row.days + 1, today
    row.times += count.times
    row.results = count.results
    if row.days >= DAYS:
        row.text = row.text or count.text


def forget_old_questions(today: date) -> int:
    """Delete what was not asked for long, sooner what was never asked on three days; return how many."""
    unknown = AskedQuestion.objects.filter(text="", last_day__lt=today - FORGET_UNKNOWN_AFTER)
    old = AskedQuestion.objects.filter(last_day__lt=today - FORGET_AFTER)
    return sum(rows.delete()[0] for rows in (unknown, old))


question_counter = QuestionCounter()
