"""TIFF files, tag by tag: many pages, loops, odd strips, rare kinds of pixels."""

import io
import struct
from collections.abc import Iterator

from PIL import Image

from .case import Case, failed
from .pictures import CMYK, DAMAGED, NOISE, PAPER, saved

KIND = "tiffs"
WIDTH, HEIGHT = 304, 420


def tiff(
    changes: dict[int, tuple[int, int, int]] | None = None,
    data: bytes = b"\xff" * (38 * 420),
    following: int = 0,
) -> bytes:
    """A page of one strip, black and white; ``changes`` replace tags: number to (type, count, value), count 0 drops it."""
    start = 8 + 2 + 12 * 12 + 4
    tags = {
        256: (4, 1, WIDTH), 257: (4, 1, HEIGHT), 258: (3, 1, 1), 259: (3, 1, 1), 262: (3, 1, 1), 273: (4, 1, start),
        277: (3, 1, 1), 278: (4, 1, HEIGHT), 279: (4, 1, len(data)),
    } | (changes or {})  # fmt: skip
    rows = [(tag, *row) for tag, row in sorted(tags.items()) if row[1]]
    body = struct.pack("<H", len(rows)) + b"".join(
        struct.pack("<HHII", tag, kind, count, value & 0xFFFFFFFF) for tag, kind, count, value in rows
    )
    head = struct.pack("<2sHI", b"II", 42, 8) + body + struct.pack("<I", following)
    return head.ljust(start, b"\x00") + data


def pages(count: int) -> bytes:
    data = io.BytesIO()
    small = Image.new("1", (40, 56), 1)
    small.save(data, "TIFF", save_all=True, append_images=[small] * (count - 1))
    return data.getvalue()


def linked(whole: bytes, to: int) -> bytes:
    """Return ``whole`` with the link after its first directory changed."""
    first = struct.unpack("<I", whole[4:8])[0]
    link = first + 2 + 12 * struct.unpack("<H", whole[first : first + 2])[0]
    return whole[:link] + struct.pack("<I", to) + whole[link + 4 :]


def cases() -> Iterator[Case]:
    whole = saved(NOISE, "TIFF")
    for name, content, says in (
        ("head", b"II*\x00\xff\xff\xff\x7f", DAMAGED),
        ("cut", whole[:-5000], DAMAGED),
        ("directory-empty", b"II*\x00\x08\x00\x00\x00" + bytes(6), DAMAGED),
        ("directory-beyond", b"II*\x00\x08\x00\x00\x00\xff\xff" + bytes(30), DAMAGED),
        ("bomb", tiff({256: (4, 1, 60_000), 257: (4, 1, 60_000)}), "the limit is 15000 a side"),
        ("sides-negative", tiff({256: (9, 1, -300)}), ""),
        ("sides-zero", tiff({257: (4, 1, 0)}), ""),
        ("no-strips", tiff({273: (4, 0, 0), 279: (4, 0, 0)}), DAMAGED),
        ("strip-beyond", tiff({273: (4, 1, 0x7FFFFFF0)}), DAMAGED),
        ("packing-unknown", tiff({259: (3, 1, 65_000)}), DAMAGED),
        ("bits-99", tiff({258: (3, 1, 99)}), DAMAGED),
    ):
        yield failed(KIND, f"{name}.tif", content, says)
    floats = Image.new("F", (300, 420), 0.9)
    for name, content in (
        ("plain", tiff()),
        ("loop", linked(whole, struct.unpack("<I", whole[4:8])[0])),
        ("far-link", linked(whole, 0x7FFFFFF0)),
        ("pages-60", pages(60)),
        ("rows-zero", tiff({278: (4, 1, 0)})),
        ("rows-huge", tiff({278: (4, 1, 0xFFFFFFFF)})),
        ("strip-too-long", tiff({279: (4, 1, 0x7FFFFFFF)})),
        ("strips-count", tiff({273: (4, 0x1FFFFFFF, 8), 279: (4, 0x1FFFFFFF, 8)})),
        ("samples-9", tiff({277: (3, 1, 9)})),
        ("tag-huge", tiff({700: (1, 0x7FFFFFFF, 8)})),
        ("inner-loop", tiff({330: (4, 1, 8), 34665: (4, 1, 8)})),
        ("dpi-zero", tiff({282: (5, 1, 120), 283: (5, 1, 120)})),
        ("turned", tiff({274: (3, 1, 6)})),
        ("turned-odd", tiff({274: (3, 1, 77)})),
        ("floats", saved(floats, "TIFF")),
        ("integers", saved(Image.new("I", (300, 420), 70_000), "TIFF")),
        ("sixteen-bits", saved(Image.new("I;16", (300, 420), 60_000), "TIFF")),
        ("inks", saved(CMYK, "TIFF")),
        ("lab", saved(Image.new("LAB", (300, 420), (240, 128, 128)), "TIFF")),
        ("alpha", saved(PAPER.convert("RGB").convert("RGBA"), "TIFF")),
        ("packed-lzw", saved(PAPER, "TIFF", compression="tiff_lzw")),
        ("packed-jpeg", saved(PAPER, "TIFF", compression="jpeg")),
        ("packed-fax", saved(PAPER.convert("1"), "TIFF", compression="group4")),
        ("fax-garbage", tiff({259: (3, 1, 4)}, bytes(range(256)) * 30)),
        ("lzw-garbage", tiff({259: (3, 1, 5)}, bytes(range(256)) * 30)),
        ("big", saved(PAPER, "TIFF", big_tiff=True)),
        ("backwards", b"MM\x00*" + bytes(range(200))),
    ):
        yield Case(KIND, f"{name}.tif", content)
