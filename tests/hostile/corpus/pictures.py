"""Picture files that are broken, enormous, or of a rare kind."""

import io
import struct
import zlib
from collections.abc import Iterator

import numpy as np
from PIL import Image, PngImagePlugin

from .case import Case, failed

KIND = "pictures"
DAMAGED = "damaged or was cut short"
PAPER = Image.new("L", (300, 420), 240)


def noise(width: int, height: int, strength: float, middle: int = 128) -> Image.Image:
    """Return the same grain every time."""
    grain = np.random.default_rng(1).normal(middle, strength, (height, width))
    return Image.fromarray(np.clip(grain, 0, 255).astype(np.uint8))


NOISE = noise(300, 420, 3, 240)
"""Grain of paper: hard to pack, and nothing to read."""
COLOURED = Image.merge("RGB", [NOISE, PAPER, PAPER])
CMYK = Image.new("CMYK", (300, 420), (5, 5, 5, 5))


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, data: bytes, before: bytes = b"", depth: int = 8, colour: int = 0) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + before + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    data = io.BytesIO()
    image.copy().save(data, kind, **options)  # Pillow keeps settings of one kind in the picture for the next
    return data.getvalue()


def bmp(width: int, height: int, bits: int, data: bytes, packed: int = 0) -> bytes:
    header = struct.pack("<IiiHHIIiiII", 40, width, height, 1, bits, packed, len(data), 2835, 2835, 2, 2)
    palette = b"\x00\x00\x00\x00\xff\xff\xff\x00"
    return b"BM" + struct.pack("<IHHI", 62 + len(data), 0, 0, 62) + header + palette + data


def without_adobe(jpeg: bytes) -> bytes:
    """Return a JPEG without the marker that says how its inks are counted."""
    at = jpeg.index(b"\xff\xee")
    return jpeg[:at] + jpeg[at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big") :]


def exif(orientation: int) -> bytes:
    data = Image.Exif()
    data[0x0112] = orientation
    return data.tobytes()


def cases() -> Iterator[Case]:
    yield from _png()
    yield from _jpeg()
    yield from _others()


def _png() -> Iterator[Case]:
    for name, content, says in (
        ("bomb", png(60_000, 60_000, zlib.compress(bytes(10_000_000), 9)), "the limit is 15000 a side"),
        ("square", png(14_000, 14_000, zlib.compress(bytes(1000))), "the limit is 120 million"),
        ("overflow", png(2**31 - 1, 2**31 - 1, b""), "the limit is 15000 a side"),
        ("zero", png(0, 0, b""), DAMAGED),
        ("dot", saved(Image.new("1", (1, 1)), "PNG"), "too small"),
        ("line", saved(Image.new("1", (3000, 2)), "PNG"), "too small"),
        ("cut", saved(NOISE, "PNG")[:-5000], DAMAGED),
        ("header-only", saved(NOISE, "PNG")[:33], DAMAGED),
        ("no-data", png(300, 420, zlib.compress(b"")), DAMAGED),
        ("depth-3", png(300, 420, zlib.compress(bytes(126_420)), depth=3), DAMAGED),
        ("text-bomb", png(300, 420, zlib.compress(bytes(126_420)),
                          chunk(b"zTXt", b"a\x00\x00" + zlib.compress(bytes(50_000_000), 9))), DAMAGED),
    ):  # fmt: skip
        yield failed(KIND, f"{name}.png", content, says)
    note = PngImagePlugin.PngInfo()
    for key in range(500):
        note.add_text(f"k{key}", "x" * 1000)
    profile = chunk(b"iCCP", b"a\x00\x00" + zlib.compress(bytes(50_000_000), 9))
    for name, content in (
        ("profile-bomb", png(300, 420, zlib.compress(bytes(126_420)), profile)),
        ("much-text", saved(PAPER, "PNG", pnginfo=note)),
        ("sixteen-bits", saved(Image.new("I;16", (300, 420), 60_000), "PNG")),
        ("palette", saved(COLOURED.quantize(5), "PNG")),
        ("palette-clear", saved(COLOURED.quantize(5), "PNG", transparency=0)),
        ("grey-alpha", saved(PAPER.convert("LA"), "PNG")),
        ("colour-alpha", saved(COLOURED.convert("RGBA"), "PNG")),
        ("all-clear", saved(Image.new("RGBA", (300, 420)), "PNG")),
        ("one-bit", saved(PAPER.convert("1"), "PNG")),
        ("moving", saved(PAPER, "PNG", save_all=True, append_images=[NOISE])),
    ):
        yield Case(KIND, f"{name}.png", content)


def _jpeg() -> Iterator[Case]:
    whole = saved(NOISE, "JPEG")
    frame = b"\xff\xd8\xff\xc0\x00\x0b\x08%s\x01\x01\x11\x00\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + bytes(
        99
    )
    for name, content, says in (
        ("head", b"\xff\xd8\xff\xe0" + bytes(50), DAMAGED),
        ("cut", whole[:-5000], DAMAGED),
        ("bomb", frame % b"\xff\xff\xff\xff", "the limit is 15000 a side"),
        ("zero", frame % bytes(4), DAMAGED),
        ("no-tables", frame % struct.pack(">HH", 420, 300), DAMAGED),
        ("segment-beyond", b"\xff\xd8\xff\xe1\xff\xff" + bytes(99), DAMAGED),
    ):
        yield failed(KIND, f"{name}.jpg", content, says)
    scrambled = bytearray(whole)
    scrambled[2000:4000] = bytes(range(250)) * 8
    for name, content in (
        ("scrambled", bytes(scrambled)),
        ("junk-after", whole + bytes(9999)),
        ("progressive", saved(NOISE, "JPEG", progressive=True)),
        ("inks", saved(CMYK, "JPEG")),
        ("inks-plain", without_adobe(saved(CMYK, "JPEG"))),
        ("exif-broken", saved(PAPER, "JPEG", exif=b"Exif\x00\x00MM\x00*\xff\xff\xff\xff")),
        ("exif-odd", saved(PAPER, "JPEG", exif=exif(99))),
        ("two-pictures", saved(PAPER, "MPO", save_all=True, append_images=[NOISE])),
        *((f"turned-{n}", saved(PAPER, "JPEG", exif=exif(n))) for n in (3, 6)),
    ):
        yield Case(KIND, f"{name}.jpg", content)


