"""Reports that are sound for all that is odd about their file: they must be read."""

import io
from collections.abc import Iterator

import pikepdf

from ...intake.pdfs import one_page, pdf, stream
from .case import Case

KIND = "sound"
LINES = [
    "Trong quý vừa qua, ủy ban đã tổ chức đón tiếp 45 đoàn khách nước ngoài",
    "đến thăm và làm việc tại địa phương, bảo đảm đúng quy định về lễ tân.",
] * 5
REPORT = one_page(LINES)


def with_catalogue(entry: bytes, more: dict[int, bytes] | None = None) -> bytes:
    return pdf(REPORT | (more or {}) | {1: b"<</Type/Catalog/Pages 2 0 R" + entry + b">>"})


def owned() -> bytes:
    data = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(REPORT))) as document:
        document.save(data, encryption=pikepdf.Encryption(user="", owner="boss"))
    return data.getvalue()


def cases() -> Iterator[Case]:
    attached = b"/Names<</EmbeddedFiles<</Names[(a.exe)60 0 R]>>>>"
    file = b"<</Type/Filespec/F(a.exe)/EF<</F 61 0 R>>>>"
    for name, content in (
        ("javascript", with_catalogue(b"/OpenAction<</S/JavaScript/JS(while\\(1\\);)>>")),
        ("launch", with_catalogue(b"/OpenAction<</S/Launch/F(/usr/bin/touch)/P(launched)>>")),
        ("attached", with_catalogue(attached, {60: file, 61: stream(b"/Type/EmbeddedFile", b"MZ\x90\x00")})),
        ("owner-password", owned()),
        ("junk-before", b"\r\n--boundary\r\n" + b"x" * 500 + pdf(REPORT)),
        ("wrong-offsets", pdf(REPORT).replace(b"%PDF-1.4\n", b"%PDF-1.4\n%" + b"x" * 77 + b"\n", 1)),
    ):
        yield Case(KIND, f"{name}.pdf", content, "", ("ok",))
    yield Case(KIND, "misnamed.jpg", pdf(REPORT) + b"% once more\n", "is a PDF named .jpg", ("partial",))
