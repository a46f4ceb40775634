"""Who went and what for, in the words that one telling leaves beside its people, countries, days, leader and funding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from pipeline.extraction.telling_parts import NOTHING, Part, Parts
from pipeline.text import squeeze

_GROUP = regex.compile(r"(?:Đoàn|Nhóm)(?!\p{L})", regex.I)
_BRACKET = regex.compile(r"\(\s?")
_AFTER_PART = regex.compile(r"[\s,):;–-]*(?:(?:người|cán bộ|thành viên)\s)?(?:(?:của|thuộc)\s)?")
_LABEL_END = regex.compile(r"[,:]\s")
_BULLETS = regex.compile(r"[\s,+*•●–-]*")
_HEADS = (
    r"Sở|Phòng|Ban|Bộ|Cục|Chi cục|Tổng cục|Vụ|Viện|Học viện|Trung tâm|Hội|Liên hiệp|Liên minh"
    r"|Liên đoàn|Hiệp hội|Công an|Quân|Bộ đội|Đồn|Tỉnh|Thành|Huyện"
    r"|Thị ủy|Thị uỷ|Quận|Đảng|Đoàn|Đại sứ quán|Tổng|Lãnh sự|Công ty|Tập đoàn|Trường|Đại học"
    r"|Bệnh viện|Báo|Đài|Tổ chức|Quỹ|Chính phủ|Chính quyền|Quốc hội|Thanh tra|Kho bạc"
    r"|Ngân hàng|Ủy ban|Uỷ ban|UBND|HĐND|UBMTTQ|MTTQ|Mặt trận|Văn phòng|VP|Thường trực|Lãnh đạo|Nhóm"
    r"|Cơ quan|Doanh nghiệp|Hợp tác xã|Nhà máy|Khu|Câu lạc bộ|Nhà"
    r"|Thông tấn|Tạp chí|Dự án|Chi đoàn|Xã|Phường|Thị trấn|Thành phố|Tòa án|Toà án|Viện kiểm sát"
    r"|Hải quan|Nhân dân|Phân viện|Chi hội|Giáo xứ|Cựu|Bảo tàng|Thư viện|Hạt|Đội|Trạm"
)
_GENERAL = (
    r"doanh nghiệp|lãnh đạo|chuyên gia|nhà đầu tư|nhóm|phóng viên|cán bộ|đại diện|đại biểu"
    r"|các doanh nghiệp|một số|hai|ba|đại sứ quán|lãnh sự quán|tổng lãnh sự quán"
    r"|tổ chức|công ty|tập đoàn|trường|hội|chính quyền|cơ quan|phòng thương mại|hiệp hội|quỹ|viện|ban"
    r"|văn phòng|ngân hàng|bệnh viện|sinh viên|giáo viên|học sinh|thành phố|tỉnh|huyện|thị xã"
    r"|bang|quận|báo|đài|hãng|ủy ban|bộ|sở|phòng|trung tâm|câu lạc bộ|hợp tác xã|nghệ nhân|bác sĩ"
    r"|tình nguyện viên|nhà báo|đội|xã"
)
_HEAD = regex.compile(rf"(?:{_HEADS})(?![\p{{L}}\d])")
_LOOSE = regex.compile(
    rf"(?<![\p{{L}}\d/])(?<!(?:của|thuộc|tại|ở|với|theo|do|bởi|và)\s)(?:{_HEADS})(?=\s\p{{L}})"
)
_DOAN = regex.compile(r"đoàn(?!\s(?:viên|thể|kết|phí|trưởng|đã|đi|sang))(?!\p{L})", regex.I)
_PROPER = regex.compile(r"\p{Lu}[\p{L}\d]")

# Where the name of who went must end, in lower case.
_STOP_WORDS = (
    r"gồm|bao gồm|có|với|do|để|nhằm|đã|đang|sẽ|vừa|cũng|được|đi|sang|ra|đến|tới|vào|qua|thăm|làm việc"
    r"|tham dự|tham gia|lưu lại|lưu trú"
    r"|khởi hành|lên đường|cử|nhận lời|thực hiện|tiếp|đón|từ|trong|vào|ở|về|theo|cùng|nhân|bằng|mang"
    r"|thời gian|số lượng|mục đích|nội dung"
    r"|kinh phí|trưởng đoàn|ngày|tháng|năm|quý|chuẩn bị|trở về|kết thúc|hoàn thành|phối hợp|xuất cảnh"
    r"|nhập cảnh|bay|chính thức|đặt chân|ghé"
    r"|dẫn đầu|làm|là|nằm|bố trí|lần lượt|dự(?!\sán)|(?<!(?:sứ quán"
    r"|sự quán)(?:\s\p{Lu}\p{L}*){1,3}\s)tại(?!\sViệt Nam)|tổ chức(?=\s(?:đoàn|cho|chuyến|đi|một|01))"
    r"|cho phép|mời|bắt đầu|tiến hành|giao|phụ trách"
)
_DOING = (
    "học tập|nghiên cứu|khảo sát|trao đổi|tham quan|xúc tiến|ký|kí|ký kết|kí kết|hội đàm|giao lưu"
    "|tìm hiểu|vận động|quay phim|đưa tin|tập huấn"
    "|bồi dưỡng|quảng bá|đàm phán|tác nghiệp|chào|kiểm tra|trao|thúc đẩy|triển khai|nâng cao"
    "|biểu diễn|thi đấu|bàn|bàn giao|khám|tư vấn"
    "|đánh giá|dạy|giảng dạy|tìm kiếm|chúc|giới thiệu|kết nối|hỗ trợ|tặng|thực tập|viếng|giám sát"
    "|rà soát|chuyển giao|lắp đặt|thu thập|tiếp thị|chữa"
)
_STOP = regex.compile(rf"(?<!\p{{L}})(?:{_STOP_WORDS})(?![\p{{L}}])")
_ACT = regex.compile(rf"(?<!\p{{L}})(?:{_DOING})(?![\p{{L}}])")
_MARK = regex.compile(r"[:;()]|\.(?=\s|$)|\s[–-]\s(?=\p{Ll})")
_COMMA = regex.compile(r",\s?")
_GOES_ON = regex.compile(
    r"(?:và\s)?(?:sinh viên|học sinh|giáo viên|giảng viên|cán bộ|công chức|viên chức|chuyên gia"
    r"|nghệ nhân|nghệ sĩ|doanh nhân|nhà đầu tư|nhà báo|bác sĩ"
    r"|thương binh|gia đình|trẻ em|thể thao|du lịch|hợp tác xã|huyện|thị xã|thành phố|tỉnh|ngành|phường|xã)(?!\p{L})"
    r"|(?=\p{Lu})(?!(?:Lào|Anh|Nga|Đức|Pháp|Mỹ)(?!\p{L}))(?:Thể thao|Thương binh|Gia đình|Xã hội"
    r"|Du lịch|Trẻ em|Khoa học|Truyền thông|Thủy|Bảo vệ)(?!\p{L})"
)
_CLOSES_NAME = regex.compile(
    r"(?:\s(?:và|đã|của|thuộc|với|có|là|các|một|[,.;:–-])){1,8}+$|[\s,.;:(–-]{1,24}+$", regex.I
)

_RECEIVES = regex.compile(
    r"(?<!\p{L})(?i:(?:đã|được|vừa|tổ chức|vui mừng|trân trọng|phối hợp|cùng)\s)*(?i:(?:đón tiếp"
    r"|tiếp đón|tiếp nhận|chào đón|đón nhận|đón|tiếp)(?:\s(?:xã giao|chính thức))?"
    r"(?:\s(?:và|,)\s(?:tiếp|hướng dẫn|làm việc với|làm việc cùng|hội đàm với))?|làm việc với"
    r"|hội đàm với|gặp gỡ|gặp mặt|tạo điều kiện(?: thuận lợi)? cho"
    r"|hướng dẫn|bố trí cho|cho phép|hỗ trợ|cấp phép cho|(?:ghi nhận )?chuyến (?:thăm|làm việc"
    r"|công tác) của|sự có mặt của|là)\s"
    r"(?=đoàn|(?:0?1|một)\s|\d|\p{Lu}|các|doanh|chuyên|nhóm|lãnh|phóng|đại|nhà|cán|thành|tổ chức|sinh|ông\s|bà\s)"
)
_SENDS = regex.compile(
    r"(?<!\p{L})(?i:(?:đã|được|vừa)\s)*(?:(?i:cử|thành lập|cho phép|đồng ý cho|giới thiệu"
    r"|chấp thuận cho)|tổ chức(?: cho)?|Tổ chức(?=\s(?:đoàn|01|một|cho)))\s(?=đoàn|(?:0?1|một)\s|\d"
    r"|\p{Lu}|cán bộ|lãnh đạo)"
)
_BELONGS = regex.compile(
    r"(?<!\p{L})(?:của|thuộc|từ|là cán bộ(?: của)?|công tác tại|đến từ)\s(?=\p{Lu}|đoàn|lãnh đạo"
    r"|doanh|các|trường|công ty|tập đoàn|hội|tổ chức|đại sứ|chính)"
)
_OURSELVES = regex.compile(
    r"^(?:địa phương|tỉnh|huyện|xã|thành phố|thị xã|quận|phường|đơn vị|cơ quan|phía bạn|nước ngoài"
    r"|đối tác|nước bạn|bạn|ta|mình)$",
    regex.I,
)
_BARE = regex.compile(
    r"^(?:(?:0?1|một)\s)?(?:lượt\s)?đoàn(?:\s(?:công tác|khách|đại biểu|cán bộ|của|thuộc"
    r"|khách quốc tế|nước ngoài|khách nước ngoài|vào|ra))*$"
    r"|^(?:Đoàn(?:\scông tác|\skhách)?|[Kk]hách(?:\s(?:quốc tế|nước ngoài))?|[Đđ]iểm đến.*|[Cc]án bộ|[Cc]ả đoàn)$"
)
_NO_NAME = regex.compile(
    r"(?:để|nhằm|với|tại|đi|trong|từ|theo|do|đến|sang|ngày|tháng|vào|thời gian|kinh phí|nội dung"
    r"|mục đích|gồm|có|và|nổi bật|bên cạnh|cử|đón|tiếp|đã"
    r"|thực hiện|ngoài|năm|quý|cụ thể|trưởng đoàn|số|được|đồng chí|ông|bà|công tác|về|việc|triển khai"
    r"|hoạt động|tình hình|kết quả|chuyến|tham gia|tham dự|thành viên|phó (?:chủ tịch|bí thư|giám đốc"
    r"|trưởng)|chủ tịch|bí thư|giám đốc|trưởng (?:phòng|ban)|chánh|nhân)(?!\p{L})",
    regex.I,
)
_OWNER = regex.compile(
    r"^(?-i:đoàn)(?:\s(?:công tác|khách|cán bộ|chuyên gia|đại biểu|lãnh đạo))?\s(?:(?:của"
    r"|thuộc)\s)?(?=(?-i:\p{Lu})|thành phố|tỉnh|huyện|các|trường|công ty|tập đoàn|tổ chức)"
    r"|^Đoàn\s(?:của|thuộc)\s|^(?:lãnh đạo|đại diện)\s(?=(?-i:\p{Lu})(?!BND))"
    r"|^(?:cán bộ|đại biểu|phóng viên|chuyên gia)\s(?:của|thuộc)\s",
)

_CUE_SAID = regex.compile(
    r"(?:(?<=(?:^|[,;.(–-])\s?)|(?<!\p{L})(?:với|nhằm|chủ yếu|có)\s"
    r"|(?<!\p{L})(?=mục đích))(?:mục đích|mục tiêu|nhiệm vụ|lý do|lí do)(?!\p{L})(?:\s(?:chính"
    r"|(?:của |cho )?(?:chuyến đi|chuyến thăm|chuyến công tác|đoàn|đợt công tác)|chủ yếu|(?:làm việc"
    r"|công tác|đi|đến|hoạt động)(?=\s?:|\s(?:là|để|nhằm)\s)))*"
    r"(?:\s(?:là|để|nhằm|gồm)(?!\p{L}))?\s?:?\s?"
    r"|(?:(?<=(?:^|[,;.(–-])\s?)|(?<!\p{L})(?:với|về)\s)(?:nội dung|chương trình|công việc"
    r"|hoạt động)(?!\p{L})(?:\s(?:chính|(?:của |cho )?(?:chuyến đi|chuyến thăm|buổi làm việc"
    r"|chuyến công tác|đoàn)|chủ yếu|(?:làm việc|công tác|hoạt động|trao đổi)(?=\s?:|\s(?:là|để"
    r"|gồm)\s)))*"
    r"(?:\s(?:là|gồm|về|để)(?!\p{L}))?\s?:?\s?"
    r"|(?<!\p{L})nhằm(?:\smục đích)?\s",
    regex.I,
)
_CUE_FOR = regex.compile(r"(?<!\p{L})để\s", regex.I)
_CUE_TASK = regex.compile(
    r"(?<!\p{L})(?:được|nhận)\s(?:giao|mời|cử|phân công)(?:\s(?:nhiệm vụ|đi|sang))?\s(?=\p{Ll})"
)
_MOVES = regex.compile(
    r"(?<!\p{L})(?:đi|sang|đến|tới|vào|ra|qua)\s(?=(?!(?:từ|nước|các nước|nước ngoài"
    r"|thăm chính thức nước|tỉnh|huyện|địa|thành phố|xã|ngày|tháng|năm|hết|cùng|với|lại|đây|và|theo"
    r"|trong|từ)(?!\p{L}))\p{Ll})"
)
_VERB_LATER = regex.compile(
    rf"(?<!\p{{L}})(?<!(?:chuyến|buổi|cuộc|lịch|đợt|việc)\s)(?:thăm|làm việc|tham dự|dự(?!\sán)"
    rf"|tham gia(?!\s(?:các )?đoàn)|{_DOING})(?![\p{{L}}])"
)
_LINKS = regex.compile(r"(?:của|thuộc|và|hoặc|cho|nhưng|diễn ra|trên|do|nước bạn|lần thứ|kết hợp)(?!\p{L})")
_AT_PLACE = regex.compile(
    r"\s(?:tại|ở|đến|sang|trên|về)\s(?:địa bàn|địa phương|tỉnh|huyện|xã|thành phố|thị xã"
    r"|Việt Nam)(?:\s\p{Lu}\p{L}*){0,3}(?=\s?(?:[,;.(]|$))"
)
_PURPOSE_END = regex.compile(
    r"[;:]|\.(?=\s|$)|,\s(?=(?:đoàn|cả đoàn|trong đó|thời gian|kinh phí|thành phần|trưởng đoàn"
    r"|số lượng|do\s|qua đó|góp phần|kết quả|theo đó|được|đã|đại diện)(?!\p{L}))"
    r"|\s\((?=[^()]{0,50}(?:\d|tháng|thời gian|kinh phí|người))|\s(?=do (?:đồng chí|ông|bà)\s)"
    r"|,\s(?=(?:0?1|một)\s(?:lượt\s)?đoàn)|\s(?:với|trong)\s(?=sự\s)"
)
_TRIM = " ,.;:–-("


@dataclass(frozen=True, slots=True)
class Names:
    """Who went (or came) and what for; empty where it is not said. ``receives`` says that the telling is a host's."""

    organisation: str
    purpose: str
    headed: bool
    receives: bool


