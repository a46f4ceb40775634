"""Statements that there was nothing ("Không có"), and statements that nothing is known ("Chưa có số liệu").

A reported 0 is a number, not a denial. "chưa cao", "không ngừng", "chưa thường xuyên" speak of degree and deny nothing.
"""

from dataclasses import dataclass
from typing import Literal

import regex

from pipeline.text import fold


@dataclass(frozen=True, slots=True)
class Denial:
    """A denial in a text.

    ``start:end`` are the denying words; ``clause_end`` is the end of the clause, so that ``text[end:clause_end]`` is what
    is denied. ``opens``: it stands first, or right after a label and its colon, or after words of time and place only.
    ``whole``: it opens and nothing else is said but at most "trường hợp nào", "phát sinh" and the like.
    """

    start: int
    end: int
    state: Literal["none", "blank"]
    whole: bool = False
    opens: bool = False
    clause_end: int = 0


# chưa has near neighbours that mean other things (chùa, chứa, chữa), so its spelling is held to what OCR makes of it.
_NOT = (
    r"(?<![\p{L}\d])(?:khong|chua|ko)\s(?:(?:he|con|the|he\sco)\s)?"
    r"(?:duoc\s(?=(?:thuc\shien|giai\sngan|trien\skhai|to\schuc|ky|tiep\snhan)(?!\p{L})))?"
)
_VERBS = (
    r"co|phat\ssinh|to\schuc|thuc\shien|ghi\snhan|xay\sra|de\sxay\sra(?=\s(?:mot\s)?(?:truong\shop|vu|vu\sviec)\s(?:[\p{L}]{1,10}\s){0,6}?nao(?!\p{L})|\s{0,2}(?:[.,;)]|$))|ky(?:\sket)?|tiep\snhan|don(?:\stiep)?|cu(?=\s)|tham\sgia"
    r"|nhan(?=\sduoc|\sphan\sanh|\svien|\sduoc\svien)|trien\skhai|thu\shut|van\sdong|keu\sgoi|tiep(?=\sdoan|\skhach|\sxuc)|phat\shien"
    r"|dien\sra|thu\shuong|nhan(?=\sduoc)|con(?=\s(?:du\san|doan|truong\shop|khoan))|trao(?=\s)|tang(?=\s)|tiep\sgiap|giap(?=\s)|xuat\skhau|nhap\skhau|giai\sngan|hop\stac|dang\scai|khen\sthuong|lam\sviec\svoi|phai\sxu\sly"
    r"|nhan\skhen\sthuong|gap(?=\s(?:kho|tro|vuong|gi))|thay\sco|ghe(?=\s)|di\sden|thanh\slap|bo\stri|phan\scong|de\sra|de\sxuat|kien\snghi"
    r"|lap(?=\s(?:ke|chuong|danh|doan|du))|xac\sdinh(?=\s(?:nhiem|muc|noi|chi|nguyen))|neu(?=\s{0,2}(?:[.,;)]|$|nguyen|kho))|quan\sly(?=\sho\schieu)"
)
_SHORT = r"(?<![\p{L}\d/])(?<!\d\s)k[og]?\s?/?\s?(?:co|phat\ssinh)(?!\p{L})"
"""Shortened, as clerks write: "k/có", "k có", "ko/có"."""
_DENIAL = regex.compile(rf"(?:{_NOT}(?:{_VERBS})|{_SHORT})(?![\p{{L}}])(?:\s(?:duoc|bat\sky|bat\scu))?")
_OF_NOUN = regex.compile(
    r"(?<![\p{L}\d])khong\s(?=(?:mot\s)?(?:truong hop|doan|vu|vu viec|du an|cong dan|nguoi|hoat dong|don thu|khieu kien)"
    r"(?!\p{L})[^.;:,]{0,30}?(?:\snao|[.;,)]|$))"
)
# "chưa doanh nghiệp nào …", "chưa mở dự án nào", "chưa ai bị …": whatever the verb, "nào" right after its noun denies it.
_NOT_ANY = regex.compile(
    r"(?<![\p{L}\d])(?:khong|chua)\s(?!(?:chi|nhung|ngung|phai|thieu|biet|it|kem)(?!\p{L}))(?:ai(?=\s(?:bi|duoc)(?!\p{L})|\s{0,2}(?:[.,;)]|$))|(?=(?:[\p{L},]{1,12}\s){1,7}nao(?!\p{L}))(?:duoc\s)?)"
)
# "chưa được phía nước ngoài tặng thưởng": who was given nothing, whoever might have given it.
_NOT_GIVEN = regex.compile(
    r"(?<![\p{L}\d])(?:khong|chua)\s(?:tung\s|he\s)?duoc\s"
    r"(?=(?:[\p{L}]{1,10}\s){1,6}?(?:tang\sthuong|khen\sthuong|trao\s(?:tang|thuong)|khen\stang)(?!\p{L}))"
)
_ALONE = regex.compile(
    r"(?:(?<=^\s{0,4})|(?<=[:(+*•=\n]\s{0,3})|(?<=[-–.;,]\s{1,3})|(?<=\bla\s))(?<!\p{L})(?:khong|chua|ko)(?=\s{0,3}(?:[.,;)/]|\(|\n|$))"
)
_UNKNOWN = regex.compile(
    r"(?<![\p{L}\d])(?:(?:khong|chua)\s(?:co|nam|thu\sthap|tong\shop|cap\snhat|thong\ske|the\sthong\ske|xac\sdinh|nhan)"
    r"(?:\s(?:duoc|day\sdu|chinh\sxac|cu\sthe|cac|nguon))*\s?(?:so\slieu|thong\stin|du\slieu|thong\ske|bao\scao|con\sso)"
    r"|(?:khong|chua)\s(?:the\s)?(?:thong\ske|tong\shop|cap\snhat|xac\sdinh|nam|theo\sdoi)\s?(?:duoc|day\sdu|xong)?"
    r"(?=\s{0,2}(?:[.,;:)]|$|so\b|so\slieu|cu\sthe|chinh\sxac|thong\stin))"
    r"|(?:khong|chua)\s(?:thong\ske|tong\shop|nam|xac\sdinh)\sduoc"
    r"|so\slieu\s(?:(?:con|hien|nay|van)\s){0,2}(?:chua|khong)\s(?:duoc\s)?(?:day\sdu|dong\sbo|chinh\sxac|thong\snhat|tach)"
    r"|(?:khong|chua)\s(?:ro|bao\scao|gui\sbao\scao)(?=\s{0,2}(?:[.,;)]|$)|\s(?:so\slieu|so\sluong|con\sso))"
    r"|dang\s(?:duoc\s)?(?:tong\shop|thong\ske|cap\snhat|ra\ssoat|thu\sthap|doi\schieu|kiem\sdem)(?=\s{0,2}(?:[.,;)]|$|so\slieu)))(?!\p{L})"
)
_NOT_YET_KNOWN = regex.compile(
    r"(?<![\p{L}\d])(?:chua|khong)\s(?:duoc\s)?(?:[\p{L}]{1,10}\s){0,4}?(?:chot|doi\schieu|cong\sbo|boc\stach|tach(?:\srieng)?|ghi\schep|bao\sve|bao\scao\sve|cung\scap|gui|hoan\stat"
    r"|quyet\stoan|xac\sminh|thong\ske|tong\shop|cap\snhat|kiem\sdem)(?:\s(?:xong|day\sdu|so\slieu|so\sluong|duoc|so|lai|bao\scao|du|het))*"
    r"(?=\s{0,2}(?:[.,;:)]|$|voi\snhau|quyet\stoan|chinh\sthuc|tu\s|cho\s))"
    r"|(?<!\p{L})(?:dang|con|hien)\s(?:dang\s)?(?:cho|doi|ra\ssoat|doi\schieu|xac\sminh|kiem\sdem|tong\shop|thong\ske)\s(?:[\p{L}]{1,10}\s){0,6}?"
    r"(?:so\slieu|thong\sbao|bao\scao|ket\squa|xac\snhan|quyet\stoan)(?!\p{L})"
    r"|(?:(?<=^\s{0,4})|(?<=[:(]\s{0,3}))(?:cho\s(?:[\p{L}]{1,10}\s){0,6}?(?:so\slieu|cong\sbo|tong\shop|thong\sbao|bao\scao|xac\snhan|cung\scap)|(?:se\s)?(?:co\s)?(?:bao\scao|van\sban)\s(?:sau|rieng|bo\ssung))(?=\s{0,3}(?:[.,;)]|$))"
)
_DOTTED = regex.compile(
    r"(?:[.…_]\s?){5,}+|…(?:\s?…)++|_{3,}+|(?:…|\.{3,4}+)(?=\s{0,3}$)"
    r"|(?<=^\s{0,3})(?:…|\.{2,4}+)[.…]{0,4}+(?=\s{0,3}\p{L}[\p{L}\s/%]{0,24}[.;]?\s{0,3}$)"
)

