"""Number, symbol, type, signer and the marks of the letterhead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from numpy.random import Generator

from samples.generator.facts.chance import about, chance, pick, weigh
from samples.generator.facts.offices import department_of
from samples.generator.nouns import Office

_TYPES = {"Báo cáo": "BC", "Tờ trình": "TTr", "Kế hoạch": "KH", "Thông báo": "TB", "Công văn": "CV"}
_OTHER_TYPES = (("Báo cáo", 38), ("Công văn", 28), ("Tờ trình", 12), ("Kế hoạch", 12), ("Thông báo", 10))
"""What the documents are that are no reports on foreign affairs; the first: reports on other subjects."""

_DRAFTERS = {
    "province": ("NC", "VX", "KGVX", "NgV", "TH", "KT", "VP", "NV"),
    "district": ("VP", "NV", "VHTT", "TCKH", "LĐTBXH"),
    "commune": ("VP", "VHXH"),
    "department": ("VP", "LS", "HTQT", "TTr", "NVĐN", "LT"),
}
_NUMBERS_A_YEAR = {"province": 420, "district": 330, "commune": 130, "department": 620}

_SECRECY = (("", 97), ("mật", 2.6), ("tối mật", 0.3), ("tuyệt mật", 0.1))
_URGENCY = (("", 97), ("khẩn", 1.8), ("hỏa tốc", 0.7), ("thượng khẩn", 0.5))


@dataclass(frozen=True, slots=True)
class Signer:
    """``authority`` in printed lines, separated by line breaks; empty when the head of an office signs alone."""

    authority: str
    position: str


def draw_other_type(rng: Generator) -> str:
    """Return the type of a document of another kind."""
    return weigh(rng, _OTHER_TYPES)


def party_letters(office: Office) -> str:
    """Return the letters of a Party committee: TU, HU, QU, TXU."""
    return {"Huyện": "HU", "Quận": "QU", "Thị": "TXU"}.get(office.name.split()[0], "TU")


def draw_symbol(rng: Generator, office: Office, doc_type: str) -> str:
    """Return the symbol after the number: BC-UBND, BC-SNgV, BC/HU, UBND-VP."""
    kind = _TYPES[doc_type]
    if office.party:
        return f"{kind}/{party_letters(office)}"
    department = department_of(office)
    letters = department.letters if department else "UBND"
    if doc_type == "Công văn":
        return f"{letters}-{pick(rng, _DRAFTERS[office.level])}"
    return f"{kind}-{letters}"


def draw_number(rng: Generator, office: Office, issued_on: date) -> int:
    """Return the number of the document: it grows through the year."""
    whole = about(rng, _NUMBERS_A_YEAR[office.level] * (0.6 if office.party else 1), 0.5)
    return max(1, round(whole * issued_on.timetuple().tm_yday / 365))


def draw_secrecy(rng: Generator) -> str:
    """Return the mark of secrecy, mostly empty."""
    return weigh(rng, _SECRECY)


def draw_urgency(rng: Generator) -> str:
    """Return the mark of urgency, mostly empty."""
    return weigh(rng, _URGENCY)


def draw_ink(rng: Generator) -> tuple[bool, bool, tuple[str, ...]]:
    """Return whether it is signed, whether it is sealed, and what of number and day is written by hand."""
    signed = chance(rng, 0.85)
    sealed = chance(rng, 0.91 if signed else 0.18)
    by_hand: tuple[str, ...] = weigh(
        rng,
        (((), 70), (("doc.number", "doc.issued_on"), 18), (("doc.number",), 8), (("doc.issued_on",), 4)),
    )
    return signed, sealed, by_hand


def draw_signer(rng: Generator, office: Office, issued_on: date) -> Signer:
    """Return in what right and post someone signs for the office, in the forms of the time."""
    if office.party:
        return _party_signer(rng, office)
    if office.level == "department":
        return _department_signer(rng, office)
    together = "TM. ỦY BAN NHÂN DÂN"
    deputy = (
        f"{together}\nKT. CHỦ TỊCH"
        if chance(rng, 0.75 if issued_on.year < 2020 else 0.35)
        else "KT. CHỦ TỊCH"
    )
    delegated = {
        "province": ("GIÁM ĐỐC SỞ NGOẠI VỤ", "CHÁNH VĂN PHÒNG"),
        "district": ("CHÁNH VĂN PHÒNG", "TRƯỞNG PHÒNG NỘI VỤ", "CHÁNH VĂN PHÒNG HĐND VÀ UBND"),
        "commune": ("CÔNG CHỨC VĂN PHÒNG - THỐNG KÊ",),
    }[office.level]
    return weigh(
        rng,
        (
            (Signer(deputy, "PHÓ CHỦ TỊCH"), 56),
            (Signer(together, "CHỦ TỊCH"), 26),
            (Signer("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH THƯỜNG TRỰC"), 2),
            (Signer(together, "Q. CHỦ TỊCH"), 2),
            (Signer("TL. CHỦ TỊCH", pick(rng, delegated)), 7 if office.level != "commune" else 0),
            (Signer("TUQ. CHỦ TỊCH", pick(rng, delegated)), 7 if office.level != "commune" else 0),
        ),
    )


def _department_signer(rng: Generator, office: Office) -> Signer:
    head = "CHÁNH VĂN PHÒNG" if office.name.startswith("Văn phòng") else "GIÁM ĐỐC"
    below = (
        ("CHÁNH VĂN PHÒNG", "TRƯỞNG PHÒNG HỢP TÁC QUỐC TẾ")
        if head == "GIÁM ĐỐC"
        else ("TRƯỞNG PHÒNG NGOẠI VỤ",)
    )
    return weigh(
        rng,
        (
            (Signer(f"KT. {head}", f"PHÓ {head}"), 55),
            (Signer("", head), 36),
            (Signer("", f"Q. {head}"), 3),
            (Signer(f"TL. {head}", pick(rng, below)), 3),
            (Signer(f"TUQ. {head}", pick(rng, below)), 3),
        ),
    )


def _party_signer(rng: Generator, office: Office) -> Signer:
    by_order = "T/L BAN THƯỜNG VỤ"
    return weigh(
        rng,
        (
            (Signer("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"), 46),
            (Signer("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ THƯỜNG TRỰC"), 20),
            (Signer("T/M BAN THƯỜNG VỤ", "BÍ THƯ"), 18),
            (Signer(by_order, "CHÁNH VĂN PHÒNG"), 8),
            (Signer(f"{by_order}\nK/T CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"), 4),
            (Signer(by_order, "TRƯỞNG BAN TUYÊN GIÁO"), 4),
        ),
    )
