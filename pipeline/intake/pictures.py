"""Picture files through Pillow: frames, sizes, and pixels as a page shows them (upright, on white, 8 bits)."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageFile

from pipeline.errors import InputError
from pipeline.intake.fingerprint import unreadable
from pipeline.intake.kinds import PictureFormat
from pipeline.intake.limits import Limits

Pixels = NDArray[np.uint8]

DAMAGED = "the picture is damaged or was cut short; scan or copy it again"
A4_WIDTH_IN = 8.27
_DPI = (70.0, 1200.0)
_NARROWEST_SHEET_IN = 3.0
WIDEST_SHEET_IN, _LONGEST_SHEET_IN = 13.0, 17.0
"""Sides of paper from a receipt to A3; a resolution that implies another size is a default nobody measured …"""
DEFAULT_DPI_UP_TO = 110.0
"""… but programs default to 72 or 96; who says 300 has measured, and then the sheet may be a plan of any size."""
_STRIP, _STRIP_LENGTH_IN = 2.0, 5.5
"""A picture this much wider than high is a strip of a page, at least as long as a postcard."""
_SQUARE = 1.1
"""Fax machines scan 204 × 98 dots an inch; beyond this ratio the pixels are made square, or print looks squeezed."""

_ORIENTATION_TAG = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@contextmanager
def _plain_errors(page: int | None) -> Iterator[None]:
    """Turn whatever Pillow's decoders raise into InputError; they have no common base and meet any bytes here."""
    try:
        yield
    except InputError:
        raise
    except OSError as error:
        # Pillow's own errors are OSErrors as well, but without a number from the operating system.
        raise (InputError(DAMAGED, page) if error.errno is None else unreadable(error)) from error
    except Exception as error:
        raise InputError(DAMAGED, page) from error


@contextmanager
def _opened(path: Path, kind: PictureFormat, page: int | None) -> Iterator[ImageFile.ImageFile]:
    # A library elsewhere in the process may have told Pillow to fill cut files with grey (WeasyPrint does on import),
    # which would let half a page pass for a whole one.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with _plain_errors(page), warnings.catch_warnings():
        # Pillow warns of broken metadata and reads on, and so do we: the print itself may be sound.
        warnings.simplefilter("ignore")
        # A JPEG with several pictures (a phone's preview) opens as MPO; only its first one is a page.
        formats: tuple[str, ...] = ("JPEG", "MPO") if kind == "JPEG" else (kind,)
        with Image.open(path, formats=formats) as image:
            yield image


def frame_sizes(path: Path, kind: PictureFormat, limits: Limits) -> tuple[tuple[int, int] | None, ...]:
    """Return width and height in pixels, as stored, of each page of a picture file; None for a frame beyond repair.

    Only a TIFF has more than one page: further frames of an animation are no pages. Nothing is decoded.
    """
    with _opened(path, kind, None) as image:
        sizes: list[tuple[int, int] | None] = [image.size]
        while kind == "TIFF":
            try:
                image.seek(len(sizes))
            except EOFError:
                break
            except Exception:  # a broken directory of frames raises anything; what follows it cannot be found
                sizes.append(None)
                break
            sizes.append(image.size)
            if len(sizes) > limits.max_pages:
                break
        return tuple(sizes)


def is_animated(path: Path, kind: PictureFormat) -> bool:
    """Return whether a WebP or PNG moves; only its first picture is read."""
    if kind not in {"WEBP", "PNG"}:
        return False
    with _opened(path, kind, None) as image:
        return bool(getattr(image, "is_animated", False))


def load_frame(path: Path, kind: PictureFormat, number: int, limits: Limits) -> tuple[Pixels, int]:
    """Return page ``number`` (1-based) of a picture file and its dots per inch.

    The pixels are uint8, (H, W) when colourless, else (H, W, 3) RGB; native size, except that pixels far from square
    are made square. Raises InputError when the page is missing, damaged or beyond ``limits``.
    """
    with _opened(path, kind, number) as image:
        if number > 1:
            try:
                image.seek(number - 1)
            except EOFError as error:
                raise InputError("the file has no such page", number) from error
        limits.check_size(*image.size, number)
        turn = _TURNS.get(_orientation(image))
        declared = _declared_dpi(image)
        image.load()
        upright = _flat(image)
        # Pillow turns a TIFF while it loads it, and then drops the tag.
        if turn is not None and kind != "TIFF":
            upright = upright.transpose(turn)
        if turn in _SIDEWAYS and declared is not None:
            declared = declared[1], declared[0]
        upright, dpi = _square(upright, declared, limits, number)
        return without_colour(np.asarray(upright)), dpi


