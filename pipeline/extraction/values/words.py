"""Numbers written out in Vietnamese words: "mười hai" → 12, "hai phẩy năm" → 2.5, "một tỷ hai trăm triệu"."""

from collections.abc import Sequence
from decimal import Decimal

from pipeline.text import fold

_DIGITS = {
    "không": 0,
    "một": 1,
    "mốt": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "lăm": 5,
    "nhăm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}
_SCALES = {
    "nghìn": Decimal(1_000),
    "ngàn": Decimal(1_000),
    "triệu": Decimal(1_000_000),
    "tỷ": Decimal(1_000_000_000),
    "tỉ": Decimal(1_000_000_000),
}
_JOINTS = frozenset({"mười", "mươi", "chục", "trăm", "linh", "lẻ", "phẩy", "phảy", "rưỡi"})

NUMBER_WORDS = frozenset(_DIGITS) | frozenset(_SCALES) | _JOINTS
"""Every word that may stand in a number, lower case, as spelt."""

OPENING_WORDS = (frozenset(_DIGITS) - {"mốt", "tư", "lăm", "nhăm"}) | {"mười"}
"""Words with which a number may begin."""

LONGEST = 20
"""More words than any number in a report has."""

# Folded readings for numbers that are known to be numbers ("03 (ba)"); "ba" and "bà" need no telling apart there.
_SPELLING = {fold(word): word for word in sorted(NUMBER_WORDS - {"lăm", "mốt", "bẩy", "phảy", "tỉ", "mươi"})}
_SPELLING |= {"lam": "lăm", "nham": "nhăm", "ti": "tỷ"}


def parse_words(words: Sequence[str]) -> Decimal | None:
    """Return the number that lower-case ``words`` spell, or None when they spell none."""
    if not words or len(words) > LONGEST or words[0] not in OPENING_WORDS:
        return None
    total, group, scale = Decimal(0), Decimal(0), Decimal(1)
    pending: int | None = None
    for index, word in enumerate(words):
        if word in _DIGITS:
            if pending is not None:
                return None
            pending = _DIGITS[word]
        elif word in ("linh", "lẻ"):
            if pending is not None or not (group or total):
                return None
        elif word == "mười":
            if pending is not None:
                return None
            group += 10
        elif word in ("mươi", "chục", "trăm"):
            if pending is None:
                return None
            group += pending * (100 if word == "trăm" else 10)
            pending = None
        elif word in ("phẩy", "phảy"):
            return _with_decimals(total + group + (pending or 0), words[index + 1 :])
        elif word == "rưỡi":
            return (
                total + group + (pending or 0) + scale / 2 if index == len(words) - 1 and scale > 1 else None
            )
        else:
            scale = _SCALES[word]
            section = group + (pending or 0)
            total = (total + section) * scale if 0 < total < scale else total + section * scale
            group, pending = Decimal(0), None
    return total + group + (pending or 0)


def _with_decimals(whole: Decimal, words: Sequence[str]) -> Decimal | None:
    """Return ``whole`` with the decimals and the scale that ``words`` spell ("năm", "hai lăm", "năm triệu")."""
    scale = Decimal(1)
    rest = list(words)
    while rest and rest[-1] in _SCALES:
        scale *= _SCALES[rest.pop()]
    if not rest:
        return None
    if all(word in _DIGITS for word in rest):
        decimals = "".join(str(_DIGITS[word]) for word in rest)
    else:
        number = parse_words(rest)
        if number is None or number != int(number):
            return None
        decimals = str(int(number))
    return (whole + Decimal(f"0.{decimals}")) * scale


def parse_folded_words(text: str) -> Decimal | None:
    """Return the number that ``text`` spells when accents are not to be trusted ("(mưoi hai)"), or None."""
    words = [_SPELLING.get(word, "") for word in fold(text).split()]
    if not words or "" in words:
        return None
    # Folding makes mười and mươi one: it is mươi after a digit.
    words = [
        "mươi" if word == "mười" and index and words[index - 1] in _DIGITS else word
        for index, word in enumerate(words)
    ]
    return parse_words(words)