def find_names(text: str, parts: Parts) -> Names:
    """Return who went and what for, as ``text`` tells it beside its ``parts``."""
    span = _purpose_span(text, parts)
    purpose = squeeze(text[slice(*span)]).strip(_TRIM) if span else ""
    name, headed, receives = _organisation(text, parts, span)
    return Names(name, purpose, headed, receives)


# ---------------------------------------------------------------- what for


def _purpose_span(text: str, parts: Parts) -> tuple[int, int] | None:
    taken = [part for part in parts.parts if part.kind in ("opener", "leader", "funding")]
    for pattern in (_CUE_SAID, _CUE_FOR, _CUE_TASK):
        for match in pattern.finditer(text):
            if not _covered(taken, match.start()):
                end = _purpose_end(text, match.end(), parts, fronted=True)
                if end - match.end() > 3:
                    return match.end(), end
    for start in (*_after_countries(text, parts), *_after_move(text, parts)):
        end = _purpose_end(text, start, parts, fronted=False)
        if end - start > 3:
            return start, end
    for match in _VERB_LATER.finditer(text):
        if not _covered(parts.parts, match.start()) and _at_clause(text, match.start(), parts):
            end = _purpose_end(text, match.start(), parts, fronted=True)
            if end - match.start() > 3:
                return match.start(), end
    return None


