"""PDFs whose structure is broken, cut, doubled, or lies."""

import io
import zlib
from collections.abc import Iterator

import pikepdf
from PIL import Image

from ...intake.encryption import protected
from ...intake.pdfs import jpeg, one_page, pdf, stream
from .case import Case, failed
from .pictures import NOISE

BOX = "[0 0 200 280]"
KIND = "pdf-structure"
DAMAGED = "damaged or was cut short"
WHOLE = pdf(one_page(["x"], box=BOX))
SCAN = pdf(one_page(picture=jpeg(NOISE), box=BOX))


def page(**other: str) -> dict[int, bytes]:
    """A small page whose dictionary has further entries."""
    extra = "".join(f"/{key} {value}" for key, value in other.items())
    return one_page(["x"], box=BOX, page=extra)


def boxed(box: str) -> bytes:
    return pdf(one_page(["x"], box=box))


def pages(tree: bytes, **more: bytes) -> bytes:
    """A PDF whose page tree is ``tree`` and has further objects."""
    return pdf(one_page(["x"], box=BOX) | {2: tree} | {int(key[1:]): value for key, value in more.items()})


def nested(depth: int) -> bytes:
    """A page tree of ``depth`` nodes, one within the other."""
    objects = one_page(["x"], box=BOX) | {2: b"<</Type/Pages/Kids[100 0 R]/Count 1>>"}
    for i in range(100, 100 + depth):
        objects[i] = b"<</Type/Pages/Parent %d 0 R/Kids[%d 0 R]/Count 1>>" % (i - 1 if i > 100 else 2, i + 1)
    objects[100 + depth] = objects[3].replace(b"/Parent 2 0 R", b"/Parent %d 0 R" % (99 + depth))
    return pdf(objects)


def flat(count: int) -> bytes:
    """A PDF of ``count`` pages, all of them one object's copies."""
    objects = one_page(["x"], box=BOX)
    kids = b" ".join(b"%d 0 R" % i for i in range(100, 100 + count))
    objects[2] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)
    objects |= dict.fromkeys(range(100, 100 + count), b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 280]>>")
    return pdf(objects)


def saved(**options: object) -> bytes:
    data = io.BytesIO()
    with pikepdf.open(io.BytesIO(SCAN)) as document:
        document.save(data, **options)  # type: ignore[arg-type]
    return data.getvalue()


def encrypted(user: str, owner: str, strength: int) -> bytes:
    return saved(
        encryption=pikepdf.Encryption(
            user=user, owner=owner, R=strength, aes=strength >= 4, metadata=strength >= 4
        )
    )


def cases() -> Iterator[Case]:
    yield from _cut()
    yield from _trees()
    yield from _boxes()
    yield from _encrypted()
    yield from _objects()


