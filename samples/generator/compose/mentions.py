"""What counts as an entity, and how far it reaches: one rule for every sentence, whoever marked it first.

The scribe knows what stands in for a variable; wordings name offices, years and countries besides. Both are brought to
the reach that ``docs/generator.md`` states under *Entities*.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.gazetteers.countries import find_countries
from pipeline.gazetteers.unit_spans import find_units
from samples.generator.compose.offices import NAMES

_KIND = r"tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu"
_NEAR = rf"(?:{_KIND}|TP\.?|TX\.?)"

# ---------------------------------------------------------------- offices

_HEADS = (
    "Sở|Bộ|Phòng|Ban|Cục|Chi cục|Tổng cục|Vụ|Văn phòng|VP|Trung tâm|Hội|Liên hiệp|Liên đoàn|Hiệp hội|Viện|Trường"
    "|Học viện|Bệnh viện|Đoàn|Đồn|Đội|Trạm|Ủy ban|Ban Quản lý|Ban Chỉ đạo|Đảng ủy|Đảng bộ|Đảng đoàn|Bộ phận|Kho bạc"
    "|Ngân hàng|Đài|Báo|Quỹ|Thanh tra|Ban cán sự đảng|Đại sứ quán|Tổng Lãnh sự quán"
)
_PAIRS = (
    "Ngoại vụ|Nội vụ|Tư pháp|Kế hoạch|Đầu tư|Tài chính|Công Thương|Công thương|Xây dựng|Giao thông|vận tải|Văn hóa|Thể thao"
    "|Du lịch|Thông tin|Truyền thông|Giáo dục|Đào tạo|Khoa học|Công nghệ|Tài nguyên|Môi trường|Nông nghiệp|Phát triển"
    "|nông thôn|Lao động|Thương binh|Xã hội|Thương mại|Y tế|Kinh tế|Hạ tầng|Dân tộc|Tôn giáo|Tuyên giáo|Tổ chức|Dân vận"
    "|Đối ngoại|Nội chính|Thường vụ|Thường trực|Chấp hành|Bí thư|Kiểm tra|Quản lý|Chỉ đạo|Hợp tác|Quốc tế|quốc tế|Lãnh sự"
    "|Việt kiều|Lễ tân|Tổng hợp|Hành chính|Quản trị|Hộ tịch|Thống kê|Thanh tra|Chính sách|Xuất nhập cảnh|xuất nhập cảnh"
    "|Biên phòng|Biên giới|Quân sự|Chỉ huy|Công an|Hải quan|Liên hiệp|Phụ nữ|Nông dân|Cựu chiến binh|Thanh niên|Chữ thập đỏ"
    "|Hữu nghị|hữu nghị|Doanh nghiệp|Văn phòng|Chính phủ|Trung ương|Đảng|Nhà nước|Tổ quốc|Mặt trận|Cải cách|Đa khoa"
    "|Cao đẳng|Đại học|Xúc tiến|Ngoại giao|Quốc phòng|Đô thị|đô thị|Phục vụ|hành chính công|Truyền thanh|Truyền hình"
    "|Địa chính|Bảo hiểm xã hội|Nhà văn|Nghệ thuật|Trung học|HĐND|UBND|Hội đồng nhân dân|Ủy ban nhân dân|Bảo hộ|công dân"
    "|Tỉnh ủy|Thành ủy|Huyện ủy|Quận ủy|Thị ủy|Đảng ủy|Hồ Chí Minh|Cộng sản|các khu công nghiệp|Khu kinh tế|Giám đốc"
    "|Kiều bào|Thi đua|Khen thưởng|Công chức|Việc làm|Chuyên viên|Tiếp dân|Tiếp công dân|Đoàn thể|Một cửa|Tác chiến"
)
_OFFICE = re.compile(
    rf"(?<![\w-])(?:{_HEADS})(?: (?:{_PAIRS})(?!\w))"
    rf"(?:(?: và | - |, | )(?:{_PAIRS})(?!\w))*(?: (?:{_KIND})(?!\w))?"
    rf"|(?<!\w)(?:HĐND|UBND|Hội đồng nhân dân|Ủy ban nhân dân)(?: (?:{_KIND}))(?!\w)"
    rf"|(?<!\w)(?:HĐND|UBND)(?= và (?:HĐND|UBND) )|(?<!\w)TT (?:HĐND|UBND)(?: (?:{_KIND})(?!\w))?"
    r"|(?<!\w)Thủ tướng Chính phủ(?!\w)"
)
_LEADS = (
    "Phó Chủ tịch Thường trực|Phó Bí thư Thường trực|Phó Chủ tịch|Chủ tịch|Phó Bí thư|Bí thư|Phó Giám đốc|Giám đốc"
    "|Phó Chánh Văn phòng|Chánh Văn phòng|Phó Trưởng ban|Trưởng ban|Phó Trưởng phòng|Trưởng phòng|Phó Trưởng|Trưởng|Phó"
    "|Ủy viên|Bộ trưởng|Thứ trưởng|Cục trưởng|Phó Cục trưởng|Vụ trưởng|Đại sứ|Tổng Lãnh sự|PCT|CT|CVP|PCVP|Chánh Thanh tra"
)
_LEAD_BEFORE = re.compile(rf"(?<!\w)(?:{_LEADS}) $")
_POST = re.compile(
    rf"(?<!\w)(?:{_LEADS})(?: (?:{_OFFICE.pattern})|(?: (?:{_PAIRS})(?!\w)){{1,3}}(?: (?:{_KIND})(?!\w))?)"
)

# ---------------------------------------------------------------- times, documents, amounts

_YEAR = r"(?:19|20)\d\d"
_D = r"\d{1,2}"
_FULL_DAY = rf"ngày {_D} tháng {_D} năm {_YEAR}|(?:ngày )?{_D}/{_D}/{_YEAR}|ngày {_D}[-.]{_D}[-.]{_YEAR}"
_DAY = re.compile(rf"(?<![\w/.-])(?:{_FULL_DAY}|ngày {_D}/{_D}|ngày {_D} tháng {_D})(?![\w/])", re.IGNORECASE)
_SPAN = (
    rf"(?:{_D}|sáu|chín|ba) tháng (?:(?:đầu|cuối|của) )?(?:năm )?{_YEAR}|(?:6|9|3|sáu|chín) tháng (?:đầu|cuối) năm"
    rf"|quý (?:I{{1,3}}|IV|[1-4])(?:(?: năm |/){_YEAR})?|tháng {_D}(?:/| năm ){_YEAR}|năm {_YEAR}"
)
_PERIOD = re.compile(
    rf"(?<![\w/])(?:(?:giai đoạn|nhiệm kỳ|các năm) {_YEAR} ?[-–] ?{_YEAR}"
    rf"|từ (?:{_FULL_DAY}|{_SPAN}|ngày {_D}(?:/{_D})?) đến (?:hết )?(?:{_FULL_DAY}|{_SPAN})|{_SPAN})(?!\w)",
    re.IGNORECASE,
)
_TYPES = (
    "Nghị quyết liên tịch|Nghị quyết|Quyết định|Chỉ thị|Quy chế|Quy định|Thông báo|Hướng dẫn|Chương trình hành động"
    "|Chương trình|Kế hoạch|Đề án|Báo cáo|Tờ trình|Công văn|Công điện|Nghị định|Thông tư liên tịch|Thông tư|Luật|Bộ luật"
    "|Pháp lệnh|Kết luận|Giấy mời|Văn bản|Lệnh|Hiệp định"
)
LEGAL = re.compile(rf"(?<!\w)(?:{_TYPES}) số:? ?\d+[\w/.-]*\w", re.IGNORECASE)
_NUMBER = r"\d+(?:[.,]\d+)*(?: \(\w[\w ]*\))?"
_UNITS = (
    "lượt (?:người|khách|du khách|cán bộ|kiều bào|đại biểu|đảng viên|đồng chí|công dân|lao động|hộ|bà con|phóng viên)|lượt"
    "|vụ việc|vụ|trường hợp|tiểu dự án|dự án|hoạt động|phóng viên|thỏa thuận|bản ghi nhớ|biên bản|văn bản|hình thức"
    "|hội nghị|hội thảo|hộ chiếu|hồ sơ|công chức|viên chức|cán bộ|đảng viên|đại biểu|tổ chức|công trình|cột mốc"
    "|đối tượng|đơn vị|doanh nghiệp|cửa lạch|công dân|chương trình|bằng khen|giấy khen|lao động|học sinh|sinh viên"
    "|giáo viên|gia đình|dân tộc|cơ sở|cuộc|buổi|đợt|lớp|khóa|đoàn|người|khách|hộ|đơn|xã|huyện|nước|ca|km|ha|tuyến"
    "|tin|bài|suất|phòng học|mô hình|khoản|tập thể|cá nhân|tình nguyện viên|trẻ em|tiêu chí|thị trường|thành viên"
    "|phần thưởng|phiên|nhà|nhà máy|nhà báo|nghìn lượt|nghìn người|mét vuông|lít|kiều bào|huân chương|huy chương|giải"
    "|dự thảo|cuốn|con|chốt|bản|biên chế|đồng chí|trường|loại|khẩu|vị|thư cảm ơn|ngày|năm|tháng"
)
_UNIT_AFTER = re.compile(rf"(?:{_UNITS})(?!\w)", re.IGNORECASE)
_SHARE = re.compile(rf"{_NUMBER} ?%")
_COUNTED = re.compile(rf"(?<![\w/.,-]){_NUMBER} (?:{_UNITS})(?!\w)")
_AMOUNT = re.compile(
    rf"(?<![\w/.,-]){_NUMBER} (?:nghìn |triệu |tỷ |tỉ )+(?:đồng|USD|EUR|Euro|euro|Yên|JPY|đô la Mỹ|VND|VNĐ)(?!\w)"
)
_CURRENCY = re.compile(
    r"đồng|USD|EUR|euro|yên|JPY|đô la|VND|VNĐ|KRW|won|nhân dân tệ|CNY|bảng|GBP|AUD", re.IGNORECASE
)


@dataclass(frozen=True)
class Mention:
    """A stretch of a line that names something; ``origin`` is the entity of the ledger that it was, if it is unchanged."""

    label: str
    start: int
    end: int
    origin: int | None = None


def mentions(text: str, given: Sequence[Mention], known: Sequence[tuple[str, str]] = ()) -> list[Mention]:
    """Return what ``text`` names, in order and without overlap.

    ``given`` are the stretches the scribe marked, ``known`` (label, words) are names that stand in it unmarked.
    """
    found = [part for one in given for part in _reshaped(text, one)]
    for label, words in known:
        pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE)
        _add(found, text, label, (match.span() for match in pattern.finditer(text)))
    for label, finder in _FINDERS:
        _add(found, text, label, finder(text))
    return _joined(text, sorted(found, key=lambda one: one.start))


def _add(found: list[Mention], text: str, label: str, spans: Iterator[tuple[int, int]]) -> None:
    for start, end in spans:
        if all(end <= one.start or start >= one.end for one in found):
            found.append(Mention(label, start, end))


def _by(pattern: re.Pattern[str]) -> Callable[[str], Iterator[tuple[int, int]]]:
    return lambda text: (match.span() for match in pattern.finditer(text))


def _countries(text: str) -> Iterator[tuple[int, int]]:
    yield from ((one.start, one.end) for one in find_countries(text))
    yield from (match.span() for match in re.finditer(r"(?<!\w)Việt Nam(?!\w)", text))


_FINDERS: tuple[tuple[str, Callable[[str], Iterator[tuple[int, int]]]], ...] = (
    ("LEGAL_DOC", _by(LEGAL)),
    ("DATE", lambda text: (m.span() for m in _DAY.finditer(text) if not _opens_range(text, m))),
    ("PERIOD", _by(_PERIOD)),
    ("MONEY", _by(_AMOUNT)),
    ("QUANTITY", _by(_SHARE)),
    ("QUANTITY", _by(_COUNTED)),
    ("POST", _by(_POST)),
    ("POST", _by(NAMES["POST"])),
    ("ORG", _by(_OFFICE)),
    ("ORG", _by(NAMES["ORG"])),
    ("PLACE", lambda text: ((one.start, one.end) for one in find_units(text))),
    ("COUNTRY", _countries),
)


def _opens_range(text: str, day: re.Match[str]) -> bool:
    return any(one.start() <= day.start() and day.end() <= one.end() for one in _PERIOD.finditer(text))


# ---------------------------------------------------------------- reach


def _reshaped(text: str, one: Mention) -> list[Mention]:
    """Return what the scribe's mark covers, to its proper reach; nothing where the finders know better."""
    words = text[one.start : one.end]
    match one.label:
        case "DATE" | "PERIOD":
            return [_time(text, one)]
        case "QUANTITY":
            return [_measure(text, one)]
        case "PERSON":
            name, comma, _ = words.partition(", ")
            if re.match(rf"(?:{_LEADS})\b", words):
                return []
            return [_cut(one, 0, len(name))] if comma else [one]
        case "POST":
            address = re.match(r"(?:đồng chí|ông|bà) ", words, re.IGNORECASE)
            end = len(re.split(r",? phụ trách |, (?=Ủy viên|Trưởng)", words)[0])
            return [_cut(one, address.end() if address else 0, end)]
        case "PROGRAMME":
            kind = re.search(
                r"(?<!\w)(?:(?:tiểu )?dự án|chương trình|đề án) $", text[: one.start], re.IGNORECASE
            )
            return [Mention(one.label, kind.start(), one.end)] if kind else [one]
        case "ORG":
            return _body(one, words)
    return [one]