def _after_countries(text: str, parts: Parts) -> list[int]:
    """Return where a verb follows the countries ("đã sang Lào khảo sát …")."""
    found = []
    for part in parts.parts:
        if part.kind == "countries":
            rest = text[part.end :]
            lead = len(rest) - len(rest.lstrip())
            if (
                rest[lead : lead + 1].islower() and not (_STOP.match(rest, lead) or _LINKS.match(rest, lead))
            ) or _VERB_LATER.match(rest, lead):
                found.append(part.end + lead)
    return found


def _after_move(text: str, parts: Parts) -> list[int]:
    return [
        m.end()
        for m in _MOVES.finditer(text)
        if not _covered(parts.parts, m.start()) and not _part_at(parts, m.end())
    ]


def _at_clause(text: str, at: int, parts: Parts) -> bool:
    """Return whether a verb at ``at`` opens a clause or follows the name of who went, and is no part of a name."""
    before = text[:at].rstrip()
    if not before or before[-1] in ",;:)-–":
        return True
    if any(part.end <= at and not text[part.end : at].strip(" ,)") for part in parts.parts):
        return True
    return (
        _STOP.match(text, at) is not None
        or regex.search(r"(?<!\p{L})đoàn(?:\s\p{Ll}+)?$", before, regex.I) is None
    )