# After these the words deny a degree, a duty or a quality, not the existence of the thing. Matched on the printed text:
# folded, "đủ" is in "dự án", "cao" in "tố cáo" and "sự" in "sử".
_DEGREE = regex.compile(
    r"\s(?:[\p{L},]{1,12}\s){0,5}?(?:nhiều|tốt|cao|đầy đủ|đủ|đúng|hiệu quả|thường xuyên|kịp thời|đồng bộ|rộng rãi"
    r"|sâu rộng|triệt để|quyết liệt|chặt chẽ|tương xứng|nghiêm túc|nghiêm minh|nghiêm|mạnh|rõ nét|rõ ràng|khả năng|điều kiện"
    r"|chuyển biến|ý nghĩa|thay đổi|biến động|chuyên nghiệp|chuyên trách|phù hợp|cơ chế|hướng dẫn|biên chế"
    r"|sự(?! kiện| cố| việc| vụ)|kinh nghiệm|trình độ|nghiệp vụ|ngoại ngữ|phương án|giải pháp|kinh phí|chính sách|định hướng"
    r"|chiều sâu|sáng tạo|trọng tâm|chủ động|quy chế|quy định cụ thể|nhà đầu tư lớn|dự án lớn|quan tâm)(?!\p{L})",
    regex.I,
)
_NONE_OF = regex.compile(r"\s(?:\p{L}+\s){1,4}nao(?!\p{L})")
_NO_RISE = regex.compile(r"(?<!\p{L})tăng(?!\p{L})", regex.I)
"""Who "không tăng" was there; who "không tặng" anything gave nothing."""
_CONDITION = regex.compile(r"(?<!\p{L})(?:hay|neu)\s$")
_NEAR_WORDS = frozenset({"chùa", "chứa", "chữa", "chúa", "khổng"})
_CLAUSE_END = regex.compile(r"[.;:!?](?=\s|$)|\n|$")
_CLAUSE = 400
"""A clause is no longer; what is said further off has nothing to do with the denial."""

