"""Enumerations: names in a sentence ("Nga Tiến, Nga Tân và Nga Thủy") and items that are paragraphs of their own."""

from collections.abc import Sequence

import regex

from pipeline.document import Paragraph, Passage
from pipeline.text import fold

_SENTENCE_END = regex.compile(r"(?<!\b(?:TP|Tp|TX|Tx|TT|Mr|St|[A-ZĐ]))\.(?=\s|$)|\n|$")
_SEPARATOR = regex.compile(
    r"\s{0,3}[,;+]\s{0,3}(?:và\s|với\s)?|\s{1,3}(?:và|cùng|&|với|hoặc)\s{1,3}|\s{1,3}[–-]\s{1,3}", regex.I
)
_LEAD = regex.compile(
    r"(?:(?:gồm|bao gồm|gồm có|cụ thể|cụ thể là|như|như là|là|các|chủ yếu là|chủ yếu|sang|từ|đến|tại|ở|trong đó|và|\d{1,3}"
    r"|xã|phường|nước|quốc gia|thị trường|huyện|các xã|các nước)(?:\s*:)?\s+)+",
    regex.I,
)
_TAIL = regex.compile(
    r"\s(?:để|với|trong|tại|từ|đến|theo|nhằm|là|được|đã|có|bị|về|do|thuộc|đang|sẽ|trên|chiếm|đạt|năm|nhưng|thì|phục vụ"
    r"|chưa|không|v\.?v)(?![\p{L}]).*$|[.…]{2,}+.*$|\([^()]{0,200}+\)?\s{0,3}$|(?<!\p{L})v\.v\.?.*$",
    regex.I | regex.S,
)
_NAME = regex.compile(r"(?:(?:thị trấn|thị xã|thành phố|tỉnh|khu kinh tế|cửa khẩu)\s)?\p{Lu}")
_INNER_NAME = regex.compile(r"(?:sang|tại|ở|đến|là|gồm|như|từ|nước)\s+(?=\p{Lu})")
_NO_NAME = frozenset({"v.v", "vv", "v"})


def split_names(text: str) -> list[tuple[int, int]]:
    """Return the offsets of the names that ``text`` enumerates, in order.

    The enumeration begins after the last colon before its first comma (a label or "gồm 4 xã:") and ends with the
    sentence, or at the semicolon after a list by commas. Classifiers (xã, nước) before a name and clauses behind it
    ("… để du lịch") are left out; a name begins with a capital letter.
    """
    comma = text.find(", ")
    begin = text.rfind(":", 0, comma if comma >= 0 else len(text)) + 1
    sentence = _SENTENCE_END.search(text, begin)
    end = sentence.start() if sentence else len(text)
    semicolon = text.find(";", begin, end)
    if semicolon >= 0 and 0 <= text.find(",", begin, end) < semicolon:
        end = semicolon
    spans = []
    position = begin
    for separator in [*_SEPARATOR.finditer(text, begin, end), None]:
        item_end = separator.start() if separator else end
        span = _trim(text, position, item_end)
        if span is not None:
            spans.append(span)
        position = separator.end() if separator else end
    return spans


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the name within ``text[start:end]`` without classifier and trailing clause, or None."""
    while start < end and not text[start].isalnum():
        start += 1
    lead = _LEAD.match(text, start, end)
    if lead and lead.end() < end:
        start = lead.end()
    while start < end and text[start] in '(:"“ ':
        start += 1  # "03 xã (Na Ư, Pa Thơm)"
    tail = _TAIL.search(text, start, end)
    if tail and tail.start() > start:
        end = tail.start()
    while end > start and not (text[end - 1].isalnum() or text[end - 1] == ")"):
        end -= 1
    inner = None if _NAME.match(text, start, end) else _INNER_NAME.search(text, start, end)
    if inner:
        start = inner.end()
    if start >= end or not _NAME.match(text, start, end) or fold(text[start:end]) in _NO_NAME:
        return None
    return start, end


_BULLETS = frozenset("-–—−+*•●○▪■◦·>➢✓")
_NUMERAL = regex.compile(
    r"^(?:\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)/]|\(?[a-zđ][.)]|\(?[ivxIVX]{1,4}[.)]|\d{1,2}(?:\.\d{1,2}){1,3})$"
)
_TERMINAL = frozenset(".;:!?")


def split_items(paragraphs: Sequence[Paragraph]) -> list[Passage]:
    """Return the items that ``paragraphs`` list, each without its bullet or number.

    Every paragraph is an item, except that a paragraph which goes on in lower case where the one before broke off
    belongs to it, a paragraph that only announces the list ("… như sau:") is none, and neither is a remark that stands
    wholly in brackets beside other items.
    """
    groups: list[list[Paragraph]] = []
    for paragraph in paragraphs:
        if not paragraph.words:
            continue
        if groups and _continues(groups[-1][-1], paragraph):
            groups[-1].append(paragraph)
        else:
            groups.append([paragraph])
    items: list[tuple[Passage, bool]] = []
    for group in groups:
        words = tuple(word for paragraph in group for word in paragraph.words)
        marker = _marker_length(Passage(words))
        if len(words) > marker:
            items.append((Passage(words[marker:]), marker > 0))
    marked = any(has_marker for _, has_marker in items)
    kept = []
    for index, (item, has_marker) in enumerate(items):
        text = item.text.strip()
        announces = text.endswith(":") and not has_marker and index + 1 < len(items)
        if announces and (marked or index == 0):
            continue
        if (
            len(items) > 1
            and text.startswith("(")
            and text.rstrip(".").endswith(")")
            and text.count("(") == 1
        ):
            continue
        kept.append(item)
    return kept


def _marker_length(passage: Passage) -> int:
    """Return how many leading words are a bullet or a number (a bullet glued to its word is left to the text)."""
    first = passage.words[0].text
    if all(c in _BULLETS for c in first) or _NUMERAL.match(first):
        return 1
    return 0


def _continues(before: Paragraph, paragraph: Paragraph) -> bool:
    first = paragraph.words[0].text
    return bool(
        first[0].islower() and not _NUMERAL.match(first) and before.text.rstrip()[-1:] not in _TERMINAL
    )
