"""What a label is answered with: "Nước đến: Lào, Thái Lan", "Đầu mối: Phòng Nội vụ; phụ trách: Chủ tịch UBND xã"."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from pipeline.extraction.organisations import find_organisations, find_posts, mended_name
from pipeline.extraction.profile import FieldSpec
from pipeline.extraction.statements import Statement
from pipeline.extraction.values.dates import find_periods
from pipeline.extraction.values.lists import split_names
from pipeline.extraction.wording import find_each, find_wordings, fold_words
from pipeline.gazetteers.countries import find_countries

LEAST_SHARE = 0.4
"""A label asks for a field when the field's wording is at least this share of its letters."""

_END = regex.compile(r";|[.](?=\s|$)|\s?\((?!Trung Quốc)")
_LIST_END = regex.compile(r"[.](?=\s|$)|[()]")
_OWNED = regex.compile(r"(?<=Đài Loan)\s?\(Trung Quốc\)")
"""Taiwan is printed with whose it is."""

_GIVEN = regex.compile(
    r"\s*(?:(?:(?:đã |được )?(?:giao|phân công)(?: cho)?|do|là|đồng chí|đ/c|ông|bà)\s+){0,3}",
    regex.IGNORECASE,
)
_DONE = regex.compile(
    r",\s(?=\p{Ll})|\s(?:quản l[ýí]|lưu giữ|bảo quản|cất giữ|theo dõi|thực hiện|đảm nhiệm|kiêm nhiệm|tham mưu|làm đầu mối"
    r"|chủ trì|trực tiếp|giúp việc|chịu trách nhiệm)(?!\p{L})"
)
"""What follows the name of an office or post in an answer and is no part of it."""

_PLAIN_BODY = regex.compile(
    r"(?:các\s)?(?:cơ quan|đơn vị|bộ phận|tổ|phòng|ban|văn phòng"
    r"|công chức|viên chức|cán bộ|chuyên viên|thủ trưởng|người đứng đầu)"
    r"\s(?!(?:nào|gì|khác)(?!\p{L}))\p{L}"
)
"""An office or post that is said by its kind alone: "cơ quan nơi cán bộ công tác"."""

_ITEM = regex.compile(r"(?<!\p{L})\p{Lu}")
_MAX_PLAIN_WORDS = 8


@dataclass(frozen=True, slots=True)
class Answer:
    """Offsets of the values in the statement, and the values themselves."""

    spans: tuple[tuple[int, int], ...]
    texts: tuple[str, ...]


def is_asked(spec: FieldSpec, statement: Statement) -> bool:
    """Return whether the label before what the statement says is one of the field's questions."""
    start, end = label_of(statement)
    return end > start and _asks(spec, statement.folded[start:end])


def label_of(statement: Statement) -> tuple[int, int]:
    """Return the offsets of the statement's label without bullet and colon; (0, 0) when it has none."""
    text = statement.text
    whole = bool(statement.heads) and statement.heads[0].passage == statement.passage
    end = statement.opening or (len(text) if whole and not statement.opening else 0)
    label = text[statement.heading : end].rstrip()
    if not label.endswith(":"):
        return 0, 0
    start = statement.heading + (len(label) - len(label.lstrip(" -–—+*•.0123456789)")))
    return start, statement.heading + len(label) - 1


def _asks(spec: FieldSpec, label: str) -> bool:
    if find_wordings(spec.except_in, label):
        return False
    letters = sum(c.isalpha() for c in label)
    return any(hit.weight >= LEAST_SHARE * letters for hit in find_each(spec.asks, label))


def said_after(statement: Statement) -> str:
    """Return what follows the label; empty where the label is the whole statement."""
    return statement.said if statement.opening else ""


def answer_to(spec: FieldSpec, statement: Statement) -> Answer | None:
    """Return what the statement's label is answered with, read as the field's values are; None when it is no answer."""
    take = spec.rules[0].take if spec.rules else "words"
    text, start = statement.text, statement.opening
    stop = (_LIST_END if take == "names" else _END).search(text, start)
    end = stop.start() if stop else len(text)
    if take in ("organisation", "post"):
        answer = _body(take, text, start, end)
        barred = (
            [] if answer is None else find_wordings(spec.rules[0].not_values, fold_words(answer.texts[0]))
        )
        return None if any(hit.start == 0 for hit in barred) else answer
    if take == "countries":
        named = countries_in(text, start, end)
        return Answer(tuple(s for s, _n in named), tuple(n for _s, n in named)) if named else None
    if take == "names":
        spans = tuple((s + start, e + start) for s, e in split_names(text[start:end]))
        return Answer(spans, tuple(text[s:e] for s, e in spans)) if spans else None
    if take == "period":
        periods = find_periods(text[start:end])
        span = (start + periods[0].start, start + periods[0].end) if periods else None
        return Answer((span,), (text[slice(*span)],)) if span else None
    while start < end and not text[start].isalnum():
        start += 1
    return Answer(((start, end),), (text[start:end],)) if end > start and text[start].isalpha() else None


def countries_in(text: str, start: int, end: int) -> list[tuple[tuple[int, int], str]]:
    """Return (offsets, name) of the foreign countries in ``text[start:end]``, each once; "Đài Loan (Trung Quốc)" is one."""
    found: list[tuple[tuple[int, int], str]] = []
    for country in find_countries(text):
        if country.start < start or country.end > end or country.code == "VN":
            continue
        if found and country.start < found[-1][0][1]:
            continue
        owner = _OWNED.match(text, country.end)
        name = country.name + " (Trung Quốc)" if owner else country.name
        if name not in {other for _span, other in found}:
            found.append(((country.start, owner.end() if owner else country.end), name))
    return found


def _body(take: str, text: str, start: int, end: int) -> Answer | None:
    """Return the office or post at the beginning of ``text[start:end]``, else the first in it; None without one."""
    finder = find_organisations if take == "organisation" else find_posts
    given = _GIVEN.match(text, start, end)
    first = given.end() if given else start
    names = [n for n in finder(text[first:end]) if n.text[:1].isupper()]
    if take == "organisation":  # "Trưởng Ban Dân vận" is who, not where
        posts = find_posts(text[first:end])
        names = [n for n in names if not any(p.start < n.start < p.end for p in posts)]
    if names and names[0].start == 0:
        done = _DONE.search(text, first + len(names[0].text), end)
        span = (first, done.start() if done else end)
    elif names:
        span = (first + names[0].start, first + names[0].end)
    elif (
        first < end
        and (text[first].isupper() or _PLAIN_BODY.match(text, first, end))
        and len(text[first:end].split()) <= _MAX_PLAIN_WORDS
    ):
        span = (first, end)
    else:
        return None
    return Answer((span,), (mended_name(text[span[0] : span[1]]),))


def goes_on(text: str) -> bool:
    """Return whether ``text`` is only names, so that it goes on a list that a semicolon cut ("Long Hòa; Thạnh An.")."""
    words = text.strip(" .;").split()
    names = split_names(text)
    return bool(names) and len(words) <= 4 * len(names) + 2 and bool(_ITEM.match(text.lstrip()))
