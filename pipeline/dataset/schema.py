"""The schema of the dataset: every table, column, type, unit and meaning, in one place.

Names and their order are the contract that readers of a run rely on. Rows are checked against these
tables, and ``datapackage.json`` is written from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, get_args

from pipeline.dataset.columns import Column, ColumnType, Table, count, date, flag, items, named, number, text
from pipeline.document import Method, Qualifier, Severity, SourceKind, State
from pipeline.errors import UsageError


class FieldSpec(Protocol):
    """What the dataset needs to know of a field of a profile."""

    @property
    def name(self) -> str:
        """Dotted name, e.g. ``trade.turnover``."""

    @property
    def group(self) -> str:
        """Group of the profile, e.g. ``economy``."""

    @property
    def type(self) -> str:
        """One of count, money, percent, date, text, choice, flag, length."""

    @property
    def unit(self) -> str:
        """Unit of a number as the profile names it, or empty."""

    @property
    def is_list(self) -> bool:
        """Whether a document may have several values, one row an item."""

    @property
    def label_vi(self) -> str:
        """Vietnamese label."""

    @property
    def label_en(self) -> str:
        """English label, or empty."""

    @property
    def meaning(self) -> str:
        """What exactly it says, in English, or empty."""


STATES: dict[State, tuple[str, str]] = {
    "reported": ("Có giá trị: báo cáo in giá trị và đã đọc được", "Reported: a value is printed and was read"),
    "none": ("Không có: báo cáo nói rõ là không; số đếm và tiền là 0", "None: said to be none; 0 for counts and money"),
    "blank": ("Bỏ trống: có in mục nhưng không ghi gì, hoặc chưa có số liệu", "Blank: a label with nothing after it"),
    "absent": ("Không nhắc đến: báo cáo không nói tới", "Absent: the report does not speak of it"),
    "unreadable": ("Không đọc được: viết tay hoặc bị dấu đè", "Unreadable: there, but not legible"),
}  # fmt: skip
"""What each state means, in Vietnamese and English."""


_DOC_ID = named("doc_id", "SHA-256 của tệp, chữ thường", "Lower-case hex SHA-256 of the input file")
_ITEM = Column("item", "integer", "Thứ tự, từ 0", "Position in the document, from 0", required=True, low=0)
_CONFIDENCE = number(
    "confidence", "Xác suất dòng này đúng", "Probability that the row is right", low=0, high=1
)
_REVIEW = flag("needs_review", "Cần người kiểm tra", "Whether a person should look at the row")
_RAW = text("raw_text", "Nguyên văn đã đọc", "The text as read, never corrected")
_PAGE = count("page", "Trang, từ 1", "Page of the evidence, from 1", low=1)
_BOX = tuple(
    number(
        name, f"{vi} của vùng bằng chứng", f"{en} edge of the evidence", "fraction of the page", low=0, high=1
    )
    for name, vi, en in (
        ("x0", "Mép trái", "Left"),
        ("y0", "Mép trên", "Top"),
        ("x1", "Mép phải", "Right"),
        ("y1", "Mép dưới", "Bottom"),
    )
)
"""Boxes lie on the page as scanned, before any deskewing, origin top left."""
_SECTION = text(
    "section", "Đường dẫn của mục", "Path of the section by position, e.g. 2.9; 0 before any heading"
)

DOCUMENTS = Table(
    "documents",
    "Mỗi tệp có nội dung khác nhau là một dòng",
    "One row per distinct file content",
    (
        _DOC_ID,
        named("source", "Đường dẫn như đã nhập", "Path as given"),
        items("copies", "Các đường dẫn khác có cùng nội dung", "Further paths with the same bytes"),
        count("file_bytes", "Kích thước tệp", "Size of the file", "byte"),
        count("pages", "Số trang", "Number of pages"),
        named(
            "status", "Tình trạng xử lý", "What became of the file", ("ok", "partial", "failed", "restricted")
        ),
        text("error", "Lỗi, nêu tệp và trang", "Plain error naming file and page"),
        text("doc_type", "Tên loại văn bản", "Type of document, e.g. Báo cáo"),
        count("doc_number", "Số văn bản", "Number of the document"),
        text("doc_symbol", "Ký hiệu văn bản", "Symbol of the document, e.g. BC-UBND"),
        date("issued_on", "Ngày ban hành", "Date of issue"),
        text("issuer", "Cơ quan ban hành", "Issuing body, written out"),
        text("subject", "Trích yếu", "Subject"),
        text("signer_name", "Họ tên người ký", "Name of the signer"),
        text("signer_position", "Chức vụ người ký", "Post of the signer"),
        count("report_year", "Năm báo cáo", "Year whose results are reported"),
        text("province", "Tỉnh, thành phố", "Province as at the date of issue"),
        text("province_code", "Mã tỉnh", "Official code of the province; empty when the name is ambiguous"),
        text("district", "Huyện, quận, thị xã, thành phố", "District-level unit as at the date of issue"),
        text("district_code", "Mã huyện", "Official code of the district; empty when the name is ambiguous"),
        count("fields_reported", "Số trường có báo cáo", "Distinct fields with state reported"),
        count("fields_to_review", "Số trường cần kiểm tra", "Distinct fields marked for review"),
        number(
            "mean_confidence",
            "Độ tin cậy trung bình của các dòng trong bảng fields",
            "Mean confidence of the document's rows in fields",
            low=0,
            high=1,
        ),
        text("reader", "Bộ đọc đã dùng", "Readers that read the pages"),
        text("pipeline_version", "Phiên bản sohoa", "Version of sohoa"),
        text("profile", "Hồ sơ trích xuất", "Profile by which fields were extracted"),
    ),
    ("doc_id",),
)

PAGES = Table(
    "pages",
    "Mỗi trang là một dòng",
    "One row per page",
    (
        _DOC_ID,
        Column("page", "integer", "Trang, từ 1", "Page, from 1", required=True, low=1),
        count("width_px", "Chiều rộng ảnh quét", "Width of the page as scanned", "px"),
        count("height_px", "Chiều cao ảnh quét", "Height of the page as scanned", "px"),
        count("dpi", "Độ phân giải", "Resolution of the page as scanned", "dpi"),
        Column(
            "rotation_deg",
            "integer",
            "Góc xoay của ảnh quét",
            "Turn of the page as scanned: 0, 90, 180 or 270",
            "degree",
            choices=("0", "90", "180", "270"),
        ),
        number("skew_deg", "Độ nghiêng", "Skew of the page as scanned", "degree"),
        text(
            "source_kind",
            "Nguồn của chữ: ảnh quét, lớp chữ, cả hai",
            "Where the words come from",
            get_args(SourceKind),
        ),
        count("words", "Số từ", "Number of words read"),
        number(
            "mean_confidence", "Độ tin cậy trung bình của từ", "Mean confidence of the words", low=0, high=1
        ),
        flag("blank", "Trang trắng", "Whether the page is blank"),
        Column(
            "text",
            "string",
            "Văn bản, mỗi dòng in một dòng",
            "Text in reading order, one printed line a line; empty for restricted documents",
            in_csv=False,
        ),
        named("status", "Tình trạng", "Whether the page was read", ("ok", "failed")),
        text("error", "Lỗi", "Plain error"),
    ),
    ("doc_id", "page"),
)

FIELDS = Table(
    "fields",
    "Mỗi trường của mỗi văn bản là một dòng; trường danh sách có nhiều dòng",
    "One row per field of the profile and document; one per item for list fields",
    (
        _DOC_ID,
        named("field", "Tên trường", "Name of the field in the profile"),
        Column("item", "integer", "Thứ tự trong danh sách, từ 0", "Item, from 0", required=True, low=0),
        Column(
            "state",
            "string",
            "Trạng thái",
            "What the document says of the field",
            choices=get_args(State),
            required=True,
            meanings=tuple(f"{vi} / {en}" for vi, en in (STATES[state] for state in get_args(State))),
        ),
        number("value_number", "Giá trị số", "Number; money in units, lengths in km, percentages as printed"),
        text("value_text", "Giá trị chữ", "Text, choice, or true/false"),
        date("value_date", "Giá trị ngày", "Date"),
        text("unit", "Đơn vị", "Unit of the number"),
        text("currency", "Loại tiền", "Currency of the money"),
        text("qualifier", "Mức chính xác", "How exact the number is said to be", get_args(Qualifier)),
        _RAW,
        _CONFIDENCE,
        _REVIEW,
        items("reasons", "Vì sao cần kiểm tra", "Codes of what speaks against the row"),
        text("method", "Cách tìm ra", "How the value was found", get_args(Method)),
        text("rule", "Quy tắc", "Rule that chose the value"),
        _PAGE,
        *_BOX,
        _SECTION,
        text("reviewed_by", "Người kiểm tra", "Who reviewed the row"),
        Column("reviewed_at", "datetime", "Lúc kiểm tra (UTC)", "When the row was reviewed (UTC)"),
    ),
    ("doc_id", "field", "item"),
)

ALTERNATIVES = Table(
    "alternatives",
    "Cách đọc, câu trả lời khác của một trường mà máy đã cân nhắc",
    "What else a field could say: how the second reader read it, and the answers that came next",
    (
        _DOC_ID,
        named("field", "Tên trường", "Name of the field in the profile"),
        _ITEM,
        named("source", "Từ đâu ra", "Where it comes from", ("second_reader", "runner_up")),
        named("state", "Trạng thái", "What it would say of the field", get_args(State)),
        _RAW,
        _PAGE,
        *_BOX,
    ),
    ("doc_id", "field", "item"),
)

SECTIONS = Table(
    "sections",
    "Cây đề mục",
    "The tree of headings",
    (
        _DOC_ID,
        Column("section", "string", _SECTION.vi, _SECTION.en, required=True),
        text(
            "printed_number",
            "Số đề mục như in, kể cả đề mục trên",
            "Number as printed, below its parents': II.9",
        ),
        count("level", "Cấp đề mục", "Depth in the tree"),
        text("key", "Nhóm của hồ sơ", "Group of the profile that the section speaks of, or empty"),
        text("heading", "Đề mục", "Heading"),
        text("text", "Nội dung", "Text under the heading, one paragraph a line"),
        count("page_first", "Trang đầu", "First page", low=1),
        count("page_last", "Trang cuối", "Last page", low=1),
    ),
    ("doc_id", "section"),
)

DELEGATIONS = Table(
    "delegations",
    "Các đoàn ra, đoàn vào được mô tả",
    "One row per delegation described, in prose or in an annex",
    (
        _DOC_ID,
        _ITEM,
        named("direction", "Đoàn ra hay đoàn vào", "Sent abroad (out) or received (in)", ("out", "in")),
        count("delegations", "Số đoàn", "Delegations", "đoàn"),
        count("people", "Số lượt người", "People", "lượt người"),
        items("countries", "Các nước", "Countries"),
        text("organisation", "Cơ quan, tổ chức", "Organisation"),
        text("purpose", "Mục đích", "Purpose"),
        text("period_text", "Thời gian như in", "Period as printed"),
        date("started_on", "Từ ngày", "First day"),
        date("ended_on", "Đến ngày", "Last day"),
        _CONFIDENCE,
        _REVIEW,
        _RAW,
        _PAGE,
        *_BOX,
    ),
    ("doc_id", "item"),
)

REFERENCES = Table(
    "references",
    "Văn bản được viện dẫn",
    "Legal documents cited",
    (
        _DOC_ID,
        _ITEM,
        text("doc_type", "Tên loại", "Type of the document cited"),
        text("number", "Số", "Number, with its year where one is printed"),
        text("symbol", "Ký hiệu", "Symbol"),
        date("issued_on", "Ngày ban hành", "Date of issue"),
        text("issuer", "Cơ quan ban hành", "Issuing body"),
        text("subject", "Trích yếu", "Subject"),
        _CONFIDENCE,
        _REVIEW,
        _RAW,
        _PAGE,
        *_BOX,
    ),
    ("doc_id", "item"),
)

ENTITIES = Table(
    "entities",
    "Thực thể có tên",
    "Named entities",
    (
        _DOC_ID,
        _ITEM,
        named("label", "Loại", "Kind of entity"),
        text("text", "Như in", "As read"),
        text("normalised", "Dạng chuẩn", "Normal form"),
        count("start", "Vị trí đầu", "First character in the section's text, from 0"),
        count("end", "Vị trí sau cuối", "Character after the last"),
        _SECTION,
        _PAGE,
        *_BOX,
    ),
    ("doc_id", "item"),
)

FINDINGS = Table(
    "findings",
    "Kiểm tra không đạt",
    "Checks that failed",
    (
        _DOC_ID,
        named("check", "Phép kiểm tra", "The check"),
        named("severity", "Mức độ", "How grave it is", get_args(Severity)),
        items("fields", "Các trường liên quan", "Fields concerned"),
        text("message_vi", "Thông báo", "Message in Vietnamese"),
        text("message_en", "Thông báo tiếng Anh", "Message in English"),
        count("page", "Trang, từ 1", "Page, from 1", low=1),
    ),
)

_REPORT_KEYS = (
    _DOC_ID,
    named("source", "Đường dẫn như đã nhập", "Path as given"),
    text("province", "Tỉnh, thành phố", "Province as at the date of issue"),
    text("district", "Huyện, quận, thị xã, thành phố", "District-level unit as at the date of issue"),
    count("year", "Năm báo cáo", "Year whose results are reported"),
)
_REPORT_TYPES: dict[str, ColumnType] = {
    "count": "integer",
    "money": "number",
    "percent": "number",
    "length": "number",
    "number": "number",
    "rank": "integer",
    "date": "date",
    "text": "string",
    "choice": "string",
    "flag": "boolean",
}


def report_column(name: str) -> str:
    """Return the column of ``reports`` that holds the field ``name``."""
    return name.replace(".", "_")


def reports_table(fields: Sequence[FieldSpec]) -> Table:
    """Return the wide table ``reports`` for the scalar ``fields`` of a profile.

    Raises UsageError where two fields would share a column or a type is unknown.
    """
    columns = list(_REPORT_KEYS)
    taken = {column.name for column in columns}
    for spec in fields:
        if spec.is_list:
            continue
        name = report_column(spec.name)
        if name in taken:
            raise UsageError(
                f"the profile's field {spec.name} would share the column {name} of the table reports"
            )
        if spec.type not in _REPORT_TYPES:
            raise UsageError(f"the profile's field {spec.name} has the unknown type {spec.type}")
        taken.add(name)
        english = spec.meaning or spec.label_vi
        if spec.type == "money":
            english += ". In units; the currency stands in the table fields"
        unit = {"percent": "%", "length": "km"}.get(spec.type, spec.unit)
        columns.append(Column(name, _REPORT_TYPES[spec.type], spec.label_vi, english, unit))
    return Table(
        "reports",
        "Mỗi văn bản một dòng, mỗi trường một cột",
        "One row per document, one column per scalar field; empty unless reported or said to be none",
        tuple(columns),
        ("doc_id",),
    )


def tables(fields: Sequence[FieldSpec]) -> tuple[Table, ...]:
    """Return the nine tables of a dataset whose profile has ``fields``, in the order of the contract."""
    fixed = (DOCUMENTS, PAGES, FIELDS, ALTERNATIVES, SECTIONS, DELEGATIONS, REFERENCES, ENTITIES, FINDINGS)
    return (*fixed, reports_table(fields))