def _cut() -> Iterator[Case]:
    linear = saved(linearize=True)
    yield failed(KIND, "head.pdf", b"%PDF-1.7\n", DAMAGED)
    yield failed(KIND, "head-and-noise.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 200, DAMAGED)
    for percent in (5, 25, 50, 75, 95):
        yield Case(KIND, f"cut-{percent}.pdf", SCAN[: len(SCAN) * percent // 100])
        yield Case(KIND, f"linear-cut-{percent}.pdf", linear[: len(linear) * percent // 100])
    yield Case(KIND, "no-end.pdf", WHOLE[: WHOLE.rindex(b"startxref")], "may have been cut short")
    yield failed(KIND, "no-table.pdf", WHOLE[: WHOLE.rindex(b"xref\n0")], DAMAGED)
    yield Case(KIND, "zeros-after.pdf", WHOLE + bytes(1_000_000))
    yield Case(KIND, "two-in-one.pdf", WHOLE + SCAN, "one after the other")
    yield Case(KIND, "three-in-one.pdf", WHOLE + b"\r\n" + WHOLE + SCAN, "one after the other")
    yield Case(KIND, "same-twice.pdf", WHOLE + WHOLE, "one after the other")
    yield Case(KIND, "updated.pdf", WHOLE + b"\n7 0 obj\n<<>>\nendobj\nstartxref\n999999\n%%EOF\n")
    yield Case(KIND, "junk-before.pdf", b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 900 + WHOLE)
    yield failed(KIND, "much-junk-before.pdf", b"x" * 2000 + WHOLE, "a text file")
    yield Case(KIND, "html-and-pdf.pdf", b"<html><body>" + WHOLE)
    yield Case(KIND, "pdf-and-zip.pdf", WHOLE + b"PK\x03\x04" + bytes(26) + b"PK\x05\x06" + bytes(18))
    yield Case(KIND, "pdf-and-jpeg.pdf", WHOLE + jpeg(Image.new("L", (50, 50))))
    yield Case(KIND, "jpeg-and-pdf.jpg", jpeg(Image.new("L", (300, 420), 255)) + WHOLE)
    yield Case(KIND, "version.pdf", WHOLE.replace(b"%PDF-1.4", b"%PDF-9.9", 1))
    yield Case(KIND, "carriage-returns.pdf", WHOLE.replace(b"\n", b"\r"))
    yield Case(KIND, "wrong-offsets.pdf", WHOLE.replace(b"%PDF-1.4\n", b"%PDF-1.4\n%" + b"x" * 77 + b"\n", 1))
    yield Case(KIND, "start-far-away.pdf", WHOLE.replace(b"startxref\n", b"startxref\n9", 1))
    yield Case(KIND, "start-negative.pdf", WHOLE.replace(b"startxref\n", b"startxref\n-", 1))
    yield Case(
        KIND, "table-in-circle.pdf", pdf(one_page(["x"], box=BOX), b"/Prev %d" % WHOLE.rindex(b"xref\n0"))
    )


def _trees() -> Iterator[Case]:
    yield failed(KIND, "no-pages.pdf", pages(b"<</Type/Pages/Kids[]/Count 0>>"), "no pages")
    yield failed(KIND, "loop.pdf", pages(b"<</Type/Pages/Kids[2 0 R]/Count 1>>"), "damaged")
    first, second = (b"<</Type/Pages/Kids[%s]/Count 9>>" % kids for kids in (b"51 0 R 51 0 R", b"50 0 R"))
    circle = pages(b"<</Type/Pages/Kids[50 0 R]/Count 9>>", _50=first, _51=second)
    yield failed(KIND, "long-loop.pdf", circle, "damaged")
    yield failed(
        KIND, "count-liar.pdf", pages(b"<</Type/Pages/Kids[3 0 R]/Count 4000>>"), "list of pages is wrong"
    )
    yield Case(KIND, "count-negative.pdf", pages(b"<</Type/Pages/Kids[3 0 R]/Count -4>>"))
    yield Case(KIND, "count-huge.pdf", pages(b"<</Type/Pages/Kids[3 0 R]/Count 2147483647>>"))
    yield Case(KIND, "count-beyond.pdf", pages(b"<</Type/Pages/Kids[3 0 R]/Count 99999999999999999999>>"))
    yield Case(KIND, "count-text.pdf", pages(b"<</Type/Pages/Kids[3 0 R]/Count(many)>>"))
    yield Case(KIND, "listed-not-there.pdf", pages(b"<</Type/Pages/Kids[3 0 R 77 0 R]/Count 2>>"))
    yield Case(KIND, "kids-null.pdf", pages(b"<</Type/Pages/Kids null/Count 1>>"))
    yield Case(
        KIND, "one-page-many-times.pdf", pages(b"<</Type/Pages/Kids[" + b"3 0 R " * 4 + b"]/Count 4>>")
    )
    yield failed(KIND, "no-root.pdf", WHOLE.replace(b"/Root 1 0 R", b"/Boot 1 0 R"), "damaged")
    yield failed(KIND, "root-missing.pdf", WHOLE.replace(b"/Root 1 0 R", b"/Root 90 0 R"), "damaged")
    yield failed(KIND, "root-null.pdf", pdf(one_page(["x"], box=BOX) | {1: b"null"}), "damaged")
    yield Case(KIND, "deep-tree-60.pdf", nested(60))
    yield Case(KIND, "deep-tree-9000.pdf", nested(9000))
    yield failed(KIND, "pages-12000.pdf", flat(12_000), "more than 5000 pages")


def _boxes() -> Iterator[Case]:
    for name, box, says in (
        ("huge", "[0 0 200000 200000]", "the limit is 15000 a side"),
        ("beyond", "[0 0 1e30 1e30]", ""),
        ("long", "[0 0 9000 20]", ""),
        ("zero", "[0 0 0 0]", ""),
        ("flat", "[0 0 200 0]", ""),
        ("tiny", "[0 0 .01 .01]", ""),
        ("negative", "[-200 -280 0 0]", ""),
        ("reversed", "[200 280 0 0]", ""),
        ("text", "[(a) (b) (c) (d)]", ""),
        ("short", "[0 0 200]", ""),
        ("nan", "[0 0 NaN Inf]", ""),
        ("far", "[1e9 1e9 1000000200 1000000280]", ""),
        ("null", "null", ""),
    ):
        yield Case(KIND, f"box-{name}.pdf", boxed(box), says)
    for name, entry in (
        ("crop-outside", {"CropBox": "[900 900 999 999]"}),
        ("crop-huge", {"CropBox": "[-1e7 -1e7 1e7 1e7]"}),
        ("rotate-45", {"Rotate": "45"}),
        ("rotate-back", {"Rotate": "-90"}),
        ("rotate-far", {"Rotate": "2147483640"}),
        ("rotate-text", {"Rotate": "(x)"}),
        ("unit-huge", {"UserUnit": "100000"}),
        ("unit-zero", {"UserUnit": "0"}),
        ("unit-negative", {"UserUnit": "-3"}),
        ("contents-missing", {"Contents": "99 0 R"}),
        ("contents-self", {"Contents": "3 0 R"}),
        ("contents-many", {"Contents": "[" + "4 0 R " * 900 + "]"}),
        ("resources-self", {"Resources": "3 0 R"}),
        ("annots-text", {"Annots": "(none)"}),
        ("annots-self", {"Annots": "[3 0 R 3 0 R]"}),
    ):
        yield Case(KIND, f"page-{name}.pdf", pdf(page(**entry)))


def _encrypted() -> Iterator[Case]:
    future = b"/Encrypt<</Filter/Standard/V 99/R 99/P -4/O<00>/U<00>>>/ID[<00><00>]"
    yield Case(KIND, "cipher-future.pdf", pdf(one_page(["x"], box=BOX), future))
    password = "protected by a password"
    yield failed(KIND, "password-rc4-40.pdf", pdf(*protected(one_page(["x"], box=BOX), b"secret")), password)
    for strength in (3, 4, 6):
        yield failed(KIND, f"password-r{strength}.pdf", encrypted("secret", "boss", strength), password)
        yield Case(
            KIND,
            f"owner-r{strength}.pdf",
            encrypted("", "boss", strength),
            statuses=("ok", "partial", "failed"),
        )
    yield Case(KIND, "owner-rc4-40.pdf", pdf(*protected(one_page(["x"], box=BOX), b"")))
    handler = b"/Encrypt<</Filter/%s/V %d/R %d/P -4/O<00>/U<00>>>/ID[<00><00>]"
    for name, content in (
        ("public-key", handler % (b"Adobe.PubSec", 4, 4)),
        ("unknown", handler % (b"FileOpen", 1, 2)),
    ):
        yield failed(KIND, f"cipher-{name}.pdf", pdf(one_page(["x"], box=BOX), content), "encrypted")


def _objects() -> Iterator[Case]:
    small = one_page(["x"], box=BOX)
    packed = zlib.compress(b"BT /F1 13 Tf 70 200 Td (x) Tj ET")
    for name, objects in (
        ("length-long", {4: b"<</Length 99999999>>\nstream\nq Q\nendstream"}),
        ("length-negative", {4: b"<</Length -5>>\nstream\nq Q\nendstream"}),
        ("length-self", {4: b"<</Length 4 0 R>>\nstream\nq Q\nendstream"}),
        ("filter-unknown", {4: stream(b"/Filter/Nothing", b"q Q")}),
        ("filter-self", {4: stream(b"/Filter 4 0 R", b"q Q")}),
        ("deflate-garbage", {4: stream(b"/Filter/FlateDecode", bytes(range(256)) * 4)}),
        ("deflate-cut", {4: stream(b"/Filter/FlateDecode", packed[:-6])}),
        ("predictor-odd", {4: stream(b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2000000000>>", packed)}),
        ("stream-without-end", {4: b"<</Length 3>>\nstream\nq Q"}),
        ("deep-arrays", {5: b"[" * 60_000 + b"]" * 60_000}),
        ("deep-dictionaries", {5: b"<</A" * 30_000 + b" 1" + b">>" * 30_000}),
        ("long-name", {5: b"<</" + b"A" * 300_000 + b" 1>>"}),
        ("long-number", {5: b"<</A " + b"9" * 100_000 + b">>"}),
        ("odd-operators", {4: stream(b"", b"\xff\x00( [ << /\\( BT ET ET EMC Q Q Q Q BI ID EI Do Tj")}),
        ("huge-numbers", {4: stream(b"", b"1e38 0 0 1e38 -1e38 1e38 cm BT /F1 1e30 Tf 9 9 Td <41> Tj ET 0 0 1e38 1e38 re f")}
         ),
        ("font-missing", {5: b"<</Font<<>>>>"}),
        ("font-self", {6: b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[6 0 R]>>"}),
        ("font-garbage", {6: b"<</Type/Font/Subtype/TrueType/BaseFont/X/FontDescriptor 40 0 R>>",
                          40: b"<</Type/FontDescriptor/FontName/X/Flags 4/FontFile2 41 0 R>>",
                          41: stream(b"", b"\x00\x01\x00\x00" + bytes(range(256)) * 30)}),
        ("font-cff-garbage", {6: b"<</Type/Font/Subtype/Type1/BaseFont/X/FontDescriptor 40 0 R>>",
                              40: b"<</Type/FontDescriptor/FontName/X/Flags 4/FontFile3 41 0 R>>",
                              41: stream(b"/Subtype/Type1C", b"\x01\x00\x04\x04" + bytes(range(256)) * 9)}),
        ("font-type3-loop", {6: b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 0"
                                b"/LastChar 255/Encoding<</Differences[0/a 33/a]>>/CharProcs<</a 40 0 R>>/Resources 5 0 R>>",
                             40: stream(b"", b"9 0 d0 BT /F1 1 Tf <21> Tj ET")}),
        ("cmap-loop", {7: stream(b"/UseCMap 7 0 R", b"/X usecmap begincmap endcmap")}),
        ("stream-elsewhere", {4: b"<</Length 0/F(/etc/passwd)>>\nstream\n\nendstream"}),
        ("stream-on-the-net", {4: b"<</Length 0/F<</FS/URL/F(http://192.0.2.1/x)>>>>\nstream\n\nendstream"}),
    ):  # fmt: skip
        yield Case(KIND, f"{name}.pdf", pdf(small | objects))
