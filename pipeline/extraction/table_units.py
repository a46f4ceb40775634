"""In what the figures of a table are: by brackets in a label or header, or by a line over the table.

Offices say it once for the whole table ("Đơn vị tính: 1.000 USD" at its right edge, "(ĐVT: triệu đồng)" in its caption or
over the labels), and mean the sums of money alone: the projects, delegations and visitors beside them are counted one by
one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from pipeline.document import Passage, Table, Word
from pipeline.extraction.values.units import match_unit
from pipeline.extraction.wording import fold_words

_CURRENCY = r"(?:USD|US\$|\$|VNĐ|VND|EUR|euro|đô[\s-]?la(?:\s(?:Mỹ|Úc))?|đồng(?:\sViệt Nam)?|đ|JPY|yên|NDT|CNY|nhân dân tệ)"
_SCALE = r"(?:1[.,]?000(?:[.,]?000)?|nghìn|ngàn|triệu|tr\.?|tỷ|tỉ)"
_MONEY = regex.compile(
    rf"(?<![\p{{L}}\d.,])(?:(?P<scale>{_SCALE})\s?)?(?P<currency>{_CURRENCY})(?!\p{{L}})", regex.I
)
_UNIT_SAID = r"(?:đơn\svị(?:\stính)?|đvt|đv\stính|đv)"
_SAID_OVER = regex.compile(rf"(?<!\p{{L}}){_UNIT_SAID}\s?[:.(]?\s?(?P<units>[^:()]{{1,60}})", regex.I)
_BRACKETED = regex.compile(rf"\(\s?(?:{_UNIT_SAID}\s?:?\s?)?(?P<unit>[^()]{{1,24}}?)\s?\)", regex.I)
_AT_END = regex.compile(rf"[,;–-]\s(?P<unit>(?:{_SCALE}\s?)?{_CURRENCY})[\s:]*$", regex.I)
_SCALED = {"1000": "nghìn", "1000000": "triệu", "tr": "triệu", "tỉ": "tỷ"}
_SIGN = regex.compile(r"(?:%|km)$", regex.I)
_COUNTED = regex.compile(r"(?:tong\s)?(?:so\s)?(?:luong\s|luot\s(?!khach|nguoi|can bo|doan))?")
_UNCOUNTED = frozenset({"", "time", "length", "area", "weight", "awards"})
"""Families of nouns that open no name of a count: "Giải ngân" is none of prizes."""
_SUMS = regex.compile(
    r"(?:tong\s)?(?:so\s)?(?:von|gia tri|tri gia|kinh phi|kim ngach|tien|cam ket|giai ngan)\b"
)
_SHARE = regex.compile(r"%|\b(?:ty le|ti le|ty trong|co cau|so (?:voi|sanh)|toc do)\b")


def printed_unit(printed: Sequence[str], beside: Word) -> tuple[Word, ...]:
    """Return what brackets in one of the ``printed`` texts say of the unit, as words beside ``beside``; none without.

    "Vốn cam kết (1.000 USD)" and "Vốn cam kết, triệu đồng" do, "Tầm nhìn Thế giới (Mỹ)" does not.
    """
    for text in printed:
        for match in _BRACKETED.finditer(text):
            if words := _unit_words(match["unit"]):
                return _as_words(words, beside)
        if (at_end := _AT_END.search(text)) is not None:
            return _as_words(_unit_words(at_end["unit"]), beside)
    return ()


def _unit_words(said: str) -> list[str]:
    if (money := _MONEY.fullmatch(said.strip())) is not None:
        return _money_words(money)
    if _SIGN.match(said.strip()):
        return [said.strip()]
    unit = match_unit(said, 0)
    return [said.strip()] if unit is not None and unit[1] == len(said) else []


def _money_words(match: regex.Match[str]) -> list[str]:
    scale = (match["scale"] or "").lower().replace(".", "").replace(",", "")
    return [word for word in (_SCALED.get(scale, scale), match["currency"]) if word]


def _as_words(words: Sequence[str], beside: Word) -> tuple[Word, ...]:
    return tuple(replace(beside, text=part) for word in words for part in word.split())


def money_of(table: Table, headers: Sequence[str], label: str = "") -> tuple[str, ...]:
    """Return the words of the unit in which ``table`` gives money, empty where nothing over it says so.

    ``label`` is the head of the labels, where brackets hold the unit of all: "Chỉ tiêu (triệu USD)".
    """
    for text in _over(table, headers):
        for said in _SAID_OVER.finditer(text):
            if (money := _MONEY.search(said["units"])) is not None:
                return tuple(_money_words(money))
    for text in (label, *(paragraph.text for paragraph in table.caption[-1:])):
        for said in _BRACKETED.finditer(text):
            if (money := _MONEY.fullmatch(said["unit"].strip())) is not None:
                return tuple(_money_words(money))
    return ()


def _over(table: Table, headers: Sequence[str]) -> Iterator[str]:
    """Yield the texts that speak of the whole table, nearest first: wide cells of its head, its headers, its caption."""
    for cell in table.cells:
        if cell.row < max(1, table.header_rows) and cell.column_end - cell.column == table.columns:
            yield cell.text
    yield from headers
    for paragraph in reversed(table.caption):
        yield paragraph.text


def asks_for_money(name: Passage) -> bool:
    """Return whether a figure that is named so may be a sum: no "Số dự án", "Khách du lịch", "Tỷ lệ giải ngân"."""
    text = name.text.strip(" -–+*•:.")
    folded = fold_words(text)
    if _SHARE.search(folded):
        return False
    counted = _COUNTED.match(folded)
    unit = match_unit(text, counted.end() if counted else 0)
    return unit is None or unit[0].family in _UNCOUNTED


def names_sum(name: Passage) -> bool:
    """Return whether a figure's name says that it is a sum ("Tổng vốn", "Cam kết")."""
    return _SUMS.match(fold_words(name.text.strip(" -–+*•:."))) is not None


def scaled(unit: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words of a cell of units, in which "1.000" and "tr." are written out: "1.000 USD", "Tr. đồng"."""
    if not unit:
        return ()
    money = _MONEY.fullmatch(Passage(tuple(unit)).text.strip())
    return _as_words(_money_words(money), unit[0]) if money is not None else tuple(unit)


def unit_in(name: Passage, printed: Sequence[str], money: Sequence[str], beside: Word) -> tuple[Word, ...]:
    """Return the unit of a cell's figure as words beside ``beside``: that of its label or header, else the table's."""
    return printed_unit(printed, beside) or (_as_words(money, beside) if asks_for_money(name) else ())
