"""Tiny PDFs written by hand, so that a test says exactly what is in its file."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PIL import Image

A4 = "[0 0 595 842]"


def pdf(objects: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """Return a PDF of numbered ``objects``, the first being its catalogue, with a correct table of offsets."""
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = {}
    for number, body in objects.items():
        offsets[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % offsets[number] if number in offsets else b"0000000000 00000 f \n"
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, table)
    return bytes(out)


def stream(dictionary: bytes, content: bytes) -> bytes:
    return b"<<%s/Length %d>>\nstream\n" % (dictionary, len(content)) + content + b"\nendstream"


def one_page(
    lines: Sequence[str] = (),
    *,
    picture: bytes = b"",
    box: str = A4,
    page: str = "",
    left: int = 70,
    top: int = 770,
    size: int = 13,
) -> dict[int, bytes]:
    """Return the objects of a one-page PDF with ``lines`` of text over a full-page JPEG ``picture``.

    Helvetica draws some visible glyph for every character; a ToUnicode table says which character it stands for, as in
    a PDF with embedded fonts.
    """
    alphabet = sorted(set("".join(lines)) - {" "})
    codes = {character: 33 + index for index, character in enumerate(alphabet)} | {" ": 32}
    assert len(alphabet) <= 94
    content = b""
    if picture:
        content += b"q 595 0 0 842 0 0 cm /Im Do Q\n"
    for index, line in enumerate(lines):
        drawn = bytes(codes[character] for character in line).hex().encode()
        content += b"BT /F1 %d Tf %d %d Td <%s> Tj ET\n" % (
            size,
            left,
            top - index * round(size * 1.5),
            drawn,
        )
    table = "".join(f"<{code:02x}> <{c.encode('utf-16-be').hex()}>\n" for c, code in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin begincmap /CMapName /X def /CMapType 2 def "
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{table}endbfchar endcmap end end"
    )
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: f"<</Type/Page/Parent 2 0 R/MediaBox{box}{page}/Contents 4 0 R/Resources 5 0 R>>".encode(),
        4: stream(b"", content),
        5: b"<</Font<</F1 6 0 R>>/XObject<<" + (b"/Im 8 0 R" if picture else b"") + b">>>>",
        6: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 7 0 R>>",
        7: stream(b"", cmap.encode()),
    }
    if picture:
        with Image.open(io.BytesIO(picture)) as image:
            width, height = image.size
            colours = "DeviceGray" if image.mode == "L" else "DeviceRGB"
        objects[8] = stream(
            f"/Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/{colours}"
            "/BitsPerComponent 8/Filter/DCTDecode".encode(),
            picture,
        )
    return objects


def jpeg(image: Image.Image) -> bytes:
    data = io.BytesIO()
    image.save(data, "JPEG", quality=90)
    return data.getvalue()


@dataclass(frozen=True)
class Run:
    """Text of one font at a place of the page, in points from the bottom left; ``codes`` are the bytes as drawn."""

    x: float
    y: float
    codes: bytes
    font: str = ".VnTime"
    size: float = 13
    spacing: float = 0
    mode: int = 0
    white: bool = False


def page_of_runs(runs: Sequence[Run], *, picture: bytes = b"") -> dict[int, bytes]:
    """Return a page whose fonts claim to be Western (WinAnsiEncoding), as the fonts of TCVN3 and VNI do."""
    objects = one_page([], picture=picture)
    names = sorted({run.font for run in runs})
    content = b"q 595 0 0 842 0 0 cm /Im Do Q\n" if picture else b""
    for run in runs:
        content += b"BT %d Tr %g g %g Tc /F%d %g Tf %g %g Td <%s> Tj ET\n" % (
            run.mode,
            float(run.white),
            run.spacing,
            names.index(run.font),
            run.size,
            run.x,
            run.y,
            run.codes.hex().encode(),
        )
    objects[4] = stream(b"", content)
    fonts = b"".join(b"/F%d %d 0 R" % (index, 20 + index) for index in range(len(names)))
    objects[5] = b"<</Font<<" + fonts + b">>/XObject<<" + (b"/Im 8 0 R" if picture else b"") + b">>>>"
    for index, name in enumerate(names):
        escaped = "".join(c if c.isalnum() or c in "-+" else f"#{ord(c):02x}" for c in name)
        objects[20 + index] = (
            f"<</Type/Font/Subtype/Type1/BaseFont/{escaped}/Encoding/WinAnsiEncoding>>".encode()
        )
    return objects
