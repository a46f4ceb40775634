"""Delegations that a report describes one by one in prose ("01 đoàn gồm 05 người đi … Hàn Quốc từ ngày … đến ngày …").

Totals ("Đoàn ra: 06 đoàn, 58 lượt người") are figures, not delegations. A description counts only when it names a
country, and a number of people, a time or a leader with it; what is planned or merely possible is left out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Literal

import regex

from pipeline.document import Delegation, Evidence, Outline, Passage, Section, join
from pipeline.extraction.stays import Stay, find_stay
from pipeline.extraction.trips import Trip, find_trips
from pipeline.extraction.values.dates import find_periods
from pipeline.extraction.values.numbers import Quantity, find_quantities
from pipeline.extraction.values.units import unit_family
from pipeline.gazetteers.countries import find_countries
from pipeline.text import fold, squeeze

Direction = Literal["out", "in"]

_KEYS: dict[str, Direction] = {"outbound": "out", "inbound": "in", "press": "in"}
_SILENT_KEYS = ("plan", "recommendations", "context", "issues", "protection", "diaspora", "awards")
"""Groups whose text speaks of no delegations that came or went in the period."""

# Compounds of đoàn that are no delegation: công đoàn, tập đoàn, Tỉnh đoàn; đoàn viên, đoàn thể, đoàn kiểm tra.
_HEAD = regex.compile(
    r"(?<!\b(?:công|tập|nghiệp|quân|sư|trung|liên|lữ|binh|tỉnh|thành|huyện|quận|xã|phi|đảng|bầu|số|lượt|trưởng|phó)\s)"
    r"(?<!\p{L})đoàn(?!\s(?:viên|thể|kết|phí|tụ|kiểm|thanh|giám|liên ngành|luật|đại biểu quốc hội|đại biểu hđnd|ra|vào"
    r"|trưởng|phường|khối)(?!\p{L}))(?!\p{L})",
    regex.I,
)
_ONE = regex.compile(r"(?:(?<![\p{L}\d/])(?:0?1|một)(?:\s?\(\s?(?:một|0?1)\s?\))?(?:\slượt)?)\s$", regex.I)
_SEVERAL = regex.compile(
    r"(?:\d\)?|các|những|nhiều|một số|số|mỗi|mọi|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|lượt|\))\s$", regex.I
)
_CLAUSE = regex.compile(
    r"[.;](?=\s|$)|\((?=\s?(?:cùng kỳ|lũy kế|luỹ kế|năm trước|năm \d{4}|kế hoạch))|\n", regex.I
)


def _words(pattern: str) -> regex.Pattern[str]:
    """Return ``pattern`` compiled to match whole words in any case."""
    return regex.compile(rf"(?<!\p{{L}})(?:{pattern})(?!\p{{L}})", regex.I)


_NOT_YET = _words(
    "sẽ|dự kiến|đề nghị|kiến nghị|chuẩn bị|phấn đấu|tiếp tục cử|đề xuất|xin phép|chưa|không|hủy|huỷ|hoãn"
)
_TURNS = _words("lượt")
_LEADER = _words("trưởng đoàn|dẫn đầu|do (?:đồng chí|ông|bà)|đ/c")
_GOES = _words(
    r"(?:đi|sang)(?!\s(?:lại|thăm\s(?:tỉnh|huyện|thành phố|và làm việc (?:tại|với) (?:tỉnh|huyện))))|tham dự|tham gia"
)
_COMES = _words(
    r"(?:đến|vào|tới|sang)\s(?:thăm|làm việc|khảo sát|giao lưu|tìm hiểu|quay|đưa tin|tham dự|dự|tỉnh|huyện|địa phương"
    r"|thành phố|tác nghiệp|trao đổi|chúc|kiểm tra|nghiên cứu|tham quan|xúc tiến|ký|học tập|chào)"
)
_SENT = _words(
    "đoàn ra|cử|đi công tác nước ngoài|đi nước ngoài|ra nước ngoài|xuất cảnh|công tác, học tập ở nước ngoài"
)
_RECEIVED = _words("đoàn vào|đón|tiếp|đón tiếp|tiếp đón|nhập cảnh|đoàn khách")

_ORGANISATION = regex.compile(
    r"\s(?:(?:công tác|khách|cán bộ|chuyên gia)\s)?"
    r"(?:(?:gồm|có|với)?\s?\d{1,3}\s(?:lượt )?(?:người|thành viên|đại biểu|cán bộ)\s)?"
    r"(?P<name>(?:(?:của|thuộc)\s|đại biểu\s|lãnh đạo\s|phóng viên\s|báo chí\s|doanh nghiệp\s)[^,;(]{2,90}?)"
    r"(?=\s(?:do|gồm|có|với|đi|sang|đến|tới|vào|thăm|từ|ngày|tham|để|nhằm|làm|trong|tại)(?!\p{L})|[,;.(]|$)",
    regex.I,
)
_DOING = (
    "thăm|chúc|làm việc|tham dự|dự|học tập|nghiên cứu|khảo sát|trao đổi|tham quan|xúc tiến|ký|ký kết|hội đàm|giao lưu"
    "|tìm hiểu|vận động|tham gia|công tác tại|quay phim|đưa tin|tập huấn|bồi dưỡng|quảng bá|đàm phán|tác nghiệp"
)
_WHEN = r"từ ngày|từ \d|ngày \d|trong tháng|vào tháng|tháng \d|trong thời gian|trong năm|vào ngày|từ tháng|do đồng chí"
_PURPOSE = regex.compile(
    rf"(?<!\p{{L}})(?P<purpose>(?:{_DOING})(?!\p{{L}}).*?)(?=\s?(?:\(|(?<!\p{{L}})(?:{_WHEN})|[;.]|$))",
    regex.I,
)
_PURPOSE_LIMIT = 200
_LONGEST = 600
"""Characters: more than the description of one delegation, or what introduces it, takes."""


@dataclass(frozen=True, slots=True)
class _Description:
    """The stretch of one text that speaks of one delegation; ``lead`` is where its sentence begins."""

    lead: int
    start: int
    end: int
    counted: bool


def find_delegations(outline: Outline, keyed: Mapping[str, str]) -> list[Delegation]:
    """Return the delegations described in the text, in reading order.

    ``keyed`` maps section paths to the profile's groups ("outbound", "inbound"; of a field name the part before its
    dot counts) and may be empty; a section without an entry takes that of the nearest section above it. Dates without
    a year take the one the headings name first.
    """
    year = _report_year(outline)
    found: list[Delegation] = []
    for section in outline.sections:
        key = _key(section, keyed)
        if key in _SILENT_KEYS:
            continue
        for passage in _passages(section):
            found += _in_passage(passage, _KEYS.get(key), year)
    return found


def _passages(section: Section) -> tuple[Passage, ...]:
    """Return the section's texts; a label and what follows it are one ("Tại Lào: 01 đoàn gồm 05 người …")."""
    if section.body and section.heading.text.rstrip().endswith(":"):
        return join([section.heading, section.body[0]]), *section.body[1:]
    return section.heading, *section.body


