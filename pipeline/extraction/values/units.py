"""Unit nouns, currencies and magnitudes as they are printed after a number.

The tables are data: one line a noun, the canonical spelling first, then printed variants of the same noun. A family
groups nouns that count the same thing, so that "12 lượt người" can answer a question asked in "cá nhân".
"""

from decimal import Decimal
from typing import NamedTuple

import regex

from pipeline.text import fold

_FAMILIES: dict[str, tuple[str, ...]] = {
    "delegations": (
        "đoàn | lượt đoàn | đoàn công tác | đoàn khách | đoàn đại biểu | đoàn ra | đoàn vào | chuyến | chuyến đi"
        " | đoàn phóng viên | đoàn báo chí",
    ),
    "people": (
        "người | con người | ng",
        "lượt người | lượt/người",
        "lượt",
        "cá nhân | lượt cá nhân",
        "cán bộ | lượt cán bộ | cán bộ, công chức | cán bộ công chức",
        "đồng chí | lượt đồng chí | đ/c",
        "lượt khách | lượt du khách | lượt khách quốc tế | lượt khách du lịch",
        "khách | du khách | khách du lịch | khách quốc tế",
        "lao động | người lao động | lượt lao động",
        "công dân | lượt công dân",
        "kiều bào | lượt kiều bào | việt kiều | lượt việt kiều",
        "phóng viên | lượt phóng viên | nhà báo",
        "đại biểu | lượt đại biểu",
        "thành viên",
        "chuyên gia | lượt chuyên gia",
        "học viên | lượt học viên",
        "học sinh",
        "sinh viên | lưu học sinh | du học sinh",
        "thực tập sinh | tu nghiệp sinh",
        "tình nguyện viên",
        "công chức | viên chức | công chức, viên chức",
        "doanh nhân",
        "đoàn viên | lượt đoàn viên | đoàn viên, hội viên | lượt đoàn viên, hội viên",
        "hội viên | lượt hội viên",
        "linh mục | tu sĩ | giáo sĩ | mục sư | chức sắc | nhà sư",
        "giáo dân | tín đồ",
        "đảng viên",
        "đối tượng",
        "nạn nhân",
        "thi hài | thi thể",
        "ngư dân",
        "thuyền viên",
        "người dân",
        "nhân khẩu",
        "cô dâu",
        "giáo viên",
        "em",
        "cháu",
        "vị",
    ),
    "cases": ("trường hợp", "vụ việc", "vụ | vụ án", "ca", "đơn | đơn thư | đơn khiếu nại", "lượt vụ"),
    "projects": (
        "dự án | tiểu dự án | lượt dự án",
        "chương trình, dự án | chương trình dự án | dự án, chương trình",
        "chương trình",
        "khoản viện trợ | khoản",
        "công trình",
        "mô hình",
    ),
    "events": (
        "hội nghị | hội nghị, hội thảo | hội nghị hội thảo | cuộc hội nghị",
        "hội thảo | cuộc hội thảo",
        "cuộc | cuộc họp | cuộc gặp",
        "buổi | buổi làm việc | buổi tiếp",
        "lớp | lớp tập huấn | lớp bồi dưỡng | khóa tập huấn",
        "tọa đàm | diễn đàn",
    ),
    "agreements": (
        "thỏa thuận | thỏa thuận quốc tế | bản thỏa thuận | văn bản thỏa thuận | thỏa thuận hợp tác",
        "bản ghi nhớ | biên bản ghi nhớ | biên bản | ghi nhớ | mou",
        "văn bản | văn kiện | văn bản hợp tác",
        "hiệp định | điều ước",
        "hợp đồng",
    ),
    "activities": (
        "hoạt động",
        "sự kiện",
        "lễ hội",
        "đợt",
        "cuộc thi",
        "đêm diễn | buổi biểu diễn | đêm nhạc",
    ),
    "communes": ("xã", "phường", "thị trấn", "xã, phường | xã phường | xã, thị trấn | xã, phường, thị trấn"),
    "places": (
        "huyện",
        "quận",
        "tỉnh",
        "thành phố",
        "tỉnh, thành phố",
        "thôn | bản làng | thôn, bản",
        "địa phương",
        "điểm",
    ),
    "countries": ("nước", "quốc gia | quốc gia và vùng lãnh thổ", "vùng lãnh thổ", "thị trường"),
    "awards": (
        "hình thức | hình thức khen thưởng",
        "huân chương",
        "huy chương",
        "kỷ niệm chương",
        "bằng khen",
        "giấy khen",
        "danh hiệu",
        "giải thưởng | giải",
    ),
    "organisations": (
        "tổ chức | tổ chức phi chính phủ",
        "doanh nghiệp",
        "công ty",
        "đơn vị",
        "cơ quan",
        "nhà đầu tư",
        "hợp tác xã",
        "trường | trường học",
        "tập thể",
        "hội | chi hội",
    ),
    "households": ("hộ | hộ dân | hộ gia đình",),
    "papers": (
        "hộ chiếu",
        "hồ sơ",
        "giấy phép",
        "thị thực",
        "thẻ | thẻ abtc",
        "công văn",
        "báo cáo",
        "kế hoạch",
    ),
    "media": (
        "tin | tin, bài | tin bài | bản tin",
        "bài | bài viết | bài báo",
        "ấn phẩm",
        "phóng sự",
        "chuyên mục",
    ),
    "length": ("km | kilômét | ki-lô-mét | cây số", "m | mét", "hải lý"),
    "area": (
        "km2 | km² | km vuông | ki-lô-mét vuông | kilômét vuông | cây số vuông",
        "ha | héc ta | hécta | hec-ta | hecta",
        "m2 | m² | m vuông | mét vuông",
    ),
    "weight": ("tấn", "kg", "tạ"),
    "time": ("ngày", "tháng", "năm", "giờ", "phút", "tuần", "ngày đêm", "tuổi"),
    "things": (
        "lần",
        "nội dung",
        "ý kiến",
        "nhiệm vụ",
        "lĩnh vực",
        "mốc | cột mốc | mốc giới | cột mốc biên giới",
        "đồn | đồn biên phòng",
        "cửa khẩu",
        "tàu | tàu cá | tàu thuyền | tàu, thuyền",
        "phương tiện",
        "xe",
        "chiếc",
        "suất | suất học bổng | học bổng",
        "suất quà | phần quà",
        "bộ",
        "cuốn | quyển",
        "sản phẩm | mặt hàng",
        "bức thư | thư | điện mừng",
        "thủ tục | tthc",
        "lô hàng | lô",
    ),
}

