"""State secrets: whether a page bears a degree of secrecy (Decree 30/2020/NĐ-CP, zone 10a).

A mark stands by itself: stamped or printed, framed or not, in capitals, in the letterhead, or at the edge of a later page.
The word in running text or in a name ("bảo mật", "bí mật", "mật độ", "xã Đường Mật") is no mark. A mark that is missed is
not respected, so what is probably one counts as one: marks and single letters of it may be misread.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from pipeline.document import Box, Line, Page, Word, union
from pipeline.reading.stamp_words import clipped, known_words
from pipeline.text import fold

DEGREES = ("MẬT", "TỐI MẬT", "TUYỆT MẬT")
_BY_KEY = {"mat": "MẬT", "toimat": "TỐI MẬT", "tuyetmat": "TUYỆT MẬT"}
_LETTERHEAD = 0.45
"""A letterhead with its stamps stands in this share of the page from its top."""
_HEADER, _FOOTER = 0.13, 0.9
"""Running heads and feet of later pages stand above, and below, these shares of the page."""
_ASPECT = 1.41
"""Height over width of a page: boxes are fractions of both."""
_APART = 1.2
"""Heights of its letters by which a mark stands away from other print."""
_WORDS = 12
"""Letters of a mark in spaced print are words to a reader: nine of TUYỆT MẬT, and some strokes of the frame."""
_LETTERHEAD_SIGN = regex.compile(r"cong hoa xa hoi|dang cong san viet nam|doc lap\W+tu do")
_DECLARED = regex.compile(r"\b(?:do|muc) (?:bao )?mat\s*[:.]\s*((?:tuyet |toi )?mat)\b")
"""A line that tells the degree: "Độ mật: Tối mật"."""
_AMONG = regex.compile(
    r"(?<![\p{L}])(?:(TUYỆT|TỐI)\s+)?M[ẬÂẠ]T(?![\p{L}])(?!\s+(?:TRẬN|ĐỘ|MÃ|ONG|KHẨU|DANH)\b)"
)
"""The mark among other words of a stamp, with its own letters: "MẶT TRẬN" on an arrival stamp is none."""
_BEFORE = {"bao", "bi", "co", "duong", "can", "than"}
"""What makes one word with "mật", at the end of the line above: bảo mật, bí mật, cơ mật."""
_NO_SLIPS = {
    "may",
    "man",
    "mac",
    "nat",
    "hat",
    "sat",
    "dat",
    "bat",
    "cat",
    "phat",
    "that",
    "nhat",
    "moi",
    "met",
}
"""Words of their own, where nothing but their place speaks for a mark."""
_STROKES = "il1"
"""What the sides of a frame are read as."""


def secrecy_mark(pages: Sequence[Page]) -> str:
    """Return the first mark on ``pages`` of one document (MẬT, TỐI MẬT, TUYỆT MẬT), or "" when they bear none."""
    return next((mark for page in pages if (mark := _on_page(page))), "")


def _on_page(page: Page) -> str:
    stamped = (_stamped(mark.text) for mark in page.marks if mark.kind == "stamp")
    return next(filter(None, stamped), "") or _printed(page)


def _stamped(text: str) -> str:
    """Return the mark that a stamp with this ``text`` is, or holds among other words."""
    known = known_words(text)[0]
    if known in DEGREES:
        return known
    found = _AMONG.search(text.upper() if text.isupper() else text)
    if found is None or fold(text[: found.start()]).split()[-1:] in [[word] for word in _BEFORE]:
        return ""
    return f"{found.group(1)} MẬT" if found.group(1) else "MẬT"


def _printed(page: Page) -> str:
    """Return the mark that stands by itself among the lines of ``page``."""
    opens = page.number == 1 or any(
        line.box.y1 < _LETTERHEAD and _LETTERHEAD_SIGN.search(fold(line.text)) for line in page.lines
    )
    for line in page.lines:
        at_the_edge = line.box.y1 < _HEADER or line.box.y0 > _FOOTER
        in_head = opens and line.box.y1 < _LETTERHEAD
        if not (at_the_edge or in_head) or _in_table(line.box, page):
            continue
        if declared := _DECLARED.search(fold(line.text)):
            return _BY_KEY[declared.group(1).replace(" ", "")]
        for words in _apart(line):
            mark = _read_as(words, slips=in_head and page.number == 1 and len(line.words) <= len(words) + 1)
            if mark and not _ends_a_word(words, page):
                return mark
    return ""


def _in_table(box: Box, page: Page) -> bool:
    """Return whether ``box`` lies in a table: a head "MẬT" of a column counts documents; one cell alone is a frame."""
    return any(len(grid.cells) > 2 and box.overlap(grid.box) > 0.5 for grid in page.grids)


def _apart(line: Line) -> Iterator[tuple[Word, ...]]:
    """Yield runs of words of ``line`` that may be a mark: in capitals, away from what stands beside them."""
    words = line.words
    gaps = [
        float("inf"),
        *(right.box.x0 - left.box.x1 for left, right in pairwise(words)),
        float("inf"),
    ]
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + _WORDS) + 1):
            run = words[start:end]
            around = min(gaps[start], gaps[end])
            inner = max(gaps[start + 1 : end], default=0.0)
            height = max(word.box.height for word in run)
            if around >= max(_APART * height * _ASPECT, 1.3 * inner) and _in_capitals(run):
                yield run


def _in_capitals(words: Sequence[Word]) -> bool:
    letters = [c for word in words for c in word.text if c.isalpha()]
    return 2 <= len(letters) <= 14 and sum(c.isupper() for c in letters) >= 0.6 * len(letters)


def _read_as(words: Sequence[Word], slips: bool) -> str:
    """Return the degree that ``words`` are a reading of; with ``slips`` a letter of it may be another."""
    key = "".join(c for word in words for c in fold(word.text) if c.isalnum())
    found = (
        _BY_KEY.get(key) or _BY_KEY.get(key.strip(_STROKES)) or _BY_KEY.get(regex.sub(r"(.)\1+", r"\1", key))
    )
    if found or not slips:
        return found or ""
    text = "".join(word.text for word in words)
    known = known_words(text)[0]
    if known in DEGREES:
        return known
    bare = regex.sub(r"[^\p{L}]", "", text)
    return "MẬT" if len(bare) <= 4 and bare and clipped(bare) and fold(bare) not in _NO_SLIPS else ""


def _ends_a_word(words: Sequence[Word], page: Page) -> bool:
    """Return whether the line over ``words`` ends with the first half of a word with "mật"."""
    own = union([word.box for word in words])
    above = [
        line
        for line in page.lines
        if 0 < own.y0 - line.box.y0 < 2.2 * own.height and line.box.x0 < own.x1 and line.box.x1 > own.x0
    ]
    last = max(above, key=lambda line: line.box.y0, default=None)
    return last is not None and fold(last.words[-1].text).strip(" .,-") in _BEFORE
