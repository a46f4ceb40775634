"""Names of organisations and posts in running Vietnamese, by their form.

An organisation opens with a word for its kind ("Sở", "Phòng", "Văn phòng", "UBND") and goes on with capitalised words
and the lower-case syllables that complete them ("Ngoại vụ", "Kế hoạch và Đầu tư"), then its level and place.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

_KIND_WORDS = (
    r"Ủy ban nhân dân|Uỷ ban nhân dân|Ủy ban Nhân dân|UBND|HĐND|Hội đồng nhân dân|"
    r"Ủy ban [Mm]ặt trận Tổ quốc|Uỷ ban [Mm]ặt trận Tổ quốc|UBMTTQ|MTTQ|Văn phòng|VP|Phòng|Sở|Ban|Bộ|"
    r"Ủy ban [Kk]iểm tra|Uỷ ban [Kk]iểm tra|Liên hiệp các tổ chức hữu nghị|Hội Liên hiệp các tổ chức hữu nghị|"
    r"Cục|Chi cục|Tổng cục|Vụ|Viện|Trung tâm|Hội(?! An)|Liên hiệp|Liên minh|Liên đoàn|Hiệp hội|Công an|"
    r"Quân đội|Bộ đội|Đồn|Tỉnh ủy|Tỉnh uỷ|Thành ủy|Thành uỷ|Huyện ủy|Huyện uỷ|Thị ủy|Quận ủy|Đảng ủy|"
    r"Đảng uỷ|Đoàn Thanh niên|Đại sứ quán|Tổng [Ll]ãnh sự quán|Lãnh sự quán|Công ty|Tập đoàn|"
    r"Tổng công ty|Trường|Bệnh viện|Báo|Đài(?! Loan)|Tổ chức|Quỹ|Chính phủ|Quốc hội|Thanh tra|Kho bạc|Ngân hàng|"
    r"Tổ(?= \p{Lu})|Tổ công tác|Tổ giúp việc|Bộ phận|Hội đồng|Trạm|Xí nghiệp|Chi hội|Chi bộ"
)
_KINDS = "|".join(sorted(_KIND_WORDS.split("|"), key=len, reverse=True))
_TAIL = (
    r"vụ|hoạch|hợp|tư|chính|thương|nghiệp|dục|tạo|hóa|hoá|thao|lịch|sản|trường|thông|nghệ|hội|dân|phòng|"
    r"ninh|sự|tra|pháp|vận|giáo|tế|biên|hành|trị|quốc|nước|nhân|binh|gia|đội|huy|quyền|cảnh|khẩu|công|"
    r"mại|khoa|học|thống|kê|thuế|lao|động|xã|dược|liệu|thủy|hải|đối|ngoại|chức|kiểm|cửa(?=\skhẩu)|dịch|thị|"
    r"thường(?:\strực)?|tin|truyền|thanh|niên|phụ(?=\snữ)|nữ|nông|chiến|môi|nguyên|thôn|triển|phát|tuyên|ủy|uỷ|bí|"
    r"thư|trung|ương|cấp|cao|lý|dự|án|khu|kinh|các|tác|tân|tầng|tịch|kiện|sách|chứng|quỹ|giới|đảo|bảo|vệ|vật|"
    r"đạo|trận|tiến|tộc|hữu|nghị|nhập(?=\s(?:cảnh|khẩu|quốc))|tuyển|dụng|cứu|hỗ|trợ"
)
_VERBS = (
    r"(?:bảo (?:quản|đảm|lãnh|hộ)|tiến hành|thống nhất|kiểm (?:tra|soát|đếm)|phát (?:hành|hiện|huy)|công bố|đối chiếu"
    r"|vận động|thông (?:báo|qua|tin)|hỗ trợ|cấp(?!\s(?:ủy|uỷ|trên|tỉnh|huyện|xã))|hành nghề|tuyên truyền|phòng ngừa)"
    r"(?!\p{L})"
)
"""What an office does, in words that open like what completes its name: "Sở Ngoại vụ thống nhất quản lý"."""
_NAME = rf"(?:Thường\strực|\p{{Lu}}[\p{{L}}\d]*)(?:\s(?!{_VERBS})(?:{_TAIL})(?!\p{{L}}))*"
_JOINT = rf"(?:\s(?:và\s|-\s|–\s|&\s?)?|,\s|\s?&\s?|\s?[-–]\s?)(?!(?:{_KINDS})(?!\p{{L}}))"
_LEVEL = (
    r"\s(?:tỉnh|huyện|thành phố|thị xã|quận|xã|phường|thị trấn|đặc khu|TP\.?|TX\.?)(?!\p{L})"
    r"(?:\s\p{Lu}\p{L}*(?:[\s-]\p{Lu}\p{L}*){0,3})?"
)
_OWNER = rf"(?:\s|\s?&\s?|-(?=UBND)|\s(?:và|của)\s(?=UBND|Ủy ban|Uỷ ban|HĐND))(?:{_KINDS})(?!\p{{L}})"
_CELL = r"(?:(?<=Văn phòng)\s(?:[Cc]ấp|[Đđ]ảng)|\scấp)\s(?:[uỦủUỶỷ][yỷỦủY]?|trên)(?!\p{L})"
_FIELD = (
    r"(?<=\p{L})(?:\s|,\s|\svà\s)(?:hội nhập quốc tế|hội nhập kinh tế quốc tế|đối ngoại|công tác đối ngoại|hợp tác quốc tế"
    r"|xuất nhập cảnh|thương mại|du lịch|đầu tư)(?!\p{L})"
)
"""Fields of work that go on in small letters: "Ban Chỉ đạo hội nhập quốc tế", "Trung tâm Xúc tiến đầu tư, thương mại"."""
ORGANISATION = regex.compile(
    rf"(?<![\p{{L}}/-])(?:{_KINDS})(?!\p{{L}})(?:{_CELL}|{_OWNER}|(?:{_JOINT}){_NAME}|{_FIELD}){{0,7}}"
    rf"(?:{_LEVEL})?(?:\s(?:Việt Nam))?"
)

_POSTS = (
    r"Chánh|Phó [Cc]hánh|Trưởng|Phó [Tt]rưởng|Phó [Cc]hủ tịch|Phó [Gg]iám đốc|Phó [Bb]í thư|"
    r"Phó [Cc]hủ nhiệm|Phó|Chủ tịch|Giám đốc|Bí thư|Chủ nhiệm|Tổng [Gg]iám đốc|Cục trưởng|"
    r"Chi cục trưởng|Vụ trưởng|Thủ trưởng|Ủy viên|Uỷ viên|Chuyên viên|[Cc]huyên viên|[Cc]ông chức|"
    r"Cán bộ|Thư ký|Đại sứ|Chỉ huy trưởng|Chính trị viên|Hiệu trưởng|Phó Hiệu trưởng|Tổ trưởng|Tổ phó|Đội trưởng"
    r"|P?CT(?=\s(?:UBND|HĐND|[Hh]uyện|[Xx]ã|[Pp]hường|[Tt]ỉnh|TX|TP|thị))|P?CVP|PGĐ(?=\s)|Phó (?:CT|CVP|GĐ|VP|BT)"
    r"|Quyền (?:Giám đốc|Chủ tịch|Trưởng|Chánh)"
)
_FIELD_OF_WORK = (
    r"(?:[Vv]ăn h(?:óa|oá)|[Vv]ăn xã|[Kk]inh tế|[Nn]ội chính|[Nn]ông nghiệp|[Đđ]ô thị|[Xx]ã hội|[Kk]hoa giáo|[Tt]ài chính"
    r"|[Xx]uất nhập khẩu|[Tt]hương mại|[Dd]u lịch|[Đđ]ầu tư|[Cc]ông nghiệp|[Xx]ây dựng|[Gg]iáo dục|[Yy] tế|[Tt]ổng hợp"
    r"|[Hh]ợp tác quốc tế|[Hh]ội nhập(?: kinh tế)?(?: quốc tế)?|[Qq]uốc phòng|[Aa]n ninh|[Dd]ân vận|[Tt]uyên giáo)(?!\p{L})"
)
_CHARGE = (
    rf"\sphụ trách\s{ORGANISATION.pattern}|"
    rf",?\sphụ trách (?:khối |lĩnh vực |mảng |về )?{_FIELD_OF_WORK}(?:(?:\s?[-–,]\s?|\svà\s){_FIELD_OF_WORK}){{0,3}}"
)
"""The field of work that some posts are printed with."""
POST = regex.compile(
    rf"(?<!\p{{L}})(?:{_POSTS})(?!\p{{L}})(?:\s(?:Thường trực|thường trực))?"
    rf"(?:(?:\s|,\s)?(?:\s?{ORGANISATION.pattern}|\s{_NAME}(?:{_JOINT}{_NAME}){{0,3}}"
    rf"|\s(?:phòng|ban|văn phòng|bộ phận|[Ss]ở|[Bb]an|[Pp]hòng)"
    rf"(?:\s{_NAME}(?:{_JOINT}{_NAME}){{0,4}}(?:\s(?:{_KINDS})(?!\p{{L}}))?)?(?:{_LEVEL})?))?(?:{_CHARGE})?"
)

_TOO_SHORT = frozenset(
    {
        "Ban",
        "Bộ",
        "Sở",
        "Phòng",
        "Hội",
        "Trường",
        "Báo",
        "Đài",
        "Quỹ",
        "Vụ",
        "Viện",
        "Cục",
        "Đồn",
        "VP",
        "Tổ chức",
        "Tổ",
        "Bộ phận",
        "Hội đồng",
        "Trạm",
        "công chức",
        "Công chức",
        "chuyên viên",
        "Chuyên viên",
        "Cán bộ",
    }
)


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name found in a text, with its offsets."""

    text: str
    start: int
    end: int