# Nouns that fold onto common other words are taken only as spelt (bản/ban, tấn/tân, năm/Nam, đồng/dòng, …).
_AS_SPELT_LINE = (
    "năm tấn tạ ha m em ca vị đơn bộ hội thẻ tin bài xe ngày giải đợt lớp trường bản khoản tháng nước điểm điện lô thư"
    " mốc đồn tuần giờ"
)
_AS_SPELT = frozenset(_AS_SPELT_LINE.split())


class Unit(NamedTuple):
    """A unit noun in its canonical spelling and the family it counts in."""

    name: str
    family: str


def _build() -> tuple[dict[tuple[str, ...], Unit], dict[tuple[str, ...], Unit], dict[str, str]]:
    folded: dict[tuple[str, ...], Unit] = {}
    spelt: dict[tuple[str, ...], Unit] = {}
    families: dict[str, str] = {}
    for family, nouns in _FAMILIES.items():
        for line in nouns:
            variants = [variant.strip() for variant in line.split(" | ")]
            unit = Unit(variants[0], family)
            for variant in variants:
                families.setdefault(fold(variant), family)
                words = tuple(variant.split())
                spelt.setdefault(words, unit)
                if variant not in _AS_SPELT:
                    folded.setdefault(tuple(fold(word) for word in words), unit)
    return folded, spelt, families


_BY_FOLD, _BY_SPELLING, _FAMILY_OF = _build()
_LONGEST = max(len(words) for words in _BY_SPELLING)
# A unit is spelt in letters, may hold a comma between its words ("xã, phường") and a power ("km2", "m²").
_NEXT_WORD = regex.compile(
    r"[ \t]{0,3}((?:\p{L}[/-]\p{L}\b|km2|km²|m2|m²|[\p{L}]++(?:-\p{L}++)*+)(?:,(?=[ ]\p{L}))?+)"
)


def match_unit(text: str, at: int) -> tuple[Unit, int] | None:
    """Return the longest unit noun printed at ``at`` (spaces before it allowed) and the offset after it."""
    spelt: list[str] = []
    folded: list[str] = []
    ends: list[int] = []
    position = at
    while len(spelt) < _LONGEST:
        match = _NEXT_WORD.match(text, position)
        if match is None:
            break
        position = match.end()
        word = match.group(1).lower()
        spelt.append(word)
        folded.append(fold(word))
        ends.append(position)
    for length in range(len(spelt), 0, -1):
        for words, table in ((spelt, _BY_SPELLING), (folded, _BY_FOLD)):
            key = (*words[: length - 1], words[length - 1].rstrip(","))
            unit = table.get(key)
            if unit is not None:
                return unit, ends[length - 1] - words[length - 1].endswith(",")
    return None


