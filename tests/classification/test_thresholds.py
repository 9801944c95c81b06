"""From which score on a label is suggested."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from mutabaa.classification.learning import thresholds
from mutabaa.classification.learning.measures import figures


def test_a_label_with_low_scores_gets_a_low_threshold():
    truth = np.array([[1, 1]] * 20 + [[0, 0]] * 80)
    scores = np.array([[0.9, 0.3]] * 20 + [[0.1, 0.05]] * 80)
    cut = thresholds.per_label(scores, truth)
    assert 0.1 < cut[0] <= 0.9
    assert 0.05 < cut[1] <= 0.3


def test_a_label_with_too_few_texts_keeps_the_common_threshold():
    truth = np.array([[1, 1]] * 3 + [[1, 0]] * 20 + [[0, 0]] * 80)
    scores = np.array([[0.9, 0.2]] * 3 + [[0.9, 0.1]] * 20 + [[0.1, 0.1]] * 80)
    assert thresholds.per_label(scores, truth)[1] == thresholds.common(scores, truth)


@given(
    arrays.arrays(np.float64, (30, 3), elements=st.floats(0, 1)),
    arrays.arrays(np.int8, (30, 3), elements=st.integers(0, 1)),
)
@settings(max_examples=60, deadline=None)
def test_no_other_common_threshold_is_better(scores, truth):
    def quality(cut):
        return figures("abc", scores >= cut, truth).micro_f1

    chosen = thresholds.common(scores, truth)
    # At equal scores a threshold cannot tell texts apart: what counts is every place between two different scores.
    levels = np.unique(scores)
    if len(levels) == scores.size:
        assert quality(chosen) >= max(quality(level) for level in levels) - 1e-9
    assert 0 <= chosen <= 1


def test_macro_leaves_out_labels_that_neither_occur_nor_are_suggested():
    truth = np.array([[1, 0, 0], [1, 0, 0]])
    said = np.array([[1, 0, 0], [1, 1, 0]])
    found = figures(["a", "b", "c"], said, truth)
    assert [row.f1 for row in found.labels] == [1.0, 0.0, 0.0]
    assert found.macro_f1 == 0.5
    assert found.micro_f1 == 2 * 2 / (3 + 2)
