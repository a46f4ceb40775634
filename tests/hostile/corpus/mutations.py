"""A fuzzer over valid files: the same bytes every time for the same seed."""

import random
from collections.abc import Iterator

from PIL import Image

from ...intake.pdfs import jpeg, one_page, pdf
from .case import Case
from .pdf_structure import BOX, saved
from .pictures import NOISE, PAPER
from .pictures import saved as pictured

KIND = "mutations"
_TOKENS = (
    b"0",
    b"-1",
    b"2147483647",
    b"99999999999",
    b"null",
    b"/Length",
    b"endobj",
    b"stream\n",
    b"<<",
    b"[",
    b"(",
    b"\x00",
    b"\xff\xff\xff\xff",
)


def seeds() -> dict[str, bytes]:
    """Return a small valid file of every kind that is read."""
    # Nothing to read, so that a changed file costs no more than its opening.
    small = NOISE.resize((120, 160))
    return {
        "text.pdf": pdf(one_page(["Cong tac doi ngoai"], box=BOX)),
        "scan.pdf": pdf(one_page(picture=jpeg(small), box=BOX)),
        "packed.pdf": saved(object_stream_mode=2),
        "page.png": pictured(small, "PNG"),
        "page.jpg": pictured(small, "JPEG"),
        "page.tif": pictured(
            PAPER.resize((120, 160)), "TIFF", save_all=True, append_images=[small.copy()] * 2
        ),
        "fax.tif": pictured(small.convert("1"), "TIFF", compression="group4"),
        "page.webp": pictured(small, "WEBP"),
        "page.bmp": pictured(Image.new("P", (120, 160)), "BMP"),
    }


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return ``data`` with a few bytes, pieces or words changed; the first four bytes mostly stay."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 4, 8, 20))):
        if len(changed) < 16:
            break
        # Headers are where it hurts: half of the changes go into the first 600 bytes or the last 300.
        low, high = chance.choice(
            ((4, len(changed)), (4, min(600, len(changed))), (max(4, len(changed) - 300), len(changed)))
        )
        at = chance.randrange(low, high)
        match chance.randrange(7):
            case 0:
                changed[at] ^= 1 << chance.randrange(8)
            case 1:
                changed[at] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)))
            case 2:
                del changed[at : at + chance.choice((1, 4, 100, 3000))]
            case 3:
                piece = changed[at : at + chance.choice((1, 8, 200))]
                changed[at:at] = piece * chance.choice((1, 2, 30))
            case 4:
                changed[at : at + chance.choice((0, 1, 4))] = chance.choice(_TOKENS)
            case 5:
                other = chance.randrange(len(changed))
                changed[at : at + 40] = changed[other : other + 40]
            case 6:
                changed[at : at + 8] = chance.randbytes(8)
    return bytes(changed)


def cases(each: int = 6) -> Iterator[Case]:
    for name, data in seeds().items():
        chance = random.Random(f"{name} 1")
        for number in range(each):
            yield Case(KIND, f"{number}-{name}", mutated(data, chance))