_GENERIC_OBJECT = regex.compile(
    r"\G\s?(?:(?:co|phat\ssinh|truong\shop|doan|vu|viec|hoat\sdong|noi\sdung|du\san|doi\stuong|so\slieu|bao\scao|cong\stac|gi"
    r"|nao|xay\sra|nay|ca|het|duoc|trong|ky|nam|thong\ske|\d{4}|cu\sthe|chinh\sxac)(?![\p{L}\d])\s?+)*+[\s.,;:!?)\]\"'/…-]*+$"
)
_OPENING = regex.compile(
    r"\G[\s\"'(\[+*•·–.-]*+(?:(?:trong|tu|den|nam|ky|thang|quy|nay|thoi\sdiem|bao\scao|dau|cuoi|hien|tai|qua|\d{1,4}|huyen"
    r"|tinh|thi\sxa|thanh\spho|xa|dia\sphuong|don\svi|tren|dia\sban|toan|ubnd|so|van|o|thi|thoi\sgian|nhin\schung|vua)"
    r"(?![\p{L}\d])[\s,/-]*+)*+$"
)


def find_denials(text: str) -> list[Denial]:
    """Return the denials in ``text`` in reading order, at most one at a place; "blank" ones win over "none"."""
    folded = fold(text)
    taken = bytearray(len(text))
    found: list[Denial] = []
    denies = any(word in folded for word in ("khong", "chua", "ko", "k/", "k c", "k p"))
    for pattern in (_UNKNOWN, _NOT_YET_KNOWN, _DENIAL, _OF_NOUN, _NOT_ANY, _NOT_GIVEN, _ALONE):
        if not denies and pattern is not _NOT_YET_KNOWN and (pattern is not _UNKNOWN or "dang" not in folded):
            continue
        for match in pattern.finditer(folded):
            start, end = match.start(), match.start() + len(match.group().rstrip())
            if any(taken[start:end]) or text[start:end].lower().split()[0] in _NEAR_WORDS:
                continue
            if _CONDITION.search(folded, max(0, start - 8), start) or _NO_RISE.search(text, start, end):
                continue
            if pattern in (_DENIAL, _OF_NOUN) and _speaks_of_degree(text, folded, end):
                continue
            found.append(
                _denial(folded, start, end, "blank" if pattern in (_UNKNOWN, _NOT_YET_KNOWN) else "none")
            )
            taken[start:end] = b"\x01" * (end - start)
    if not found:
        found = [
            _denial(folded, match.start(), match.end(), "blank")
            for match in _DOTTED.finditer(folded)
            if _is_gap(folded, match)
        ]
    return sorted(found, key=lambda denial: denial.start)


def _speaks_of_degree(text: str, folded: str, end: int) -> bool:
    clause = _CLAUSE_END.search(folded, end, end + 60)
    stop = clause.start() if clause else min(len(text), end + 60)
    if _DEGREE.match(text, end, stop) is None:
        return False
    # "không có trường hợp nào … đúng quy định" denies the case: "nào" right after its noun settles it.
    return _NONE_OF.match(folded, end, stop) is None


def _denial(folded: str, start: int, end: int, state: Literal["none", "blank"]) -> Denial:
    clause = _CLAUSE_END.search(folded, end, end + _CLAUSE)
    clause_end = clause.start() if clause else min(len(folded), end + _CLAUSE)
    floor = max(0, start - _CLAUSE)
    colon = folded.rfind(":", floor, start)
    opens = (colon >= 0 or floor == 0) and _OPENING.match(folded, max(floor, colon + 1), start) is not None
    whole = opens and _GENERIC_OBJECT.match(folded, end) is not None
    return Denial(start, end, state, whole, opens, clause_end)


def _is_gap(folded: str, match: regex.Match[str]) -> bool:
    """Return whether dots stand where an answer should: alone, or after a label, not after a list ("khen thưởng...")."""
    before = folded[: match.start()].rstrip()
    return not before or before[-1] in ":(" or len(match.group().replace(" ", "")) >= 8
