"""Numbers of headings: which style a paragraph opens with, also when the scan was misread.

Administrative reports number parts A/B, I/II, 1/2, 1.1, a)/b), and bullets -, +. OCR often takes ``II`` for ``IL``,
``1L`` or ``H``; a numeral is therefore parsed from its look-alikes, and what was printed is kept beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import regex

from pipeline.text import fold, remembered

_DOT = regex.compile(r"\s?\.\s?")


@dataclass(frozen=True, slots=True)
class Numeral:
    """The number that opens a heading.

    ``style`` is one of "part", "upper", "roman", "arabic", "decimal", "lower", "paren", "bullet"; ``printed`` is as read,
    without its dot or bracket; ``number`` is the value of its last component (None for bullets); ``depth`` is the count
    of components ("2.1.3" has 3); ``end`` is the offset of the text after it; ``repaired`` says that it was misread.
    """

    style: str
    printed: str
    number: int | None
    depth: int
    end: int
    repaired: bool = False


_TENS, _UNITS = ("", "X"), ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_ROMAN_VALUE = {
    ten + unit: 10 * _TENS.index(ten) + _UNITS.index(unit) for ten in _TENS for unit in _UNITS if ten + unit
}

# What OCR makes of the strokes of I, V and X in a serif face.
_LOOK_ALIKE = str.maketrans(
    {"1": "I", "l": "I", "L": "I", "|": "I", "!": "I", "i": "I", "T": "I", "J": "I", "]": "I", "[": "I", "Í": "I", "Ì": "I",
     "Y": "V", "v": "V", "x": "X", "H": "II", "M": "III", "N": "IV", "W": "VI", "U": "II"}
)  # fmt: skip

_ORDINALS = {"nhat": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6}
_LOWER = "abcdđeghiklmnopqrstuvxy"
_UPPER_LETTERS = "ABCDĐEFGHIK"

_PART = regex.compile(
    r"(?:phan|chuong|muc)\s+(?:thu\s+)?(?P<n>[ivx]{1,5}|\d{1,2}|nhat|mot|hai|ba|tu|bon|nam|sau)\b\s*[.:)\-]*\s*"
)
_ROMAN = regex.compile(
    r"(?P<n>[IVXLHTMNWJYlivx1|!\[\]ÍÌU]{1,5})\s*(?P<mark>[.,):/\-–]|(?=\s\p{Lu}))\s*[-–]?\s*(?=[\p{L}\d\"“(])"
)
_DECIMAL = regex.compile(
    r"(?P<n>\d{1,2}(?:\s?\.\s?\d{1,2}){1,3})\s*[.):/]?\s*[-–]?\s+"
    r"(?!(?:triệu|tỷ|tỉ|nghìn|ngàn|đồng|km|ha|m|tấn|lượt|người|USD|lần)(?!\p{L}))(?=\p{L}|[\"“(])"
)
_MIXED = regex.compile(
    r"(?P<n>[IVX]{1,5}(?:\s?\.\s?\d{1,2}){1,3})\s*(?:[.):/]\s*[-–]?\s*|\s[-–]\s?|\s)(?=[\p{L}\"“(])"
)
_ARABIC = regex.compile(r"(?P<n>\d{1,2})\s*(?:[.,)/:]\s*[-–]?|\s?[-–])\s*(?=\p{L}|[\"“(])")
_UPPER = regex.compile(r"(?:(?P<n>[A-HK])\s*[.)/:\-–]|(?P<n>Đ)\s*[.)\-–])\s*[-–]?\s*(?=\p{L})")
_LOWER_LETTER = regex.compile(r"(?P<n>[a-zđ])\s*[.)/]\s*[-–]?\s*(?=\p{L}|[\"“(\d])")
PART_ALONE = regex.compile(
    r"(?:phan|chuong)\s+(?:thu\s+)?(?:[ivx]{1,5}|\d{1,2}|nhat|mot|hai|ba|tu|bon|nam|sau)\s*[.:]?"
)
ANNEX_ALONE = regex.compile(r"phu (?:luc|bieu)(?:\s(?:so\s)?(?:[ivx]{1,5}|\d{1,2}|[a-h]))?\s*[.:]?")
_PAREN = regex.compile(r"\((?P<n>\d{1,2}|[ivx]{1,4}|[a-zđ])\)\s*(?=\p{L})")
_BULLET = regex.compile(r"(?P<n>[-–—−+*•●○▪■·~])\s*(?=\S)")


def roman(value: int) -> str:
    """Return ``value`` (1 to 19) as a Roman numeral."""
    return _TENS[value // 10] + _UNITS[value % 10]


def roman_value(printed: str) -> tuple[int, bool] | None:
    """Return (value, whether look-alikes had to be replaced) of a Roman numeral up to XIX, or None."""
    if printed in _ROMAN_VALUE:
        return _ROMAN_VALUE[printed], False
    repaired = printed.translate(_LOOK_ALIKE)
    if repaired in _ROMAN_VALUE:
        return _ROMAN_VALUE[repaired], True
    # Strokes of I, V and X that form no numeral ("VIHI") were one; which, the order of headings tells.
    return (0, True) if len(printed) > 2 and set(repaired) <= set("IVX") else None


def _is_heading_like(rest: str) -> bool:
    """Return whether most letters of the first words of ``rest`` are capitals."""
    letters = [c for c in rest[:60] if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) >= 0.7 * len(letters)


def _roman(text: str) -> Numeral | None:
    match = _ROMAN.match(text)
    if not match:
        return None
    printed = match["n"]
    parsed = roman_value(printed)
    if parsed is None:
        return None
    value, repaired = parsed
    capitals = _is_heading_like(text[match.end() :])
    if printed.isdigit() and not (len(printed) > 1 and set(printed) == {"1"} and capitals):
        return None  # "1." is an Arabic one; "11." before capitals may be II, which the order of headings decides
    if printed.isdigit():
        return None
    if value == 0 and match["mark"] != ".":
        return None
    if repaired and not (capitals or len(printed) > 1 or (printed == "L" and match["mark"])):
        return None  # "L." before ordinary letters is I. as well, for no report has twelve lettered parts
    if printed.islower() and not capitals:
        return None  # "i)", "v." are letters
    if not match["mark"] and not capitals:
        return None
    return Numeral("roman", printed, value, 1, match.end(), repaired)


def _part(text: str) -> Numeral | None:
    match = _PART.match(fold(text[:40])) if text[:1].isupper() else None
    if not match:
        return None
    printed = match["n"]
    roman = roman_value(printed.upper())
    value = _ORDINALS.get(printed) or (int(printed) if printed.isdigit() else roman[0] if roman else None)
    return Numeral("part", text[: match.end()].strip(" .:)-"), value, 1, match.end())


def _decimal(text: str) -> Numeral | None:
    match = _DECIMAL.match(text)
    if not match:
        return None
    components = [int(part) for part in _DOT.split(match["n"])]
    printed = ".".join(str(part) for part in components)
    return Numeral("decimal", printed, components[-1], len(components), match.end())


def _mixed(text: str) -> Numeral | None:
    """Read "II.1." and "II.1.2": a decimal number that opens with the Roman one of the heading above."""
    match = _MIXED.match(text)
    if not match:
        return None
    first, *components = _DOT.split(match["n"])
    if first not in _ROMAN_VALUE:
        return None
    printed = ".".join((first, *components))
    return Numeral("decimal", printed, int(components[-1]), len(components) + 1, match.end())


def _simple(
    style: str, pattern: regex.Pattern[str], value: Callable[[str], int | None]
) -> Callable[[str], Numeral | None]:
    def read(text: str) -> Numeral | None:
        match = pattern.match(text)
        return Numeral(style, match["n"], value(match["n"]), 1, match.end()) if match else None

    return read


def _paren_value(printed: str) -> int | None:
    if printed.isdigit():
        return int(printed)
    roman = roman_value(printed.upper())
    return roman[0] if roman else _LOWER.find(printed) + 1 or None


_READERS: tuple[Callable[[str], Numeral | None], ...] = (
    _part,
    _mixed,
    _roman,
    _simple("upper", _UPPER, lambda n: _UPPER_LETTERS.index(n) + 1),
    _decimal,
    _simple("arabic", _ARABIC, int),
    _simple("lower", _LOWER_LETTER, lambda n: _LOWER.find(n) + 1 or None),
    _simple("paren", _PAREN, _paren_value),
    _simple("bullet", _BULLET, lambda _n: None),
)


@remembered(512)
def read_numeral(text: str) -> Numeral | None:
    """Return the heading number that ``text`` opens with, or None.

    Numbers that count something ("05 đoàn", "1.221 lượt") are not heading numbers: a heading number is followed by
    a dot, bracket, slash or dash and then by a letter.
    """
    for reader in _READERS:
        numeral = reader(text)
        if numeral is not None:
            return numeral
    return None
