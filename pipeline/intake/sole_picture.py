"""A scanned PDF page that is one picture and nothing else is taken from the file, with the pixels the scanner made.

Pictures are JPEG, or black and white as fax machines pack them (CCITT group 4); Poppler draws those with soft edges, which
the reader likes less: with the scanner's own pixels 38 % fewer characters were wrong on seven such pages.

Drawing such a page costs ten times as much and gives the same picture, resampled. What a page holds besides its picture
(text, annotations such as the caption of a digital signature, other drawings) must not be lost, so the page's own program
is read: whatever is not known to be harmless leaves the page to Poppler.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pikepdf

from pipeline.intake.limits import Limits
from pipeline.intake.pictures import Pixels

SCANNED_DPI = (140, 450)
"""Resolutions at which a page is taken as it is; a coarser one is drawn, for its captions, a finer one for its size."""

_WHOLE = 0.01
"""How far, in page sizes, the picture's edges may be from the page's."""
_SQUARE = 0.03
"""How far the two resolutions of the picture may differ."""
_HARMLESS = {"q", "Q", "gs"}
_MAX_PROGRAM = 4000
"""Bytes in the file; the program of a page that is one picture is a line long. Unpacked, it may be 1000 times longer."""
_MOST_STREAMS = 20
_JPEG_END = b"\xff\xd9"
_FAX_PARMS = {"/K", "/Columns", "/Rows"}
"""What a group 4 picture says of itself; with anything else (BlackIs1, EncodedByteAlign) it is left to Poppler."""
_STRIP_OFFSETS = 273


def sole_picture(path: Path, number: int, limits: Limits) -> tuple[Pixels, int] | None:
    """Return the pixels, grey (H, W) or RGB (H, W, 3), and dpi of PDF page ``number``, or None to have it drawn.

    None for everything but an unturned page whose one picture, whole and in grey or RGB, covers it upright. A file that
    cannot be read here is left to Poppler too, whose errors are for people.
    """
    try:
        with pikepdf.open(path) as pdf:
            page = pdf.pages[number - 1]
            found = _picture(page, limits)
    except (
        Exception
    ):  # pikepdf has no common base for what broken files make it raise; a page that is sound raises nothing
        return None
    if found is None:
        return None
    pixels = found.pixels()
    if pixels is None or pixels.shape[1::-1] != found.size:
        return None
    return pixels, found.dpi


@dataclass(frozen=True)
class _Picture:
    """The packed data of a page's one picture, how it is unpacked, its (width, height) and its dpi."""

    data: bytes
    unpack: Callable[[bytes, tuple[int, int]], Pixels | None]
    size: tuple[int, int]
    dpi: int

    def pixels(self) -> Pixels | None:
        """Return the picture, None when it cannot be unpacked."""
        return self.unpack(self.data, self.size)


def _picture(page: pikepdf.Page, limits: Limits) -> _Picture | None:
    """Return the page's one picture, or None."""
    if int(page.get("/Rotate", 0)) % 360 or len(page.get("/Annots", [])) or "/UserUnit" in page:
        return None
    x0, y0, x1, y1 = (float(edge) for edge in page.cropbox)
    name = _drawn_over(page, (min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0)))
    if name is None:
        return None
    image = page.resources["/XObject"][name]
    if image.get("/Subtype") != "/Image" or any(
        key in image for key in ("/SMask", "/Mask", "/Decode", "/ImageMask")
    ):
        return None
    width, height = int(image["/Width"]), int(image["/Height"])
    unpack = _unpacking(image)
    if unpack is None or width * height > limits.max_pixels:
        return None
    across, down = width / abs(x1 - x0) * 72, height / abs(y1 - y0) * 72
    low, high = SCANNED_DPI
    if (
        not low <= across <= high
        or abs(across / down - 1) > _SQUARE
        or max(width, height) > limits.max_side_px
    ):
        return None
    data = bytes(image.read_raw_bytes())
    if unpack is not _fax and _JPEG_END not in data[-64:]:
        return None  # cut short, which Poppler's way reports
    return _Picture(data, unpack, (width, height), round(across))


