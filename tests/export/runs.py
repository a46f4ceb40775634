"""A finished run for the tests of exports: scans drawn here, their pages in the cache, their values in the tables."""

import json
import math
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from pipeline.batch.cache import PageCache, page_key
from pipeline.dataset.writing import write_dataset
from pipeline.document import (
    Box,
    Delegation,
    Document,
    Entity,
    Evidence,
    Extraction,
    FieldValue,
    Finding,
    Line,
    Mark,
    Page,
    Passage,
    Reference,
    Rival,
    Section,
    Word,
)
from pipeline.extraction.profile import load_profile

FIELDS = load_profile("doi_ngoai").fields
MARKED = (
    "àáảãạ ăằắẳẵặ âầấẩẫậ đ èéẻẽẹ êềếểễệ ìíỉĩị òóỏõọ ôồốổỗộ ơờớởỡợ ùúủũụ ưừứửữự ỳýỷỹỵ "
    "ÀÁẢÃẠ ĂẰẮẲẴẶ ÂẦẤẨẪẬ Đ ÈÉẺẼẸ ÊỀẾỂỄỆ ÌÍỈĨỊ ÒÓỎÕỌ ÔỒỐỔỖỘ ƠỜỚỞỠỢ ÙÚỦŨỤ ƯỪỨỬỮỰ ỲÝỶỸỴ"
)
"""Every marked letter of Vietnamese, in words as they are printed."""
TEXT = (
    "ỦY BAN NHÂN DÂN TỈNH THỪA THIÊN HUẾ",
    "Trong năm đã đón 42 đoàn với 410 lượt người nước ngoài",
    "kêu gọi kiều bào đầu tư vào khu kinh tế của tỉnh",
    *(MARKED[at : at + 48].strip() for at in (0, 48, 96, 144)),
)
SIZE = (1240, 1754)
DPI = 150
SHAPE = {"reader": "tesseract", "sources": "test"}
"""What shaped the pages beside file, page and dpi, as the log of a run tells it."""
BEGAN = "2026-03-01T08:00:00.000+00:00"


def lines(texts: tuple[str, ...] = TEXT, number: int = 1) -> tuple[Line, ...]:
    """Return ``texts`` as lines of words on a clean page, as wide as their letters."""
    found = []
    for row, text in enumerate(texts):
        top, x, words = 0.1 + 0.04 * row, 0.1, []
        for word in text.split():
            width = 0.011 * len(word)
            words.append(Word(word, Box(x, top, x + width, top + 0.014), 0.93, number))
            x += width + 0.011
        found.append(Line(tuple(words)))
    return tuple(found)


def turned(degrees: float, rotation: int = 0) -> tuple[float, ...]:
    """Return the map from a clean page to the page as scanned: askew by ``degrees``, then turned by a quarter or half."""
    width, height = SIZE
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    # Turning about the middle in pixels, told in fractions of the page.
    a, b, d, e = cos, -sin * height / width, sin * width / height, cos
    straight = (a, b, 0.5 - 0.5 * (a + b), d, e, 0.5 - 0.5 * (d + e))
    match rotation:
        case 180:
            straight = (
                -straight[0],
                -straight[1],
                1 - straight[2],
                -straight[3],
                -straight[4],
                1 - straight[5],
            )
        case 90:  # as scanned lies on its left side: turning it clockwise by 90 puts it upright
            straight = (straight[3], straight[4], straight[5], -straight[0], -straight[1], 1 - straight[2])
    return (*straight, 0.0, 0.0, 1.0)


def page(number: int = 1, skew: float = 0.0, rotation: int = 0, **more: Any) -> Page:
    """Return a page as read."""
    width, height = SIZE if rotation % 180 == 0 else SIZE[::-1]
    marks = (Mark("seal", Box(0.6, 0.7, 0.75, 0.8), 0.9), Mark("signature", Box(0.62, 0.72, 0.8, 0.8), 0.8))
    return Page(
        number, width, height, DPI, "scan", lines(number=number), marks,
        rotation_deg=rotation, skew_deg=skew, to_scan=turned(skew, rotation), reader="tesseract", **more,
    )  # type: ignore[arg-type]  # fmt: skip


def drawn(held: Page, shade: int = 250) -> Image.Image:
    """Return the picture of a page: a grey sheet with a box where each word stands."""
    picture = Image.new("L", (held.width_px, held.height_px), shade)
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default()
    for word in held.words:
        box = held.on_scan(word.box)
        corner = (round(box.x0 * held.width_px), round(box.y0 * held.height_px))
        pen.text(corner, "x", fill=0, font=font)
    return picture


def evidence(held: Page, row: int, first: int, last: int) -> Evidence:
    """Return words of a page's line as evidence."""
    return Evidence(held.lines[row].words[first:last])


