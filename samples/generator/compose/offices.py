"""Offices and posts that wordings write out, found by their longest match; they become entities of the text."""

from __future__ import annotations

import re
from functools import lru_cache

_KIND = "tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn"
_COMMITTEE = "Tỉnh ủy|Thành ủy|Huyện ủy|Quận ủy|Thị ủy|Đảng ủy(?: xã)?"
_COUNCIL = f"(?:UBND|HĐND|Ủy ban nhân dân|Hội đồng nhân dân)(?: (?:{_KIND}))?"
_DEPARTMENTS = (
    "Ngoại vụ|Kế hoạch và Đầu tư|Tài chính|Tư pháp|Công Thương|Nội vụ|Y tế|Xây dựng|Giao thông vận tải"
    "|Văn hóa, Thể thao và Du lịch|Văn hóa - Thông tin|Giáo dục và Đào tạo|Thông tin và Truyền thông"
    "|Khoa học và Công nghệ|Tài nguyên và Môi trường|Nông nghiệp và Phát triển nông thôn"
    "|Lao động - Thương binh và Xã hội|Thương mại và Du lịch|Du lịch"
)
_ORGANISATIONS = (
    rf"Sở (?:{_DEPARTMENTS})",
    "Phòng (?:Nội vụ|Tư pháp|Y tế|Văn hóa và Thông tin|Giáo dục và Đào tạo|Tài chính - Kế hoạch"
    f"|Lao động - Thương binh và Xã hội|Kinh tế)(?: (?:{_KIND}))?",
    "Bộ (?:Ngoại giao|Nội vụ|Công an|Quốc phòng|Tài chính|Kế hoạch và Đầu tư|Công Thương|Tư pháp)",
    "(?:Cục (?:Lãnh sự|Ngoại vụ|Lễ tân Nhà nước)|Ủy ban Nhà nước về người Việt Nam ở nước ngoài|Chính phủ)",
    f"(?:Công an|Quân sự|Bộ Chỉ huy Quân sự|Bộ Chỉ huy Bộ đội Biên phòng|Bộ đội Biên phòng) (?:{_KIND})",
    "Bộ đội Biên phòng|Mặt trận Tổ quốc|Liên hiệp các tổ chức hữu nghị",
    f"(?:Hội Liên hiệp Phụ nữ|Hội Nông dân|Hội Cựu chiến binh|Đoàn Thanh niên)(?: (?:{_KIND}))?",
    rf"Văn phòng (?:{_COUNCIL}|HĐND và UBND(?: (?:{_KIND}))?|Chính phủ|Trung ương Đảng|{_COMMITTEE})",
    "Ban (?:Đối ngoại|Tuyên giáo|Dân vận) Trung ương(?: Đảng)?|Ban Bí thư(?: Trung ương Đảng)?",
    rf"(?:Ban (?:Thường vụ|Dân vận|Tuyên giáo|Tổ chức)|Thường trực) (?:{_COMMITTEE})|(?:{_COMMITTEE})",
    rf"(?:Thường trực )?(?:UBND|HĐND|Ủy ban nhân dân|Hội đồng nhân dân) (?:{_KIND})",
)
_POSTS = (
    rf"(?:Phó )?Chủ tịch {_COUNCIL}",
    rf"(?:Phó )?Bí thư (?:{_COMMITTEE})",
    rf"(?:Phó )?Giám đốc Sở(?: (?:{_DEPARTMENTS}))?",
    rf"(?:Phó )?Chánh Văn phòng(?: (?:HĐND và UBND|{_COUNCIL}|{_COMMITTEE})(?: (?:{_KIND}))?)?",
)
NAMES = {
    label: re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)")
    for label, patterns in (("POST", _POSTS), ("ORG", _ORGANISATIONS))
}


@lru_cache(maxsize=20_000)
def named(text: str) -> tuple[tuple[str, str], ...]:
    """Return ``text`` in stretches with what each names: ORG, POST, or nothing (empty)."""
    found = [
        (match.start(), -len(match.group()), match.end(), label)
        for label, pattern in NAMES.items()
        for match in pattern.finditer(text)
    ]
    stretches: list[tuple[str, str]] = []
    end = 0
    for start, _, stop, label in sorted(found):
        if start < end:
            continue
        stretches += [(text[end:start], ""), (text[start:stop], label)]
        end = stop
    stretches.append((text[end:], ""))
    return tuple((words, label) for words, label in stretches if words)