def _purpose_end(text: str, start: int, parts: Parts, *, fronted: bool) -> int:
    """Return where the purpose that begins at ``start`` ends: at the next part or clause."""
    end = len(text)
    for part in parts.parts:
        if part.lead >= start and part.start > start:
            end = min(end, part.lead)
    close = _PURPOSE_END.search(text, start, end)
    if close:
        end = close.start()
    if fronted:
        for comma in _COMMA.finditer(text, start, end):
            if _HEAD.match(text, comma.end()) or (
                _DOAN.match(text, comma.end())
                or (_PROPER.match(text, comma.end()) and _names_subject(text, comma.end(), end))
            ):
                end = comma.start()
                break
    depth = text.count("(", start, end) - text.count(")", start, end)
    if depth < 0:
        end = text.rfind(")", start, end)
    elif depth > 0:
        end = text.rfind("(", start, end)
    place = _AT_PLACE.search(text, start, end)
    return place.start() if place and place.end() >= end - 1 else end


def _names_subject(text: str, at: int, end: int) -> bool:
    """Return whether the capital word at ``at`` begins the subject of the sentence, not one more item of a list."""
    stop = _STOP.search(text, at, min(len(text), at + 90))
    return stop is not None and "," not in text[at : stop.start()] and stop.start() <= end + 8