def extraction(held: Page) -> Extraction:
    """Return values of every state, and a row or more of each kind."""
    fields = (
        sure("doc.type", value_text="Báo cáo"),
        FieldValue("doc.number", "unreadable", page=1, box=Box(0.2, 0.3, 0.25, 0.32), reasons=("handwriting",)),
        sure("doc.issued_on", value_date=date(2024, 11, 5)),
        FieldValue("doc.subject", "reported", value_text="=1+1 công tác đối ngoại", confidence=0.4),
        sure("doc.recipients", value_text="Sở Ngoại vụ", evidence=evidence(held, 0, 0, 2)),
        sure("doc.recipients", item=1, value_text="Lưu: VT", evidence=evidence(held, 0, 2, 4)),
        sure("doc.signed", value_text="true"),
        sure("report.year", value_number=Decimal(2024)),
        sure("report.province", value_text="Thừa Thiên Huế"),
        sure("inbound.delegations", value_number=Decimal(42), unit="đoàn", evidence=evidence(held, 1, 4, 6)),
        FieldValue("inbound.people", "reported", value_number=Decimal(410), unit="lượt người",
                   evidence=evidence(held, 1, 7, 10), confidence=0.5,
                   rivals=(Rival("reported", evidence(held, 1, 4, 6), 0.4),)),
        sure("oda.projects", "none", evidence=evidence(held, 2, 0, 3)),
        sure("oda.value", "blank"),
        sure("trade.turnover", value_number=Decimal("80200000.5"), currency="USD", qualifier="about"),
        sure("ngo.value", "absent"),
    )  # fmt: skip
    sections = (
        Section("1", 1, "I", 1, "roman", Passage(held.lines[0].words)),
        Section("1.1", 2, "1", 1, "arabic", Passage(held.lines[2].words)),
    )
    return Extraction(
        fields,
        sections,
        (Delegation("in", evidence(held, 1, 4, 6), 3, 12, ("Lào", "Hàn Quốc"), "Tỉnh Xavannakhet"),),
        (Reference("Nghị quyết", "31", "NQ-CP", evidence(held, 2, 0, 2), date(2014, 5, 13)),),
        (Entity("COUNTRY", "Lào", "Lào", 4, 7, "1", evidence(held, 1, 0, 1)),),
        (Finding("totals", "warning", ("oda.projects",), "Tổng lệch", "Totals differ", 1),),
    )


def sure(field: str, state: str = "reported", **more: Any) -> FieldValue:
    """Return a row that needs no review."""
    return FieldValue(field, state, confidence=0.9, needs_review=False, **more)  # type: ignore[arg-type]


def document(path: Path, pages: tuple[Page, ...], **more: Any) -> Document:
    """Return the document whose scan lies at ``path``."""
    return Document(
        sha256(path.read_bytes()).hexdigest(), str(path), (), path.stat().st_size, "ok",
        pages=pages, extraction=extraction(pages[0]), profile="doi_ngoai@test", **more,
    )  # fmt: skip


def as_pdf(path: Path, pages: tuple[Page, ...]) -> Path:
    """Draw ``pages`` as a PDF of JPEG pictures, as scanners write them."""
    pictures = [drawn(held) for held in pages]
    pictures[0].save(path, save_all=True, append_images=pictures[1:], resolution=DPI)
    return path


def finish(out: Path, *documents: Document) -> Path:
    """Write the tables, the log and the page cache of a run that read ``documents``."""
    write_dataset(documents, out, FIELDS)
    (out / "log").mkdir()
    begun = {"at": BEGAN, "event": "run", "options": {"dpi": 300}, "influences": SHAPE}
    (out / "log" / "run-20260301T080000Z.jsonl").write_text(json.dumps(begun) + "\n", encoding="utf-8")
    cache = PageCache(out / "cache")
    for held in documents:
        for read in held.pages if held.status in {"ok", "partial"} else ():
            if read.status == "ok":
                key = page_key({"file": held.doc_id, "page": read.number, "dpi": 300, **SHAPE})
                cache.put(key, held.doc_id, read)
    return out


def secret(path: Path) -> Document:
    """Return a restricted document."""
    drawn(page(), 200).save(path)
    return replace(document(path, (page(),)), status="restricted", extraction=None)


def reviewed(held: Document) -> Document:
    """Return ``held`` with a field that a person decided."""
    assert held.extraction is not None
    rows = tuple(
        replace(row, method="review", reviewed_by="Lan", reviewed_at=datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
        if row.field == "inbound.people"
        else row
        for row in held.extraction.fields
    )
    return replace(held, extraction=replace(held.extraction, fields=rows))
