from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.confidence.dial import FLOOR, NEVER, SECONDS_A_ROW, Spread, minutes_for, set_dial

CONFIDENCES = st.lists(st.integers(0, 10_000).map(lambda step: step / 10_000), max_size=60)
TARGETS = st.sampled_from([0.9, 0.95, 0.99, 0.995, 0.999])


def spread(confidences: list[float], shown: int = 0) -> Spread:
    found = Spread()
    for one in confidences:
        found.add(one, must_show=False)
    for _ in range(shown):
        found.add(0.99, must_show=True)
    return found


def test_the_threshold_is_the_lowest_at_which_what_is_accepted_is_right_enough() -> None:
    dial = set_dial(spread([0.999] * 8 + [0.97, 0.93, 0.5]), 0.99)
    # 8 x 0.999 + 0.97 is 0.9958 in the mean, with 0.93 besides 0.9892.
    assert dial.threshold == 0.97
    assert dial.expected == pytest.approx((8 * 0.999 + 0.97) / 9)
    assert (dial.review, dial.rows) == (2, 11)


def test_a_row_below_the_floor_is_not_hidden_behind_many_sure_ones() -> None:
    dial = set_dial(spread([0.9999] * 5_000 + [0.6]), 0.995)
    assert dial.threshold >= FLOOR
    assert dial.review == 1


def test_what_must_be_shown_is_reviewed_and_makes_nothing_else_look_better() -> None:
    confidences = [0.999, 0.98, 0.97]
    plain, shown = set_dial(spread(confidences), 0.99), set_dial(spread(confidences, shown=50), 0.99)
    assert shown.threshold == plain.threshold
    assert shown.review == plain.review + 50


def test_where_no_row_is_sure_enough_all_are_for_review() -> None:
    dial = set_dial(spread([0.95, 0.92]), 0.995)
    assert dial.threshold == NEVER
    assert dial.review == dial.rows == 2


def test_a_run_without_rows_has_nothing_to_review() -> None:
    assert set_dial(Spread(), 0.995).review == 0


@given(CONFIDENCES, TARGETS)
def test_one_row_more_would_be_too_many(confidences: list[float], target: float) -> None:
    dial = set_dial(spread(confidences), target)
    accepted = [one for one in confidences if one >= dial.threshold]
    assert dial.review == len(confidences) - len(accepted)
    if accepted:
        assert sum(accepted) / len(accepted) >= target - 1e-9
        assert dial.expected == pytest.approx(sum(accepted) / len(accepted))
    rest = sorted((one for one in confidences if one < dial.threshold), reverse=True)
    if rest and rest[0] >= FLOOR:
        more = accepted + [one for one in rest if one == rest[0]]
        assert sum(more) / len(more) < target


@given(CONFIDENCES)
def test_a_higher_target_never_accepts_more(confidences: list[float]) -> None:
    dials = [set_dial(spread(confidences), target) for target in (0.9, 0.95, 0.99, 0.995)]
    assert all(low.review <= high.review for low, high in pairwise(dials))


@given(CONFIDENCES, st.randoms())
def test_the_order_of_the_rows_changes_nothing(confidences: list[float], random: object) -> None:
    shuffled = list(confidences)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert set_dial(spread(confidences), 0.99) == set_dial(spread(shuffled), 0.99)


def test_minutes_are_those_of_the_trail_once_it_tells_enough() -> None:
    assert minutes_for(100, [30.0, 2.0]) == (100 * SECONDS_A_ROW / 60, False)
    assert minutes_for(100, [3.0] * 15 + [600.0] * 5) == (5.0, True)