def unit_family(unit: str) -> str:
    """Return the family of a unit noun in any spelling ("lượt người" → "people"), "" when it is unknown."""
    return _FAMILY_OF.get(fold(unit), "")


def unit_families() -> tuple[str, ...]:
    """Return the names of the families of unit nouns."""
    return tuple(_FAMILIES)


def units_agree(printed: str, wanted: str) -> bool:
    """Return whether a number counted in ``printed`` can answer a question asked in ``wanted``.

    Nouns of one family agree; people and cases agree with each other ("số trường hợp bị bắt giữ: 19 người").
    A number without a unit, and a question without one, agree with everything.
    """
    if not printed or not wanted or fold(printed) == fold(wanted):
        return True
    families = {unit_family(printed), unit_family(wanted)}
    return "" not in families and (len(families) == 1 or families == {"people", "cases"})


MAGNITUDES: dict[str, Decimal] = {
    "chuc": Decimal(10),
    "ta": Decimal(12),
    "tram": Decimal(100),
    "nghin": Decimal(1_000),
    "ngan": Decimal(1_000),
    "van": Decimal(10_000),
    "trieu": Decimal(1_000_000),
    "tr": Decimal(1_000_000),
    "ty": Decimal(1_000_000_000),
    "ti": Decimal(1_000_000_000),
}
"""Folded magnitude words and what they multiply by."""

_DOLLARS = {
    "": "USD",
    " mỹ": "USD",
    " úc": "AUD",
    " australia": "AUD",
    " canada": "CAD",
    " singapore": "SGD",
    " xin-ga-po": "SGD",
    " hồng kông": "HKD",
    " hồng công": "HKD",
    " đài loan": "TWD",
    " new zealand": "NZD",
    " niu di-lân": "NZD",
}
"""What stands behind "đô la" and says whose."""

CURRENCIES: dict[str, str] = {
    **{
        dollar + whose: code
        for dollar in ("đô la", "đô-la", "đôla", "dollar")
        for whose, code in _DOLLARS.items()
    },
    "đồng việt nam": "VND",
    "việt nam đồng": "VND",
    "đồng vn": "VND",
    "đồng": "VND",
    "vnđ": "VND",
    "vnd": "VND",
    "đ": "VND",
    "₫": "VND",
    "đô mỹ": "USD",
    "mỹ kim": "USD",
    "đô": "USD",
    "usd": "USD",
    "usđ": "USD",
    "ưsd": "USD",
    "ưsđ": "USD",
    "úsd": "USD",
    "us$": "USD",
    "$": "USD",
    "a$": "AUD",
    "s$": "SGD",
    "hk$": "HKD",
    "euro": "EUR",
    "eur": "EUR",
    "ơ-rô": "EUR",
    "ơ rô": "EUR",
    "€": "EUR",
    "yên nhật bản": "JPY",
    "yên nhật": "JPY",
    "yên": "JPY",
    "yen": "JPY",
    "jpy": "JPY",
    "¥": "JPY",
    "nhân dân tệ trung quốc": "CNY",
    "nhân dân tệ": "CNY",
    "ndt": "CNY",
    "cny": "CNY",
    "rmb": "CNY",
    "tệ": "CNY",
    "bảng anh": "GBP",
    "gbp": "GBP",
    "£": "GBP",
    "won hàn quốc": "KRW",
    "won": "KRW",
    "krw": "KRW",
    "₩": "KRW",
    "aud": "AUD",
    "sgd": "SGD",
    "cad": "CAD",
    "hkd": "HKD",
    "twd": "TWD",
    "nzd": "NZD",
    "bạt thái lan": "THB",
    "bạt thái": "THB",
    "baht thái lan": "THB",
    "baht thái": "THB",
    "baht": "THB",
    "thb": "THB",
    "kíp lào": "LAK",
    "kíp": "LAK",
    "kip": "LAK",
    "lak": "LAK",
    "riel campuchia": "KHR",
    "riel": "KHR",
    "riên": "KHR",
    "khr": "KHR",
    "rúp nga": "RUB",
    "rúp": "RUB",
    "rub": "RUB",
    "ringgit malaysia": "MYR",
    "ringgit": "MYR",
    "myr": "MYR",
    "rupee ấn độ": "INR",
    "rupee": "INR",
    "inr": "INR",
    "rupiah": "IDR",
    "idr": "IDR",
    "peso philippines": "PHP",
    "php": "PHP",
    "franc thụy sĩ": "CHF",
    "phờ-răng thụy sĩ": "CHF",
    "chf": "CHF",
    "sek": "SEK",
    "nok": "NOK",
    "dkk": "DKK",
    "curon đan mạch": "DKK",
    "krone đan mạch": "DKK",
    "curon na uy": "NOK",
    "curon thụy điển": "SEK",
}
"""Printed currency names, lower case, and their ISO 4217 codes."""
CURRENCIES |= {
    f"đồng {name}": CURRENCIES[name]
    for name in (
        "yên nhật",
        "yên",
        "won",
        "kíp",
        "euro",
        "nhân dân tệ",
        "bảng anh",
        "đô la mỹ",
        "đô la",
        "usd",
    )
}

