"""Connected pieces: numbers of 16 bits and of 32 give the same, whatever the threads; paper alone and nothing at all."""

import cv2
import numpy as np
import pytest

from pipeline.cleaning import components as module
from pipeline.cleaning.components import components


def _page(share: float, seed: int = 3) -> np.ndarray:
    ink = (np.random.default_rng(seed).random((700, 500)) < share).astype(np.uint8)
    return np.asarray(cv2.dilate(ink, np.ones((2, 3), np.uint8)))


@pytest.mark.parametrize("share", [0.0, 0.01, 0.2, 1.0])
@pytest.mark.parametrize("threads", [1, 2])
def test_the_same_as_with_numbers_of_32_bits(share: float, threads: int) -> None:
    before = cv2.getNumThreads()
    cv2.setNumThreads(threads)
    try:
        ink = _page(share)
        labels, boxes = components(ink)
        _, plain, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    finally:
        cv2.setNumThreads(before)
    assert np.array_equal(labels, plain)
    assert np.array_equal(boxes, stats)


def test_noise_with_more_pieces_than_16_bits_number() -> None:
    ink = np.zeros((800, 800), np.uint8)
    ink[::2, ::2] = 1
    labels, boxes = components(ink)
    assert len(boxes) == 160_001
    assert labels.dtype == np.int32
    assert labels.max() == 160_000


def test_what_begins_is_never_fewer_than_the_pieces() -> None:
    for share in (0.001, 0.03, 0.3):
        ink = _page(share)
        assert module._begins(ink) >= len(components(ink)[1]) - 1


def test_truth_values_and_cut_outs_will_do() -> None:
    ink = _page(0.01) > 0
    labels, boxes = components(ink[10:200, 30:300])
    assert labels.shape == (190, 270)
    assert boxes[1:, 4].sum() == ink[10:200, 30:300].sum()


def test_nothing_has_no_pieces() -> None:
    labels, boxes = components(np.zeros((0, 7), np.uint8))
    assert labels.shape == (0, 7)
    assert boxes.shape == (1, 5)
