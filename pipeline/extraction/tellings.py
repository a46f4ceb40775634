"""Where a text tells of one delegation: its sentences, and the parts of a sentence that tells of several."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import regex

from pipeline.extraction.telling_parts import people_counts

LONGEST = 560
"""Characters; no office says more of one delegation in a sentence."""

_PARTICULAR = (
    r"(?:đoàn (?:có|gồm|do)|lịch làm việc|lịch trình|khởi hành|thời gian|thời điểm|kinh phí|chi phí|nội dung|mục đích|thành phần|trưởng đoàn|số lượng|số người|số khách"
    r"|do (?:ông|bà|đồng chí)|nguồn|địa điểm|nơi đến|nước đến|điểm đến|đến (?:thăm|làm)|từ ngày|quốc tịch|đi nước|kết quả|lý do|đơn vị|cơ quan|tên đoàn|người dẫn đầu|số người|dự kiến chi)(?!\p{L})"
)
# A semicolon or stop ends the telling, unless only particulars of the same delegation follow.
_CUT = regex.compile(
    rf"(?<=[^\s.]{{2}}[.])\s+(?=(?-i:\p{{Lu}})|[-+•–])(?!{_PARTICULAR}\s?:)|\n|;\s+(?!{_PARTICULAR})|\s[•●+]\s(?=\p{{L}})|:\s+(?=[-–+•*]\s\p{{L}})",
    regex.I,
)
_ABBREVIATED = regex.compile(r"(?:^|[\s(])(?:TP|Tp|TX|Tx|TT|Đ/c|ThS|Ths|TS|PGS|GS|Mr|Mrs|Ms|St|P|H|Q)\.$")
_BETWEEN = regex.compile(
    r"(?:[,;:]\s(?:và\s)?|\s(?:và|cùng với|cùng|còn)\s)(?=(?:cử\s|đón\s|tiếp\s)?(?:(?:0?1|một)(?:\s\([^)]{2,8}\))?\s)?(?:lượt\s)?(?-i:đoàn|Đoàn|Sở|Phòng|Ban|Hội|UBND|HĐND|Công ty|Trung tâm|Trường|Đại sứ)(?!\p{L}))"
    r"|;\s",
    regex.I,
)


def tellings(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of ``text`` that may each tell of one delegation, in order."""
    start = 0
    for cut in [*_CUT.finditer(text), None]:
        if cut and _ABBREVIATED.search(text, max(0, cut.start() - 8), cut.start()):
            continue
        end = cut.start() if cut else len(text)
        if 20 < end - start <= LONGEST:
            yield from _divided(text, start, end)
        start = cut.end() if cut else end


def _divided(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of one sentence: one for each group of people that a delegation of its own introduces."""
    sizes = people_counts(text[start:end])
    cuts = [start]
    for before, after in pairwise(sizes):
        between = [m.end() for m in _BETWEEN.finditer(text, start + before.unit_end, start + after.start)]
        if between:
            cuts.append(between[-1])
    cuts.append(end)
    yield from pairwise(cuts)
