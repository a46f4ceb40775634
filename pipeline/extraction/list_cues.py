"""Sentences that say themselves what they tell: a hardship, what it comes from, or a request.

"Khó khăn lớn nhất là …", "Những hạn chế trên xuất phát từ …", "Nguyên nhân chủ yếu là do …", "UBND huyện đề nghị UBND
tỉnh …": reports without a heading for these lists write them so in running prose. All patterns but one are for text
folded by :func:`pipeline.text.fold`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import regex

from pipeline.text import fold

Told = Literal["hardship", "cause", "request", "advantage", "task"]
Listed = Literal["hardship", "cause", "request", "task"]

_TROUBLE = r"(?:kho khan|vuong mac|ton tai|han che|bat cap|tro ngai|yeu kem|khuyet diem|thieu sot|thach thuc|diem nghen)"
_TROUBLES = rf"{_TROUBLE}(?:(?:,|\sva|\s-)?\s{_TROUBLE}){{0,3}}"
_FEW = r"(?:\s[^\s.;:,]{1,12})"
_HARDSHIP = regex.compile(
    rf"(?:(?:nhung|cac|mot trong nhung|mot|cai|ve)\s)?(?:(?:mat|diem|van de|dieu)\s)?{_TROUBLES}{_FEW}{{0,8}}?"
    r"\s(?:van\s)?(?:la|chinh la|do la)(?:\s(?:viec|o cho|tinh trang))?(?=[\s:,])"
)
"""What names its sentence a hardship: "Khó khăn lớn nhất hiện nay là", "Một trong những tồn tại nổi lên là"."""

_STILL = regex.compile(
    rf"(?:[^\s.;:,]{{1,12}}\s){{0,6}}?(?:van con|con co|con gap|con|gap phai|gap)\s(?:(?:khong it|nhieu|mot so|nhung"
    rf"|cac)\s)?{_TROUBLES}{_FEW}{{0,5}}?,?\s(?:do la|la|nhu|nhat la|cu the la)"
    r"(?!\s(?:tren|sau|vay|the|do|vi)(?!\p{L}))(?=[\s:,])"
)
"""Hardships said to remain and then named: "còn gặp một số khó khăn như …", "vẫn còn những vướng mắc, đó là …"."""

_TASK = regex.compile(
    r"(?:(?:(?:buoc\s)?sang\s(?:nam|quy|thang)\s[^\s.;:,]{1,7})"
    r"|(?:trong\s)?(?:(?:thoi gian|giai doan|nam|quy|thang|ky)\s(?:sap toi|toi|tiep theo|sau|den)|sap toi"
    r"|6 thang cuoi nam(?:\s\d{4})?))"
    r",?\s(?:[^\s.;:,]{1,12}\s){0,8}?(?:se|tiep tuc|tap trung|phan dau|du kien|chu trong|can|day manh|no luc|quyet tam)"
    r"(?=\s)"
)
"""A sentence about the time to come: "Sang năm 2022, huyện tập trung …", "Thời gian tới, Sở tiếp tục …"."""

CAUSE_NAMED = regex.compile(
    r"(?:^|(?<=[.;,:)]\s)|(?<=\s-\s))(?P<cue>(?:ma\s)?"
    r"(?:(?:ve\s)?(?:nhung\s|cac\s)?nguyen nhan|ly do|can nguyen"
    r"|nguyen do)(?:\s[^\s.;:,]{1,12}){0,10}?\s?(?:la do|la vi|la|do|vi|:))\s"
)
"""What turns a sentence from a hardship to what it comes from: "…, nguyên nhân chủ yếu là do …"."""

_ADVANTAGE = regex.compile(
    rf"(?:(?:nhung|mot|ve)\s)?(?:(?:mat|diem|dieu kien|yeu to)\s)?thuan loi{_FEW}{{0,6}}?\s(?:la|chinh la"
    rf"|do la)(?=[\s:,])"
)
_ABOUT = regex.compile(rf"ve\s(?:(?:nhung|cac|mot so|mat|phan)\s){{0,2}}{_TROUBLES}\s?[,:]\s")
"""What only names the hardships of which its sentence speaks: "Về hạn chế, …"."""
_CAUSE_OF = regex.compile(
    rf"(?:so di\s[^.;:]{{3,80}}?\s(?:la|chinh la|mot phan|chu yeu|phan lon)?\s?(?:do|vi|boi)\s"
    rf"|(?:(?:nhung|cac|mot so|phan lon|hau het|tat ca)\s)?(?:{_TROUBLES}|(?:tinh trang|thuc trang|dieu)(?!\snguoi))"
    rf"(?:\sneu)?\s(?:tren|nay|do|neu tren|noi tren|tren day|vua neu){_FEW}{{0,6}}?\s(?:xuat phat|bat nguon|la do"
    rf"|la vi|do|vi)\s"
    rf"|(?:ve\s)?(?:mat\s)?(?:khach quan|chu quan|nguyen nhan),\s(?:chu yeu|phan lon|truoc het"
    rf"|chinh)\s(?:la\s)?(?:do|vi)\s"
    rf"|co (?:nhieu|mot so|hai|ba) nguyen nhan[^.;:]{{0,60}}?\s(?:la do|la|do)\s)"
)
"""What names its whole sentence a cause: "Những hạn chế này có phần do …", "Sở dĩ như vậy là do …"."""

_TURN = regex.compile(
    r"(?:tuy nhien|tuy vay|tuy the|the nhung|song|nhung|du vay|dau vay|mac du|ben canh|ngoai|tuy)(?!\p{L})"
)
_KEPT_TURN = regex.compile(r"(?:ben canh|ngoai)\s(?!do\b|ra\b)|mac du")
"""A turn that says something itself: "Bên cạnh những kết quả đã đạt được, …"."""
_JOINT = regex.compile(
    r"(?:tuy nhien|tuy vay|tuy the|the nhung|song|nhung|du vay|dau vay|ben canh do|ngoai ra|mat khac|dong thoi"
    r"|cung voi do)"
    r",?\s"
)
"""What only joins a sentence to the one before."""

_LACK = regex.compile(
    r"(?<!\p{L})(?:chua|thieu|kho|kho khan|cham|han che|han hep|yeu|kem|bi dong|lung tung|bat cap|vuong|vuong mac"
    r"|it oi|thap|lac hau"
    r"|chong cheo|hinh thuc|don dieu|manh mun|dan trai|long leo|so sai|eo hep|xuong cap|kiem nhiem|vi pham"
    r"|qua (?:cao|it|mong|tai)"
    r"|phuc tap|qua han|sot|giam sut|te liet|roi rac|mo nhat|nang ve|con (?:it|mong|nho|long|it oi|tan man|dua vao)"
    r"|khong (?:dong deu|kip|du|thuong xuyen|cao|ro|dung|day du|nghiem|theo kip|on dinh|bao|duoc|co|con"
    r"|thong nhat))(?!\p{L})"
)
"""Words of want and weakness: a sentence under an assessment that has one speaks of a hardship."""
_ONLY_ANNOUNCED = regex.compile(
    rf"(?:mot so|nhung|nhieu|khong it)\s(?:mat\s|diem\s)?{_TROUBLES}(?:\s(?:nhat dinh|sau|sau day|nhu sau"
    rf"|can (?:duoc\s)?khac phuc|can thao go|can quan tam))*\s?[.:]?$"
)
"""A sentence that ends with the mere word for hardships says none: "Tuy nhiên vẫn còn một số hạn chế nhất định."."""

_BODY = (
    r"(?:so|bo|ban|uy ban|ubnd|chinh phu|thu tuong|tinh|huyen|thi xa|thanh pho|trung uong|tw|hdnd|hoi dong"
    r"|quoc hoi|thuong truc|thuong vu"
    r"|mat tran|mttq|cuc|tong cuc|chi cuc|phong|lanh dao|van phong|co quan|dai su quan|su quan|bi thu|cap tren"
    r"|cap co tham quyen"
    r"|cap uy|don|truong|dang uy|thanh uy|thi uy|uy vien|cong an|bo doi|bo chi huy|hai quan|hoi|lien hiep|trung tam|vien|vu"
    r"|nha nuoc|quy"
    r"|cac (?:bo|so|ban|co quan|cap|nganh|dia phuong|don vi|phong|to chuc))"
)
_REQUEST = regex.compile(
    rf"(?:(?:nhan dip nay|qua do|qua day|tu thuc te tren|tu do|vi vay|do do|de\s[^.;:]{{3,120}}?),\s)?"
    rf"(?:(?:{_BODY}|xa|phuong|thi tran|dia phuong|don vi|nhan dan)(?:\s(?!da\b|duoc\b|theo\b|se\b"
    rf"|tiep tuc\b)[^\s.;:,]{{1,14}}){{0,12}}?\s)?"
    rf"(?:(?:kinh|tran trong|xin|cung|rat|tha thiet)\s){{0,2}}(?:de nghi|kien nghi|mong muon)\s(?:(?:voi"
    rf"|len)\s)?(?={_BODY}(?!\p{{L}}))"
)
"""A sentence of a request: who asks, "đề nghị", who is asked; no past ("đã đề nghị"), no plan ("tiếp tục đề nghị")."""


_NOUNS: dict[Listed, str] = {
    "hardship": _TROUBLE,
    "cause": r"(?:nguyen nhan|ly do|can nguyen)",
    "request": r"(?:kien nghi|de xuat|de nghi|khuyen nghi)",
    "task": r"(?:nhiem vu|ke hoach|phuong huong|chuong trinh)",
}
_DENIED = {
    kind: regex.compile(
        r"(?:(?<!\p{L})(?:khong|chua)\s(?:(?:con|he|co|thay|gap|gap phai|phat sinh|ghi nhan|neu|dat ra|xay ra"
        r"|xac dinh|phai)\s){1,3}"
        r"(?:(?:bat ky|bat cu|mot|nhung|cac|noi dung|van de|dieu|y kien|viec|gi|nao|nhu cau|them|can|de|phai|lon"
        r"|dang ke|dac biet|rieng"
        rf"|khac|moi|cu the|thuoc)\s){{0,6}}|^(?:khong|chua)\s(?!ton tai)){noun}(?!\p{{L}})[^.;:]{{0,60}}+[\s./;]*$"
    )
    for kind, noun in _NOUNS.items()
}
"""A sentence that ends by denying a list: "… không phát sinh khó khăn nào", "Chưa có nội dung gì cần kiến nghị thêm"."""
_OTHERWISE = regex.compile(r"(?<!\p{L})(?:nhung|tuy nhien|song|con lai|chi co|ngoai)(?!\p{L})")


_CONCEDED = regex.compile(r"(?:mặc dù|tuy(?! nhiên| vậy| thế)|dù)\s[^.;]*?\s(?:nhưng|song)\s", regex.I)


@dataclass(frozen=True)
class Cue:
    """What a sentence says that it tells, and up to which offset it only says so.

    ``whole``: the words of the cue are part of what is told.
    """

    told: Told
    end: int
    whole: bool = True


_ANY_CUE = regex.compile(
    rf"{_TROUBLE}|nguyen nhan|ly do|can nguyen|nguyen do|so di|tinh trang|thuc trang|thuan loi|de nghi|kien nghi|mong muon"
    r"|tuy |mac du|song|nhung|du vay|dau vay|ben canh|ngoai|khach quan|chu quan"
    r"|(?:thoi gian|giai doan|sap|nam|quy|thang|ky) (?:sap |tiep |sau|den|toi)|sang (?:nam|quy|thang)|cuoi nam"
)


def may_tell(text: str) -> bool:
    """Return whether a sentence of ``text`` may have a cue or turn: those without any of their words have none."""
    return _ANY_CUE.search(fold(text)) is not None


def cue_of(sentence: str, cue_from: int = 0) -> Cue | None:
    """Return what ``sentence`` says from offset ``cue_from`` on that it tells, or None."""
    folded = fold(sentence)
    named = CAUSE_NAMED.match(folded, cue_from)
    if named:
        return Cue("cause", named.end(), whole=False)
    start = cue_from + joint_length(sentence[cue_from:])
    found = _CAUSE_OF.match(folded, start)
    if found:
        return Cue("cause", found.end())
    found = _ABOUT.match(folded, start)
    if found:
        return Cue("hardship", found.end(), whole=False)
    found = _HARDSHIP.match(folded, start)
    if found:
        return Cue("hardship", found.end())
    found = _STILL.match(folded, start)
    if found:
        return Cue("hardship", found.end())
    found = _TASK.match(folded, start)
    if found:
        return Cue("task", found.end())
    found = _ADVANTAGE.match(folded, start)
    if found:
        return Cue("advantage", found.end())
    found = _REQUEST.match(folded, start)
    if found:
        return Cue("request", found.end())
    return None


def turns(sentence: str) -> bool:
    """Return whether ``sentence`` turns from what was done well to what was not."""
    return (
        not sentence.lower().startswith(("những", "tuỳ", "tùy")) and _TURN.match(fold(sentence)) is not None
    )


def _is_many(sentence: str) -> bool:
    """Return whether ``sentence`` opens with "Những", which folds like "Nhưng"."""
    return sentence[:5].lower() == "những"


def lacks(sentence: str) -> bool:
    """Return whether ``sentence`` speaks of want or weakness and says which; of "tuy …, nhưng …" the second half counts."""
    conceded = _CONCEDED.match(sentence)
    folded = fold(sentence[conceded.end() :] if conceded else sentence)
    return _LACK.search(folded) is not None and _ONLY_ANNOUNCED.search(folded.rstrip()) is None


def only_announces(sentence: str) -> bool:
    """Return whether ``sentence`` ends with the mere word for hardships, and says none."""
    return _ONLY_ANNOUNCED.search(fold(sentence).rstrip()) is not None


def joint_length(sentence: str) -> int:
    """Return how many characters of ``sentence`` only join it to what was said before."""
    folded = fold(sentence)
    joint = None if _is_many(sentence) else _JOINT.match(folded)
    return joint.end() if joint and not _KEPT_TURN.match(folded) else 0


def denied_in(sentence: str) -> Listed | None:
    """Return the list of which ``sentence`` says that it has no items, and nothing else; None for other sentences."""
    folded = fold(sentence)
    if "khong" not in folded and "chua" not in folded:
        return None
    for kind, pattern in _DENIED.items():
        found = pattern.search(folded)
        if found and _OTHERWISE.search(folded, found.start()) is None:
            return kind
    return None
