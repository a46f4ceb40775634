"""Three invented reports for the browser: drawn by Pillow, with the very boxes of their words, so nothing has to be read.

The values are written by hand beside the lines they quote; a test therefore knows what the page must show, whatever the
extraction makes of such lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from pipeline.document import (
    IDENTITY,
    Box,
    Document,
    Evidence,
    Extraction,
    FieldValue,
    Finding,
    Line,
    Page,
    Paragraph,
    Passage,
    Projection,
    Section,
    Word,
)
from pipeline.intake.fingerprint import fingerprint

EVIL = "<img src=x onerror=alert(1)><script>alert(2)</script>"
"""What a hostile scan may say: it must stay text wherever the page shows it."""

WIDTH, HEIGHT = 1240, 1754
DPI = 150
TO_SCAN: dict[int, Projection] = {
    0: IDENTITY,
    90: (0, 1, 0, -1, 0, 1, 0, 0, 1),
    180: (-1, 0, 1, 0, -1, 1, 0, 0, 1),
}
"""From the upright page to one that has to be turned clockwise by so many degrees to stand upright."""

FIRST = """ỦY BAN NHÂN DÂN
{place_caps}
Số: {number}/BC-UBND
{place}, ngày 05 tháng 12 năm {year}
BÁO CÁO
{subject}
I. CÔNG TÁC ĐỐI NGOẠI NĂM {year}
1. Đoàn ra: có {out} đoàn với 470/410 lượt người đi công tác nước ngoài.
2. Đoàn vào: đã đón {into} đoàn với 1.221 lượt người đến thăm và làm việc.
3. Kim ngạch xuất nhập khẩu đạt 80,2 triệu USD, bằng 86,1% so cùng kỳ.
4. Thỏa thuận quốc tế: Không."""

SECOND = """II. CÔNG TÁC NGƯỜI VIỆT NAM Ở NƯỚC NGOÀI
1. Kiều bào về thăm thân: 8199 lượt người, tăng so với năm trước.
2. Viện trợ phi chính phủ nước ngoài: 25,4 tỷ đồng cho 03 dự án.
III. PHƯƠNG HƯỚNG NĂM {next_year}
- Tiếp tục triển khai các nhiệm vụ đối ngoại.
- Tăng cường quản lý đoàn ra, đoàn vào.
Nơi nhận:
- Sở Ngoại vụ;
- Lưu: VT.
CHỦ TỊCH
Trần Văn Mẫu"""


@dataclass(frozen=True)
class Report:
    """What tells one of the three from the others; ``rotation`` is what its first page must be turned by."""

    place: str
    number: int
    year: int
    out: str
    into: str
    rotation: int = 0
    subject: str = "Kết quả công tác đối ngoại năm nay"


REPORTS = (
    Report("Đông Sơn", 312, 2019, "42", "17"),
    Report("Nga Sơn", 108, 2020, "36", "21", rotation=90),
    Report("Thạch Thành", 57, 2020, "08", "05", subject=EVIL),
)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for name in ("Tinos-Regular.ttf", "DejaVuSans.ttf"):
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)


def draw(number: int, text: str, rotation: int) -> tuple[Page, Image.Image]:
    """Return a page that says ``text``, a line each, and its picture as a scanner that lay askew would give it."""
    picture = Image.new("L", (WIDTH, HEIGHT), 252)
    pen, font, lines = ImageDraw.Draw(picture), _font(27), []
    for row, printed in enumerate(text.splitlines()):
        x, y, words = 120.0, 130 + row * 66, []
        for word in printed.split():
            length = pen.textlength(word, font)
            pen.text((x, y), word, 20, font)
            box = Box(x / WIDTH, (y + 2) / HEIGHT, (x + length) / WIDTH, (y + 34) / HEIGHT)
            words.append(Word(word, box, 0.93, number))
            x += length + 8
        lines.append(Line(tuple(words)))
    width, height = (WIDTH, HEIGHT) if rotation % 180 == 0 else (HEIGHT, WIDTH)
    page = Page(
        number, width, height, DPI, "scan", tuple(lines), rotation_deg=rotation, to_scan=TO_SCAN[rotation]
    )
    return page, picture.rotate(rotation, expand=True)


def quote(pages: Sequence[Page], text: str) -> Evidence:
    """Return the words of ``pages`` that say ``text``."""
    wanted = text.split()
    for page in pages:
        words = page.words
        for start in range(len(words) - len(wanted) + 1):
            if [word.text for word in words[start : start + len(wanted)]] == wanted:
                return Evidence(tuple(words[start : start + len(wanted)]))
    raise AssertionError(f"the pages do not say {text!r}")


def _fields(report: Report, pages: Sequence[Page]) -> Iterator[FieldValue]:
    def row(name: str, said: str, confidence: float, *reasons: str, **value: Any) -> FieldValue:
        shown = {"evidence": quote(pages, said)} if said else {}
        section = value.pop("section", "")
        state = value.pop("state", "reported")
        return FieldValue(
            name, state, section=section, confidence=confidence, reasons=reasons, needs_review=bool(reasons),
            **shown, **value,
        )  # fmt: skip

    people = "lượt người"
    yield row(
        "doc.number", f"{report.number}/BC-UBND", 0.35, "handwriting", value_number=Decimal(report.number)
    )
    yield row("doc.issued_on", f"ngày 05 tháng 12 năm {report.year}", 0.62, "low_reading_confidence",
              value_date=date(report.year, 12, 5))  # fmt: skip
    yield row("doc.issuer", "ỦY BAN NHÂN DÂN", 0.93, value_text=f"Ủy ban nhân dân huyện {report.place}")
    yield row("doc.subject", report.subject, 0.55, "odd_text", value_text=report.subject)
    for item, text in enumerate(("Sở Ngoại vụ", "Lưu: VT")):
        yield row("doc.recipients", "Sở Ngoại vụ;" if not item else "Lưu: VT.", 0.68, "weak_match", value_text=text,
                  item=item)  # fmt: skip
    yield row("doc.secrecy", "", 0.9, state="absent")
    yield row("doc.signed", "Trần Văn Mẫu", 0.58, "covered", value_text="true")
    yield row("report.year", f"năm {report.year}", 0.94, value_number=Decimal(report.year))
    yield row("report.province", "", 0.93, value_text="Thanh Hóa")
    yield row("report.district", "", 0.93, value_text=report.place)
    yield row("outbound.delegations", f"{report.out} đoàn", 0.71, "repaired", value_number=Decimal(report.out),
              unit="đoàn", section="1.1")  # fmt: skip
    yield row("outbound.people", "470/410 lượt người", 0.42, "ambiguous", "runner_up", value_number=Decimal(470),
              unit=people, section="1.1")  # fmt: skip
    yield row("inbound.people", "1.221 lượt người", 0.66, "ambiguous_mark", value_number=Decimal(1221), unit=people,
              section="1.2")  # fmt: skip
    yield row("trade.turnover", "80,2 triệu USD,", 0.64, "contradicted", value_number=Decimal(80_200_000),
              currency="USD", section="1.3")  # fmt: skip
    yield row("trade.vs_last_year", "86,1%", 0.92, value_number=Decimal("86.1"), unit="%", section="1.3")
    yield row(
        "agreements.count", "Không.", 0.69, "weak_match", state="none", value_number=Decimal(0), section="1.4"
    )
    yield row("conferences.count", "", 0.6, "low_confidence", state="absent")
    yield row("diaspora.visitors", "8199 lượt người,", 0.52, "weak_match", value_number=Decimal(8199), unit=people,
              section="2.1")  # fmt: skip
    yield row(
        "ngo.value", "25,4 tỷ đồng", 0.93, value_number=Decimal(25_400_000_000), currency="VND", section="2.2"
    )


def _sections(pages: Sequence[Page]) -> Iterator[Section]:
    """Yield the tree of headings: roman ones with arabic ones in them, the way the lines number themselves."""
    roman = arabic = 0
    for line in (line for page in pages for line in page.lines):
        first = line.words[0].text
        rest = line.words[1:]
        if first in ("I.", "II.", "III."):
            roman, arabic = roman + 1, 0
            yield Section(str(roman), 1, first[:-1], roman, "roman", Passage(rest))
        elif roman and first[:-1].isdigit():
            arabic += 1
            cut = next((n for n, word in enumerate(rest, 1) if word.text.endswith(":")), 3)
            path = f"{roman}.{arabic}"
            body = (Paragraph(rest[cut:]),)
            yield Section(path, 2, f"{roman}.{arabic}", arabic, "arabic", Passage(rest[:cut]), body)


def document(report: Report, path: Path) -> Document:
    """Return ``report`` as a run would have it; its scan of two pages is drawn at ``path``."""
    told = {
        "place": report.place, "place_caps": f"HUYỆN {report.place.upper()}", "number": report.number, "year": report.year,
        "out": report.out, "into": report.into, "subject": report.subject, "next_year": report.year + 1,
    }  # fmt: skip
    drawn = [draw(1, FIRST.format(**told), report.rotation), draw(2, SECOND.format(**told), 0)]
    pictures = [picture for _, picture in drawn]
    pictures[0].save(
        path, save_all=True, append_images=pictures[1:], dpi=(DPI, DPI), compression="tiff_deflate"
    )
    pages = tuple(page for page, _ in drawn)
    finding = Finding(
        "parts_in_sentence", "warning", ("trade.turnover",), "Kim ngạch không bằng tổng xuất và nhập",
        "Turnover is not export plus import", 1,
    )  # fmt: skip
    extraction = Extraction(tuple(_fields(report, pages)), tuple(_sections(pages)), findings=(finding,))
    return Document(
        fingerprint(path), str(path), (), path.stat().st_size, "ok", "", pages, extraction, "doi_ngoai"
    )
