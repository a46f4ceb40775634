"""Times, amounts and documents in the forms that reports print."""

from __future__ import annotations

from random import Random

from models.entities import names

_NUMERALS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_TYPES = (
    ("Quyết định", ("QĐ-UBND", "QĐ-TTg", "QĐ-SNgV", "QĐ-BNG", "QĐ-CTN")),
    ("Kế hoạch", ("KH-UBND", "KH-SNgV", "KH-HĐND", "KH-BCĐ")),
    ("Công văn", ("UBND-NC", "UBND-VX", "SNgV-LS", "BNG-LS", "CV-UBND", "VPCP-QHQT", "LPQT", "UBND-TH", "BKHĐT-KTĐN")),
    ("Nghị định", ("NĐ-CP",)),
    ("Thông tư", ("TT-BNG", "TT-BTC", "TT-BCA", "TT-BNV")),
    ("Nghị quyết", ("NQ-HĐND", "NQ-CP", "NQ-TW", "QH13", "QH14")),
    ("Chỉ thị", ("CT-UBND", "CT-TTg", "CT-TW")),
    ("Báo cáo", ("BC-UBND", "BC-SNgV", "BC-HĐND", "BC-CAH")),
    ("Thông báo", ("TB-UBND", "TB-VPCP", "TB-SNgV")),
    ("Tờ trình", ("TTr-UBND", "TTr-SNgV")),
    ("Chương trình", ("CTr-UBND", "CTr-BCĐ")),
    ("Hướng dẫn", ("HD-SNgV", "HD-BTCTW")),
    ("Kết luận", ("KL-TW", "KL-TTCP")),
    ("Luật", ("QH11", "QH12", "QH13", "QH14")),
    ("Thông tư liên tịch", ("TTLT-BNV-BTC", "TTLT-BKHĐT-BTC")),
)  # fmt: skip
_PARTY = (
    "QĐ/TU",
    "KH/TU",
    "CV/TU",
    "NQ/TW",
    "CT/TW",
    "KL/TW",
    "QĐ/HU",
    "CTr/TU",
    "TB/TU",
    "HD/BTCTU",
    "NQ/ĐU",
    "QĐ/TW",
)


def _year(rng: Random) -> int:
    return rng.randint(2003, 2027)


def day(rng: Random) -> str:
    """Return a day in one of its forms."""
    d, m, y = rng.randint(1, 28), rng.randint(1, 12), _year(rng)
    forms = (
        f"ngày {d:02d}/{m:02d}/{y}", f"ngày {d}/{m}/{y}", f"ngày {d:02d}/{m}/{y}", f"{d:02d}/{m:02d}/{y}",
        f"ngày {d:02d} tháng {m:02d} năm {y}", f"ngày {d} tháng {m} năm {y}", f"ngày {d:02d}-{m:02d}-{y}",
        f"ngày {d:02d}.{m:02d}.{y}", f"ngày {d:02d}/{m}", f"ngày {d} tháng {m}",
    )  # fmt: skip
    return rng.choices(forms, (5, 3, 4, 2, 4, 2, 1, 1, 1, 1))[0]


def period(rng: Random) -> str:
    """Return a stretch of time longer than a day."""
    d, m, y = rng.randint(1, 20), rng.randint(1, 12), _year(rng)
    e = d + rng.randint(1, 8)
    quarter = rng.choice(("I", "II", "III", "IV", "1", "2", "3", "4"))
    month = f"{m:02d}/{y}"
    forms = (
        f"năm {y}",
        f"{rng.choice(('3', '6', '9', '06', '09', '10', '11', 'sáu', 'chín'))} tháng {rng.choice(('đầu', 'cuối'))} năm {y}",
        f"quý {quarter} năm {y}",
        f"quý {quarter}/{y}",
        f"tháng {m}/{y}",
        f"tháng {m:02d} năm {y}",
        f"giai đoạn {y} - {y + 5}",
        f"giai đoạn {y}-{y + 5}",
        f"nhiệm kỳ {y}-{y + 5}",
        f"từ ngày {d:02d}/{month} đến ngày {e:02d}/{month}",
        f"từ ngày {d:02d} đến {e:02d}/{m}/{y}",
        f"từ ngày {d:02d} đến ngày {e:02d}/{m}/{y}",
        f"{d:02d}-{e:02d}/{m}/{y}",
    )
    return rng.choice(forms)


def _figure(rng: Random, top: int) -> str:
    value = int(top ** rng.random()) + rng.randint(0, 9)
    if value < 10 and rng.random() < 0.6:
        return f"0{value}"
    return f"{value:,}".replace(",", rng.choice((".", ".", ".", ",", ""))) if value > 999 else str(value)


def money(rng: Random) -> str:
    """Return an amount of money."""
    amount = _figure(rng, 90000)
    if rng.random() < 0.5:
        amount = f"{rng.randint(1, 999)}{rng.choice(',,,.')}{rng.randint(1, 999)}"
    scale = rng.choice(("", " triệu", " triệu", " tỷ", " tỉ", " nghìn", " ngàn"))
    currency = rng.choice(
        (
            "USD",
            "USD",
            "đồng",
            "đồng",
            "VNĐ",
            "VND",
            "EUR",
            "Euro",
            "đô la Mỹ",
            "đôla Mỹ",
            "yên Nhật",
            "JPY",
            "won",
        )
    )
    return f"{amount}{scale} {currency}"


def quantity(rng: Random) -> str:
    """Return a count with its noun, or a share."""
    shape = rng.random()
    if shape < 0.2:
        decimals = rng.choice(("", f",{rng.randint(1, 99)}", f".{rng.randint(1, 9)}"))
        return f"{rng.randint(1, 180)}{decimals}{rng.choice(('%', '%', ' %'))}"
    noun = names.unit(rng)
    if shape < 0.24:
        return f"{rng.choice(_NUMERALS)} {noun}"
    if shape < 0.32:
        at = rng.randint(1, 10)
        return f"{at:02d} ({_NUMERALS[at - 1]}) {noun}"
    return f"{_figure(rng, 9000)} {noun}"


def document(rng: Random) -> str:
    """Return a legal document by type, number and symbol."""
    number = rng.randint(1, 4500)
    if rng.random() < 0.2:
        kind = rng.choice(
            (
                "Quyết định",
                "Kế hoạch",
                "Công văn",
                "Nghị quyết",
                "Chỉ thị",
                "Kết luận",
                "Chương trình hành động",
                "Quy định",
            )
        )
        return f"{kind} số {number % 300:02d}-{rng.choice(_PARTY)}"
    kind, symbols = rng.choice(_TYPES)
    year = f"/{_year(rng)}" if kind in {"Nghị định", "Thông tư", "Luật"} or rng.random() < 0.3 else ""
    return f"{kind} số{rng.choice(('', '', '', ':'))} {number % 900 if year else number}{year}/{rng.choice(symbols)}"
