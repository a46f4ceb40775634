"""A small reader of printed numbers, of its own: the generator and the pipeline have theirs."""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
WORDS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"]
SCALES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}


def readings(token: str) -> set[Decimal]:
    """Every number that a token of digits and marks may mean: 1.221 is 1221 or 1.221."""
    meant = set()
    groups = re.split(r"[.,]", token)
    if all(len(group) == 3 for group in groups[1:]):
        meant.add(Decimal("".join(groups)))
    whole, rest = "".join(groups[:-1]), groups[-1]
    meant.add(Decimal(f"{whole}.{rest}" if whole else rest))
    return meant


def amounts(text: str) -> set[Decimal]:
    """Every number that words may state, with its scale ("2 tỷ 350 triệu" summed)."""
    found: set[Decimal] = set()
    tokens = text.lower().split()
    total = Decimal(0)
    for at, token in enumerate(tokens):
        clean = token.strip("()%/;,.").removesuffix("km")
        scale = SCALES.get(tokens[at + 1], 1) if at + 1 < len(tokens) else 1
        if DIGITS.fullmatch(clean):
            meant = {value * scale for value in readings(clean)}
            found |= meant
            if scale > 1:
                total += min(meant)
                found |= {total, *(total - min(meant) + value for value in meant)}
        elif clean in WORDS:
            found.add(Decimal(WORDS.index(clean)))
    return found