# "đồng chí", "đồng bào", "đồng hương" are people, "đoàn" begins with đ: the word must end, and these must not follow.
_NOT_MONEY = {
    "đồng": regex.compile(
        r"\s{1,3}(?:chí|bào|hương|nghiệp|đội|minh|thời|bộ|phạm|tháp|nai|hới|xoài|đăng|văn)\b", regex.I
    ),
    "yên": regex.compile(r"\s{1,3}\p{Lu}"),  # Yên Bái
    "đ": regex.compile(r"/c(?!\p{L})", regex.I),  # đ/c: đồng chí
    "kíp": regex.compile(r"\s{1,3}(?:trực|mổ|thợ|kỹ thuật|xe|tàu|lái|nổ)\b", regex.I),
}
_SIGNS = "$€£¥₩₫"
_CURRENCY = regex.compile(
    r"\s{0,2}((?:"
    + "|".join(
        regex.escape(name).replace(r"\ ", r"\s{1,2}") for name in sorted(CURRENCIES, key=len, reverse=True)
    )
    + rf")(?:(?<=[{_SIGNS}])|(?![\p{{L}}\d])))",
    regex.I,
)
_INITIALS = frozenset(name[0] for name in CURRENCIES)
_FOLDED_CODES = {
    name: code
    for name, code in {fold(name): code for name, code in CURRENCIES.items()}.items()
    if len(name) > 6 and " " in name
}
"""Names so long that they are known without their marks ("do la My")."""
_FOLDED_INITIALS = frozenset(name[0] for name in _FOLDED_CODES)
_CURRENCY_FOLDED = regex.compile(
    r"\s{0,2}("
    + "|".join(
        regex.escape(name).replace(r"\ ", r"\s{1,2}") for name in sorted(_FOLDED_CODES, key=len, reverse=True)
    )
    + r")(?![\p{L}\d])"
)
_CODES = sorted({*CURRENCIES.values(), "VNĐ"})
_CURRENCY_BEFORE = regex.compile(
    rf"(?:US\$|HK\$|[AS]\$|[{_SIGNS}]|(?<!\p{{L}})(?:{'|'.join(_CODES)}))\s?$", regex.I
)


def match_currency(
    text: str, folded: str, at: int, *, after_magnitude: bool = False
) -> tuple[str, int] | None:
    """Return the ISO code of the currency printed at ``at`` and the offset after it, or None.

    After a magnitude ("25,4 ty dong") the unaccented "dong" is money; elsewhere it may be dòng, đông or đóng.
    """
    begun = at
    while begun < at + 2 and text[begun : begun + 1].isspace():
        begun += 1
    initial = text[begun : begun + 1].lower()
    match = _CURRENCY.match(text, at) if initial in _INITIALS else None
    if match is not None:
        name = " ".join(match.group(1).lower().split())
        if name in _NOT_MONEY and _NOT_MONEY[name].match(text, match.end()):
            return None
        return CURRENCIES[name], match.end()
    match = _CURRENCY_FOLDED.match(folded, at) if folded[begun : begun + 1] in _FOLDED_INITIALS else None
    if match is not None:
        return _FOLDED_CODES[" ".join(match.group(1).split())], match.end()
    if after_magnitude:
        match = _DONG.match(folded, at)
        if match is not None and not _NOT_MONEY["đồng"].match(text, match.end()):
            return "VND", match.end()
    return None


_DONG = regex.compile(r"[ ]{0,2}(?:dong|vnd|d)(?![\p{L}\d])")


def currency_before(text: str, at: int) -> tuple[str, int] | None:
    """Return the ISO code of a currency printed just before ``at`` ("USD 500", "$1.2") and where it begins."""
    match = _CURRENCY_BEFORE.search(text, max(0, at - 6), at)
    if match is None:
        return None
    return CURRENCIES[match.group().strip().lower()], match.start()