# What readers make of the names that every report prints.
_MISREAD = (
    (regex.compile(r"(?<!\p{L})H[DÐĐ][NM][DÐĐ](?!\p{L})"), "HĐND"),
    (regex.compile(r"(?<!\p{L})[UƯŨ]B[NM][DÐĐ](?!\p{L})"), "UBND"),
    (regex.compile(r"(?<!\p{L})V[ăâàáảãạằắẳẵặầấẩẫậa]n (?=ph[oòóỏõọ]ng)"), "Văn "),
)

_COUNCIL = regex.compile(r"(?<!\p{L})H[DĐ]{1,2}N[DĐ](?!\p{L})")
"""Hội đồng nhân dân, however its letters were read."""


def mend_abbreviations(text: str) -> str:
    """Return ``text`` with HĐND, UBND and Văn phòng as they must have been printed; lengths and offsets stay."""
    for pattern, printed in _MISREAD:
        text = pattern.sub(printed, text)
    return text


def mended_name(text: str) -> str:
    """Return a name with its abbreviations as printed, whatever letters a reader added or left out."""
    return _COUNCIL.sub("HĐND", mend_abbreviations(text))


def _spans(pattern: regex.Pattern[str], text: str) -> list[NameSpan]:
    found = []
    for match in pattern.finditer(mend_abbreviations(text), timeout=2):
        name = match.group().rstrip(" ,-–&")
        if name not in _TOO_SHORT:
            found.append(NameSpan(name, match.start(), match.start() + len(name)))
    return found


_LEADS_DELEGATION = regex.compile(
    rf"(?:\sphụ trách (?:khối |lĩnh vực )?{_FIELD_OF_WORK}(?:(?:\s?[-–,]\s?|\svà\s){_FIELD_OF_WORK}){{0,3}})?,?"
    r"\s(?:(?:làm|là|giữ cương vị) (?:[Pp]hó )?(?:[Tt]rưởng đoàn|[Đđ]oàn trưởng)|dẫn đầu|dẫn đoàn|tháp tùng)(?!\p{L})"
)


def leads_delegation(text: str, end: int) -> bool:
    """Return whether the holder of the post that ends at ``end`` is named as the head of a delegation."""
    return _LEADS_DELEGATION.match(text, end) is not None


def find_organisations(text: str) -> list[NameSpan]:
    """Return the organisations named in ``text``, in order."""
    return _spans(ORGANISATION, text)


def find_posts(text: str) -> list[NameSpan]:
    """Return the posts named in ``text`` ("Chánh Văn phòng HĐND&UBND huyện"), in order."""
    return _spans(POST, text)