# ---------------------------------------------------------------- who


def _organisation(text: str, parts: Parts, purpose: tuple[int, int] | None) -> tuple[str, bool, bool]:
    """Return who went, whether the name has a form of its own, and whether the telling is that of a host."""
    receives = [m for m in _RECEIVES.finditer(text) if not _covered_but_count(parts, m.start())]
    sends = [m for m in _SENDS.finditer(text) if not _covered_but_count(parts, m.start())]
    best: tuple[float, str, bool] = (0.0, "", False)
    host = next((m for m in receives if purpose is None or not purpose[0] <= m.start() < purpose[1]), None)
    for start, how in _starts(text, parts, receives, sends):
        if purpose and purpose[0] <= start < purpose[1]:
            continue
        end = _name_end(text, start, parts)
        name = squeeze(text[start:end])
        name = _CLOSES_NAME.sub("", _CLOSES_NAME.sub("", name))
        if not name:
            continue
        if _BARE.match(name) or _NO_NAME.match(name):
            continue
        group = name[:4].lower() == "đoàn"
        name = _OWNER.sub("", name, count=1)
        if not name or _OURSELVES.match(name) or not any(c.isalpha() for c in name):
            continue
        headed = _HEAD.match(name) is not None
        score = {
            "loose": 0.0,
            "belongs": 3.0,
            "object": 2.5,
            "bracket": 2.4,
            "subject": 1.0,
            "after": 1.2,
            "label": 1.2,
        }[how]
        score += 1.5 if headed else 0.8 if group or name[0].isupper() else 0.0
        if how == "loose":
            score = 0.4 + (0.3 if headed else 0.0)
        score -= 0.002 * start
        if how in ("subject", "after") and host is not None and start < host.start():
            score -= 4.0  # who receives did not travel
        if how == "subject" and any(text[end : m.start()].strip() == "" for m in sends if m.start() >= end):
            score -= 0.6
        if len(name) > 110 or (how in ("after", "label") and not (headed or group) and name[0].islower()):
            score -= 2.0
        if score > best[0]:
            best = (score, name, headed)
    return best[1], best[2], host is not None


