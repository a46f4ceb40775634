"""Legal documents cited in a report: "Nghị quyết số 31/NQ-CP ngày 13/5/2014 của Chính phủ về …".

A citation is found by its number and symbol; type, date, issuer and subject are read around it. Numbers with a year
keep it ("123/2020" and "NĐ-CP"); Party numbers are told apart by their dash ("206" and "QĐ/TU").
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
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

_MORE_TYPES = (
    "Công văn",
    "Bộ luật",
    "Hiến pháp",
    "Văn bản",
    "Điều lệ",
    "Nghị định thư",
    "Giấy phép",
    "Thông tri",
)
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
_STATE = (
    rf"(?:\s?/\s?(?<year>\d{{4}}))?(?:\s?[/⁄]\s?|(?<=/\d{{4}})\s?(?=(?:NĐ|NQ|QĐ|TT"
    rf"|QH)))(?<symbol>\p{{Lu}}[\p{{L}}\d]{{0,8}}{_MORE_PARTS}{_UNIT})"
)
_PARTY = r"\s?[-–—]\s?(?<symbol>\p{Lu}\p{L}{0,5}\s?[/⁄]\s?\p{Lu}[\p{L}.&]{0,10}(?:[-–]\p{Lu}\p{L}{0,6})?)"
_NUMBERED = regex.compile(rf"{_NUMBER}(?:{_PARTY}|{_STATE})")
_KIND = r"(?:NQ|QĐ|QD|QÐ|NĐ|ND|CT|QC|QyĐ|QĐi|TC|TB|HD|CTr|KH|PA|ĐA|DA|BC|TTr|CĐ|TT|TTLT|KL|CV|PL|SL|L)"
_COMMITTEE = r"(?:TW|TƯ|TU|HU|ThU|QU|ĐU|ĐUK|BCĐ|BBT|BTC|BTG|BDV|UBKT|VPTW|BTCTW|BTGTW|BDVTW|BTGTU|BTCTU|BCSĐ)"
# Marks that readers lose or take for letters and digits; each is put right in place, so that offsets stay.
_DAMAGED = (
    (regex.compile(rf"(?<=(?<!\d)\d{{1,5}}\s?[-–—]\s?{_KIND})[7Il1|\\!](?={_COMMITTEE}(?!\p{{L}}))"), "/"),
    (regex.compile(rf"(?<=số:?\s?\d{{1,4}}(?:/\d{{4}})?)[7Il|\\!](?={_KIND}[-–])"), "/"),
    (regex.compile(rf"(?<=số:?\s?\d{{1,5}})\s(?={_KIND}/\p{{Lu}})"), "-"),
    (regex.compile(rf"(?<=số:?\s?\d{{1,5}})\s(?={_KIND}-\p{{Lu}})"), "/"),
    (
        regex.compile(
            rf"(?<=\d/{_KIND})[.\s](?=(?:CP|TTg|UBND|HĐND|BNG|BTC|BNV|BCA|BQP|SNgV|BKHĐT|UBTVQH\d+)(?!\p{{L}}))"
        ),
        "-",
    ),
)
_SPLIT_NUMBER = regex.compile(r"(?<=số:?\s)[1-9]\d?\s(?=\d{2,3}/\p{Lu})")
_LISTED_BEFORE = regex.compile(
    r"(?<![\p{L}\d/.,–-])(?:\d{1,5}(?:/\d{4})?(?:\s?[,;]\s?(?:và\s)?|\s(?:và|hoặc)\s)(?:số:?\s)?){1,12}$"
)
_BETWEEN_LISTED = regex.compile(r"\p{L}\s(?:so\s?:?\s)?$")
_ANNEXED = regex.compile(r"(?:kem theo|dinh kem)\s$")
"""The report that an annex belongs to is the report itself."""
_LOOK_ALIKE = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "|": "1"})
_LEAD = 70
_BETWEEN = regex.compile(r"[^\d.;:/()]{0,44}$")
_NEXT_IN_LIST = regex.compile(r"\s{0,2}(?:[,;]|và|[,;]\s?và|&)\s{0,2}(?:số:?\s?)?$", regex.I)
_SO = regex.compile(r"so\s?:?\s?$")
_DIRECT = regex.compile(r"\s?(?:so\s?:?\s?)?")
_DATE_GAP = regex.compile(r"[\s,(]{0,3}(?:(?:ky|ban hanh|ra)\s)?$")
_SUBJECT = regex.compile(
    r"(?:[\s,)]{0,3}(?P<about>về việc|về|v/v)|[\s)]{0,2}(?=(?:ban hành|quy định|phê duyệt|triển khai"
    r"|hướng dẫn|sửa đổi|thực hiện"
    r"|công bố|giao|chấp thuận|báo cáo|đề nghị)\s))\s?",
    regex.I,
)
_SUBJECT_END = regex.compile(
    r"[;.](?=\s|$)|,\s(?=\p{Lu}|theo đó|trong đó|nhằm|để|đến nay|hiện nay|trên cơ sở)|\n|$"
    r"|\s(?:được|đã|sẽ|đang|vẫn|khi|tới từng)\s|\s(?:đến|tới|cho)\s(?=toàn thể|từng|các cơ quan"
    r"|cán bộ, đảng viên|người dân|nhân dân)"
    r"|\svà\s(?=đã|được|các văn bản|chương trình (?:đã|công tác)|điều kiện|tình hình|chỉ đạo|yêu cầu"
    r"|trên cơ sở|đề nghị|thực tế)"
    r"|\s(?:và|cùng)\s(?=(?:các )?(?:Nghị quyết|Quyết định|Chỉ thị|Kế hoạch|Công văn|Thông báo"
    r"|Nghị định|Thông tư|Kết luận|Hướng dẫn|Chương trình))"
)
_NEW_CLAUSE = regex.compile(
    r"(?<!\p{L})(?:đã|được|là|sẽ|trong (?:năm|quý|tháng|kỳ|thời gian)|báo cáo (?:cấp|kết quả"
    r"|tình hình)|chuyển về|giao cho|bàn giao cho|mà|\d{1,3} (?!năm)|năm \d{4}|đạt"
    r"|triển khai đến|tổ chức thực hiện)(?!\p{L})"
)
"""What a clause of the report has and the name of a legal document has not; such a clause follows a comma."""
_LONGEST_SUBJECT = 300
_NAMED = regex.compile(
    rf"(?<!\p{{L}})(?<type>{'|'.join(_BY_NAME)})(?<name>\s\p{{Lu}}\p{{L}}*(?:,?\s(?!(?:đã|được|có|về"
    rf"|cho|theo|trong|tại|để|là|với|số|ngày|năm)\s)\p{{L}}+){{0,12}}?)?"
    r",?\s(?:năm\s)?(?<year>(?:19|20)\d{2})(?![\d/])"
)
_WITHOUT_SYMBOL = regex.compile(
    r"(?<!\p{L})(?:nghi quyet|chi thi|quyet dinh|ke hoach|cong van|thong bao|ket luan|nghi dinh|thong tu|huong dan|cong dien"
    r"|to trinh)\s(?:so:?\s?)?(?<number>\d{1,5}(?:/\d{4})?)(?=[\s,]{1,2}(?:ngay|cua)\s)"
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


def find_references(
    outline: Outline, before: Sequence[Passage] = (), own: tuple[str, str] = ("", "")
) -> list[Reference]:
    """Return the documents cited in headings and text, each once, in the order of their first mention.

    ``before`` are texts that stand before the outline (the lines on which a report rests, under "Kính gửi"); ``own`` are
    number and symbol of the report itself, which its annexes name.

    What a later mention adds (date, issuer, subject) is taken over. ``score`` falls with every part that is missing or
    had to be mended.
    """
    found: dict[tuple[str, ...], Reference] = {}
    texts = [passage for section in outline.sections for passage in (section.heading, *section.body)]
    itself = _same_document(*own) if all(own) else None
    for passage in (*before, *texts):
        for reference in _in_passage(passage):
            if _same_document(reference.number, reference.symbol) != itself:
                key = (
                    (reference.number, reference.symbol)
                    if reference.number
                    else (reference.doc_type, fold(reference.subject))
                )
                found[key] = _merged(found[key], reference) if key in found else reference
    return list(found.values())


def _same_document(number: str, symbol: str) -> str:
    """Return what number and symbol have in common however they are printed ("05/BC-UBND", "5-BC/UBND")."""
    return f"{number.lstrip('0')} {regex.sub(r'[^a-z0-9]', '', fold(symbol))}"


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
    printed_text, text = text, _mended(text)
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
        damaged = printed_text[match.start() : match.end()] != match.group()
        flaws = ["repaired"] if mended or damaged or not digits.isdigit() else []
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
        if named and doc_type == "Báo cáo" and _ANNEXED.search(folded, max(0, begin - 12), begin):
            continue
        split = _SPLIT_NUMBER.search(text, max(0, match.start() - 3), match.end())
        if split and split.end() == match.start():
            number = split.group().strip() + number
        end = match.start("symbol") + len(printed.rstrip(" .-–&"))
        found += _listed_before(text, folded, match.start(), floor, doc_type, symbol, year)
        found.append(_Citation(doc_type, number, symbol, begin, match.start(), end, tuple(flaws)))
    return found


def _mended(text: str) -> str:
    """Return ``text`` with the marks of numbers that were lost or misread put right; offsets stay."""
    for pattern, mark in _DAMAGED:
        text = pattern.sub(mark, text)
    return text


def _listed_before(
    text: str, folded: str, at: int, floor: int, doc_type: str, symbol: str, year: str | None
) -> list[_Citation]:
    """Return the bare numbers before ``at`` that share its symbol ("các Nghị định số 12, 13/2019/NĐ-CP")."""
    bare = _LISTED_BEFORE.search(text, max(floor, at - 80), at)
    if bare is None:
        return []
    named = _type_before(text, folded, bare.start(), floor)
    if named is None or named[0] != doc_type or not _BETWEEN_LISTED.search(folded[named[1] : bare.start()]):
        return []
    found: list[_Citation] = []
    for number in regex.finditer(r"\d{1,5}(?:/\d{4})?", bare.group()):
        begin = bare.start() + number.start()
        whole = number.group() if "/" in number.group() or not year else f"{number.group()}/{year}"
        start = named[1] if not found else begin
        found.append(
            _Citation(doc_type, whole, symbol, start, begin, bare.start() + number.end(), ("repaired",))
        )
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
        end = _subject_end(text, about.end(), min(stop, about.end() + _LONGEST_SUBJECT), stop)
        subject = squeeze(text[about.end() : end]).strip(" ,;.(")
    if "by_name" not in flaws:
        flaws += ["no_date"] if day is None else []
        flaws += ["no_issuer"] if not issuer else []
    return replace(
        head, issued_on=day, issuer=issuer, subject=subject, close=max(close, head.end), flaws=tuple(flaws)
    )


def _subject_end(text: str, start: int, last: int, stop: int) -> int:
    """Return where the subject that begins at ``start`` ends: where the report's own sentence goes on."""
    ending = _SUBJECT_END.search(text, start, last)
    end = ending.start() if ending else stop
    depth = 0
    for at in range(start, end):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth < 0:
            end = at
            break
    comma = text.find(", ", start, end)
    clause = _NEW_CLAUSE.search(text, comma, end) if comma >= 0 else None
    return text.rfind(", ", start, clause.start()) if clause else end


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