def _others() -> Iterator[Case]:
    webp = saved(NOISE, "WEBP")
    for name, content, says in (
        ("cut.webp", webp[:-2000], DAMAGED),
        ("head.webp", b"RIFF\xff\xff\xff\x7fWEBPVP8 " + bytes(50), DAMAGED),
        (
            "liar.webp",
            b"RIFF\x30\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\xff\xff\xff\xff\xff\xff"
            + bytes(40),
            DAMAGED,
        ),
        ("cut.bmp", saved(NOISE, "BMP")[:-5000], DAMAGED),
        ("bomb.bmp", bmp(60_000, 60_000, 24, bytes(99)), "the limit is 15000 a side"),
        ("negative.bmp", bmp(-300, 420, 24, bytes(99)), "the limit is 15000 a side"),
        ("packed-garbage.bmp", bmp(300, 420, 8, bytes(range(256)) * 9, packed=1), ""),
        ("bits-7.bmp", bmp(300, 420, 7, bytes(9999)), DAMAGED),
        ("packed-unknown.bmp", bmp(300, 420, 8, bytes(9999), packed=77), DAMAGED),
    ):
        yield failed(KIND, name, content, says)
    for name, content in (
        ("lossless.webp", saved(PAPER, "WEBP", lossless=True)),
        ("clear.webp", saved(COLOURED.convert("RGBA"), "WEBP")),
        ("moving.webp", saved(PAPER, "WEBP", save_all=True, append_images=[NOISE])),
        ("upside-down.bmp", bmp(304, -420, 1, b"\xff" * (40 * 420))),
        ("two-colours.bmp", bmp(304, 420, 1, b"\xff" * (40 * 420))),
        ("picture-named.pdf", saved(PAPER, "PNG")),
    ):
        yield Case(KIND, name, content)
    # A page without print: none gives text, and the row says so.
    clouds = noise(9, 12, 70).resize((400, 560), Image.Resampling.BICUBIC)
    leaves = noise(60, 84, 60).resize((400, 560), Image.Resampling.BICUBIC)
    for name, image in (
        ("black.png", Image.new("L", (400, 560), 0)),
        ("white.png", Image.new("L", (400, 560), 255)),
        ("noise.png", noise(400, 560, 120)),
        ("pepper.png", noise(620, 877, 90).point(lambda grey: 255 * (grey > 60), "1")),
        ("dark.png", noise(400, 560, 10, 30)),
        ("photograph.jpg", Image.merge("RGB", [Image.blend(clouds, leaves, share) for share in (0.3, 0.5, 0.7)])),
    ):  # fmt: skip
        kind = "JPEG" if name.endswith("jpg") else "PNG"
        says = "every page is blank" if name == "white.png" else "nothing legible"
        yield failed(KIND, name, saved(image, kind), says)
