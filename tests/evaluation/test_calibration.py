import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation.calibration import auroc, expected_calibration_error, reliability, risk_coverage

ROWS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40)


def test_confidences_that_mean_what_they_say_have_no_calibration_error() -> None:
    confidences = [0.8] * 10 + [0.2] * 10
    right = [True] * 8 + [False] * 2 + [True] * 2 + [False] * 8
    assert expected_calibration_error(confidences, right) == pytest.approx(0.0)


def test_a_reader_that_is_always_sure_errs_by_its_share_of_wrong_rows() -> None:
    assert expected_calibration_error([1.0] * 4, [True, True, True, False]) == pytest.approx(0.25)


def test_errors_of_bins_do_not_cancel_out() -> None:
    confidences, right = [0.9] * 10 + [0.5] * 10, [True] * 10 + [True] * 4 + [False] * 6
    assert expected_calibration_error(confidences, right) == pytest.approx(0.1)
    assert [one.rows for one in reliability(confidences, right)] == [10, 10]


def test_auroc_is_the_chance_that_a_right_row_is_surer_than_a_wrong_one() -> None:
    assert auroc([0.9, 0.8, 0.3, 0.2], [True, True, False, False]) == 1.0
    assert auroc([0.9, 0.8, 0.3, 0.2], [False, False, True, True]) == 0.0
    assert auroc([0.5, 0.5], [True, False]) == 0.5


@given(ROWS)
def test_auroc_counts_every_pair(rows: list[tuple[float, bool]]) -> None:
    right = [sure for sure, good in rows if good]
    wrong = [sure for sure, good in rows if not good]
    if right and wrong:
        pairs = [1.0 if a > b else 0.5 if a == b else 0.0 for a in right for b in wrong]
        assert auroc([s for s, _ in rows], [g for _, g in rows]) == pytest.approx(float(np.mean(pairs)))


def test_risk_against_coverage_takes_rows_of_one_confidence_together() -> None:
    curve = risk_coverage([0.9, 0.9, 0.5, 0.1], [True, False, True, False])
    assert curve == [(0.5, 0.5), (0.75, pytest.approx(1 / 3)), (1.0, 0.5)]


@given(ROWS)
def test_with_all_rows_accepted_the_risk_is_the_share_of_wrong_ones(rows: list[tuple[float, bool]]) -> None:
    coverage, risk = risk_coverage([s for s, _ in rows], [g for _, g in rows])[-1]
    assert coverage == 1.0
    assert risk == pytest.approx(sum(not good for _, good in rows) / len(rows))
