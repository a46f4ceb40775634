"""Places among others as they are printed: "xếp thứ 12/63", "đứng vị trí thứ 5", "hạng 37", "dẫn đầu"."""

from __future__ import annotations

from decimal import Decimal

import regex

from pipeline.extraction.values.numbers import Quantity
from pipeline.text import fold

UNIT = "hạng"
"""What ranks are counted in."""

_ORDINALS = {
    "nhat": 1, "nhi": 2, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
}  # fmt: skip
_RANK = regex.compile(
    r"(?<![\p{L}\d])(?:(?:xep|dung|giu|dat|o|len|xuong|la|duoc)\s){0,2}(?:(?:vi\stri|thu\shang|xep\shang|hang|thu|bac|top)\s?(?::\s?)?){1,3}"
    r"(?P<place>\d{1,3}|nhat|nhi|hai|ba|tu|nam|sau|bay|tam|chin|muoi)(?![\p{L}\d]|[.,]\d|%)"
    r"(?:\s?(?:/|trong\s(?:tong\s)?(?:so\s)?|tren\s(?:tong\s)?(?:so\s)?)\s?(?P<among>\d{1,4})(?![\d%]|[.,]\d))?"
)
_FIRST = regex.compile(r"(?<!\p{L})(?:dung|dan|xep)\sdau(?!\p{L})(?!\s(?:nam|tu|mo|tien))")
_BEFORE = regex.compile(r"(?:lan|ky hop|phien hop|ngay|tuan|muc do|cap do|loai|tu)\s?$")
_NOT_MARKED = regex.compile(r"thứ|hạng|vị trí|bậc|top", regex.I)


def find_ranks(text: str) -> list[Quantity]:
    """Return the ranks printed in ``text`` in reading order, as counts of :data:`UNIT`.

    A rank from which something rose or fell ("từ thứ 42 lên thứ 37") and what is merely numbered ("lần thứ 3") are none.
    """
    folded = fold(text)
    found = []
    for match in _RANK.finditer(folded):
        if _BEFORE.search(folded, max(0, match.start() - 10), match.start()):
            continue
        if not _NOT_MARKED.search(text, match.start(), match.end()):
            continue  # "thu 12" of "thu 12 tỷ", "bác 5"
        word = match["place"]
        place = int(word) if word.isdigit() else _ORDINALS[word]
        if not 1 <= place <= int(match["among"] or 999):
            continue
        found.append(
            Quantity(Decimal(place), match.start("place"), match.end("place"), UNIT, match.end(), "count")
        )
    for match in _FIRST.finditer(folded):
        found.append(Quantity(Decimal(1), match.start(), match.end(), UNIT, match.end(), "count"))
    return sorted(found, key=lambda quantity: quantity.start)
