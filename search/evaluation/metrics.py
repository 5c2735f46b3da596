"""How good a list of answers is: nDCG, recall and reciprocal rank, from grades that people gave."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2

GAIN_DEPTH = 10
RECALL_DEPTH = 20
GOOD = 2  # the lowest grade of an answer that somebody came for


@dataclass(frozen=True)
class Score:
    """The three measures of one question, or the means of several; each from 0 to 1."""

    ndcg: float = 0.0
    recall: float = 0.0
    mrr: float = 0.0


def gain(grades: Iterable[int]) -> float:
    """Return the discounted gain of grades in their order: (2^grade - 1) / log2(rank + 1), added up."""
    return sum((2**grade - 1) / log2(rank + 1) for rank, grade in enumerate(grades, start=1))


def ndcg(found: Sequence[str], grades: Mapping[str, int], depth: int = GAIN_DEPTH) -> float:
    """Return the gain of the first `depth` answers, relative to the best possible. An answer without a grade is 0."""
    best = gain(sorted(grades.values(), reverse=True)[:depth])
    return gain(grades.get(one, 0) for one in found[:depth]) / best if best else 0.0


def recall(found: Sequence[str], grades: Mapping[str, int], depth: int = RECALL_DEPTH) -> float:
    """Return which part of everything with a grade above 0 is among the first `depth` answers."""
    relevant = {identifier for identifier, grade in grades.items() if grade > 0}
    return len(relevant.intersection(found[:depth])) / len(relevant) if relevant else 0.0


def reciprocal_rank(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """Return one divided by the rank of the first good answer; 0 when there is none."""
    return next((1 / rank for rank, one in enumerate(found, start=1) if grades.get(one, 0) >= GOOD), 0.0)


def score(found: Sequence[str], grades: Mapping[str, int]) -> Score:
    """Return the three measures of one question."""
    return Score(ndcg(found, grades), recall(found, grades), reciprocal_rank(found, grades))


def mean(scores: Iterable[Score]) -> Score:
    """Return the means of the scores of several questions; zeros for none."""
    scores = tuple(scores)
    if not scores:
        return Score()
    return Score(*(sum(getattr(one, name) for one in scores) / len(scores) for name in ("ndcg", "recall", "mrr")))
