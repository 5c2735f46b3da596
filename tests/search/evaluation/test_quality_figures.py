"""nDCG, recall and reciprocal rank against values computed by hand."""

import pytest

from search.evaluation.metrics import Score, gain, mean, ndcg, recall, reciprocal_rank, score

GRADES = {"best": 3, "good": 2, "touches": 1}


def test_gain_counts_grades_by_their_rank():
    # (2^3 - 1)/log2(2) + (2^0 - 1)/log2(3) + (2^2 - 1)/log2(4) = 7 + 0 + 1.5
    assert gain([3, 0, 2]) == pytest.approx(8.5)


def test_ndcg_is_the_part_of_the_best_possible_gain():
    best = 7 + 3 / 1.584962500721156 + 1 / 2
    assert ndcg(["best", "good", "touches"], GRADES) == pytest.approx(1)
    assert ndcg(["other", "best", "good"], GRADES) == pytest.approx((7 / 1.584962500721156 + 3 / 2) / best)
    assert ndcg([], GRADES) == 0


def test_ndcg_looks_no_further_than_its_depth():
    assert ndcg(["other", "best"], GRADES, depth=1) == 0
    # Of twelve equally good answers ten fit: ten found are all that can be had.
    assert ndcg([str(number) for number in range(10)], {str(number): 1 for number in range(12)}) == pytest.approx(1)


def test_recall_is_the_part_of_all_graded_answers_that_came():
    assert recall(["touches", "other", "best"], GRADES) == pytest.approx(2 / 3)
    assert recall(["other", "best"], GRADES, depth=1) == 0
    assert recall(["best"], {}) == 0


def test_the_reciprocal_rank_is_that_of_the_first_good_answer():
    assert reciprocal_rank(["touches", "other", "good", "best"], GRADES) == pytest.approx(1 / 3)
    assert reciprocal_rank(["touches"], GRADES) == 0


def test_means_of_several_questions():
    assert mean([Score(1, 0.5, 1), Score(0, 1, 0.5)]) == Score(0.5, 0.75, 0.75)
    assert mean([]) == Score()
    assert score(["best"], {"best": 3}) == Score(1, 1, 1)
