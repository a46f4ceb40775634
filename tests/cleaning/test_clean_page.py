import cv2
import numpy as np
import pytest

from pipeline.cleaning import clean, orientation
from pipeline.cleaning.blank import is_blank
from pipeline.cleaning.borders import find_borders
from pipeline.cleaning.deskew import find_skew
from pipeline.cleaning.geometry import projection, straighten
from pipeline.cleaning.grain import soften_grain
from pipeline.cleaning.ink import separate_inks
from pipeline.cleaning.light import PAPER, even_light
from pipeline.cleaning.speckle import remove_pepper, remove_speckle
from pipeline.document import Box, Page
from pipeline.intake.loading import PageImage
from tests.cleaning.drawing import colour, drawn_page, turned


def image(pixels: np.ndarray, dpi: int = 150) -> PageImage:
    return PageImage(1, pixels, dpi, "scan")


@pytest.fixture
def no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> list[tuple[str, float]]:
        raise AssertionError("an ordinary page must not cost a reading")

    monkeypatch.setattr(orientation, "read_strip", fail)


@pytest.mark.parametrize("degrees", [0.0, 0.4, -2.0, 7.0, -13.0])
def test_skew_is_found_to_a_tenth_of_a_degree(degrees: float) -> None:
    found, _ = find_skew(turned(drawn_page(), degrees) < 128)
    assert found == pytest.approx(degrees, abs=0.1)


def test_a_page_number_alone_has_no_skew() -> None:
    page = np.full((1240, 877), 255, np.uint8)
    cv2.putText(page, "7", (430, 80), cv2.FONT_HERSHEY_COMPLEX, 1, [0], 2)
    assert find_skew(page < 128)[0] == 0.0


def test_an_upright_page_stays_upright_without_a_reading(no_reading: None) -> None:
    page = clean(image(turned(drawn_page(), 1.5)))
    assert page.rotation_deg == 0
    assert page.skew_deg == pytest.approx(1.5, abs=0.1)
    assert page.dpi == 300
    assert not page.blank


@pytest.mark.parametrize(
    ("quarter_turns", "rotation", "confidences"),
    [(1, 90, [0.1, 0.9, 0.1]), (2, 180, [0.1, 0.9]), (3, 270, [0.1, 0.1, 0.9])],
)
def test_a_turned_page_is_turned_as_it_reads_best(
    quarter_turns: int, rotation: int, confidences: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    left = iter(confidences)
    monkeypatch.setattr(orientation, "read_strip", lambda *_: [("xin", next(left))] * 20)
    page = clean(image(np.ascontiguousarray(np.rot90(drawn_page(), quarter_turns))))
    assert page.rotation_deg == rotation
    assert page.grey.shape[0] > page.grey.shape[1]
    assert next(left, None) is None


def test_a_doubtful_reading_leaves_the_page_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orientation, "read_strip", lambda *_: [("xin", 0.5)])
    assert clean(image(np.ascontiguousarray(np.rot90(drawn_page(), 2)))).rotation_deg == 0


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_box_on_the_clean_page_lands_where_it_was_scanned(rotation: int) -> None:
    scan = np.full((600, 400), 255, np.uint8)
    scan[100:120, 300:340] = 0
    way = straighten(400, 600, rotation, 3.0, 1.5)
    clean_page = way.apply(scan, 255)
    rows, columns = np.nonzero(clean_page < 128)
    height, width = clean_page.shape
    box = Box(columns.min() / width, rows.min() / height, columns.max() / width, rows.max() / height)
    found = Page(1, 400, 600, 100, "scan", to_scan=projection(way.to_scan(400, 600))).on_scan(box)
    assert found.x_centre * 400 == pytest.approx(320, abs=2)
    assert found.y_centre * 600 == pytest.approx(110, abs=2)


def test_a_red_seal_vanishes_and_the_print_under_it_stays() -> None:
    page = colour(drawn_page())
    cv2.circle(page, (400, 400), 100, [215, 40, 50], 12)
    page[drawn_page() < 128] = 20
    inks = separate_inks(page)
    assert inks.red is not None
    assert inks.blue is None
    ring = inks.grey[300:310, 395:405]
    assert ring.min() > 200
    assert (inks.grey < 128).sum() == pytest.approx((drawn_page() < 128).sum(), rel=0.02)


def test_a_page_without_colour_has_no_colour_layers() -> None:
    inks = separate_inks(colour(drawn_page()))
    assert inks.red is None
    assert inks.blue is None


