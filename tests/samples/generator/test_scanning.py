from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pytest
from numpy.typing import NDArray
from pdf2image import convert_from_path

from samples.generator.nouns import InkedPage, ScannedPage
from samples.generator.scanning import PRESETS, Preset, scan, settle, write_pdf

MM = 200 / 25.4
CROSSES = [(x, y) for x in (0.3, 0.55, 0.8) for y in (0.15, 0.4, 0.6, 0.85)]


def page(width_mm: float = 210, height_mm: float = 297) -> InkedPage:
    """A page at 200 dpi with a cross 9 mm wide at each place of CROSSES."""
    width, height = round(width_mm * MM), round(height_mm * MM)
    picture = np.full((height, width, 3), 255, np.uint8)
    for x, y in CROSSES:
        for half in ((4.5, 0.9), (0.9, 4.5)):
            across, down = np.array(half) * MM
            left, right = x * width - across, x * width + across
            top, bottom = y * height - down, y * height + down
            box = np.array(((left, top), (right, top), (right, bottom), (left, bottom))) - 0.5
            cv2.fillConvexPoly(picture, np.round(box * 16).astype(np.int32), (15, 15, 20), cv2.LINE_AA, 4)
    return InkedPage(picture, ())


def grey(scanned: ScannedPage) -> NDArray[np.uint8]:
    pixels = scanned.pixels
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY) if pixels.ndim == 3 else pixels)


def found(scanned: ScannedPage, near: NDArray[np.float64]) -> NDArray[np.float64]:
    """Where the cross near a point (px from the corner) is: the middle of the largest dark thing about it."""
    reach = round(8 * scanned.dpi / 25.4)
    left, top = (max(0, int(side) - reach) for side in near)
    window = grey(scanned)[top : top + 2 * reach, left : left + 2 * reach]
    window = cv2.medianBlur(np.ascontiguousarray(window), 5)
    dark = cv2.threshold(window, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1]
    _, _, stats, middles = cv2.connectedComponentsWithStats(dark)
    largest = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    return middles[largest] + (left + 0.5, top + 0.5)


def assert_moved(scanned: ScannedPage) -> None:
    places = np.array(CROSSES, np.float64).reshape(-1, 1, 2)
    expected = cv2.perspectiveTransform(places, scanned.move).reshape(-1, 2)
    expected *= (scanned.width, scanned.height)
    away = [np.hypot(*(found(scanned, point) - point)) for point in expected]
    assert max(away) <= 1.5, (away, scanned.parameters)


def documents(name: str, count: int) -> Iterator[tuple[Preset, np.random.Generator]]:
    for seed in range(count):
        rng = np.random.default_rng((seed, 3))
        yield settle(PRESETS[name], rng), rng


@pytest.mark.parametrize("name", PRESETS)
def test_every_point_is_found_where_move_says(name: str) -> None:
    for preset, rng in documents(name, 3):
        assert_moved(scan(page(), preset, rng, 1))


@pytest.mark.parametrize("rotation", (0, 90, 180, 270))
def test_move_follows_every_quarter_turn(rotation: int) -> None:
    for name in PRESETS:
        preset = replace(PRESETS[name], turns=(rotation,), turned_pages=1.0, dpi=(150,))
        scanned = scan(page(), preset, np.random.default_rng(rotation), 1)
        assert scanned.rotation == rotation
        assert_moved(scanned)


def test_a_landscape_page_may_be_fed_upright() -> None:
    preset = replace(PRESETS["grey200"], turned_landscape=1.0)
    scanned = scan(page(297, 210), preset, np.random.default_rng(1), 1)
    assert (scanned.rotation, scanned.height > scanned.width) == (90, True)
    assert_moved(scanned)


def test_skew_is_the_slope_of_a_line_of_print() -> None:
    preset = replace(PRESETS["turned"], turns=(0,))
    scanned = scan(page(), preset, np.random.default_rng(8), 1)
    ends = np.array(((0.3, 0.4), (0.8, 0.4))).reshape(-1, 1, 2)
    ends = cv2.perspectiveTransform(ends, scanned.move).reshape(-1, 2) * (scanned.width, scanned.height)
    (x0, y0), (x1, y1) = (found(scanned, end) for end in ends)
    assert np.rad2deg(np.arctan2(y1 - y0, x1 - x0)) == pytest.approx(scanned.skew, abs=0.15)


