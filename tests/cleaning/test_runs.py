"""Long runs of ink: the opening by a line, whatever the length and the edge."""

import cv2
import numpy as np
import pytest

from pipeline.cleaning.runs import long_runs


@pytest.mark.parametrize("share", [0.02, 0.3, 0.7])
@pytest.mark.parametrize("length", [1, 3, 7, 15, 41])
@pytest.mark.parametrize("across", [True, False])
def test_the_same_as_an_opening(share: float, length: int, across: bool) -> None:
    ink = (np.random.default_rng(5).random((83, 61)) < share).astype(np.uint8)
    ink = np.asarray(cv2.dilate(ink, np.ones((2, 5), np.uint8)))
    kernel = np.ones((1, length) if across else (length, 1), np.uint8)
    assert np.array_equal(
        long_runs(ink, length, across), np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel))
    )


@pytest.mark.parametrize("length", [19, 20])
def test_a_run_of_just_that_length_stays_where_it_is(length: int) -> None:
    ink = np.zeros((9, 100), np.uint8)
    ink[4, 30:50] = 255
    ink[6, 30:48] = 255
    kept = long_runs(ink, length, across=True)
    assert np.array_equal(np.flatnonzero(kept[4]), np.arange(30, 50))
    assert not kept[6].any()


def test_nothing_in_nothing_out() -> None:
    assert long_runs(np.zeros((0, 5), np.uint8), 4, across=True).shape == (0, 5)
