"""Reviews of translations: which passages a person has compared with the Dutch.

A review is kept as pairs: the Dutch passage and its translation, as they were when somebody compared them. Whether a
page is reviewed is not kept but read: every passage that is on it has to make a pair that somebody saw.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import partial
from html import unescape
from typing import Any

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db import transaction
from django.db.models import F, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail import blocks
from wagtail.blocks.stream_block import StreamValue
from wagtail.fields import StreamField
from wagtail.log_actions import log
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from portal.core.models import BasePage, ReviewedPassage
from portal.core.publishing.visibility import SOURCE_LANGUAGE

Pair = tuple[str, str]


def fingerprint(text: str) -> str:
    """Return the hash of a passage, whatever its whitespace and HTML notation."""
    same = " ".join(unescape(text.replace("<br>", "<br/>")).split())
    return hashlib.blake2b(same.encode(), digest_size=16).hexdigest()


def passages_on(page: BasePage) -> dict[str, list[str]]:
    """Return the passages of a page in their order, by the path of their field or block."""
    words = copy(page)
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            block = field.stream_block
            raw = _unchosen(block, block.get_prep_value(field.value_from_object(page)))
            setattr(words, field.name, StreamValue(block, raw, is_lazy=True))
    found = defaultdict(list)
    for segment in extract_segments(words):
        if isinstance(segment, StringSegmentValue):
            found[segment.path].append(segment.string.data)
    return found


def _unchosen(block: blocks.Block | None, raw: Any) -> Any:
    """Return the raw value of a block without chosen files and pages: they are no text, and would cost queries."""
    if isinstance(block, blocks.ChooserBlock):
        return None
    if isinstance(block, blocks.BaseStreamBlock):
        return [one | {"value": _unchosen(block.child_blocks.get(one["type"]), one["value"])} for one in raw]
    if isinstance(block, blocks.BaseStructBlock) and raw:
        return {name: _unchosen(block.child_blocks.get(name), value) for name, value in raw.items()}
    if isinstance(block, blocks.ListBlock):
        child = block.child_block
        if raw and not block._item_is_in_block_format(raw[0]):  # as Wagtail stored lists before 2.16
            return [_unchosen(child, one) for one in raw]
        return [one | {"value": _unchosen(child, one["value"])} for one in raw]
    return raw


@dataclass(frozen=True)
class PassageToReview:
    """A Dutch passage and its translation, as a reviewer compares them."""

    dutch: str
    translation: str
    is_reviewed: bool

    @property
    def pair(self) -> Pair:
        return fingerprint(self.dutch), fingerprint(self.translation)


def passages_to_review(page: BasePage, translation: Translation | None) -> list[PassageToReview]:
    """Return the passages to compare: those of the translation editor; without one, those of the latest draft."""
    known = _known_of(page)
    if translation:
        segments = StringSegment.objects.filter(source=translation.source_id).order_by("order")
        pairs = list(segments.annotate_translation(page.locale_id).values_list("string__data", "translation"))
    else:
        theirs = passages_on(page.get_latest_revision_as_object())
        pairs = [pair for path, dutch in known.dutch.items() for pair in zip(dutch, theirs[path], strict=False)]
    return [
        PassageToReview(dutch, text, (fingerprint(dutch), fingerprint(text)) in known.reviews)
        for dutch, text in pairs
        if dutch and text
    ]


def digest_of_passages(passages: Iterable[PassageToReview]) -> str:
    """Return a hash of these passages, so that nobody approves a passage that changed after she read it."""
    return hashlib.blake2b(repr([one.pair for one in passages]).encode(), digest_size=16).hexdigest()


@transaction.atomic
def mark_as_reviewed(page: BasePage, passages: Iterable[PassageToReview], user: AbstractUser | AnonymousUser) -> None:
    """Store that a person compared these passages with the Dutch today."""
    for dutch, text in {one.pair for one in passages}:
        ReviewedPassage.objects.update_or_create(
            translation_key=page.translation_key,
            locale=page.locale,
            dutch=dutch,
            translation=text,
            defaults={"reviewed_on": timezone.localdate()},
        )
    log(instance=page, action="schakel.reviewed", user=user)


@dataclass(frozen=True)
class FormerTranslation:
    """The previous Dutch and translation of a passage that has no translation now."""

    segment: StringSegment
    dutch: str
    translation: str


def former_translations(translation: Translation) -> list[FormerTranslation]:
    """The passages without a translation that had one until the Dutch page changed, with that one.

    Of several in one text, the one whose Dutch is most like the new Dutch.
    """
    segments = StringSegment.objects.filter(source=translation.source_id).select_related("string", "context")
    segments = list(segments.annotate_translation(translation.target_locale_id).order_by("order"))
    current = {(segment.context_id, segment.string_id) for segment in segments}
    rows = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, locale=translation.target_locale_id
    )
    before = defaultdict(list)
    for row in rows.exclude(data="").select_related("translation_of").order_by("-updated_at", "-pk"):
        if (row.context_id, row.translation_of_id) not in current:
            before[row.context_id].append(row)
    number = Counter(segment.context_id for segment in segments)
    found = []
    for segment in segments:
        rows = before[segment.context_id]
        if segment.translation is None and rows:
            row = rows[0] if number[segment.context_id] == 1 else max(rows, key=partial(_likeness, segment.string.data))
            found.append(FormerTranslation(segment, row.translation_of.data, row.data))
    return found


def _likeness(text: str, row: StringTranslation) -> float:
    return SequenceMatcher(None, text, row.translation_of.data).ratio()


@dataclass(frozen=True)
class ReviewState:
    """What is known about the text that a translated page shows.

    `outdated` counts the passages that the Dutch page has changed since; `is_reviewed` says that all of it makes pairs
    that somebody compared, `by_machine` that a machine made something of the rest. `reviewed_on` is the day of the last
    review of a passage that is on the page.
    """

    outdated: int
    is_reviewed: bool
    by_machine: bool
    reviewed_on: date | None


def review_state(page: BasePage) -> ReviewState:
    """Compare the passages of a translated page with the Dutch page, the reviews and the machine translations."""
    known = _known_of(page)
    shown = {path: [fingerprint(text) for text in texts] for path, texts in passages_on(page).items()}
    dutch_now = {path: [fingerprint(text) for text in texts] for path, texts in known.dutch.items()}
    outdated = unpaired = 0
    days, reviewed = [], set()
    for path, passages in dutch_now.items():
        here = shown.get(path, [])
        for place, dutch in enumerate(passages):
            pairs = [(dutch, text) for text in here if (dutch, text) in known.reviews]
            reviewed.update((path, text) for _dutch, text in pairs)
            days.extend(known.reviews[pair] for pair in pairs)
            if not pairs:
                unpaired += 1
                outdated += _is_behind(dutch, here[place] if place < len(here) else "", known.made[path], here)
    outdated += sum(max(0, len(texts) - len(dutch_now.get(path, []))) for path, texts in shown.items())
    unreviewed = {(path, text) for path, texts in shown.items() for text in texts} - reviewed
    whole = bool(days) and not unpaired and not unreviewed
    return ReviewState(outdated, whole, not unreviewed.isdisjoint(known.by_machine), max(days, default=None))


@dataclass
class _Known:
    """`made` has each translation that was ever made, for what Dutch is and was: {path: {Dutch: its translation}}."""

    dutch: dict[str, list[str]]
    made: dict[str, dict[str, str]]
    by_machine: set[Pair]
    reviews: dict[Pair, date]


def _known_of(page: BasePage) -> _Known:
    """Read what the database has about the passages of a translated page. One query, because every visit needs it."""
    of_page = {"context__object_id": page.translation_key}
    segments = StringSegment.objects.filter(source__locale__language_code=SOURCE_LANGUAGE, **of_page)
    rows = StringTranslation.objects.filter(locale=page.locale_id, **of_page)
    stamps = ReviewedPassage.objects.filter(translation_key=page.translation_key, locale=page.locale_id)
    found = _columns(segments, "dutch", "context__path", "string__data", number=F("order")).union(
        _columns(rows, "made", "context__path", "translation_of__data", "data", "translation_type"),
        _columns(stamps, "review", "dutch", "translation", Cast("reviewed_on", TextField())),
        all=True,
    )
    known = _Known(defaultdict(list), defaultdict(dict), set(), {})
    for about, first, second, third, fourth, _number in sorted(found, key=lambda row: row[-1]):
        if about == "dutch":
            known.dutch[first].append(second)
        elif about == "made":
            known.made[first][fingerprint(second)] = fingerprint(third)
            if fourth == StringTranslation.TRANSLATION_TYPE_MACHINE:
                known.by_machine.add((first, fingerprint(third)))
        else:
            known.reviews[first, second] = date.fromisoformat(third)
    if not known.dutch and page.original is not page:  # it was not translated passage by passage
        known.dutch.update(passages_on(page.original))
    return known


def _columns(found: QuerySet, about: str, *texts: str | Combinable, number: Combinable | None = None) -> QuerySet:
    """Rows of one shape, so that one query reads different tables: what it is about, four texts and a number."""
    columns = [F(text) if isinstance(text, str) else text for text in texts] + [Value("")] * (4 - len(texts))
    named = {f"text_{place}": Cast(column, TextField()) for place, column in enumerate(columns)}
    found = found.annotate(about=Value(about), **named, number=number or Value(0)).order_by()
    return found.values_list("about", *named, "number")


def _is_behind(dutch: str, text: str, made: dict[str, str], here: list[str]) -> bool:
    """Whether a Dutch passage is newer than the `text` shown for it: not translated or not published yet."""
    if not made:  # never translated passage by passage
        return not text
    if dutch not in made:
        return True
    return made[dutch] not in here and text in {other for of, other in made.items() if of != dutch}
