"""PDFs that are small and want much: memory, time, or recursion without end."""

import zlib
from collections.abc import Iterator

from ...intake.pdfs import one_page, pdf, stream
from .case import Case
from .pdf_structure import BOX

KIND = "pdf-bombs"


def drawing(content: bytes, more: dict[int, bytes] | None = None, dictionary: bytes = b"") -> bytes:
    """A page that draws ``content``."""
    return pdf(one_page(["x"], box=BOX) | {4: stream(dictionary, content)} | (more or {}))


def pictured(dictionary: str, data: bytes, more: dict[int, bytes] | None = None) -> bytes:
    """A page that is one picture with this dictionary and packed ``data``."""
    picture = {
        4: stream(b"", b"q 200 0 0 280 0 0 cm /Im Do Q"),
        5: b"<</XObject<</Im 8 0 R>>>>",
        8: stream(f"/Type/XObject/Subtype/Image{dictionary}".encode(), data),
    }
    return pdf(one_page(["x"], box=BOX) | picture | (more or {}))


def size(width: int, height: int, bits: int = 8, colours: str = "/DeviceGray") -> str:
    return f"/Width {width}/Height {height}/BitsPerComponent {bits}/ColorSpace{colours}"


def deflated(data: bytes, times: int = 1) -> tuple[bytes, bytes]:
    """Return the filters and the data, packed so many times over."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    return b"/Filter[" + b"/FlateDecode" * times + b"]", data


def chain(length: int) -> dict[int, bytes]:
    """Forms that draw the next one, ``length`` of them."""
    forms = {
        100 + i: stream(
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A %d 0 R>>>>" % (101 + i),
            b"/A Do",
        )
        for i in range(length)
    }
    return forms | {5: b"<</XObject<</A 100 0 R>>>>"}


def doubling(depth: int) -> dict[int, bytes]:
    """Forms that draw the next one ten times: ten to the power of ``depth`` drawings."""
    forms = {
        100 + i: stream(
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A %d 0 R>>>>" % (101 + i),
            b"/A Do " * 10,
        )
        for i in range(depth)
    }
    last = {100 + depth: stream(b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]", b"0 0 9 9 re f")}
    return forms | last | {5: b"<</XObject<</A 100 0 R>>>>"}


def endless() -> bytes:
    """A page that takes for ever to draw: a pattern of tiles of a ten-thousandth of a point."""
    tile = b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep .0001/YStep .0001/Resources<<>>"
    objects = {5: b"<</Pattern<</P 40 0 R>>>>", 40: stream(tile, b"0 0 1 1 re f")}
    return drawing(b"/Pattern cs /P scn 0 0 200 280 re f", objects)


def object_stream(spaces: int, times: int = 1) -> bytes:
    """A sound PDF whose catalogue and page lie in an object stream that ends with so many spaces, packed ``times`` over."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 280]>>",
    )
    at, places, content = 0, [], b""
    for number, body in enumerate(objects, start=1):
        places.append(b"%d %d " % (number, at))
        content += body + b" "
        at = len(content)
    head = b"".join(places)
    filters, packed = deflated(head + content + b" " * spaces, times)
    out = b"%PDF-1.5\n"
    stream_at = len(out)
    out += b"5 0 obj\n" + stream(b"/Type/ObjStm/N 3/First %d" % len(head) + filters, packed) + b"\nendobj\n"
    table = len(out)
    rows = b"".join(
        kind.to_bytes(1, "big") + place.to_bytes(4, "big") + index.to_bytes(2, "big")
        for kind, place, index in (
            (0, 0, 65535),
            (2, 5, 0),
            (2, 5, 1),
            (2, 5, 2),
            (1, table, 0),
            (1, stream_at, 0),
        )
    )
    index = stream(b"/Type/XRef/Size 6/W[1 4 2]/Root 1 0 R", rows)
    return out + b"4 0 obj\n" + index + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % table


def cross_reference(entries: bytes, rows: bytes) -> bytes:
    body = b"%PDF-1.5\n"
    return body + b"4 0 obj\n" + stream(entries, rows) + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(body)


def cases() -> Iterator[Case]:
    yield from _content()
    yield from _recursion()
    yield from _pictures()


