from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pipeline.intake.kinds import PictureFormat
from pipeline.intake.limits import DEFAULT_LIMITS
from pipeline.intake.pictures import frame_sizes, load_frame

SIZE = (60, 80)


def load(path: Path, kind: PictureFormat, number: int = 1) -> np.ndarray:
    return load_frame(path, kind, number, DEFAULT_LIMITS)[0]


@pytest.mark.parametrize("mode", ["1", "L", "P", "I;16"])
def test_a_colourless_picture_of_any_depth_becomes_grey_of_eight_bits(tmp_path: Path, mode: str) -> None:
    ramp = np.zeros((80, 60), np.uint16 if mode == "I;16" else np.uint8)
    ramp[40:] = 65535 if mode == "I;16" else 255
    image = Image.fromarray(ramp)
    image = image if image.mode == mode else image.convert(mode)
    image.save(tmp_path / "x.png")
    pixels = load(tmp_path / "x.png", "PNG")
    assert (pixels.shape, pixels.dtype) == ((80, 60), np.uint8)
    assert (pixels[0, 0], pixels[79, 0]) == (0, 255)


def test_sixteen_bits_are_scaled_not_cut_off(tmp_path: Path) -> None:
    Image.fromarray(np.full((80, 60), 0x8080, np.uint16)).save(tmp_path / "x.png")
    assert load(tmp_path / "x.png", "PNG")[0, 0] == 0x80


def test_transparent_parts_are_white_like_paper(tmp_path: Path) -> None:
    Image.new("RGBA", SIZE, (0, 0, 0, 0)).save(tmp_path / "x.png")
    assert load(tmp_path / "x.png", "PNG").min() == 255


def test_a_transparent_palette_colour_is_white(tmp_path: Path) -> None:
    image = Image.new("P", SIZE, 0)
    image.putpalette([10, 20, 30] * 256)
    image.save(tmp_path / "x.png", transparency=0)
    assert load(tmp_path / "x.png", "PNG").min() == 255


def test_cmyk_becomes_rgb_with_its_red_kept(tmp_path: Path) -> None:
    Image.new("CMYK", SIZE, (0, 255, 255, 0)).save(tmp_path / "x.jpg")
    red, green, blue = load(tmp_path / "x.jpg", "JPEG")[5, 5]
    assert (red > 200, green < 60, blue < 60) == (True, True, True)


@pytest.mark.parametrize(("name", "kind"), [("x.jpg", "JPEG"), ("x.tif", "TIFF"), ("x.webp", "WEBP")])
def test_a_turned_picture_comes_upright(tmp_path: Path, name: str, kind: PictureFormat) -> None:
    image = Image.new("L", SIZE, 255).convert("RGB")
    image.paste((0, 0, 0), (0, 0, 60, 20))  # the top as stored is the right side as shown
    exif = Image.Exif()
    exif[0x0112] = 6
    image.save(tmp_path / name, exif=exif)
    pixels = load(tmp_path / name, kind)
    assert pixels.shape == (60, 80)
    assert pixels[30, 75] < 60
    assert pixels[30, 5] > 200


def test_every_page_of_a_tiff_is_found_and_read_by_its_number(tmp_path: Path) -> None:
    pages = [Image.new("L", SIZE, shade) for shade in (0, 100, 200)]
    pages[0].save(tmp_path / "x.tif", save_all=True, append_images=pages[1:])
    assert frame_sizes(tmp_path / "x.tif", "TIFF", DEFAULT_LIMITS) == (SIZE,) * 3
    assert [int(load(tmp_path / "x.tif", "TIFF", n)[0, 0]) for n in (1, 2, 3)] == [0, 100, 200]


@pytest.mark.parametrize(
    ("size", "said", "expected"),
    [
        ((1654, 2339), (200, 200), 200),
        ((2480, 3508), (72, 72), 300),  # the default of software that never knew
        ((2480, 3508), (1, 1), 300),
        ((7016, 9933), (300, 300), 300),  # a plan of A1
        ((1240, 1754), None, 150),
        ((3508, 2480), None, 300),
    ],
)
def test_the_resolution_is_believed_only_when_it_makes_a_sheet_of_paper(
    tmp_path: Path, size: tuple[int, int], said: tuple[int, int] | None, expected: int
) -> None:
    Image.new("1", size, 1).save(tmp_path / "x.png", **({"dpi": said} if said else {}))
    assert load_frame(tmp_path / "x.png", "PNG", 1, DEFAULT_LIMITS)[1] == expected


def test_the_flat_pixels_of_a_fax_are_made_square(tmp_path: Path) -> None:
    Image.new("1", (1728, 1146), 1).save(tmp_path / "x.tif", dpi=(204, 98))
    pixels, dpi = load_frame(tmp_path / "x.tif", "TIFF", 1, DEFAULT_LIMITS)
    assert (pixels.shape, dpi) == ((2386, 1728), 204)


def test_a_jpeg_of_inks_that_does_not_say_who_made_it_is_as_light_as_one_of_adobe(tmp_path: Path) -> None:
    Image.new("CMYK", SIZE, (5, 5, 5, 5)).save(tmp_path / "adobe.jpg")
    whole = (tmp_path / "adobe.jpg").read_bytes()
    at = whole.index(b"\xff\xee")
    # Without the marker, values are ink; with it, they are what the ink leaves of white.
    bare = whole[:at] + whole[at + 2 + int.from_bytes(whole[at + 2 : at + 4], "big") :]
    (tmp_path / "bare.jpg").write_bytes(bare)
    assert load(tmp_path / "adobe.jpg", "JPEG").min() > 230
    assert load(tmp_path / "bare.jpg", "JPEG").max() < 30


def test_a_picture_in_lab_is_its_lightness(tmp_path: Path) -> None:
    Image.new("LAB", SIZE, (200, 128, 128)).save(tmp_path / "x.tif")
    assert set(load(tmp_path / "x.tif", "TIFF").flat) == {200}


@pytest.mark.parametrize("declared", [None, (150, 150), (72, 72)])
def test_a_strip_of_a_page_is_as_wide_as_the_page(tmp_path: Path, declared: tuple[int, int] | None) -> None:
    strip = Image.new("L", (1240, 260), 255)
    strip.save(tmp_path / "x.png", **({"dpi": declared} if declared else {}))
    assert abs(load_frame(tmp_path / "x.png", "PNG", 1, DEFAULT_LIMITS)[1] - 150) <= 1