def _cut(one: Mention, start: int, end: int) -> Mention:
    if (start, end) == (0, one.end - one.start):
        return one
    return Mention(one.label, one.start + start, one.start + end)


def _time(text: str, one: Mention) -> Mention:
    """Return a day as DATE, a longer time as PERIOD; "ngày" and "từ" belong to it."""
    words = text[one.start : one.end].lower()
    ranged = " đến " in words or re.search(rf"{_D} ?[-–] ?{_D}/", words) is not None
    day = one.label == "DATE" and not ranged and not words.startswith("tháng")
    before = "ngày " if day and not words.startswith("ngày") else "từ " if " đến " in words else ""
    start = one.start
    if before and not words.startswith(before) and text[:start].lower().endswith(before):
        start -= len(before)
    origin = one.origin if start == one.start and day == (one.label == "DATE") else None
    return Mention("DATE" if day else "PERIOD", start, one.end, origin)


def _measure(text: str, one: Mention) -> Mention:
    """Return a number with the noun that counts, without the verb before and what describes the noun further."""
    words = text[one.start : one.end]
    if _CURRENCY.search(words) and not _UNIT_AFTER.search(words):
        return replace(one, label="MONEY", origin=None)
    if share := _SHARE.search(words):
        return _cut(one, *share.span())
    noun = next((m for m in _UNIT_AFTER.finditer(words) if m.start() and words[m.start() - 1] == " "), None)
    return _cut(one, 0, noun.end() if noun and not _spelled(words, noun) else len(words.partition(",  ")[0]))


