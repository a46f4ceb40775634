"""Where a heading ends and its text begins, inside one paragraph."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from pipeline.document import Paragraph, Passage
from pipeline.outline.numbering import Numeral, read_numeral
from pipeline.text import fold

_ENDS_IN_DIGIT = regex.compile(r"\d$")
_COLON_DIGIT = regex.compile(r"\s*:\d")
MAX_LABEL_WORDS = 60
"""A label before a colon is at most this long; the form of the ministry has labels of nearly sixty words."""

MAX_HEADING_WORDS = 32
"""A whole paragraph that is a heading is at most this long."""

MAX_BOLD_WORDS = 30

_COLON = regex.compile(r"\s?:(?=\s|$|\p{L}|\()")
_SENTENCE_END = regex.compile(r"[.;]\s+(?=\p{Lu})")
_COUNTS = regex.compile(
    r"(?<![\p{L}\d./-])\d{1,3}(?:[.,]\d{1,9}){0,4}+\s"
    r"(?:đoàn|lượt|người|dự án|xã|trường hợp|vụ|hội nghị|hội thảo|km|triệu|tỷ|nghìn|chương trình|thỏa thuận|thoả thuận"
    r"|bản ghi nhớ|biên bản|văn bản|hoạt động|hình thức|cuộc|buổi|lao động|công dân|cá nhân|cán bộ|khách"
    r"|kiều bào)(?!\p{L})"
)
_LEAD_IN = regex.compile(
    r"(?:(?<!(?:ky|nam|quy|thang|tuan|thu|chieu)\s)(?<!\p{L})sau"
    r"|cu the|sau day|duoi day|ket qua la|bao gom|trong do|gom co|do la|la)\s*[:.]?\s*$"
    r"|bao cao (?:ket qua|tinh hinh).{0,120}nhu sau"
    r"|(?:tap trung|thuc hien|lam tot|can lam|trien khai|gom|co)\s(?:\p{L}{1,8}\s){0,4}(?:\d{1,2}|hai|ba|bon|nam"
    r"|sau|cac|mot so|nhung)\s"
    r"(?:viec|noi dung|nhiem vu|van de|giai phap|y|diem|mat)(?:\s(?:sau|chinh|lon|trong tam|chu yeu))*$"
    r"|(?:,|(?<!\p{L})(?:ubnd|uy ban nhan dan|huyen uy|tinh uy|so)\s.{3,60}?)\s(?:xin\s|kinh\s|xin kinh\s)?bao cao$"
)
_IN_BRACKETS_AT_END = regex.compile(r"\s?\([^()]{1,80}\)$")
_ANNEX_OPENS = regex.compile(
    r"^Phụ (?:lục|biểu)(?: (?:số )?(?:[IVX]{1,5}|\d{1,2}|[A-H]))?\s?[.:]?\s(?=\p{Lu}\p{Lu})"
)
_TITLE_WORD = (
    r"(?:de xuat|kien nghi|de nghi|kho khan|vuong mac|ton tai|han che|yeu kem|bat cap|nguyen nhan|phuong huong"
    r"|nhiem vu|giai phap|thuan loi|uu diem|khuyet diem|bai hoc kinh nghiem|danh gia chung)"
)
_TITLE = regex.compile(
    rf"(?:(?:mot so|nhung|cac|ve)\s){{0,2}}{_TITLE_WORD}(?:(?:,\s?|\s-\s|\sva\s|\s){_TITLE_WORD}){{0,3}}"
    r"(?:\s(?:chu yeu|trong tam|cu the|(?:trong )?thoi gian (?:toi|den)|nam toi|quy toi|thang toi"
    r"|(?:nam|quy|thang) [ivx\d]{1,4}(?:/\d{4})?|6 thang cuoi nam(?: \d{4})?)){0,2}"
)
"""A line that is nothing but the usual name of a part of a report, without number or bold face."""
_CITES = regex.compile(r"\bsố \d+[/-]|\d{1,2}/\d{1,2}/\d{4}")
"""What a label without number does not cite: a document by its number, a day."""


@dataclass(frozen=True)
class Opening:
    """How a paragraph opens: its number, the heading proper, and the words that are already text."""

    numeral: Numeral | None
    heading: Passage
    rest: Passage
    labelled: bool
    """Whether a colon parts heading and text."""
    bold: bool = False


def _rest(paragraph: Paragraph, start: int) -> Passage:
    return paragraph.span(start, len(paragraph.text)) if start < len(paragraph.text) else Passage(())


def _colon_after(text: str, start: int) -> int | None:
    """Return the offset of the colon that closes a label beginning at ``start``, outside brackets; or None."""
    for match in _COLON.finditer(text, start):
        label = text[start : match.start()]
        if label.count("(") > label.count(")"):
            continue
        if len(label.split()) > MAX_LABEL_WORDS or _SENTENCE_END.search(label):
            return None
        if _COUNTS.search(label):
            return None  # something is said before the colon
        if _ENDS_IN_DIGIT.search(label) and _COLON_DIGIT.match(text, match.start()):
            continue  # a time of day or a ratio
        return match.start()
    return None


def capitals_share(text: str) -> float:
    """Return the share (0..1) of letters that are capitals; 0 without letters."""
    letters = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in letters) / len(letters) if letters else 0.0


def _is_lead_in(text: str) -> bool:
    """Return whether ``text`` only announces what follows ("… cụ thể như sau:")."""
    return bool(_LEAD_IN.search(_IN_BRACKETS_AT_END.sub("", fold(text.strip(" .:")))))


def open_paragraph(paragraph: Paragraph) -> Opening | None:
    """Return how ``paragraph`` opens when it is a heading (numbered, labelled bullet, bold), else None."""
    text = paragraph.text
    numeral = read_numeral(text)
    start = numeral.end if numeral else 0
    content = text[start:].strip()
    if not content:
        return None
    words = len(content.split())
    colon = _colon_after(text, start)
    if numeral is None or numeral.style == "bullet":
        return _unnumbered(paragraph, numeral, start, colon)
    if colon is not None and not (_is_lead_in(text[start:colon]) and words > MAX_HEADING_WORDS):
        return Opening(numeral, paragraph.span(start, colon + 1), _rest(paragraph, colon + 2), labelled=True)
    end = _SENTENCE_END.search(text, start)
    if end is not None and _COUNTS.search(text, start, end.start()):
        return Opening(numeral, Passage(()), _rest(paragraph, start), labelled=False)
    if end is None and words <= MAX_HEADING_WORDS:
        return Opening(numeral, _rest(paragraph, start), Passage(()), labelled=False)
    if end is not None and len(text[start : end.start()].split()) <= MAX_HEADING_WORDS // 2 + 2:
        return Opening(
            numeral, paragraph.span(start, end.start() + 1), _rest(paragraph, end.end()), labelled=False
        )
    return Opening(numeral, Passage(()), _rest(paragraph, start), labelled=False)


def _unnumbered(
    paragraph: Paragraph, numeral: Numeral | None, start: int, colon: int | None
) -> Opening | None:
    text = paragraph.text
    content = text[start:].strip()
    words = len(content.split())
    capital = content[:1].isupper()
    bold = paragraph.bold and words <= MAX_BOLD_WORDS and not content.endswith((".", ";", ","))
    title = _ANNEX_OPENS.sub("", content)
    shouted = words >= 2 and capitals_share(title) > 0.85 and words <= MAX_HEADING_WORDS
    if numeral is None and (bold or shouted) and capital and not _SENTENCE_END.search(content):
        end = colon if colon is not None else len(text)
        return Opening(
            None, paragraph.span(start, end), _rest(paragraph, end + 2), labelled=colon is not None, bold=True
        )
    if numeral is None and colon is None and capital and _TITLE.fullmatch(fold(content)):
        return Opening(None, paragraph, Passage(()), labelled=False)
    if colon is None or not capital or _is_lead_in(text[start:colon]):
        return None
    ends_there = colon >= len(text.rstrip()) - 1
    cites = ends_there and _CITES.search(text) is not None
    if numeral is not None or (ends_there and words <= MAX_HEADING_WORDS and not cites):
        return Opening(numeral, paragraph.span(start, colon + 1), _rest(paragraph, colon + 2), labelled=True)
    return None