def _starts(
    text: str, parts: Parts, receives: Sequence[regex.Match[str]], sends: Sequence[regex.Match[str]]
) -> list[tuple[int, str]]:
    """Return where a name of who went may begin, and why there."""
    found: dict[int, str] = {}

    def add(at: int, how: str) -> None:
        while at < len(text) and text[at] in " ,–-":
            at += 1
        if at < len(text) and not _covered_hard(parts, at):
            found.setdefault(at, how)

    for match in _BELONGS.finditer(text):
        before = text[: match.start()].rstrip().lower()
        near_people = any(p.kind == "people" and 0 <= match.start() - p.end <= 2 for p in parts.parts)
        near_people = near_people or (
            "chuyến" in before[-60:]
            and any(p.kind == "countries" and 0 <= match.start() - p.end <= 2 for p in parts.parts)
        )
        if near_people or regex.search(r"đoàn(?: công tác| khách| cán bộ| đại biểu)?$", before):
            if match.group().lower().startswith(("từ", "đến từ")) and not near_people:
                continue
            if (
                regex.search(r"(?:tham gia|theo|cùng)\s(?:các\s)?đoàn(?: công tác| cán bộ)?$", before)
                and not near_people
            ):
                continue  # the delegation of others, in which they took part
            proper = regex.search(
                r"(?<![.;:–-]\s)(?<!^)(?-i:Đoàn)(?: công tác| khách| cán bộ| đại biểu)?$",
                text[: match.start()].rstrip(),
            )
            if proper is None and not (
                before.endswith(("công tác", "khách", "cán bộ", "đại biểu"))
                and "Đoàn" in text[: match.start()][-26:]
            ):
                add(match.end(), "belongs")
    for match in (*receives, *sends):
        add(_past_count(text, match.end(), parts), "object")
    for match in _BRACKET.finditer(text):
        if _HEAD.match(text, match.end()) or regex.match(_GENERAL, text[match.end() :]):
            add(match.end(), "bracket")
    first = next((part.end for part in parts.parts if part.kind == "opener" and part.start == 0), 0)
    add(_past_count(text, _past_bullet(text, first), parts), "subject")
    for part in parts.parts:
        if part.kind in ("countries", "stay", "people", "leader", "opener", "count"):
            rest = _AFTER_PART.match(text, part.end)
            at = rest.end() if rest else part.end
            if _HEAD.match(text, at) or _DOAN.match(text, at) or _PROPER.match(text, at):
                add(at, "after")
    for match in _LABEL_END.finditer(text):
        labelled = text[match.start()] == ":" and _PROPER.match(text, match.end())
        if labelled or _HEAD.match(text, match.end()) or _DOAN.match(text, match.end()):
            add(match.end(), "label")
    for match in _LOOSE.finditer(text):
        add(match.start(), "loose")
    return sorted(found.items())


