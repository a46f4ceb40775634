"""Legal documents cited in a report: "Nghị quyết số 31/NQ-CP ngày 13/5/2014 của Chính phủ về …".

A citation is found by its number and symbol; type, date, issuer and subject are read around it. Numbers with a year
keep it ("123/2020" and "NĐ-CP"); Party numbers are told apart by their dash ("206" and "QĐ/TU").
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import regex

from pipeline.document import Evidence, Outline, Passage, Reference
from pipeline.extraction.issuers import issuer_after
from pipeline.extraction.letterhead_number import mend_symbol
from pipeline.extraction.values.dates import DateSpan, find_dates
from pipeline.layout.conventions import conventions
from pipeline.text import fold, squeeze

_MORE_TYPES = ("Công văn", "Bộ luật", "Hiến pháp", "Văn bản", "Điều lệ", "Nghị định thư")
"""Cited documents that carry no type line of their own, or another one than they are cited by."""

_BY_NAME = ("Bộ luật", "Luật", "Pháp lệnh", "Hiến pháp")
"""What is cited by name and year."""

_FULL_SCORE = 0.96
_PENALTIES = {
    "no_type": 0.2,
    "no_date": 0.08,
    "no_issuer": 0.04,
    "no_symbol": 0.35,
    "repaired": 0.15,
    "poor_print": 0.12,
    "odd_type": 0.1,
    "by_name": 0.2,
}

_NUMBER = r"(?<![\p{L}\d/.,–-])(?<number>[\dOoIl|]{1,5}[a-e]?)"
_PART = r"[\p{L}\p{N}][\p{L}\d.&]{0,12}"
_SPACED_PART = r"\p{Lu}\p{Ll}{0,2}\p{Lu}[\p{L}\d]{0,8}"
_MORE_PARTS = rf"(?:[-–—]{_PART}|\s[-–—]\s?{_SPACED_PART}|[-–—]\s{_SPACED_PART}){{0,3}}"
_UNIT = r"(?:/\p{Lu}\p{L}{0,8})?"
_STATE = rf"(?:\s?/\s?(?<year>\d{{4}}))?\s?[/⁄]\s?(?<symbol>\p{{Lu}}[\p{{L}}\d]{{0,8}}{_MORE_PARTS}{_UNIT})"
_PARTY = r"\s?[-–—]\s?(?<symbol>\p{Lu}\p{L}{0,5}\s?[/⁄]\s?\p{Lu}[\p{L}.&]{0,10}(?:[-–]\p{Lu}\p{L}{0,6})?)"
_NUMBERED = regex.compile(rf"{_NUMBER}(?:{_PARTY}|{_STATE})")
_LOOK_ALIKE = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "|": "1"})
_LEAD = 70
_BETWEEN = regex.compile(r"[^\d.;:/()]{0,44}$")
_NEXT_IN_LIST = regex.compile(r"\s{0,2}(?:[,;]|và|[,;]\s?và|&)\s{0,2}(?:số:?\s?)?$", regex.I)
_SO = regex.compile(r"so\s?:?\s?$")
_DIRECT = regex.compile(r"\s?(?:so\s?:?\s?)?")
_DATE_GAP = regex.compile(r"[\s,(]{0,3}(?:(?:ky|ban hanh|ra)\s)?$")
_SUBJECT = regex.compile(
    r"[\s,)]{0,3}(?:(?P<about>về việc|về|v/v)|(?=(?:ban hành|quy định|phê duyệt|triển khai|hướng dẫn|sửa đổi|thực hiện"
    r"|công bố|giao|chấp thuận|báo cáo|đề nghị)\s))\s?",
    regex.I,
)
_SUBJECT_END = regex.compile(
    r"[;.](?=\s|$)|,\s(?=\p{Lu}|theo đó|trong đó|nhằm|để|đến nay|hiện nay|trên cơ sở)|\)(?=[\s.,;]|$)|\n|$"
)
_LONGEST_SUBJECT = 300
_NAMED = regex.compile(
    rf"(?<!\p{{L}})(?<type>{'|'.join(_BY_NAME)})(?<name>\s\p{{Lu}}\p{{L}}*(?:,?\s(?!(?:đã|được|có|về|cho|theo|trong|tại|để|là|với|số|ngày|năm)\s)\p{{L}}+){{0,12}}?)?"
    r",?\s(?:năm\s)?(?<year>(?:19|20)\d{2})(?![\d/])"
)
_WITHOUT_SYMBOL = regex.compile(
    r"(?<!\p{L})(?:nghi quyet|chi thi|quyet dinh|ke hoach|cong van|thong bao|ket luan|nghi dinh|thong tu|huong dan|cong dien"
    r"|to trinh)\s(?:so:?\s?)?(?<number>\d{1,5})(?=[\s,]{1,2}(?:ngay|cua)\s)"
)


@dataclass(frozen=True)
class _Citation:
    """A citation within one passage: its parts and where they end."""

    doc_type: str
    number: str
    symbol: str
    start: int
    number_start: int
    end: int
    flaws: tuple[str, ...]
    issued_on: date | None = None
    issuer: str = ""
    subject: str = ""
    close: int = 0


def find_references(outline: Outline) -> list[Reference]:
    """Return the documents cited in headings and text, each once, in the order of their first mention.

    What a later mention adds (date, issuer, subject) is taken over. ``score`` falls with every part that is missing or
    had to be mended.
    """
    found: dict[tuple[str, ...], Reference] = {}
    for section in outline.sections:
        for passage in (section.heading, *section.body):
            for reference in _in_passage(passage):
                key = (
                    (reference.number, reference.symbol)
                    if reference.number
                    else (reference.doc_type, fold(reference.subject))
                )
                found[key] = _merged(found[key], reference) if key in found else reference
    return list(found.values())


def _merged(first: Reference, later: Reference) -> Reference:
    return replace(
        first,
        issued_on=first.issued_on or later.issued_on,
        issuer=first.issuer or later.issuer,
        subject=first.subject or later.subject,
        score=max(first.score, later.score),
    )


def _in_passage(passage: Passage) -> Iterator[Reference]:
    # The eth of Icelandic looks like the Vietnamese Đ and is what some fonts and readers give.
    text = passage.text.replace("Ð", "Đ").replace("ð", "đ")
    if not any(c.isdigit() for c in text):
        return
    for citation in _citations(text):
        span = passage.span(citation.start, citation.close)
        core = passage.span(citation.number_start, citation.end)
        if not span.words:
            continue
        flaws = [*citation.flaws, *(["poor_print"] if core.confidence < 0.6 else [])]
        yield Reference(
            citation.doc_type,
            citation.number,
            citation.symbol,
            Evidence(span.words),
            citation.issued_on,
            citation.issuer,
            citation.subject,
            round(max(0.1, _FULL_SCORE - sum(_PENALTIES[flaw] for flaw in flaws)), 2),
        )


def _citations(text: str) -> list[_Citation]:
    """Return the citations of one text in order."""
    folded = fold(text)
    dates = find_dates(text)
    heads = _numbered(text, folded)
    taken = bytearray(len(text) + 1)
    for more in ([], _without_symbol(text, folded), _by_name(text)):
        heads += [citation for citation in more if not any(taken[citation.start : citation.end])]
        for head in heads:
            taken[head.start : head.end] = b"\x01" * (head.end - head.start)
    heads.sort(key=lambda citation: citation.start)
    stops = [head.start for head in heads[1:]] + [len(text)]
    return [
        _completed(text, folded, head, dates, stop) for head, stop in zip(heads, stops, strict=bool(heads))
    ]


def _numbered(text: str, folded: str) -> list[_Citation]:
    """Return the citations by number and symbol."""
    found: list[_Citation] = []
    for match in _NUMBERED.finditer(text):
        token, year, printed = match["number"], match["year"], match["symbol"]
        digits = token.rstrip("abcde")
        if not any(c.isdigit() for c in digits):
            continue
        floor = found[-1].end if found else 0
        expected = _type_of_symbol(regex.sub(r"\s+", "", match["symbol"]))
        named = _type_before(text, folded, match.start(), floor, expected)
        said_number = _SO.search(folded, max(0, match.start() - 5), match.start()) is not None
        previous = found[-1] if found else None
        listed = previous is not None and _continues_list(text, previous.end, match.start())
        tidy = (
            regex.sub(r"\s+", "", printed).strip(".-–&").replace("⁄", "/").replace("–", "-").replace("—", "-")
        )
        symbol, mended = mend_symbol(tidy, named[0] if named else None)
        if not any(mark in symbol for mark in "-/") and not (named or said_number):
            continue
        flaws = ["repaired"] if mended or not digits.isdigit() else []
        expected = _type_of_symbol(symbol)
        if named is not None:
            doc_type = named[0] if named[0] != "Văn bản" else expected or "Công văn"
            if expected and not doc_type.startswith(expected) and _abbreviated(doc_type):
                flaws.append("odd_type")
        elif listed and previous is not None and expected in (None, previous.doc_type):
            doc_type = previous.doc_type
        else:
            doc_type = expected or "Công văn"
            flaws.append("no_type")
        number = digits.translate(_LOOK_ALIKE) + token[len(digits) :] + (f"/{year}" if year else "")
        begin = named[1] if named else match.start()
        end = match.start("symbol") + len(printed.rstrip(" .-–&"))
        found.append(_Citation(doc_type, number, symbol, begin, match.start(), end, tuple(flaws)))
    return found


def _continues_list(text: str, previous_end: int, start: int) -> bool:
    """Return whether only "," or "và", and perhaps the date of the number before, stand between two numbers."""
    between = text[previous_end:start]
    if len(between) > 60:
        return False
    for span in reversed(find_dates(between)):
        between = between[: span.start] + between[span.end :]
    return (
        _NEXT_IN_LIST.match(between.lstrip(" ,") or between) is not None
        or _NEXT_IN_LIST.match(between) is not None
    )


@cache
def _types() -> regex.Pattern[str]:
    names = {entry.name for entry in conventions().types} | set(_MORE_TYPES)
    words = sorted((fold(name) for name in names), key=len, reverse=True)
    return regex.compile(r"(?<!\p{L})(?:" + "|".join(words).replace(" ", r"\s") + r")(?!\p{L})")


@cache
def _type_names() -> dict[str, str]:
    return {fold(name): name for name in (*(entry.name for entry in conventions().types), *_MORE_TYPES)}


@cache
def _abbreviated(doc_type: str) -> tuple[str, ...]:
    return next((entry.abbreviations for entry in conventions().types if entry.name == doc_type), ())


def _type_before(
    text: str, folded: str, at: int, floor: int, expected: str | None = None
) -> tuple[str, int] | None:
    """Return the document type printed before the number at ``at`` and its offset.

    A few words may stand between ("Kế hoạch hành động số …"); a full stop or another number may not. Of several types
    ("Thông báo kết luận số 5-TB/TU") the one that the symbol stands for wins, then the nearest.
    """
    begin = max(floor, at - _LEAD)
    nearest: tuple[str, int] | None = None
    fitting: tuple[str, int] | None = None
    for match in _types().finditer(folded, begin, at):
        between = folded[match.end() : at]
        if not _BETWEEN.match(between):
            continue
        if not (text[match.start()].isupper() or _DIRECT.fullmatch(between)):
            continue
        name = _type_names()[" ".join(match.group().split())]
        nearest = (name, match.start())
        if expected and (name.startswith(expected) or (expected in _BY_NAME and name in _BY_NAME)):
            fitting = nearest
    return fitting or nearest


@cache
def _type_of_symbol(symbol: str) -> str | None:
    """Return the type whose abbreviation opens ``symbol`` ("NQ-CP" → Nghị quyết), None for a công văn."""
    first = regex.split(r"[-–—/]", symbol)[0]
    if regex.fullmatch(r"QH\d{1,2}", first):
        return "Luật"
    preferred = {"TT": "Thông tư", "CT": "Chỉ thị", "CV": "Công văn", "L": "Luật"}
    if first in preferred:
        return preferred[first]
    return next((entry.name for entry in conventions().types if first in entry.abbreviations), None)


def _without_symbol(text: str, folded: str) -> list[_Citation]:
    """Return citations such as "Nghị quyết số 36 ngày …": a number, no symbol, but a date or an issuer."""
    found = []
    for match in _WITHOUT_SYMBOL.finditer(folded):
        named = _type_before(text, folded, match.start("number"), 0)
        if named and text[match.start()].isupper():
            number = match["number"]
            found.append(
                _Citation(
                    named[0], number, "", match.start(), match.start("number"), match.end(), ("no_symbol",)
                )
            )
    return found


def _by_name(text: str) -> list[_Citation]:
    """Return laws cited by name and year ("Luật Tố tụng hành chính năm 2015"); the name is the subject."""
    found = []
    for match in _NAMED.finditer(text):
        name = squeeze(match["name"] or "")
        if not name and match["type"] != "Hiến pháp":
            continue
        end = match.end()
        subject = name or squeeze(match.group())
        found.append(
            _Citation(match["type"], "", "", match.start(), match.start(), end, ("by_name",), subject=subject)
        )
    return found


def _completed(text: str, folded: str, head: _Citation, dates: list[DateSpan], stop: int) -> _Citation:
    """Return ``head`` with the date, the issuer and the subject that follow it before ``stop``."""
    flaws = list(head.flaws)
    position, day = head.end, None
    position, day = _date_at(folded, position, dates, stop)
    issuer, position = issuer_after(text, position, stop)
    if day is None and issuer:
        position, day = _date_at(folded, position, dates, stop)
    close = position
    subject = head.subject or _law_name(text, head)
    about = _SUBJECT.match(text, position, stop)
    if about and not subject:
        ending = _SUBJECT_END.search(text, about.end(), min(stop, about.end() + _LONGEST_SUBJECT))
        end = ending.start() if ending else stop
        subject = squeeze(text[about.end() : end]).strip(" ,;.(")
    if "by_name" not in flaws:
        flaws += ["no_date"] if day is None else []
        flaws += ["no_issuer"] if not issuer else []
    return replace(
        head, issued_on=day, issuer=issuer, subject=subject, close=max(close, head.end), flaws=tuple(flaws)
    )


def _law_name(text: str, head: _Citation) -> str:
    """Return the name between type and number of a law ("Luật Thỏa thuận quốc tế số 70/2020/QH14")."""
    if head.doc_type not in _BY_NAME:
        return ""
    between = text[head.start + len(head.doc_type) : head.number_start]
    return squeeze(regex.sub(r"\s+số\s?:?\s*$", "", between))


def _date_at(folded: str, position: int, dates: list[DateSpan], stop: int) -> tuple[int, date | None]:
    """Return the offset after the date that stands at ``position`` and the date; unchanged when there is none."""
    for span in dates[bisect_left(dates, position, key=lambda date_span: date_span.start) :][:2]:
        if span.day is not None:
            if (
                span.end <= stop
                and span.start - position <= 14
                and _DATE_GAP.match(folded[position : span.start])
            ):
                return span.end, span.value
            break
    return position, None
