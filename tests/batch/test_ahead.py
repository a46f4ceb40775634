"""Fetching ahead keeps order and bounds, and passes failures on."""

import threading

import pytest

from pipeline.batch.ahead import ahead


@pytest.mark.parametrize("at_once", [1, 4])
def test_values_come_in_the_order_of_the_items(at_once: int) -> None:
    assert list(ahead(lambda n: n * n, range(50), at_once)) == [(n, n * n) for n in range(50)]


def test_calls_are_made_side_by_side() -> None:
    meeting = threading.Barrier(3, timeout=10)
    assert len({value for _, value in ahead(lambda _: meeting.wait(), range(3), 3)}) == 3


def test_no_more_is_taken_than_is_needed_soon() -> None:
    taken: list[int] = []
    values = ahead(lambda n: n, (taken.append(n) or n for n in range(100)), 4)  # type: ignore[func-returns-value]
    next(values)
    assert len(taken) <= 4
    values.close()  # type: ignore[attr-defined]


def test_a_failure_is_raised_at_its_place() -> None:
    values = ahead(lambda n: 6 // n, (3, 0, 2), 3)
    assert next(values) == (3, 2)
    with pytest.raises(ZeroDivisionError):
        next(values)
