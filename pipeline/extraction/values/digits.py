"""The number that a printed run of digits, dots and commas stands for.

Vietnamese print groups thousands by a dot and sets decimals off by a comma (Circular 01/2011/TT-BNV and custom), and
offices misuse both. What follows the number decides where its form does not: people come whole, money before "triệu"
does not.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import regex

Doubt = Literal["", "repaired", "ambiguous_mark", "words_disagree"]
Follower = Literal["count", "money", "scaled", "measure", "none"]
"""What stands after the number: a noun that is counted, a currency, a magnitude (triệu, tỷ), a measure (%, km), nothing."""

LONGEST = 24
"""More characters than any printed amount has; longer runs are codes or noise."""

_LOOK_ALIKE = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "|": "1"})
_PLAIN = regex.compile(r"\d++")
_DOTTED = regex.compile(r"\d{1,3}(?:\.\d{3})++(?:,\d++)?")
_COMMAED = regex.compile(r"\d{1,3}(?:,\d{3}){2,}+(?:\.\d++)?|\d{1,3}(?:,\d{3})++\.\d++")
_ONE_DOT = regex.compile(r"(\d++)\.(\d++)")
_ONE_COMMA = regex.compile(r"(\d++),(\d++)")


@dataclass(frozen=True, slots=True)
class Marks:
    """What a writer uses dot and comma for, as far as numbers show that can be read one way only."""

    comma_groups: bool = False
    comma_decimals: bool = False
    dot_groups: bool = False
    dot_decimals: bool = False


UNKNOWN = Marks()
"""Nothing is known of the writer; dots then group and commas set off decimals."""

_COUNTED = r"\s(?:lượt|người|khách|đoàn|lao động|hộ|trường hợp|dự án|đồng|USD|VND|VNĐ)\b"
_MEASURED = r"\s?(?:%|triệu|tỷ|tỉ|nghìn|ngàn|km\b|ha\b)"
_SHOWS = {
    "comma_groups": regex.compile(
        rf"(?<![\d.,])\d{{1,3}}(?:(?:,\d{{3}}){{2,4}}(?![\d,])|,\d{{3}}(?:\.\d|{_COUNTED}))"
    ),
    "comma_decimals": regex.compile(
        rf"(?<![\d.,])(?:\d{{1,6}},\d{{1,2}}{_MEASURED}|\d{{1,3}}(?:\.\d{{3}}){{1,4}},\d)"
    ),
    "dot_groups": regex.compile(
        rf"(?<![\d.,])\d{{1,3}}(?:(?:\.\d{{3}}){{2,4}}(?![\d.])|\.\d{{3}}(?:,\d|{_COUNTED}))"
    ),
    "dot_decimals": regex.compile(
        rf"(?<![\d.,])(?:\d{{1,6}}\.\d{{1,2}}{_MEASURED}|\d{{1,3}}(?:,\d{{3}}){{1,4}}\.\d)"
    ),
}


def marks_of(text: str) -> Marks:
    """Return what the numbers of ``text`` show of its writer's dots and commas."""
    return Marks(**{name: pattern.search(text) is not None for name, pattern in _SHOWS.items()})


@dataclass(frozen=True, slots=True)
class Reading:
    """The value of a run of digits, and what speaks against it."""

    value: Decimal
    doubt: Doubt = ""


def read_digits(token: str, follower: Follower, marks: Marks = UNKNOWN) -> Reading | None:
    """Return the number printed as ``token``, which is followed by ``follower``; None when it is no number.

    ``marks`` are those of the numbers around it.
    """
    if len(token) > LONGEST:
        return None
    repaired = token.translate(_LOOK_ALIKE)
    reading = _read(repaired, follower, marks)
    if reading is not None and repaired != token:
        return Reading(reading.value, "repaired")
    return reading


def _read(token: str, follower: Follower, marks: Marks) -> Reading | None:
    if _PLAIN.fullmatch(token):
        return Reading(Decimal(token))
    one_dot, one_comma = _ONE_DOT.fullmatch(token), _ONE_COMMA.fullmatch(token)
    if one_dot:
        return _one_dot(one_dot[1], one_dot[2], follower, marks)
    if one_comma:
        return _one_comma(one_comma[1], one_comma[2], follower, marks)
    if _DOTTED.fullmatch(token):
        return Reading(Decimal(token.replace(".", "").replace(",", ".")))
    if _COMMAED.fullmatch(token):
        return Reading(Decimal(token.replace(",", "")))
    if follower == "none":
        return None
    # "1.22.333": the marks cannot all be right, so the digits stand and a person looks.
    return Reading(Decimal(token.replace(".", "").replace(",", "")), "ambiguous_mark")


def _one_dot(whole: str, rest: str, follower: Follower, marks: Marks) -> Reading:
    thousands = Decimal(whole + rest)
    decimals = Decimal(f"{whole}.{rest}")
    if len(rest) != 3 or len(whole) > 3 or whole.startswith("0"):
        # "6.5 km" and "80.2 triệu" are decimals with the wrong mark; "8.19 đoàn" has lost something.
        return Reading(decimals, "ambiguous_mark" if follower in ("count", "none") else "")
    if follower in ("scaled", "measure") and marks.dot_decimals and not marks.dot_groups:
        return Reading(decimals, "ambiguous_mark")
    if follower == "measure":
        # A length of 3.260 km exists, a percentage of 86123 does not: measures in km are told apart by the caller.
        return Reading(thousands)
    if follower == "scaled" and not rest.endswith("0") and not marks.dot_groups:
        return Reading(thousands, "ambiguous_mark")
    return Reading(thousands)


def _one_comma(whole: str, rest: str, follower: Follower, marks: Marks) -> Reading:
    thousands = Decimal(whole + rest)
    decimals = Decimal(f"{whole}.{rest}")
    grouped = len(rest) == 3 and len(whole) <= 3 and not whole.startswith("0")
    if grouped and follower == "count":
        return Reading(thousands, "ambiguous_mark")
    if grouped and follower == "money":
        # No currency is printed with three decimals; "500,000" ends as only thousands do.
        return Reading(thousands, "" if rest == "000" else "ambiguous_mark")
    if grouped and follower == "none":
        return Reading(thousands if rest.endswith("0") else decimals, "ambiguous_mark")
    if follower == "count":
        return Reading(decimals, "ambiguous_mark")
    if grouped and follower == "scaled" and rest.endswith("0"):
        return Reading(
            thousands, "ambiguous_mark"
        )  # nobody prints the last nought of "1,140 tỷ" but for thousands
    if grouped and marks.comma_groups:
        # Who groups by commas elsewhere may do so here; who sets decimals off by them too says nothing.
        return Reading(decimals if marks.comma_decimals else thousands, "ambiguous_mark")
    return Reading(decimals)