def test_most_pages_lie_nearly_straight() -> None:
    empty = InkedPage(np.full((80, 57, 3), 255, np.uint8), (), blank=True)
    preset = replace(PRESETS["grey200"], dpi=(20,))
    skews = [abs(scan(empty, preset, np.random.default_rng(seed), 1).skew) for seed in range(200)]
    assert np.mean(np.array(skews) < 0.7) > 0.8
    assert 1.2 < max(skews) <= 2.01


@pytest.mark.parametrize("name", PRESETS)
def test_the_same_seed_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    files = [tmp_path / "a.pdf", tmp_path / "b.pdf"]
    moves = []
    for file in files:
        ((preset, rng),) = documents(name, 1)
        scanned = scan(page(), preset, rng, 1)
        moves.append(scanned.move.tobytes())
        write_pdf([scanned], file)
    assert moves[0] == moves[1]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_pages_of_a_document_differ_and_share_their_scanner() -> None:
    rng = np.random.default_rng(5)
    preset = settle(PRESETS["low"], rng)
    first, second = scan(page(), preset, rng, 1), scan(page(), preset, rng, 2)
    assert (first.dpi, first.mode) == (second.dpi, second.mode)
    assert first.parameters["laid_skew"] != second.parameters["laid_skew"]


def test_a_1_bit_scan_is_black_and_white_alone_and_stored_as_group_4(tmp_path: Path) -> None:
    ((preset, rng),) = documents("fax", 1)
    scanned = scan(page(), preset, rng, 1)
    assert scanned.mode == "bilevel"
    assert set(np.unique(scanned.pixels)) == {0, 255}
    write_pdf([scanned], tmp_path / "fax.pdf")
    with pikepdf.open(tmp_path / "fax.pdf") as pdf:
        picture = pdf.pages[0].Resources.XObject.P
        assert (picture.Filter[0], picture.BitsPerComponent) == ("/CCITTFaxDecode", 1)
    (shown,) = convert_from_path(tmp_path / "fax.pdf", dpi=scanned.dpi, grayscale=True)
    assert np.mean(np.asarray(shown)) == pytest.approx(scanned.pixels.mean(), abs=2)


@pytest.mark.parametrize("name", ("clean300", "grey200", "phone"))
def test_the_pdf_holds_the_picture_at_its_size_and_says_what_it_is(name: str, tmp_path: Path) -> None:
    ((preset, rng),) = documents(name, 1)
    scanned = scan(page(), preset, rng, 1)
    write_pdf([scanned, scanned], tmp_path / "scan.pdf")
    with pikepdf.open(tmp_path / "scan.pdf") as pdf:
        assert len(pdf.pages) == 2
        assert "MẪU THỬ" in str(pdf.docinfo["/Title"])
        assert "MẪU THỬ" in str(pdf.docinfo["/Subject"])
        width, height = (float(side) for side in list(pdf.pages[0].MediaBox)[2:])
        assert (width, height) == pytest.approx(
            (scanned.width * 72 / scanned.dpi, scanned.height * 72 / scanned.dpi), abs=0.01
        )
        stored = np.frombuffer(pdf.pages[0].Resources.XObject.P.read_raw_bytes(), np.uint8)
    opened = cv2.imdecode(stored, cv2.IMREAD_UNCHANGED)
    assert opened.shape == scanned.pixels.shape
    seen = opened[..., ::-1] if opened.ndim == 3 else opened
    assert np.abs(seen.astype(int) - scanned.pixels).mean() < 6


def test_what_was_done_is_recorded_in_plain_values() -> None:
    for name in PRESETS:
        ((preset, rng),) = documents(name, 1)
        scanned = scan(page(), preset, rng, 1)
        recorded = scanned.parameters
        assert all(type(value) in (int, float, str) for value in recorded.values())
        assert (recorded["preset"], recorded["rotation"], recorded["skew"]) == (
            name,
            scanned.rotation,
            scanned.skew,
        )


def test_red_ink_stays_red_in_colour_and_turns_grey_otherwise() -> None:
    red = page()
    red.picture[1000:1200, 700:900] = (220, 30, 45)
    straight = {"skew": (0.0, 0.0), "margin": (0.0, 0.0)}
    colour = scan(red, replace(PRESETS["clean300"], **straight), np.random.default_rng(1), 1).pixels
    r, g, b = colour[round(1100 * 1.5), round(800 * 1.5)].astype(int)
    assert r > g + 80
    assert r > b + 80
    assert scan(red, replace(PRESETS["grey200"], **straight), np.random.default_rng(1), 1).pixels.ndim == 2
