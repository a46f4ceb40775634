from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pipeline.errors import InputError
from pipeline.intake.limits import Limits
from pipeline.intake.loading import load_page

from .pdfs import jpeg, one_page, pdf, stream


def saved(path: Path, objects: dict[int, bytes]) -> Path:
    path.write_bytes(pdf(objects))
    return path


def scan(mode: str, size: tuple[int, int] = (595, 842)) -> bytes:
    shade: float | tuple[int, ...] = 200 if mode == "L" else (200, 200, 200)
    image = Image.new(mode, size, shade)
    image.paste(30 if mode == "L" else (200, 20, 20), (100, 100, 200, 200))
    return jpeg(image)


def test_a_grey_scan_is_drawn_grey_and_a_colour_scan_keeps_its_seal(tmp_path: Path) -> None:
    grey = load_page(saved(tmp_path / "g.pdf", one_page(picture=scan("L"))), 1)
    assert (grey.pixels.shape, grey.pixels.dtype, grey.dpi) == ((3509, 2480), np.uint8, 300)
    colour = load_page(saved(tmp_path / "c.pdf", one_page(picture=scan("RGB"))), 1)
    red, green, _ = colour.pixels[600, 600]
    assert colour.pixels.shape == (3509, 2480, 3)
    assert int(red) - int(green) > 120


def test_a_colour_page_without_any_colour_is_given_as_grey(tmp_path: Path) -> None:
    picture = jpeg(Image.new("RGB", (595, 842), (200, 200, 200)))
    assert load_page(saved(tmp_path / "c.pdf", one_page(picture=picture)), 1).pixels.ndim == 2


def test_only_the_page_asked_for_is_loaded(tmp_path: Path) -> None:
    pages = [Image.new("L", (595, 842), shade) for shade in (10, 120, 230)]
    pages[0].save(tmp_path / "x.pdf", save_all=True, append_images=pages[1:], resolution=72)
    shades = [int(load_page(tmp_path / "x.pdf", n, dpi=50).pixels[100, 100]) for n in (1, 2, 3)]
    assert shades == pytest.approx([10, 120, 230], abs=3)
    with pytest.raises(InputError, match="only 3 page") as caught:
        load_page(tmp_path / "x.pdf", 4)
    assert caught.value.page == 4


def test_a_scan_of_one_point_a_pixel_is_read_at_its_own_pixels_as_a4(tmp_path: Path) -> None:
    objects = one_page(picture=scan("L", (2480, 3508)), box="[0 0 2480 3508]")
    objects[4] = stream(b"", b"q 2480 0 0 3508 0 0 cm /Im Do Q")
    page = load_page(saved(tmp_path / "x.pdf", objects), 1)
    assert (page.width_px, page.height_px, page.dpi) == (2480, 3508, 300)


def test_a_page_too_large_to_draw_is_refused_before_drawing(tmp_path: Path) -> None:
    path = saved(tmp_path / "x.pdf", one_page(["x"], box="[0 0 14400 14400]"))
    with pytest.raises(
        InputError, match=r"60000 × 60000 pixels when drawn at 300 dpi; the limit is 15000"
    ) as caught:
        load_page(path, 1)
    assert caught.value.page == 1


def test_a_picture_inside_a_page_is_held_to_the_limits_too(tmp_path: Path) -> None:
    path = saved(tmp_path / "x.pdf", one_page(picture=scan("L")))
    with pytest.raises(InputError, match="a picture on the page has 595 × 842 pixels"):
        load_page(path, 1, dpi=30, limits=Limits(max_pixels=120_000))


def test_a_jpeg_cut_short_inside_a_sound_pdf_is_noticed(tmp_path: Path) -> None:
    whole = jpeg(Image.effect_noise((595, 842), 80))
    objects = one_page(picture=whole)
    objects[8] = (
        objects[8]
        .replace(whole, whole[: len(whole) // 2])
        .replace(b"/Length %d" % len(whole), b"/Length %d" % (len(whole) // 2))
    )
    assert "cut short" in load_page(saved(tmp_path / "x.pdf", objects), 1).note
    objects[8] = objects[8].replace(whole[: len(whole) // 2], whole[:20])
    with pytest.raises(InputError, match="nothing of the page is left"):
        load_page(saved(tmp_path / "y.pdf", objects), 1)


def test_a_blank_page_is_a_page(tmp_path: Path) -> None:
    page = load_page(saved(tmp_path / "x.pdf", one_page(picture=jpeg(Image.new("L", (595, 842), 255)))), 1)
    assert (page.pixels.min(), page.source_kind, page.note) == (255, "scan", "")
