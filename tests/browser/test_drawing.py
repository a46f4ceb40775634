"""Pointing at the source: a box drawn on the screen lands on the page as the scanner saw it, however it lay."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.document import Box
from tests.browser.acting import advance, open_field, press, wait_entries
from tests.browser.conftest import Served
from tests.browser.paper import FIRST, HEIGHT, REPORTS, WIDTH, draw, quote

TOLERANCE = 0.004
"""A pixel or two of the screen, in fractions of the page."""


def upright_box(number: int, text: str) -> Box:
    """Return where ``text`` stands on the upright first page of a drawn report."""
    report = REPORTS[number - 1]
    told = {
        "place": report.place,
        "place_caps": f"HUYỆN {report.place.upper()}",
        "next_year": report.year + 1,
    }
    page, _ = draw(1, FIRST.format(**vars(report), **{k: v for k, v in told.items() if k != "place"}), 0)
    return quote([page], text).box


def scan_box(number: int, text: str) -> tuple[float, float, float, float]:
    """Return the same place on the page as scanned: the second report lies on its side."""
    box = upright_box(number, text)
    if REPORTS[number - 1].rotation == 90:
        return box.y0, 1 - box.x1, box.y1, 1 - box.x0
    return box.x0, box.y0, box.x1, box.y1


def on_screen(page: Any, x: float, y: float) -> tuple[float, float]:
    """Return where a point of the upright page lies in the window while the whole page is shown."""
    frame = page.locator("#sheet").bounding_box()
    scale = min(frame["width"] / WIDTH, frame["height"] / HEIGHT)
    left = frame["x"] + (frame["width"] - WIDTH * scale) / 2
    top = frame["y"] + (frame["height"] - HEIGHT * scale) / 2
    return left + x * WIDTH * scale, top + y * HEIGHT * scale


def drag(page: Any, box: Box) -> None:
    page.mouse.move(*on_screen(page, box.x0, box.y0))
    page.mouse.down()
    page.mouse.move(*on_screen(page, (box.x0 + box.x1) / 2, box.y1))
    page.mouse.move(*on_screen(page, box.x1, box.y1))
    page.mouse.up()


def kept(place: dict[str, Any]) -> tuple[float, float, float, float]:
    return place["x0"], place["y0"], place["x1"], place["y1"]


@pytest.mark.parametrize("number", [1, 2], ids=["upright", "on its side"])
def test_a_box_drawn_by_mouse_lands_on_the_page_as_scanned(page: Any, served: Served, number: int) -> None:
    open_field(page, served, "conferences.count", number)
    press(page, "d", "w", "w")  # the whole page, whatever was in view
    drag(page, upright_box(number, "80,2 triệu USD,"))
    page.locator("#crop").wait_for(state="visible")  # what was pointed at is shown enlarged
    advance(page, "Enter")
    place = wait_entries(page, served, 1)[0].evidence
    assert place["page"] == 1
    assert kept(place) == pytest.approx(scan_box(number, "80,2 triệu USD,"), abs=TOLERANCE)


@pytest.mark.parametrize("number", [1, 2], ids=["upright", "on its side"])
def test_a_box_moved_by_keys_begins_at_the_machines_place(page: Any, served: Served, number: int) -> None:
    open_field(page, served, "outbound.people", number)
    press(page, "d", "Enter")
    press(page, "d", *["ArrowDown"] * 5, *["Shift+ArrowRight"] * 3, "Enter")
    advance(page, "Enter")
    place = wait_entries(page, served, 1)[0].evidence
    box = upright_box(number, "470/410 lượt người")
    x0, y0, x1, y1 = box.x0, box.y0 + 5 * 0.006, box.x1 + 3 * 0.006, box.y1 + 5 * 0.006
    scanned = (y0, 1 - x1, y1, 1 - x0) if number == 2 else (x0, y0, x1, y1)
    assert kept(place) == pytest.approx(scanned, abs=1e-3)


def test_a_box_may_be_drawn_on_another_page_and_comes_back_with_the_item(page: Any, served: Served) -> None:
    open_field(page, served, "conferences.count")
    press(page, "PageDown")
    page.locator("#sheet[data-shown$='/2']").wait_for()
    press(page, "d")
    drag(page, Box(0.2, 0.2, 0.5, 0.25))
    advance(page, "Enter")
    place = wait_entries(page, served, 1)[0].evidence
    assert place["page"] == 2
    assert kept(place) == pytest.approx((0.2, 0.2, 0.5, 0.25), abs=TOLERANCE)
    open_field(page, served, "conferences.count")
    page.locator("#sheet[data-shown$='/2']").wait_for()


def test_escape_drops_the_box_and_letters_do_nothing_while_drawing(page: Any, served: Served) -> None:
    open_field(page, served, "outbound.people")
    press(page, "d", "ArrowDown", "n", "x", "1", "Escape")
    assert page.locator("#drawing").is_hidden()
    advance(page, "Enter")
    assert wait_entries(page, served, 1)[0].evidence == {}


def test_two_taps_set_two_corners(open_page: Any, served: Served) -> None:
    page = open_page(viewport={"width": 820, "height": 1180}, has_touch=True)
    open_field(page, served, "conferences.count")
    page.locator("[data-command=draw]").tap()
    box = Box(0.2, 0.2, 0.5, 0.25)
    page.touchscreen.tap(*on_screen(page, box.x0, box.y0))
    page.touchscreen.tap(*on_screen(page, box.x1, box.y1))
    page.locator("#crop").wait_for(state="visible")
    page.locator("#form button.main").tap()
    place = wait_entries(page, served, 1)[0].evidence
    assert kept(place) == pytest.approx((box.x0, box.y0, box.x1, box.y1), abs=2 * TOLERANCE)