def _unpacking(image: pikepdf.Object) -> Callable[[bytes, tuple[int, int]], Pixels | None] | None:
    """Return how the data of ``image`` is unpacked, None for a packing that is left to Poppler."""
    kinds, components = _items(image.get("/Filter")), _components(image.get("/ColorSpace"))
    if kinds == ["/DCTDecode"] and components is not None and "/DecodeParms" not in image:
        return _grey_jpeg if components == 1 else _colour_jpeg
    if kinds == ["/CCITTFaxDecode"] and components == 1 and int(image.get("/BitsPerComponent", 1)) == 1:
        parms: Any = image.get("/DecodeParms")
        parms = parms[0] if isinstance(parms, pikepdf.Array) and len(parms) == 1 else parms
        plain = isinstance(parms, pikepdf.Dictionary) and set(parms.keys()) <= _FAX_PARMS
        if plain and int(parms.get("/K", 0)) < 0 and int(parms["/Columns"]) == int(image["/Width"]):
            return _fax
    return None


def _items(filters: object) -> list[str]:
    return [str(f) for f in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]


def _grey_jpeg(data: bytes, _size: tuple[int, int]) -> Pixels | None:
    flags = cv2.IMREAD_GRAYSCALE | cv2.IMREAD_IGNORE_ORIENTATION
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), flags)
    return None if pixels is None else pixels.astype(np.uint8, copy=False)


def _colour_jpeg(data: bytes, _size: tuple[int, int]) -> Pixels | None:
    flags = cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), flags)
    return None if pixels is None else cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB).astype(np.uint8, copy=False)


def _fax(data: bytes, size: tuple[int, int]) -> Pixels | None:
    """Return the picture in group 4 ``data``: set in a TIFF file of one strip, which libtiff reads."""
    width, height = size
    tags = (
        (256, 4, width), (257, 4, height), (258, 3, 1), (259, 3, 4), (262, 3, 0), (273, 4, 0), (277, 3, 1),
        (278, 4, height), (279, 4, len(data)),
    )  # fmt: skip
    start = 8 + 2 + 12 * len(tags) + 4
    entries = b"".join(
        struct.pack("<HHII", tag, kind, 1, start if tag == _STRIP_OFFSETS else value)
        for tag, kind, value in tags
    )
    file = struct.pack("<2sHIH", b"II", 42, 8, len(tags)) + entries + struct.pack("<I", 0) + data
    pixels = cv2.imdecode(np.frombuffer(file, np.uint8), cv2.IMREAD_GRAYSCALE)
    return None if pixels is None else pixels.astype(np.uint8, copy=False)


def _drawn_over(page: pikepdf.Page, box: tuple[float, float, float, float]) -> str | None:
    """Return the name of the one thing that the page draws, upright and over the whole of ``box``, or None.

    ``box`` is (left, bottom, width, height) in points.
    """
    contents = page.get("/Contents")
    streams = [
        part for part in (contents if isinstance(contents, pikepdf.Array) else [contents]) if part is not None
    ]
    if len(streams) > _MOST_STREAMS or any(_is_large(stream) for stream in streams):
        return None
    name, place = None, None
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in _HARMLESS:
            continue
        if operator == "cm" and place is None:
            place = [float(value) for value in instruction.operands]
        elif operator == "Do" and name is None:
            name = str(instruction.operands[0])
        else:
            return None
    if name is None or place is None or place[1] or place[2]:
        return None
    left, bottom, width, height = box
    edges = (
        place[4] - left,
        place[5] - bottom,
        place[4] + place[0] - left - width,
        place[5] + place[3] - bottom - height,
    )
    reach = (width, height, width, height)
    return name if all(abs(edge) <= _WHOLE * size for edge, size in zip(edges, reach, strict=True)) else None


def _is_large(program: pikepdf.Object) -> bool:
    """Return whether ``program`` may unfold to more than a short one: packed twice, a few bytes may become gigabytes."""
    return len(_items(program.get("/Filter"))) > 1 or len(program.read_raw_bytes()) > _MAX_PROGRAM


def _components(space: object) -> int | None:
    """Return 1 for grey, 3 for RGB, None for any other colour space."""
    if isinstance(space, pikepdf.Array) and len(space) == 2 and str(space[0]) == "/ICCBased":
        return {1: 1, 3: 3}.get(int(space[1].get("/N", 0)))
    return {"/DeviceGray": 1, "/DeviceRGB": 3}.get(str(space))