def test_a_shadow_is_evened_out() -> None:
    page = drawn_page().astype(np.float32) * np.linspace(1.0, 0.45, 877)[None, :]
    even = even_light(page.astype(np.uint8), 150)
    assert np.median(even[:, :100]) == pytest.approx(PAPER, abs=6)
    assert np.median(even[:, -100:]) == pytest.approx(PAPER, abs=6)


def test_black_borders_edge_lines_and_punch_holes_are_found_and_print_is_not() -> None:
    page = drawn_page()
    page[:, :25] = 0  # the lid
    page[1237:, :] = 0  # a line along the lower edge
    cv2.circle(page, (52, 600), 17, [0], -1)
    borders = find_borders(page < 128, 150)
    assert borders[600, 10]
    assert borders[1238, 400]
    assert borders[600, 52]
    assert not (borders & (drawn_page() < 128)).any()


def test_specks_go_and_full_stops_stay() -> None:
    page = np.full((2000, 1500), 255, np.uint8)
    specks = np.random.default_rng(1).integers(0, 1500, (4000, 2))
    page[specks[:, 0], specks[:, 1]] = 0
    page[1800:1806, 700:706] = 0  # a full stop of half a millimetre
    quiet = remove_speckle(page, 300)
    assert (quiet[:1500] < 128).sum() < 0.02 * 4000
    assert (quiet[1800:1806, 700:706] < 128).all()
    pepper_free = remove_pepper(page, 300)
    assert (pepper_free[:1500] < 128).sum() < 0.02 * 4000


@pytest.mark.parametrize("specks", [0, 4000])
def test_a_typewriters_thin_strokes_and_accents_are_no_specks(specks: int) -> None:
    typed = np.full((2000, 1500), 255, np.uint8)
    for row in range(100, 1900, 60):
        for column in range(100, 1400, 30):
            cv2.circle(typed, (column, row), 10, [40], 1)  # an o
            cv2.line(typed, (column - 2, row - 15), (column + 4, row - 21), [40], 1)  # and its accent
    typed = cv2.erode(typed, np.ones((2, 2), np.uint8))  # all strokes two pixels thin
    stray = np.random.default_rng(1).integers(0, 1500, (specks, 2))
    page = typed.copy()
    page[stray[:, 0], stray[:, 1]] = 0
    quiet = remove_speckle(page, 300)
    assert (quiet[typed < 128] < 128).all()
    assert ((quiet < 128) & (typed >= 128)).sum() <= 0.3 * specks  # those that touch print stay


def test_a_quiet_page_is_handed_on_untouched() -> None:
    page = drawn_page()
    assert remove_speckle(page, 300) is page
    assert soften_grain(page, 6.0, 300) is page


def test_a_page_with_what_shines_through_from_its_back_is_blank() -> None:
    page = np.full((1000, 800), PAPER, np.uint8)
    cv2.circle(page, (400, 500), 90, [190], 6)
    assert is_blank(page, 120)
    cv2.putText(page, "3", (400, 60), cv2.FONT_HERSHEY_COMPLEX, 0.8, [0], 2)
    assert not is_blank(page, 120)


@pytest.mark.parametrize("shape", [(1, 1), (3, 900), (900, 3), (30, 30), (40, 4000), (300, 200, 3)])
@pytest.mark.parametrize("value", [0, 128, 255])
def test_no_picture_is_too_odd_to_clean(shape: tuple[int, ...], value: int) -> None:
    page = clean(image(np.full(shape, value, np.uint8), 300))
    assert page.blank
    assert page.grey.ndim == 2


def test_a_page_with_a_text_layer_keeps_its_geometry(no_reading: None) -> None:
    page = clean(image(turned(drawn_page(), 4.0)), keep_geometry=True)
    assert page.skew_deg == 0.0
    assert page.to_scan == pytest.approx((1, 0, 0, 0, 1, 0, 0, 0, 1), abs=1e-6)


@pytest.mark.parametrize(
    ("share", "dpi"), [(0.05, 300), (0.1, 300), (0.2, 300), (0.5, 300), (0.1, 100), (0.3, 100)]
)
def test_specks_of_any_share_are_noise_or_nothing(share: float, dpi: int) -> None:
    size = (round(11.7 * dpi / 2), round(8.3 * dpi / 2))
    specks = np.where(np.random.default_rng(0).random(size) < share, 0, 255).astype(np.uint8)
    page = clean(PageImage(1, specks, dpi, "scan"))
    assert page.noise or page.blank
