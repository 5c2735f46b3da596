"""Which recording a thing that came in may belong to: suggested with a reason, decided by staff (feeds.md 5.4).

Certain is only what names the other: the same video, the same post. Everything else is likeness of words within the
time in which an announcement and its recording lie, and never enough by itself: "Webinar 3" and "Webinar 4" of a
series are more alike than many a true pair.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, prefetch_related_objects
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from portal.feeds.models import Item, Rejection
from portal.feeds.platforms.linkedin.ids import posts_in
from portal.feeds.platforms.youtube.ids import video_in
from portal.feeds.pulling.store import platform_of
from portal.webinars.models import Recording
from portal.webinars.platforms import Platform

SURE, ALIKE, DOUBTFUL = 100, 85, 60
MARGIN = 10
SHOWN = 5
BEFORE, AFTER = timedelta(days=2), timedelta(days=120)
LONGEST = 400  # words of a text in which a title is looked for
SAME_WORD = 90  # of 100: a plural, not another word
PART = 0.6  # of the words of a title has to stand in a part of a text before the two are compared

_ADDRESS = re.compile(r"https?://[^\s<>\"'\]]+")
_WORD = re.compile(r"\w+")
# Words that say nothing of which talk it is, in the languages of the portal.
_EMPTY = frozenset(
    "webinar webinaire webinars webinarreeks recording recordings replay aufzeichnung aufnahme opname opnames video "
    "enregistrement the a an of in on at and or for to is are with from our your this that how de het een "
    "en van op aan te met voor uit is zijn over onze le la les un une des du et ou pour dans sur avec au aux est der "
    "die das ein eine und oder von im am zu mit für auf aus den dem".split()
)


@dataclass(frozen=True)
class Match:
    """A recording that something may belong to, of 100 how likely, and whether it is named outright."""

    recording: Recording
    score: int

    @property
    def sure(self) -> bool:
        return self.score == SURE

    @property
    def reason(self) -> str:
        """Why, in a sentence for the staff."""
        if self.sure:
            return _("One of them names the other.")
        if self.score > DOUBTFUL:
            return _("The words are alike (%(score)s of 100), and the dates fit.") % {"score": self.score}
        return _("The words are nearly alike, but a number or a word differs.")


def matches(items: Iterable[Item]) -> dict[int, list[Match]]:
    """For each item, by its primary key, the recordings it may belong to, the likeliest first; five at most.

    What staff rejected is left out, and so is what was taken away. Asks the database a fixed number of times.
    """
    items = list(items)
    prefetch_related_objects(items, "aliases")
    recordings = _near(items)
    rejected = set(Rejection.objects.filter(item__in=items).values_list("item_id", "recording_id"))
    found = {}
    for item in items:
        known = _of_item(item)
        scored = [
            Match(one.recording, score)
            for one in recordings
            if (item.pk, one.recording.pk) not in rejected and (score := _score(known, one)) >= DOUBTFUL
        ]
        found[item.pk] = sorted(scored, key=lambda match: (-match.score, -match.recording.pk))[:SHOWN]
    return found


def suggested(candidates: list[Match]) -> Match | None:
    """The one of them that is worth proposing: named outright, or very alike and far ahead of the next."""
    if not candidates:
        return None
    first, *others = candidates
    if first.sure:
        return first
    ahead = not others or first.score - others[0].score >= MARGIN
    return first if first.score >= ALIKE and ahead else None


def names_in(*texts: str) -> set[str]:
    """The identities of the videos and posts that some texts name."""
    posts = {post.external_id for post in posts_in(*texts)}
    addresses = (found.rstrip(".,;:!?)") for text in texts for found in _ADDRESS.findall(text))
    return posts | {f"yt:{video}" for address in addresses if (video := video_in(address))}


@dataclass(frozen=True)
class Words:
    """The words by which a talk is recognised, in their order, and as a set."""

    inside: tuple[str, ...]
    distinct: frozenset[str]


def words(text: str) -> Words:
    """The words of a text without addresses, marks and what every announcement says.

    NFKC turns the mathematical letters that posts look bold with into letters.
    """
    plain = unicodedata.normalize("NFKC", _ADDRESS.sub(" ", text)).casefold()
    found = tuple(word for word in _WORD.findall(plain) if word not in _EMPTY)[:LONGEST]
    return Words(found, frozenset(found))


def likeness(title: Words, text: Words) -> int:
    """How much of 100 the words of a title are like the part of a text that is most like them; 60 at most in doubt."""
    length, enough = len(title.inside), len(title.distinct) * PART
    if length < 2 or len(title.distinct & text.distinct) < enough:
        return 0
    best = 0
    for window in _windows(title, text, enough):
        score = round(fuzz.token_set_ratio(" ".join(title.inside), " ".join(window), score_cutoff=best))
        if score > best:
            best = max(best, min(score, DOUBTFUL) if _another(title.inside, window) else score)
    return min(best, SURE - 1)


def _windows(title: Words, text: Words, enough: float) -> Iterator[tuple[str, ...]]:
    """The parts of a text, as long as a title, in which enough of its words stand."""
    length = len(title.inside)
    here = [word in title.distinct for word in text.inside]
    inside = sum(here[:length])
    for start in range(max(1, len(here) - length + 1)):
        if inside >= enough:
            yield text.inside[start : start + length]
        inside += sum(here[start + length : start + length + 1]) - here[start]


def _another(title: tuple[str, ...], window: tuple[str, ...]) -> bool:
    """Whether a number or one single word differs, which in a series of talks makes it another one."""
    ours, theirs = set(title) - set(window), set(window) - set(title)
    numbers = [{word for word in side if word.isdecimal()} for side in (title, window)]
    if all(numbers) and numbers[0] != numbers[1]:
        return True
    return len(ours) == len(theirs) == 1 and fuzz.ratio(ours.pop(), theirs.pop()) < SAME_WORD


@dataclass(frozen=True)
class _Known:
    """What is compared: identities, names of others in the texts, titles, texts, and moments with what they are of."""

    ids: frozenset[str]
    names: frozenset[str]
    titles: list[Words]
    texts: list[Words]
    moments: list[tuple[datetime, bool]]  # and whether it is the moment of an announcement
    recording: Recording | None = None


def _of_item(item: Item) -> _Known:
    announces = platform_of(item.external_id) == Platform.LINKEDIN
    moment = item.event_start or item.published_at
    return _Known(
        frozenset(item.identities),
        frozenset(names_in(item.title, item.text)),
        [words(item.title)],
        [words(f"{item.title}\n{item.text}")],
        [(moment, announces)] if moment else [],
    )


def _of_recording(recording: Recording) -> _Known:
    places = list(recording.sources.all())
    titles = [getattr(recording, f"title_{code}") or "" for code in settings.CONTENT_LANGUAGES]
    titles += [place.title for place in places]
    moments = [(recording.event_start, False), (recording.announced_at, True)]
    moments += [(place.event_start or place.published_at, place.platform == Platform.LINKEDIN) for place in places]
    return _Known(
        frozenset(place.external_id for place in places),
        frozenset(names_in(*(place.text for place in places))),
        [words(title) for title in dict.fromkeys(titles) if title],
        [words(f"{place.title}\n{place.text}") for place in places],
        [(moment, announces) for moment, announces in moments if moment],
        recording,
    )


def _near(items: list[Item]) -> list[_Known]:
    """The recordings that may have to do with some items: in time, or because one names the other."""
    moments = [moment for item in items if (moment := item.event_start or item.published_at)]
    ids = {name for item in items for name in item.identities}
    named = {name for item in items for name in names_in(item.title, item.text)}
    near = Q(sources__external_id__in=named)
    for name in ids:
        near |= Q(sources__text__contains=name.partition(":")[2])
    if moments:
        span = (min(moments) - AFTER, max(moments) + AFTER)
        near |= Q(event_start__range=span) | Q(announced_at__range=span)
        near |= Q(sources__published_at__range=span) | Q(sources__event_start__range=span)
    found = Recording.objects.filter(near, take_down=None).distinct().prefetch_related("sources")
    return [_of_recording(recording) for recording in found]


def _score(item: _Known, recording: _Known) -> int:
    if item.ids & recording.names or recording.ids & item.names:
        return SURE
    if not any(_fits(*mine, *theirs) for mine in item.moments for theirs in recording.moments):
        return 0
    pairs = [(title, text) for title in recording.titles for text in item.texts]
    pairs += [(title, text) for title in item.titles for text in recording.texts]
    return max((likeness(title, text) for title, text in pairs), default=0)


def _fits(mine: datetime, mine_announces: bool, theirs: datetime, theirs_announces: bool) -> bool:
    """Whether two moments can be of one talk: what is announced comes after it, within four months."""
    if mine_announces == theirs_announces:
        return abs(theirs - mine) <= AFTER
    later = theirs - mine if mine_announces else mine - theirs
    return -BEFORE <= later <= AFTER
