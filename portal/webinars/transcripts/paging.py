"""A long transcript in stretches, so that a page stays light. No database.

Two hours fit on one page. Ten hours do not: then an address with a second in it (`?t=25000#t-25000`) shows the stretch
in which that second is.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

from portal.webinars.transcripts.paragraphs import Paragraph, Part

# What a page holds: the characters of its lines, and for each line those of the markup around it.
MAX_WEIGHT = 420_000
LINE_WEIGHT = 60


@dataclass(frozen=True)
class Stretch:
    """The part of a transcript that one page shows."""

    parts: tuple[Part, ...]

    @property
    def start_s(self) -> float:
        return self.parts[0].paragraphs[0].start_s

    @property
    def end_s(self) -> float:
        return max(line.end_s for line in self.parts[-1].paragraphs[-1].cues)


def stretches(text: Iterable[Part], max_weight: int = MAX_WEIGHT) -> list[Stretch]:
    """Divide a text between paragraphs into stretches of about the same weight, each at most `max_weight`.

    A paragraph that is heavier by itself is a stretch of its own. A chapter that is divided has its title in each.
    """
    pieces = [(part, paragraph) for part in text for paragraph in part.paragraphs]
    weights = [_weight(paragraph) for _part, paragraph in pieces]
    number = -(-sum(weights) // max_weight)
    aim = sum(weights) / number if number else 0
    groups: list[list[tuple[Part, Paragraph]]] = []
    weight = 0
    for piece, own_weight in zip(pieces, weights, strict=True):
        if not groups or weight + own_weight > max_weight or (weight >= aim and len(groups) < number):
            groups.append([])
            weight = 0
        groups[-1].append(piece)
        weight += own_weight
    return [Stretch(tuple(_parts(group))) for group in groups]


def stretch_at(text: list[Stretch], second: float) -> Stretch:
    """The stretch in which a second is; the first or the last for one that is before or after all of them."""
    starts = [int(stretch.start_s) for stretch in text]
    return text[max(0, bisect_right(starts, second) - 1)]


def _weight(paragraph: Paragraph) -> int:
    return sum(len(line.text) + LINE_WEIGHT for line in paragraph.cues)


def _parts(pieces: Iterable[tuple[Part, Paragraph]]) -> list[Part]:
    parts: list[Part] = []
    last: Part | None = None
    for part, paragraph in pieces:
        if part is last:
            parts[-1] = replace(parts[-1], paragraphs=(*parts[-1].paragraphs, paragraph))
        else:
            parts.append(replace(part, paragraphs=(paragraph,)))
        last = part
    return parts
