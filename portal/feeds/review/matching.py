"""Finds the recordings that an item may belong to. They are suggested with a reason, and staff decide.

The rules: docs/feed-rules.md 5.4.

A match is certain only if one names the other: the same video, the same post. Any other match is a similarity of words
within the time between an announcement and its recording, which is never enough by itself: "Webinar 3" and "Webinar 4"
of a series are more similar than many true pairs.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from portal.feeds.models import Item, Rejection
from portal.feeds.platforms.mentioned_ids import ADDRESS, mentioned_ids
from portal.webinars.models import Recording
from portal.webinars.platforms import Platform, platform_of

CERTAIN, LIKELY, UNCERTAIN = 100, 85, 60
MARGIN = 10
SHOWN = 5
ANNOUNCING = tuple(platform for platform in Platform if platform.spec.announces)
BEFORE, AFTER = timedelta(days=2), timedelta(days=120)
MAX_WORDS = 400  # of a text that are compared with a title
SAME_WORD = 90  # score from which a word is an inflection and not another word
MIN_SHARE = 0.6  # of the words of a title that a part of a text must have to be compared


_WORD = re.compile(r"\w+")
# Words that do not distinguish one talk from another, in the languages of the portal.
_STOP_WORDS = frozenset(
    "webinar webinaire webinars webinarreeks recording recordings replay aufzeichnung aufnahme opname opnames video "
    "enregistrement the a an of in on at and or for to is are with from our your this that how de het een "
    "en van op aan te met voor uit is zijn over onze le la les un une des du et ou pour dans sur avec au aux est der "
    "die das ein eine und oder von im am zu mit für auf aus den dem".split()
)


@dataclass(frozen=True)
class Match:
    """A recording that an item may belong to, and a score from 0 to 100; 100 means that one names the other."""

    recording: Recording
    score: int

    @property
    def is_certain(self) -> bool:
        return self.score == CERTAIN

    @property
    def reason(self) -> str:
        """Why it is suggested, in a sentence for staff."""
        if self.is_certain:
            return _("One of them names the other.")
        if self.score > UNCERTAIN:
            return _("Similar words (%(score)s of 100), and the dates fit.") % {"score": self.score}
        return _("Similar words, but a number or a word differs.")


def find_matches(items: Iterable[Item]) -> dict[int, list[Match]]:
    """Return the recordings that each item may belong to, by its primary key, the likeliest first; five at most.

    Rejected matches and recordings that were taken down are left out. The number of queries does not depend on the
    number of items.
    """
    items = list(items)
    prefetch_related_objects(items, "aliases")
    candidates = [(recording, _traits_of_recording(recording)) for recording in _candidate_recordings(items)]
    rejected = set(Rejection.objects.filter(item__in=items).values_list("item_id", "recording_id"))
    matches = {}
    for item in items:
        traits = _traits_of_item(item)
        scored = [
            Match(recording, score)
            for recording, others in candidates
            if (item.pk, recording.pk) not in rejected and (score := _score(traits, others)) >= UNCERTAIN
        ]
        matches[item.pk] = sorted(scored, key=lambda match: (-match.score, -match.recording.pk))[:SHOWN]
    return matches


def best_match(candidates: list[Match]) -> Match | None:
    """Return the match to suggest: a certain one, or a likely one that is far ahead of the next; else None."""
    if not candidates:
        return None
    first, *others = candidates
    if first.is_certain:
        return first
    ahead = not others or first.score - others[0].score >= MARGIN
    return first if first.score >= LIKELY and ahead else None


@dataclass(frozen=True)
class TextWords:
    """The words by which a talk is recognised, in their order and as a set."""

    inside: tuple[str, ...]
    distinct: frozenset[str]


def significant_words(text: str) -> TextWords:
    """Return the words of a text without addresses, punctuation and the words of every announcement.

    NFKC turns the mathematical letters that make posts look bold into plain ones.
    """
    plain = unicodedata.normalize("NFKC", ADDRESS.sub(" ", text)).casefold()
    words = tuple(word for word in _WORD.findall(plain) if word not in _STOP_WORDS)[:MAX_WORDS]
    return TextWords(words, frozenset(words))


def similarity(title: TextWords, text: TextWords) -> int:
    """Return the similarity of a title to the best-matching part of a text, 0 to 99 (rapidfuzz token set ratio).

    It is capped at 60 where a number or a single word differs.
    """
    length, enough = len(title.inside), len(title.distinct) * MIN_SHARE
    if length < 2 or len(title.distinct & text.distinct) < enough:
        return 0
    best = 0
    for window in _windows(title, text, enough):
        score = round(fuzz.token_set_ratio(" ".join(title.inside), " ".join(window), score_cutoff=best))
        if score > best:
            best = max(best, min(score, UNCERTAIN) if _is_another_talk(title.inside, window) else score)
    return min(best, CERTAIN - 1)


def _windows(title: TextWords, text: TextWords, enough: float) -> Iterator[tuple[str, ...]]:
    """Yield the parts of a text that are as long as a title and have enough of its words."""
    length = len(title.inside)
    is_shared = [word in title.distinct for word in text.inside]
    shared = sum(is_shared[:length])
    for start in range(max(1, len(is_shared) - length + 1)):
        if shared >= enough:
            yield text.inside[start : start + length]
        shared += sum(is_shared[start + length : start + length + 1]) - is_shared[start]


def _is_another_talk(title: tuple[str, ...], window: tuple[str, ...]) -> bool:
    """Return whether a number or a single word differs, which makes it another talk of a series."""
    ours, theirs = set(title) - set(window), set(window) - set(title)
    numbers = [{word for word in side if word.isdecimal()} for side in (title, window)]
    if all(numbers) and numbers[0] != numbers[1]:
        return True
    return len(ours) == len(theirs) == 1 and fuzz.ratio(ours.pop(), theirs.pop()) < SAME_WORD


@dataclass(frozen=True)
class _Traits:
    """The traits by which an item and a recording are compared."""

    ids: frozenset[str]
    mentioned: frozenset[str]  # ids that its texts name
    titles: list[TextWords]
    texts: list[TextWords]
    dates: list[tuple[datetime, bool]]  # and whether it is the date of an announcement


def _traits_of_item(item: Item) -> _Traits:
    announces = platform_of(item.external_id) in ANNOUNCING
    date = item.event_start or item.published_at
    return _Traits(
        frozenset(item.identities),
        frozenset(mentioned_ids(item.title, item.text)),
        [significant_words(item.title)],
        [significant_words(f"{item.title}\n{item.text}")],
        [(date, announces)] if date else [],
    )


def _traits_of_recording(recording: Recording) -> _Traits:
    video_links = list(recording.sources.all())
    titles = [getattr(recording, f"title_{code}") or "" for code in settings.CONTENT_LANGUAGES]
    titles += [link.title for link in video_links]
    dates = [(recording.event_start, False), (recording.announced_at, True)]
    dates += [(link.event_start or link.published_at, link.platform in ANNOUNCING) for link in video_links]
    return _Traits(
        frozenset(link.external_id for link in video_links),
        frozenset(mentioned_ids(*(link.text for link in video_links))),
        [significant_words(title) for title in dict.fromkeys(titles) if title],
        [significant_words(f"{link.title}\n{link.text}") for link in video_links],
        [(date, announces) for date, announces in dates if date],
    )


def _candidate_recordings(items: list[Item]) -> QuerySet[Recording]:
    """Return the recordings that are near to an item in time, or of which one names the other."""
    dates = [date for item in items if (date := item.event_start or item.published_at)]
    ids = {name for item in items for name in item.identities}
    mentioned = {name for item in items for name in mentioned_ids(item.title, item.text)}
    near = Q(sources__external_id__in=mentioned)
    for name in ids:
        near |= Q(sources__text__contains=name.partition(":")[2])
    if dates:
        span = (min(dates) - AFTER, max(dates) + AFTER)
        near |= Q(event_start__range=span) | Q(announced_at__range=span)
        near |= Q(sources__published_at__range=span) | Q(sources__event_start__range=span)
    return Recording.objects.filter(near, take_down=None).distinct().prefetch_related("sources")


def _score(item: _Traits, recording: _Traits) -> int:
    if item.ids & recording.mentioned or recording.ids & item.mentioned:
        return CERTAIN
    if not any(_dates_fit(*ours, *theirs) for ours in item.dates for theirs in recording.dates):
        return 0
    pairs = [(title, text) for title in recording.titles for text in item.texts]
    pairs += [(title, text) for title in item.titles for text in recording.texts]
    return max((similarity(title, text) for title, text in pairs), default=0)


def _dates_fit(ours: datetime, ours_announces: bool, theirs: datetime, theirs_announces: bool) -> bool:
    """Return whether two dates can be of one talk: it takes place after its announcement, within four months."""
    if ours_announces == theirs_announces:
        return abs(theirs - ours) <= AFTER
    delay = theirs - ours if ours_announces else ours - theirs
    return -BEFORE <= delay <= AFTER