def _key(section: Section, keyed: Mapping[str, str]) -> str:
    path = section.path
    while path:
        key = keyed.get(path, "")
        if key:
            return key.split(".")[0]
        path = path.rpartition(".")[0]
    return section.key.split(".")[0]


def _report_year(outline: Outline) -> int | None:
    for section in outline.sections:
        for period in find_periods(section.heading.text):
            if period.year is not None:
                return period.year
    return None


def _in_passage(passage: Passage, by_section: Direction | None, year: int | None) -> Iterator[Delegation]:
    text = passage.text
    trips = find_trips(text, by_section, year)
    for trip in trips:
        delegation = _of_trip(passage, trip)
        if delegation is not None:
            yield delegation
    if "oan" not in fold(text):
        return
    quantities = find_quantities(text)
    for description in _descriptions(text):
        if any(trip.start < description.end and description.start < trip.end for trip in trips):
            continue
        delegation = _read(passage, description, quantities, by_section, year)
        if delegation is not None:
            yield delegation


def _of_trip(passage: Passage, trip: Trip) -> Delegation | None:
    evidence = passage.span(trip.start, trip.end)
    if not evidence.words:
        return None
    return Delegation(
        direction=trip.direction,
        evidence=Evidence(evidence.words),
        delegations=1,
        people=trip.people,
        countries=trip.countries,
        organisation=trip.organisation,
        purpose=trip.purpose,
        period_text=trip.stay.text,
        started_on=trip.stay.started_on,
        ended_on=trip.stay.ended_on,
        score=round(0.5 + 0.08 * trip.parts, 2),
    )


