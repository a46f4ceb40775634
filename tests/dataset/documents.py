"""Hand-made documents for the dataset's tests."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

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
    Page,
    Paragraph,
    Passage,
    Reference,
    Rival,
    Section,
    Word,
)


@dataclass(frozen=True)
class Spec:
    name: str
    type: str
    label_vi: str = "Nhãn"
    unit: str = ""
    is_list: bool = False
    group: str = "doc"
    meaning: str = ""
    label_en: str = ""


SPECS = (
    Spec("doc.type", "text", "Tên loại văn bản"),
    Spec("doc.number", "count", "Số văn bản"),
    Spec("doc.issued_on", "date", "Ngày ban hành"),
    Spec("doc.signed", "flag", "Có chữ ký"),
    Spec("report.year", "count", "Năm báo cáo"),
    Spec("report.province", "text", "Tỉnh"),
    Spec("report.district", "text", "Huyện"),
    Spec("oda.projects", "count", "Số dự án ODA", "dự án"),
    Spec("trade.turnover", "money", "Kim ngạch"),
    Spec("trade.vs_plan", "percent", "So kế hoạch", "%"),
    Spec("plan.items", "text", "Nhiệm vụ", is_list=True),
)


def words(text: str, page: int = 1, top: float = 0.1) -> tuple[Word, ...]:
    """Return the words of ``text`` on one line, a tenth of the page wide each, confidence 0.9."""
    return tuple(
        Word(word, Box(0.1 * i, top, 0.1 * i + 0.08, top + 0.02), 0.9, page)
        for i, word in enumerate(text.split())
    )


def evidence(text: str, page: int = 1) -> Evidence:
    return Evidence(words(text, page))


def value(field: str, state: str = "reported", **more: object) -> FieldValue:
    return FieldValue(field, state, confidence=0.97, needs_review=False, **more)  # type: ignore[arg-type]


def report(
    source: str = "in/a.pdf", doc_id: str = "a" * 64, *, fields: tuple[FieldValue, ...] | None = None
) -> Document:
    """Return a document with a row or more in every table."""
    body = Paragraph(words("Đã đón 03 đoàn vào.", top=0.5))
    extraction = Extraction(
        fields=fields
        or (
            value("plan.items", value_text="Đẩy mạnh hợp tác"),
            value("plan.items", item=1, value_text="Tiếp tục tuyên truyền", reasons=("dấu",)),
            value("doc.type", value_text="Báo cáo", evidence=evidence("BÁO CÁO"), method="letterhead"),
            value("doc.number", value_number=Decimal(215)),
            value("doc.issued_on", value_date=date(2019, 10, 25)),
            value("doc.signed", value_text="true"),
            value("report.year", value_number=Decimal(2019)),
            value("report.province", value_text="Thanh Hóa"),
            value("report.district", value_text="Nga Sơn"),
            value("oda.projects", "none"),
            value(
                "trade.turnover",
                value_number=Decimal("80200000"),
                currency="USD",
                qualifier="about",
                evidence=Evidence(
                    (Word("80,2", Box(0.1, 0.4, 0.2, 0.42), 0.6, 1, "30,2"), *words("triệu USD", top=0.4))
                ),
                rivals=(Rival("none", evidence("không phát sinh"), 0.5),),
            ),
            value("trade.vs_plan", "absent"),
        ),
        sections=(
            Section("0", 0, "", None, "none", Passage(())),
            Section("2", 1, "II", 2, "roman", Passage(words("KẾT QUẢ"))),
            Section("2.9", 2, "9", 9, "arabic", Passage(words("Đoàn vào")), (body, body), "inbound"),
        ),
        delegations=(Delegation("in", evidence("03 đoàn"), 3, 12, ("Lào", "Hàn Quốc"), "Tỉnh Hủa Phăn"),),
        references=(
            Reference("Nghị quyết", "31", "NQ-CP", evidence("Nghị quyết 31/NQ-CP"), date(2014, 5, 13)),
        ),
        entities=(Entity("COUNTRY", "Lào", "Lào", 4, 7, "2.9", evidence("Lào")),),
        findings=(
            Finding("totals", "warning", ("oda.projects", "trade.turnover"), "Tổng lệch", "Totals differ", 1),
        ),
    )
    page = Page(
        1,
        1654,
        2339,
        200,
        "scan",
        (Line(words("BÁO CÁO")), Line(words("Số: 215/BC-UBND"))),
        reader="tesseract",
    )
    return Document(
        doc_id,
        source,
        ("in/copy.pdf",),
        1234,
        "ok",
        pages=(page,),
        extraction=extraction,
        profile="doi_ngoai",
    )


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file in ``folder``."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
