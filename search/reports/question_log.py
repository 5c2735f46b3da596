"""What people ask, counted without persons: nothing that says who, and no words until three days asked for them.

    words of a question   kept from the third day on which somebody asked it; until then only their keyed hash
    with them             language, how often, on how many days, the first and the last day, how many answers
    never                 an address, a cookie, a time of day; a question with an e-mail address or a long number in it

The results page only notes in memory; a moment later, beside the requests, it is written. What a process has noted and
not written when it ends is lost: these are counts, not accounts.
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
MOST_NOTED = 1_000  # questions between two writings
MOST_ROWS = 50_000
FORGET_UNKNOWN_AFTER = timedelta(days=60)  # questions that were not asked on three days
FORGET_AFTER = timedelta(days=365)
# An e-mail address, or so many digits that they may be a telephone or register number.
_PERSONAL = re.compile(r"\S@\S|(?:\d[\s./-]?){6}")

logger = logging.getLogger(__name__)


@dataclass
class _Noted:
    text: str
    language: str
    times: int
    results: int


class Tally:
    """The questions that this process has noted and not yet written."""

    def __init__(self):
        self._lock = threading.Lock()
        self._noted: dict[str, _Noted] = {}

    def note(self, asked: SearchRequest, result: SearchResult) -> None:
        """Count a question as it was asked: not a further page of it, and not one that is narrowed."""
        words = folded_words(asked.text[:LONGEST])
        narrowed = asked.filters or asked.kinds or not asked.expand or asked.page > 1
        if not words or narrowed or not result.available or _PERSONAL.search(asked.text):
            return
        digest = salted_hmac("search.asked", f"{asked.language} {' '.join(words)}", algorithm="sha256").hexdigest()[:32]
        text = " ".join(normalise(asked.text[:LONGEST]).lower().split())
        with self._lock:
            begin = not self._noted
            if len(self._noted) < MOST_NOTED or digest in self._noted:
                known = self._noted.setdefault(digest, _Noted(text, asked.language, 0, 0))
                known.times += 1
                known.results = result.total
        if begin and not settings.TESTING:  # a test writes when it wants to
            timer = threading.Timer(WRITE_AFTER_S, self._write_beside)
            timer.daemon = True
            timer.start()

    def _write_beside(self) -> None:
        try:
            self.write(timezone.localdate())
        except Error as error:
            logger.warning("What was asked could not be counted: %s", error)
        finally:
            connection.close()

    def write(self, today: date) -> None:
        """Write what was noted as asked on this day."""
        with self._lock:
            noted, self._noted = self._noted, {}
        if not noted:
            return
        with transaction.atomic():
            rows = {row.digest: row for row in AskedQuestion.objects.filter(digest__in=noted)}
            room = MOST_ROWS - AskedQuestion.objects.count()
            for digest, one in noted.items():
                row = rows.get(digest)
                if row is None and room > 0:
                    row, room = AskedQuestion(digest=digest, language=one.language, first_day=today), room - 1
                if row is not None:
                    _count(row, one, today)
                    row.save()


def _count(row: AskedQuestion, one: _Noted, today: date) -> None:
    if row.last_day != today:
        row.days, row.last_day = row.days + 1, today
    row.times += one.times
    row.results = one.results
    if row.days >= DAYS:
        row.text = row.text or one.text


def forget(today: date) -> int:
    """Remove what was not asked for long: sooner what never was asked on three days. Returns how many."""
    unknown = AskedQuestion.objects.filter(text="", last_day__lt=today - FORGET_UNKNOWN_AFTER)
    old = AskedQuestion.objects.filter(last_day__lt=today - FORGET_AFTER)
    return sum(rows.delete()[0] for rows in (unknown, old))


tally = Tally()
