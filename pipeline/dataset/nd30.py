"""The metadata that Decree 30/2020/NĐ-CP, Appendix VI, asks of electronic documents and files (hồ sơ), as columns.

The appendix lists, for the document sent (văn bản đi) and the file (hồ sơ), the fields below with their English short names,
types and greatest lengths. What a scan cannot tell (the file's code, how long it is kept) stays empty for the archive
to fill in. Two columns that an archive needs beside them stand at the end: the copy's kind and the scan's identity.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

URGENCY = {"khẩn": 1, "thượng khẩn": 2, "hỏa tốc": 3, "hỏa tốc hẹn giờ": 4}
"""Levels of urgency by number; 0 is an ordinary document."""
LANGUAGE = "Tiếng Việt"


@dataclass(frozen=True)
class Entry:
    """One entry of the appendix: number, short name, Vietnamese and English name, type, greatest length (0: none given)."""

    number: str
    name: str
    vi: str
    en: str
    type: Literal["String", "Number", "Date"]
    length: int = 0


_FILE_CODE = (
    Entry("1", "FileCode", "Mã hồ sơ", "Code of the file", "String", 30),
    Entry(
        "1.1",
        "OrganId",
        "Mã định danh của cơ quan, tổ chức lập danh mục hồ sơ",
        "Identifier of the body that keeps the list of files",
        "String",
        13,
    ),
    Entry("1.2", "FileCatalog", "Năm hình thành hồ sơ", "Year of the file", "Number", 4),
    Entry("1.3", "FileNotation", "Số và ký hiệu hồ sơ", "Number and symbol of the file", "String", 20),
)
DOCUMENT = (
    *_FILE_CODE,
    Entry("2", "DocOrdinal", "Số thứ tự văn bản trong hồ sơ", "Position of the document in the file", "Number", 3),
    Entry("3", "TypeName", "Tên loại văn bản", "Type of document", "String", 100),
    Entry("4", "CodeNumber", "Số của văn bản", "Number of the document", "String", 11),
    Entry("5", "CodeNotation", "Ký hiệu của văn bản", "Symbol of the document", "String", 30),
    Entry("6", "IssuedDate", "Ngày, tháng, năm văn bản", "Date of the document", "Date", 10),
    Entry("7", "OrganName", "Tên cơ quan, tổ chức ban hành văn bản", "Issuing body", "String", 200),
    Entry("8", "Subject", "Trích yếu nội dung", "Subject", "String", 500),
    Entry("9", "Language", "Ngôn ngữ", "Language", "String", 30),
    Entry("10", "PageAmount", "Số trang của văn bản", "Number of pages", "Number", 3),
    Entry("11", "Description", "Ghi chú", "Remarks", "String", 500),
    Entry("12.1", "Position", "Chức vụ của người ký", "Post of the signer", "String", 100),
    Entry("12.2", "FullName", "Họ và tên người ký", "Name of the signer", "String", 50),
    Entry("13", "To", "Nơi nhận", "Recipients", "String", 1000),
    Entry("14", "Priority", "Mức độ khẩn", "Urgency by its number, 0 ordinary to 4 hỏa tốc hẹn giờ", "Number", 1),
    Entry("15", "IssuedAmount", "Số lượng bản phát hành", "Copies issued", "Number", 3),
    Entry("16", "DueDate", "Hạn trả lời văn bản", "Answer due", "Date", 10),
    Entry("", "Secrecy", "Độ mật", "Secrecy", "String", 30),
    Entry("", "CopyKind", "Bản chính, bản gốc hay bản sao", "Original or copy", "String", 30),
    Entry("", "DocId", "Mã định danh tệp quét (SHA-256)", "Identity of the scan (SHA-256)", "String", 64),
    Entry("", "Source", "Tệp quét", "Scan", "String"),
    Entry("", "ToCheck", "Các mục cần người kiểm tra", "Entries that a person should check", "String"),
)  # fmt: skip
FILE = (
    *_FILE_CODE,
    Entry("2", "Title", "Tiêu đề hồ sơ", "Title of the file", "String", 500),
    Entry("3", "Maintenance", "Thời hạn bảo quản", "How long it is kept", "String", 30),
    Entry("4", "Rights", "Chế độ sử dụng", "Terms of use", "String", 30),
    Entry("5", "Creator", "Người lập hồ sơ", "Who made the file", "String", 30),
    Entry("6", "Language", "Ngôn ngữ", "Language", "String", 50),
    Entry("7", "StartDate", "Thời gian bắt đầu", "First date", "Date", 10),
    Entry("8", "EndDate", "Thời gian kết thúc", "Last date", "Date", 10),
    Entry("9", "DocTotal", "Tổng số văn bản trong hồ sơ", "Documents in the file", "Number", 4),
    Entry("10", "PageTotal", "Tổng số trang của hồ sơ", "Pages in the file", "Number", 4),
)  # fmt: skip

_FROM_FIELDS = {
    "doc.type": "TypeName", "doc.number": "CodeNumber", "doc.symbol": "CodeNotation", "doc.issued_on": "IssuedDate",
    "doc.issuer": "OrganName", "doc.subject": "Subject", "doc.signer_position": "Position", "doc.signer_name": "FullName",
    "doc.recipients": "To", "doc.urgency": "Priority", "doc.secrecy": "Secrecy",
}  # fmt: skip


def document_record(
    document: Mapping[str, Any], fields: Iterable[Mapping[str, Any]], ordinal: int | None = None
) -> dict[str, Any]:
    """Return the entries of :data:`DOCUMENT` for a row of ``documents`` and its rows of ``fields``; None: not known.

    A text longer than the appendix allows is given whole: an archive must not lose a word by a form.
    """
    rows = list(fields)
    texts: dict[str, list[str]] = {}
    for row in rows:
        if row["state"] == "reported" and row["value_text"]:
            texts.setdefault(row["field"], []).append(row["value_text"])
    urgency = next(iter(texts.get("doc.urgency", ())), "").casefold()
    read = document["status"] in {"ok", "partial"}
    known: dict[str, Any] = {
        "DocOrdinal": ordinal,
        "TypeName": document["doc_type"],
        "CodeNumber": None if document["doc_number"] is None else f"{document['doc_number']:02}",
        "CodeNotation": document["doc_symbol"],
        "IssuedDate": document["issued_on"],
        "OrganName": document["issuer"],
        "Subject": document["subject"],
        "Language": LANGUAGE if read else None,
        "PageAmount": document["pages"],
        "Position": document["signer_position"],
        "FullName": document["signer_name"],
        "To": "; ".join(texts.get("doc.recipients", ())) or None,
        "Priority": (URGENCY.get(urgency) if urgency else 0) if read else None,
        "Secrecy": next(iter(texts.get("doc.secrecy", ())), None),
        "CopyKind": "Bản sao (quét)",
        "DocId": document["doc_id"],
        "Source": document["source"],
        "ToCheck": "; ".join(
            dict.fromkeys(_FROM_FIELDS[row["field"]] for row in rows if row["needs_review"] and row["field"] in _FROM_FIELDS)
        )
        or None,
    }  # fmt: skip
    return {entry.name: known.get(entry.name) for entry in DOCUMENT}


def file_record(records: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the entries of :data:`FILE` for a file that holds the documents of ``records``; None: for the archive."""
    held = list(records)
    days = [record["IssuedDate"] for record in held if record["IssuedDate"] is not None]
    known: dict[str, Any] = {
        "Language": LANGUAGE,
        "StartDate": min(days, default=None),
        "EndDate": max(days, default=None),
        "DocTotal": len(held),
        "PageTotal": sum(record["PageAmount"] or 0 for record in held),
    }
    return {entry.name: known.get(entry.name) for entry in FILE}