def _content() -> Iterator[Case]:
    filters, data = deflated(b" " * 9_000_000)
    twice, packed = deflated(b" " * 20_000_000, 2)
    for name, content in (
        ("deflate", drawing(data, dictionary=filters)),
        ("deflate-twice", drawing(packed, dictionary=twice)),
        ("deflate-strokes", drawing(zlib.compress(b"0 0 m 9 9 l S\n" * 30_000, 9), dictionary=b"/Filter/FlateDecode")),
        ("ascii85-chain", drawing(b"z" * 9000 + b"~>", dictionary=b"/Filter[" + b"/ASCII85Decode" * 60 + b"]")),
        ("run-length", drawing(b"\x81 " * 100_000 + b"\x80", dictionary=b"/Filter/RunLengthDecode")),
        ("object-stream", object_stream(8_000_000)),
        ("object-stream-twice", object_stream(8_000_000, 2)),
        ("table-size", cross_reference(b"/Type/XRef/Size 2147483647/W[1 4 2]/Index[0 2147483647]/Root 1 0 R", bytes(70))),
        ("table-widths", cross_reference(b"/Type/XRef/Size 6/W[999999999 4 2]/Root 1 0 R", bytes(70))),
        ("table-negative", cross_reference(b"/Type/XRef/Size -6/W[1 -4 2]/Index[-9 9]/Root 1 0 R", bytes(70))),
        ("save-without-end", drawing(b"q " * 40_000)),
        ("clip-without-end", drawing(b"0 0 9 9 re W n " * 20_000)),
        ("dashes", drawing(b"[.01] 0 d 0 0 m 200 280 l S " * 3)),
        ("curves", drawing(zlib.compress(b"0 0 m 1 1 999 9 200 280 c S " * 1500), dictionary=b"/Filter/FlateDecode")),
        ("text-huge", drawing(b"BT /F1 100000 Tf 9 9 Td <4141414141> Tj ET " * 300)),
        ("text-flood", drawing(zlib.compress(b"BT /F1 6 Tf 9 9 Td <4142434445> Tj ET\n" * 9000),
                               dictionary=b"/Filter/FlateDecode")),
        ("to-unicode", pdf(one_page(["x"], box=BOX) | {7: stream(b"",
            b"begincmap 1 beginbfrange <00> <ff> <" + b"0041" * 200_000 + b"> endbfrange endcmap")})),
        ("inline-picture", drawing(b"BI /W 40000 /H 40000 /BPC 8 /CS /G ID " + bytes(99) + b" EI")),
        ("mesh", drawing(b"/S sh", {5: b"<</Shading<</S 40 0 R>>>>",
            40: stream(b"/ShadingType 4/ColorSpace/DeviceGray/BitsPerCoordinate 32/BitsPerComponent 16/BitsPerFlag 8"
                       b"/Decode[0 1 0 1 0 1]/Filter/FlateDecode", zlib.compress(bytes(11 * 60_000)))})),
        ("function-samples", drawing(b"/S sh", {5: b"<</Shading<</S 40 0 R>>>>",
            40: b"<</ShadingType 1/ColorSpace/DeviceGray/Function 41 0 R>>",
            41: stream(b"/FunctionType 0/Domain[0 1 0 1]/Range[0 1]/Size[60000 60000]/BitsPerSample 8", bytes(99))})),
        ("function-program", drawing(b"/S sh", {5: b"<</Shading<</S 40 0 R>>>>",
            40: b"<</ShadingType 1/ColorSpace/DeviceGray/Function 41 0 R>>",
            41: stream(b"/FunctionType 4/Domain[0 1 0 1]/Range[0 1]", b"{" * 3000 + b"}" * 3000)})),
    ):  # fmt: skip
        yield Case(KIND, f"{name}.pdf", content)


def _recursion() -> Iterator[Case]:
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
    itself = {5: b"<</XObject<</A 100 0 R>>>>", 100: stream(form + b"/Resources 5 0 R", b"/A Do /A Do")}
    pattern = {
        5: b"<</Pattern<</P 100 0 R>>>>",
        100: stream(b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9/Resources 5 0 R",
                    b"/Pattern cs /P scn 0 0 9 9 re f"),
    }  # fmt: skip
    mask = {
        5: b"<</ExtGState<</G 101 0 R>>/XObject<</A 100 0 R>>>>",
        100: stream(form + b"/Group<</S/Transparency>>/Resources 5 0 R", b"/G gs 0 0 9 9 re f"),
        101: b"<</SMask<</S/Luminosity/G 100 0 R>>>>",
    }
    yield Case(KIND, "form-itself.pdf", drawing(b"/A Do", itself))
    yield Case(KIND, "forms-2000-deep.pdf", drawing(b"/A Do", chain(2000)))
    yield Case(KIND, "forms-doubling.pdf", drawing(b"/A Do", doubling(4)))
    yield Case(KIND, "pattern-itself.pdf", drawing(b"/Pattern cs /P scn 0 0 99 99 re f", pattern))
    yield Case(KIND, "mask-itself.pdf", drawing(b"/G gs /A Do", mask))
    group = b"/Group<</S/Transparency/I true>>/BBox"
    groups = {key: value.replace(b"/BBox", group) for key, value in chain(300).items()}
    yield Case(KIND, "groups-300-deep.pdf", drawing(b"/A Do", groups))
    colour = {100 + i: b"[/Indexed %d 0 R 1 <0000>]" % (101 + i) for i in range(3000)}
    yield Case(KIND, "colours-3000-deep.pdf",
               pictured(size(9, 9, colours=" 100 0 R"), bytes(81), colour | {3100: b"/DeviceGray"}))  # fmt: skip
    yield Case(
        KIND,
        "colour-itself.pdf",
        pictured(size(9, 9, colours=" 100 0 R"), bytes(81), {100: b"[/ICCBased 100 0 R]"}),
    )


