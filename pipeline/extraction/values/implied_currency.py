"""The currency of a sum that names none: "vốn 58,7 tỷ" is in đồng, "xuất 12,5 triệu, nhập 10 triệu USD" in dollars."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from pipeline.extraction.values.numbers import Quantity

_REACH = 60
_BILLIONS = regex.compile(r"\bt[yi]$")
_PARTED = regex.compile(r"[;:]|[.]\s|\btrong do\b")
HOME = "VND"


def implied_currency(quantity: Quantity, quantities: Sequence[Quantity], folded: str) -> str:
    """Return the ISO code of the currency that ``quantity`` of the folded sentence is in; "" where nothing tells.

    A sum after it in the same breath says it for both, when it is counted in the same millions or billions. "Tỷ" alone is
    said of đồng; millions alone may be of any money.
    """
    if quantity.kind != "money" or quantity.currency:
        return quantity.currency
    scale = folded[quantity.start : quantity.end].rsplit(maxsplit=1)[-1]
    for other in quantities:
        gap = folded[quantity.unit_end : other.start] if other.start >= quantity.unit_end else ""
        if not gap or other.kind != "money" or not other.currency:
            continue
        same = scale in folded[other.start : other.end].split()
        if same and len(gap) <= _REACH and _PARTED.search(gap) is None:
            return other.currency
        break
    return HOME if _BILLIONS.search(scale) else ""