def _past_bullet(text: str, at: int) -> int:
    match = _BULLETS.match(text, at)
    return match.end() if match else at


def _past_count(text: str, at: int, parts: Parts) -> int:
    """Return ``at``, or the offset after "01 (một)" or "05 người của" that stands there."""
    for part in parts.parts:
        if part.start == at and part.kind == "count":
            return part.end
        if part.start <= at < part.end and part.kind == "people":
            match = regex.compile(r"\s?(?:của|thuộc|là|từ)?\s?").match(text, part.end)
            return match.end() if match else part.end
    return at


def _covered(parts: Sequence[Part], at: int) -> bool:
    return any(part.start <= at < part.end for part in parts)


def _covered_but_count(parts: Parts, at: int) -> bool:
    return any(p.start <= at < p.end and p.kind not in ("count", "opener") for p in parts.parts)


def _covered_hard(parts: Parts, at: int) -> bool:
    return any(p.start <= at < p.end and p.kind != "count" for p in parts.parts)


def _part_at(parts: Parts, at: int) -> bool:
    return any(part.start <= at < part.end for part in parts.parts)


def _name_end(text: str, start: int, parts: Parts) -> int:
    """Return where the name that begins at ``start`` ends."""
    end = min(len(text), start + 120)
    for part in parts.parts:
        if part.kind == "countries":
            # A country within a name is part of it ("Đại sứ quán Hàn Quốc"), unless a way leads to it.
            if part.start > start and part.lead < part.start:
                end = min(end, max(part.lead, start))
            continue
        if part.start > start:
            end = min(end, max(part.lead, start))
    stop = _STOP.search(text, start + 1, end)
    if stop:
        end = stop.start()
    mark = _mark_end(text, start, end, parts)
    end = min(end, mark)
    for comma in _COMMA.finditer(text, start, end):
        if not _GOES_ON.match(text, comma.end()):
            end = comma.start()
            break
    act = next(
        (m for m in _ACT.finditer(text, start + 1, end) if _ends_before_act(text, start, m.start())), None
    )
    return act.start() if act else end


def _mark_end(text: str, start: int, end: int, parts: Parts) -> int:
    mark = _MARK.search(text, start, end)
    while mark is not None:
        of_china = regex.compile(r"(?<=(?:Loan|Kông|Công|Cao)\s?)\(\s?Trung Quốc\s?\)").match(
            text, mark.start()
        )
        if not of_china:
            return mark.start()
        mark = _MARK.search(text, of_china.end(), end)
    return end


def _ends_before_act(text: str, start: int, at: int) -> bool:
    """Return whether a name may end before the verb at ``at``: "Đoàn khảo sát" and "Đoàn xúc tiến đầu tư" go on."""
    before = text[start:at].split()
    if not before:
        return False
    if before[0].lower() == "đoàn" and all(word.islower() for word in before[1:]) and len(before) <= 3:
        return False
    return any(word[0].isupper() for word in before[1:]) or len(before) > 3 or before[-1] == "huyện"


def opens_name(text: str) -> bool:
    """Return whether ``text`` begins like the name of a body or a delegation."""
    return _HEAD.match(text) is not None or _GROUP.match(text) is not None


def opens_purpose(text: str) -> bool:
    """Return whether ``text`` begins like a purpose: with a verb, in any case."""
    return _VERB_LATER.match(text[:1].lower() + text[1:]) is not None


def split_name(text: str) -> tuple[str, str]:
    """Return who went and what for, of a cell that tells both ("Đoàn Sở Y tế đi học tập kinh nghiệm")."""
    names = find_names(text, NOTHING)
    start = text.find(names.purpose) if names.purpose else -1
    if start <= 0:
        return text, ""
    return (names.organisation, names.purpose) if names.organisation else (text, "")