def _pictures() -> Iterator[Case]:
    limit = "the limit is"
    for name, dictionary, data, says in (
        ("declared-90000", size(90_000, 90_000), bytes(99), limit),
        ("negative", size(-9, -9), bytes(99), ""),
        ("zero", size(0, 0), b"", ""),
        ("sides-overflow", size(65_536, 65_536), bytes(99), limit),
        ("bits-odd", size(99, 99, bits=77), bytes(9900), ""),
        ("deflate", size(9000, 9000) + "/Filter/FlateDecode", zlib.compress(bytes(10_000_000), 9), ""),
        ("jpeg-garbage", size(99, 99) + "/Filter/DCTDecode", b"\xff\xd8\xff\xe0" + bytes(999), ""),
        ("jpeg-empty", size(99, 99) + "/Filter/DCTDecode", b"", ""),
        ("jpeg-2000-garbage", size(99, 99) + "/Filter/JPXDecode", b"\x00\x00\x00\x0cjP  \r\n\x87\n" + bytes(99), ""),
        ("jpeg-2000-huge", "/Width 60000/Height 60000/Filter/JPXDecode",
         b"\xff\x4f\xff\x51\x00\x29\x00\x00" + (60_000).to_bytes(4, "big") * 2 + bytes(8)
         + (60_000).to_bytes(4, "big") * 2 + bytes(8) + b"\x00\x01\x07\x01\x01", limit),
        ("jbig2-garbage", size(99, 99, 1) + "/Filter/JBIG2Decode", bytes(range(256)) * 4, ""),
        ("jbig2-huge-page", size(99, 99, 1) + "/Filter/JBIG2Decode",
         b"\x00\x00\x00\x00\x30\x00\x01\x00\x00\x00\x13\x7f\xff\xff\xff\x7f\xff\xff\xff" + bytes(11), ""),
        ("fax-wide", size(99, 99, 1) + "/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 2000000000>>", bytes(999), ""),
        ("fax-garbage", size(999, 999, 1) + "/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 999>>",
         bytes(range(256)) * 9, ""),
        ("lzw-garbage", size(99, 99) + "/Filter/LZWDecode", bytes(range(256)) * 4, ""),
        ("sixteen-bits", size(99, 99, 16), bytes(2 * 9801), ""),
        ("palette-short", size(99, 99, 8, "[/Indexed/DeviceRGB 255 <00>]"), bytes(range(99)) * 99, ""),
        ("icc-garbage", size(99, 99, 8, "[/ICCBased 60 0 R]"), bytes(9801), ""),
        ("ink-missing", size(99, 99, 8, "[/Separation/X/Nothing 60 0 R]"), bytes(9801), ""),
        ("stencil-huge", "/ImageMask true/Width 50000/Height 50000/BitsPerComponent 1", bytes(99), limit),
        ("mask-huge", size(9, 9) + "/SMask 61 0 R", bytes(81), ""),
        ("mask-itself", size(9, 9) + "/SMask 8 0 R", bytes(81), ""),
    ):  # fmt: skip
        more = {
            60: stream(b"/N 1", bytes(range(256))),
            61: stream(f"/Type/XObject/Subtype/Image{size(60_000, 60_000)}".encode(), bytes(99)),
        }
        yield Case(KIND, f"picture-{name}.pdf", pictured(dictionary, data, more), says)
    many = b"q 1 0 0 1 9 9 cm /Im Do Q " * 6000
    yield Case(
        KIND, "picture-6000-times.pdf", pictured(size(2, 2), bytes(4), {4: stream(b"", many)}), "made of"
    )
