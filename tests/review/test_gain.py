"""The order of the queue: the first run is the best there is, and documents are left only when that pays."""

from __future__ import annotations

from itertools import groupby
from math import isclose

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.review.gain import LOOK_SECONDS, TURN_SECONDS, ranked

Items = list[tuple[int, float]]
ITEMS = st.lists(
    st.tuples(st.integers(0, 3), st.floats(0.01, 3.0, allow_nan=False)), min_size=1, max_size=14
).map(lambda items: sorted(items, key=lambda item: item[0]))


def order(items: Items) -> list[int]:
    documents = np.array([doc for doc, _ in items], np.int64)
    return ranked(documents, np.array([gain for _, gain in items])).tolist()


def best_rate(items: Items) -> float:
    """Return the highest gain per second of any run, found by trying each."""
    rates = [0.0]
    for _, group in groupby(items, key=lambda item: item[0]):
        gains = sorted((gain for _, gain in group), reverse=True)
        rates += [sum(gains[:k]) / (TURN_SECONDS + k * LOOK_SECONDS) for k in range(1, len(gains) + 1)]
    return max(rates)


@given(ITEMS)
def test_every_item_comes_once_and_the_first_run_gains_as_much_a_second_as_any(items: Items) -> None:
    found = order(items)
    assert sorted(found) == list(range(len(items)))
    head = next([items[n][1] for n in run] for _, run in groupby(found, key=lambda n: items[n][0]))
    rates = [sum(head[:k]) / (TURN_SECONDS + k * LOOK_SECONDS) for k in range(1, len(head) + 1)]
    assert any(isclose(rate, best_rate(items), rel_tol=1e-6) for rate in rates)


def test_items_that_gain_alike_stay_together_by_document_and_in_the_order_of_the_pages() -> None:
    assert order([(0, 0.3), (0, 0.3), (1, 0.3), (1, 0.3), (1, 0.3)]) == [2, 3, 4, 0, 1]


def test_a_document_is_left_when_another_has_much_worse_items() -> None:
    assert order([(0, 0.9), (0, 0.02), (1, 0.8), (1, 0.7)]) == [2, 3, 0, 1]


def test_small_gains_wait_for_those_of_other_documents() -> None:
    assert order([(0, 0.9), (0, 0.01), (1, 0.5)]) == [0, 2, 1]
