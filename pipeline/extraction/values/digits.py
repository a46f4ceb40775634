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
class Reading:
    """The value of a run of digits, and what speaks against it."""

    value: Decimal
    doubt: Doubt = ""


def read_digits(token: str, follower: Follower) -> Reading | None:
    """Return the number printed as ``token``, which is followed by ``follower``; None when it is no number."""
    if len(token) > LONGEST:
        return None
    repaired = token.translate(_LOOK_ALIKE)
    reading = _read(repaired, follower)
    if reading is not None and repaired != token:
        return Reading(reading.value, "repaired")
    return reading


def _read(token: str, follower: Follower) -> Reading | None:
    if _PLAIN.fullmatch(token):
        return Reading(Decimal(token))
    one_dot, one_comma = _ONE_DOT.fullmatch(token), _ONE_COMMA.fullmatch(token)
    if one_dot:
        return _one_dot(one_dot[1], one_dot[2], follower)
    if one_comma:
        return _one_comma(one_comma[1], one_comma[2], follower)
    if _DOTTED.fullmatch(token):
        return Reading(Decimal(token.replace(".", "").replace(",", ".")))
    if _COMMAED.fullmatch(token):
        return Reading(Decimal(token.replace(",", "")))
    if follower == "none":
        return None
    # "1.22.333": the marks cannot all be right, so the digits stand and a person looks.
    return Reading(Decimal(token.replace(".", "").replace(",", "")), "ambiguous_mark")


def _one_dot(whole: str, rest: str, follower: Follower) -> Reading:
    thousands = Decimal(whole + rest)
    decimals = Decimal(f"{whole}.{rest}")
    if len(rest) != 3 or len(whole) > 3 or whole.startswith("0"):
        # "6.5 km" and "80.2 triệu" are decimals with the wrong mark; "8.19 đoàn" has lost something.
        return Reading(decimals, "ambiguous_mark" if follower in ("count", "none") else "")
    if follower == "measure":
        # A length of 3.260 km exists, a percentage of 86123 does not: measures in km are told apart by the caller.
        return Reading(thousands)
    if follower == "scaled" and not rest.endswith("0"):
        return Reading(thousands, "ambiguous_mark")
    return Reading(thousands)


def _one_comma(whole: str, rest: str, follower: Follower) -> Reading:
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
    return Reading(decimals)