_SIDEWAYS = {_TURNS[5], _TURNS[6], _TURNS[7], _TURNS[8]}


def without_colour(pixels: Pixels) -> Pixels:
    """Return RGB ``pixels`` as grey (H, W) when no pixel has a colour, else unchanged: grey is quicker all the way."""
    if pixels.ndim == 2:
        return pixels
    red, green, blue = pixels[..., 0], pixels[..., 1], pixels[..., 2]
    for rows in (slice(None, None, 97), slice(None)):  # a sample settles most pages that do have colour
        if not (np.array_equal(red[rows], green[rows]) and np.array_equal(green[rows], blue[rows])):
            return pixels
    return np.ascontiguousarray(green)


def guess_dpi(width: float, height: float) -> int:
    """Return the dots per inch of a page of ``width`` × ``height`` pixels if it is A4, the size of Decree 30/2020.

    A strip, much wider than high, is a part of a page as wide as the page.
    """
    across = width if width > _STRIP * height else min(width, height)
    return round(min(_DPI[1], max(_DPI[0], across / A4_WIDTH_IN)))


def _plausible_dpi(width: float, height: float, x_dpi: float, y_dpi: float) -> bool:
    """Return whether ``width`` × ``height`` pixels at these dots per inch make a sheet of paper."""
    if not all(_DPI[0] <= dpi <= _DPI[1] for dpi in (x_dpi, y_dpi)):
        return False
    short_side, long_side = sorted((width / x_dpi, height / y_dpi))
    if short_side > WIDEST_SHEET_IN or long_side > _LONGEST_SHEET_IN:
        return min(x_dpi, y_dpi) > DEFAULT_DPI_UP_TO
    measured_strip = min(x_dpi, y_dpi) > DEFAULT_DPI_UP_TO and long_side >= _STRIP_LENGTH_IN
    return short_side >= _NARROWEST_SHEET_IN or measured_strip


def _orientation(image: Image.Image) -> int:
    """Return the EXIF orientation, 1 where there is none or the block is broken: the picture itself may be sound."""
    try:
        return int(image.getexif().get(_ORIENTATION_TAG, 1))
    except Exception:  # broken EXIF blocks raise anything, from struct.error to SyntaxError
        return 1


def _declared_dpi(image: Image.Image) -> tuple[float, float] | None:
    declared = image.info.get("dpi")
    if declared is None or len(declared) != 2:
        return None
    try:
        return float(declared[0]), float(declared[1])
    except (TypeError, ValueError, ZeroDivisionError):
        return None


def _square(
    image: Image.Image, declared: tuple[float, float] | None, limits: Limits, page: int
) -> tuple[Image.Image, int]:
    width, height = image.size
    if declared is None or not _plausible_dpi(width, height, *declared):
        return image, guess_dpi(width, height)
    x_dpi, y_dpi = declared
    dpi = max(x_dpi, y_dpi)
    if dpi > _SQUARE * min(x_dpi, y_dpi):
        size = round(width * dpi / x_dpi), round(height * dpi / y_dpi)
        limits.check_size(*size, page)
        image = image.resize(size, Image.Resampling.BICUBIC)
    return image, round(dpi)


def _flat(image: Image.Image) -> Image.Image:
    """Return ``image`` as L or RGB: 8 bits, transparent parts white like paper."""
    if image.mode in {"L", "RGB"} and "transparency" not in image.info:
        return image
    if image.mode == "1":
        return image.convert("L")
    if image.mode.startswith(("I", "F")):
        return _eight_bits(image)
    if image.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in image.info:
        layer = image.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(paper, layer).convert("RGB")
    if image.mode == "LAB":
        return image.getchannel("L")
    if image.mode == "CMYK" and image.format in {"JPEG", "MPO"} and "adobe" not in image.info:
        # Pillow takes every JPEG of inks for one of Adobe's, which count them the other way round.
        return ImageChops.invert(image).convert("RGB")
    return image.convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return a picture of 16 or 32 bits a pixel as L; where its range is unknown, its largest value is white."""
    values = np.nan_to_num(np.asarray(image).astype(np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    largest = float(values.max(initial=0.0))
    if image.mode.startswith("I;16"):
        white = 65535.0
    else:
        white = next((top for top in (1.0, 255.0, 65535.0) if largest <= top), largest)
    return Image.fromarray((np.clip(values / white, 0.0, 1.0) * 255.0 + 0.5).astype(np.uint8))
