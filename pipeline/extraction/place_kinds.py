"""What kind of place names in a sentence are names of: "các xã Bắc Sơn, Hải Sơn" are communes, "huyện Hải Hà" is none.

Reports of the border name rivers, gates, posts and districts beside the communes that it runs through, and communes where
something happened. Only marks tell "chợ" from "cho", so words are compared as printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import regex

REACH = 240
"""So many characters before a name may say what it is the name of."""
_PLACES = (
    "huyện", "thị xã", "thành phố", "tp", "tỉnh", "quận", "châu", "khu tự trị", "nước", "phía",
    "thôn", "bản", "ấp", "xóm", "làng", "buôn", "khóm", "khối phố", "tổ dân phố", "xã", "phường", "thị trấn", "đặc khu",
    "sông", "suối", "núi", "đèo", "đồi", "rừng", "vịnh", "hồ", "đầm", "cửa sông", "cửa biển", "hòn",
    "cửa khẩu", "cửa khẩu quốc tế", "cửa khẩu chính", "cửa khẩu phụ", "cặp cửa khẩu", "lối mở", "đường mòn",
    "mốc", "cột mốc",
    "đồn", "đồn biên phòng", "các đồn", "trạm", "trạm kiểm soát", "chốt", "cầu", "chợ", "cảng", "nhà máy", "công ty",
    "khu kinh tế", "khu kinh tế cửa khẩu", "khu công nghiệp", "cụm công nghiệp", "khu du lịch",
    "ông", "bà", "anh", "chị", "đồng chí", "đ/c", "tàu", "dân tộc", "người", "đồng bào",
)  # fmt: skip
_COUNTED = r"(?:các|những|một số|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|\d{1,3})"
_NAMES_BEFORE = r"(?:(?:\p{Lu}[\p{L}'-]{0,12}\s?+){1,5}(?:,\s|\s?(?:và|-|–)\s)){0,12}"
_BELONGING = regex.compile(r"(?<!\p{L})(?:thuộc|thuộc về|của|trực thuộc)\s*$")
_INCIDENT = regex.compile(
    r"\d\s(?:công dân|người|ngư dân|thuyền viên|lao động|đối tượng|hộ|vụ|trường hợp|tàu|phương tiện|cháu|phụ nữ)(?!\p{L})"
    r"[^,;:.()]{0,40}$"
)
"""Some people, cases or boats before a name: where they are from, not what the border runs through."""


@lru_cache(maxsize=16)
def _beside(kinds: tuple[str, ...]) -> regex.Pattern[str]:
    other = "|".join(sorted((place for place in _PLACES if place not in kinds), key=len, reverse=True))
    return regex.compile(
        rf"(?<!\p{{L}})(?i:(?:{other})[\s(]*|{_COUNTED}\s(?:{other})\s(?:là|gồm|gồm có|như)?[\s:(]*){_NAMES_BEFORE}$"
    )


def is_of_kind(text: str, at: int, kinds: Sequence[str]) -> bool:
    """Return whether nothing before the name at ``at`` says that it is of another kind than ``kinds``.

    A name right after another kind ("sông", "hai huyện là") is of that; so is one to which places of ``kinds`` belong
    ("16 xã thuộc Móng Cái"), and one where a counted few were ("21 người ở xã Hồng Vân") tells where that was.
    """
    start = max(text.rfind(". ", 0, at), text.rfind("; ", 0, at), at - REACH, -1) + 1
    before = text[start:at].lower()
    if _beside(tuple(kinds)).search(text[start:at]) or _INCIDENT.search(before):
        return False
    belonging = _BELONGING.search(before)
    return belonging is None or not _names_kind(before[: belonging.start()], kinds)


def _names_kind(text: str, kinds: Sequence[str]) -> bool:
    return any(regex.search(rf"(?<!\p{{L}}){regex.escape(kind)}(?!\p{{L}})", text) for kind in kinds)