def _spelled(words: str, noun: re.Match[str]) -> bool:
    """Return whether the noun found is a number word ("mười năm đoàn") or stands in brackets."""
    return words[: noun.start()].count("(") > words[: noun.start()].count(")")


def _body(one: Mention, words: str) -> list[Mention]:
    """Return a body to its reach: no delegation, no place, no country or abbreviation in brackets."""
    if re.match(r"đoàn (?!thanh niên)", words, re.IGNORECASE) or words[1:].islower():
        return []
    if re.match(r"(?:công chức|cán bộ|chuyên viên) ", words, re.IGNORECASE):
        return [replace(one, label="POST")]
    name, bracket, rest = words.partition(" (")
    found = []
    if re.match(rf"(?:{_KIND}|bang|vùng|hạt|châu|khu tự trị) ", name):
        at = 0
        for part in name.split(", "):
            found.append(Mention("PLACE", one.start + at, one.start + at + len(part)))
            at += len(part) + 2
    else:
        at = 0
        for part in re.split(r"(, | - )(?=Văn phòng |Sở |Phòng )", name):
            if part not in {", ", " - "}:
                found.append(_cut(one, at, at + len(part)))
            at += len(part)
    inside = rest.partition(")")[0]
    if bracket and inside[:1].isupper() and not find_countries(inside):
        at = one.start + len(name) + 2
        found.append(Mention("ORG", at, at + len(inside)))
    return found


