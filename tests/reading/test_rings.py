"""The rim of a seal is found among print, gaps and strokes, and nowhere else."""

import cv2
import numpy as np
import pytest

from pipeline.reading.rings import Ink, find_ring

RADII = range(33, 52)


def sheet() -> Ink:
    return np.zeros((700, 500), np.bool_)


def with_circle(ink: Ink, x: int, y: int, radius: int, parts: int = 1) -> Ink:
    drawn = ink.astype(np.uint8)
    step = 360 // parts
    for start in range(0, 360, step):
        end = start + step if parts == 1 else start + step * 3 // 4
        cv2.ellipse(drawn, (x, y), (radius, radius), 0, start, end, [1], 2)
    return drawn.astype(np.bool_)


def with_print(ink: Ink, top: int, rows: int) -> Ink:
    """Return ``ink`` with lines of letters of strokes two pixels wide, as print at 60 dpi is."""
    drawn, rng = ink.copy(), np.random.default_rng(3)
    for row in range(rows):
        for x in range(60, 440, 4):
            if rng.random() < 0.8:
                drawn[top + 11 * row : top + 11 * row + 6, x : x + 2] = True
    return drawn


@pytest.mark.parametrize("parts", [1, 12])
def test_a_rim_is_found_whole_or_in_dashes(parts: int) -> None:
    ink = with_circle(sheet(), 300, 400, 42, parts)
    ring = find_ring(ink, ink, RADII)
    assert ring is not None
    assert (ring.x, ring.y, ring.radius) == pytest.approx((300, 400, 42), abs=1)
    assert ring.share == pytest.approx(1.0 if parts == 1 else 0.78, abs=0.12)


def test_a_rim_is_found_though_print_crosses_it_and_letters_within_were_read() -> None:
    ink = with_print(with_circle(sheet(), 300, 400, 40), 365, 3)
    suspect = sheet()
    suspect[385:425, 280:330] = True  # all that no word covers
    ring = find_ring(ink, suspect, RADII)
    assert ring is not None
    assert (ring.x, ring.y) == pytest.approx((300, 400), abs=1)


def test_dense_dirt_elsewhere_does_not_hide_the_rim() -> None:
    ink = with_circle(sheet(), 300, 400, 40)
    ink[:60, 440:] = True
    assert find_ring(ink, ink, RADII) is not None


def test_a_rim_that_the_edge_of_the_page_cuts_is_found() -> None:
    ring = find_ring(*2 * (with_circle(sheet(), 480, 400, 40),), RADII)
    assert ring is not None
    assert ring.x == pytest.approx(480, abs=2)


def test_print_a_disc_and_a_square_are_no_rims() -> None:
    disc, square = sheet().astype(np.uint8), sheet().astype(np.uint8)
    cv2.circle(disc, (250, 350), 45, [1], -1)
    cv2.rectangle(square, (210, 310), (290, 390), [1], 2)
    for ink in (with_print(sheet(), 100, 40), square.astype(np.bool_), sheet()):
        assert find_ring(ink, ink, RADII) is None
