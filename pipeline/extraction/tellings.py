"""Where a text tells of one delegation: its sentences, and the parts of a sentence that tells of several."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import regex

from pipeline.extraction.telling_parts import people_counts
from pipeline.gazetteers.countries import find_countries

LONGEST = 560
"""Characters; no office says more of one delegation in a sentence."""

_PARTICULAR = (
    r"(?:đoàn (?:có|gồm|do)|lịch làm việc|lịch trình|khởi hành|thời gian|thời điểm|kinh phí|chi phí"
    r"|nội dung|mục đích|thành phần|trưởng đoàn|số lượng|số người|số khách"
    r"|do (?:ông|bà|đồng chí)|nguồn|địa điểm|nơi đến|nước đến|điểm đến|đến (?:thăm|làm)|từ ngày"
    r"|quốc tịch|đi nước|kết quả|lý do|đơn vị|cơ quan|tên đoàn|người dẫn đầu|số người"
    r"|dự kiến chi)(?!\p{L})"
)
# A semicolon or stop ends the telling, unless only particulars of the same delegation follow.
_CUT = regex.compile(
    rf"(?<=[^\s.]{{2}}[.])\s+(?=(?-i:\p{{Lu}})|[-+•–]"
    rf"|\d{{1,3}}\s(?:\([^)]{{2,12}}\)\s)?(?-i:\p{{Ll}}))(?!{_PARTICULAR}\s?:)|\n"
    rf"|;\s+(?!{_PARTICULAR})|\s[•●+]\s(?=\p{{L}})|:\s+(?=[-–+•*]\s\p{{L}})"
    # "…, trong đó có đoàn …", "…, riêng Tổ chức …": one of those told of; "…, các đoàn còn lại …" are others.
    r"|,\s+(?=(?:trong đó|trong số đó|đáng chú ý|nổi bật|tiêu biểu)\s(?:có|là)\s(?:(?:0?1|một)\s)?(?:đoàn|nhóm)(?!\p{L}))"
    r"|,\s+(?=(?:bao\s)?gồm\s(?:có\s)?(?:(?:0?1|một)\s)?(?:đoàn|nhóm)\s(?:(?:công tác|đại biểu|cán bộ|khách|của)\s)?\p{L})"
    r"|,\s+(?=riêng\s(?:đoàn|nhóm|(?-i:\p{Lu}))|(?:và\s)?(?:các|những|số|\d{1,3}|hai|ba|bốn|năm)\sđoàn\s(?:còn lại|khác)(?!\p{L}))",
    regex.I,
)
_GOES_ON = regex.compile(
    r"(?:Đoàn (?:gồm|có|do|đã|làm việc|sẽ)|Chuyến (?:đi|thăm|công tác)|Thời gian|Kinh phí|Thành phần"
    r"|Mục đích|Nội dung|Trưởng đoàn|Số lượng)(?!\p{L})"
)
_ABBREVIATED = regex.compile(r"(?:^|[\s(])(?:TP|Tp|TX|Tx|TT|Đ/c|ThS|Ths|TS|PGS|GS|Mr|Mrs|Ms|St|P|H|Q)\.$")
_BETWEEN = regex.compile(
    r"(?:[,;:]\s(?:và\s)?|\s(?:và|cùng với|cùng|còn)\s)(?=(?:việc\s|buổi\s|cuộc\s)?(?:cử\s|đón\s|tiếp\s|đón tiếp\s|tiếp đón\s)?(?:(?:0?1"
    r"|một)(?:\s\([^)]{2,8}\))?\s)?(?:lượt\s)?(?-i:đoàn|Đoàn|Sở|Phòng|Ban|Hội|UBND|HĐND|Công ty"
    r"|Trung tâm|Trường|Đại sứ)(?!\p{L}))"
    r"|;\s",
    regex.I,
)


def tellings(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of ``text`` that may each tell of one delegation, in order."""
    for start, end in _joined(text, list(_pieces(text))):
        if 20 < end - start <= LONGEST:
            yield from _divided(text, start, end)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for cut in [*_CUT.finditer(text), None]:
        if cut and _ABBREVIATED.search(text, max(0, cut.start() - 8), cut.start()):
            continue
        if cut and text.count("(", start, cut.start()) > text.count(")", start, cut.start()):
            continue  # "(11 người; 07-14/5/2018)"
        end = cut.start() if cut else len(text)
        if end > start:
            yield start, end
        start = cut.end() if cut else end


def _joined(text: str, pieces: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield ``pieces``, with those that only go on about the delegation before them ("; tháng 5/2024") joined to it."""
    at = 0
    while at < len(pieces):
        start, end = pieces[at]
        at += 1
        sized = countries = None
        while at < len(pieces) and pieces[at][1] - start <= LONGEST:
            following = text[pieces[at][0] : pieces[at][1]]
            goes_on = text[end : end + 1] == ";" or _GOES_ON.match(following)
            if not goes_on or "\n" in text[end : pieces[at][0]]:
                break
            if sized is None:
                sized = bool(people_counts(text[start:end]))
                countries = bool(find_countries(text[start:end]))
            more = bool(people_counts(following))
            if (sized and more) or not (sized or countries) or find_countries(following):
                break
            sized = sized or more
            end = pieces[at][1]
            at += 1
        yield start, end


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