# ---------------------------------------------------------------- one name of two


def _joined(text: str, found: Sequence[Mention]) -> list[Mention]:
    """Return the mentions; an office with the place behind it is one name, a post with the office behind it too."""
    joined: list[Mention] = []
    for one in found:
        last = joined[-1] if joined else None
        together = last is not None and text[last.end : one.start] == " "
        words = text[one.start : one.end]
        if last and together and last.label in {"ORG", "POST"} and _follows(text, last, one, words):
            joined[-1] = Mention(last.label, last.start, one.end)
        elif one.label == "PLACE" and (office := _bare_office(text, one.start)) is not None:
            joined.append(Mention("ORG", office, one.end))
        else:
            joined.append(one)
        ahead = _LEAD_BEFORE.search(text, 0, joined[-1].start) if joined[-1].label == "ORG" else None
        if ahead is not None and (len(joined) < 2 or joined[-2].end <= ahead.start()):
            joined[-1] = Mention("POST", ahead.start(), joined[-1].end)
    return joined


def _follows(text: str, last: Mention, one: Mention, words: str) -> bool:
    if one.label == "ORG":
        return last.label == "POST" and bool(re.search(rf"(?:{_LEADS})$", text[last.start : last.end]))
    if one.label != "PLACE" or re.search(rf" {_NEAR}$", text[last.start : last.end]) is None:
        return one.label == "PLACE" and re.match(rf"(?:{_NEAR}) ", words) is not None
    return True


_BARE = re.compile(
    r"(?<!\w)(?:Thường trực |Văn phòng |Lãnh đạo )?"
    r"(UBND|HĐND|Ủy ban nhân dân|Hội đồng nhân dân|Uỷ ban nhân dân|Công an|Tỉnh ủy|Thành ủy|Huyện ủy|Quận ủy|Thị ủy"
    r"|Hội Nông dân|Đoàn Thanh niên|Hội Liên hiệp Phụ nữ|Ủy ban Mặt trận Tổ quốc|Mặt trận Tổ quốc) $"
)


def _bare_office(text: str, end: int) -> int | None:
    """Return where an office begins whose level is the place behind it: UBND + huyện Nga Sơn."""
    found = _BARE.search(text, 0, end)
    if found is None:
        return None
    whole = found.group().startswith(("Thường trực", "Văn phòng"))
    return found.start() if whole else found.start(1)