def _descriptions(text: str) -> Iterator[_Description]:
    """Yield the stretches from one mention of a single delegation to the next mention or the end of its clause."""
    mentions = list(_HEAD.finditer(text))
    told = 0
    for index, mention in enumerate(mentions):
        if mention.start() < told:
            continue
        before = text[max(0, mention.start() - 24) : mention.start()]
        one = _ONE.search(before)
        if one is None and _SEVERAL.search(before):
            continue
        stop = min(len(text), mention.end() + _LONGEST)
        clause = _CLAUSE.search(text, mention.end(), stop)
        end = clause.start() if clause else stop
        for later in mentions[index + 1 : index + 40]:
            if later.start() >= end:
                break
            lead = text[max(mention.end(), later.start() - 24) : later.start()]
            # "05 người tham gia đoàn công tác của tỉnh" and "làm trưởng đoàn" go on about the same delegation.
            if _ONE.search(lead) or _SEVERAL.search(lead) or regex.search(r"(?:và|,)\s$", lead):
                end = later.start() - (len(lead) - _lead_length(lead))
                break
        start = mention.start() - (len(before) - one.start() if one else 0)
        told = end
        floor = max(0, start - _LONGEST)
        sentence = max(text.rfind(". ", floor, start) + 1, text.rfind("; ", floor, start) + 1, floor)
        yield _Description(sentence, start, end, one is not None)


def _lead_length(lead: str) -> int:
    """Return the length of ``lead`` without the number or conjunction that belongs to the next mention."""
    return len(regex.sub(r"(?:(?<![\d()])[\d()]++|(?<!\p{L})\p{L}++|,)\s$", "", lead))


def _read(
    passage: Passage,
    description: _Description,
    quantities: Sequence[Quantity],
    by_section: Direction | None,
    year: int | None,
) -> Delegation | None:
    """Return the delegation that ``description`` gives, or None when it says too little."""
    text = passage.text[description.start : description.end]
    lead = passage.text[description.lead : description.start]
    countries = tuple(dict.fromkeys(span.name for span in find_countries(text)))
    if not countries or _NOT_YET.search(lead) or _NOT_YET.search(text):
        return None
    first = bisect_left(quantities, description.start, key=lambda quantity: quantity.start)
    within = list(
        takewhile(lambda quantity: quantity.start < description.end, quantities[first : first + 40])
    )
    people = [q for q in within if q.kind == "count" and unit_family(q.unit) == "people" and not q.doubt]
    stay = find_stay(text, year)
    before = find_stay(lead, year)
    if before.started_on and not stay.text and _HEAD.search(lead) is None:
        # "Ngày 12/3/2019, UBND huyện đón đoàn …": the day opens the sentence.
        stay = replace(before, start=0)
    leader = _LEADER.search(text) is not None
    if not (people or stay.text or leader) or (_TURNS.search(text) and not stay.text):
        return None
    direction = _direction(
        text, passage.text[max(0, description.start - _LONGEST) : description.start], by_section
    )
    evidence = passage.span(description.start, description.end)
    if direction is None or not evidence.words:
        return None
    organisation = _organisation(text)
    purpose = _purpose(text, stay)
    parts = (people, stay.text, leader or description.counted, organisation, purpose)
    return Delegation(
        direction=direction,
        evidence=Evidence(evidence.words),
        delegations=1,
        people=int(people[0].value) if people else None,
        countries=countries,
        organisation=organisation,
        purpose=purpose,
        period_text=stay.text,
        started_on=stay.started_on,
        ended_on=stay.ended_on,
        score=round(0.5 + 0.08 * sum(bool(part) for part in parts), 2),
    )


def _direction(text: str, before: str, by_section: Direction | None) -> Direction | None:
    """Return where the delegation went: by its own verb, by what the sentence said before, by its section."""
    goes, comes = _GOES.search(text), _COMES.search(text)
    if comes and not (goes and goes.start() < comes.start()):
        return "in"
    if goes and not comes:
        return "out"
    sent = [match.end() for match in _SENT.finditer(before)]
    received = [match.end() for match in _RECEIVED.finditer(before)]
    if sent or received:
        return "out" if max(sent, default=-1) > max(received, default=-1) else "in"
    return by_section or ("out" if goes else None)


def _organisation(text: str) -> str:
    match = _ORGANISATION.search(text)
    if match is None:
        return ""
    return regex.sub(r"^(?:của|thuộc|đại biểu)\s", "", squeeze(match["name"]), flags=regex.I).strip(" ,.")


def _purpose(text: str, stay: Stay) -> str:
    match = _PURPOSE.search(text[: stay.start] if stay.start > 30 else text)
    if match is None:
        return ""
    purpose = squeeze(match["purpose"])[:_PURPOSE_LIMIT].strip(" ,.;(-")
    return regex.sub(r"\s(?:vào|trong|từ|và)$", "", purpose)
