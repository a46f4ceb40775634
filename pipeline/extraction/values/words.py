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
_AFTER_TENS = frozenset({"mốt", "tư", "lăm", "nhăm"})
"""Digits that stand behind tens only, so that "hai mốt" can be nothing but 21."""
_TENS = {"mươi": 10, "chục": 10, "tá": 12}
_SCALES = {
    "nghìn": Decimal(1_000),
    "ngàn": Decimal(1_000),
    "vạn": Decimal(10_000),
    "triệu": Decimal(1_000_000),
    "tỷ": Decimal(1_000_000_000),
    "tỉ": Decimal(1_000_000_000),
}
_JOINTS = frozenset({"mười", "trăm", "linh", "lẻ", "phẩy", "phảy", "rưỡi", *_TENS})

NUMBER_WORDS = frozenset(_DIGITS) | frozenset(_SCALES) | _JOINTS
"""Every word that may stand in a number, lower case, as spelt."""

OPENING_WORDS = (frozenset(_DIGITS) - _AFTER_TENS) | {"mười", "chục"}
"""Words with which a number may begin; "chục" alone is ten, more or less."""

LONGEST = 40
"""More words than any number in a report has."""

# Folded readings for numbers that are known to be numbers ("03 (ba)"); "ba" and "bà" need no telling apart there.
_SPELLING = {fold(word): word for word in sorted(NUMBER_WORDS - {"lăm", "mốt", "bẩy", "phảy", "tỉ", "mươi"})}
_SPELLING |= {"lam": "lăm", "nham": "nhăm", "ti": "tỷ"}


def parse_words(words: Sequence[str]) -> Decimal | None:
    """Return the number that lower-case ``words`` spell, or None when they spell none.

    A digit that ends the number right behind a hundred or a scale counts the next lower decimal place, as it is spoken
    ("một trăm hai" is 120, "hai triệu tư" 2 400 000); see :func:`is_short`.
    """
    if not words or len(words) > LONGEST or words[0] not in OPENING_WORDS:
        return None
    if words[0] == "chục":
        return Decimal(10) if len(words) == 1 else None
    total, group, scale = Decimal(0), Decimal(0), Decimal(1)
    pending: int | None = None
    linked = False
    for index, word in enumerate(words):
        if word in _DIGITS:
            digit = _DIGITS[word]
            if pending is not None:
                if word not in _AFTER_TENS or pending < 2 or group % 100 or linked:
                    return None
                group += pending * 10
            pending = digit
        elif word in ("linh", "lẻ"):
            if pending is not None or not (group or total) or linked:
                return None
            linked = True
        elif word == "mười":
            if pending is not None or group % 100:
                return None
            group += 10
        elif word in _TENS:
            if pending is None or group % 100:
                return None
            group += pending * _TENS[word]
            pending = None
        elif word == "trăm":
            if pending is None or group:
                return None
            group += pending * 100
            pending, linked = None, False
        elif word in ("phẩy", "phảy"):
            return _with_decimals(total + group + (pending or 0), words[index + 1 :])
        elif word == "rưỡi":
            part = Decimal(100) if words[index - 1] == "trăm" else scale
            last = index == len(words) - 1 and pending is None and part > 1
            return total + group + part / 2 if last else None
        else:
            section = group + (pending or 0)
            if total and _SCALES[word] >= scale:
                if total + section >= _SCALES[word]:
                    return None
                total = (total + section) * _SCALES[word]
            else:
                total += section * _SCALES[word]
            scale = _SCALES[word]
            group, pending, linked = Decimal(0), None, False
    if pending and is_short(words):
        return total + group + pending * (Decimal(10) if words[-2] == "trăm" else scale / 10)
    return total + group + (pending or 0)


def is_short(words: Sequence[str]) -> bool:
    """Return whether the last digit of ``words`` stands for the next lower place ("một trăm hai" for 120).

    Written language says "một trăm hai mươi", and "một trăm linh hai" for 102, so the number is to be looked at.
    """
    return (
        len(words) > 1
        and words[-1] in _DIGITS
        and (words[-2] == "trăm" or words[-2] in _SCALES)
        and words[-1] != "không"
    )


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
        zeros = 0
        while rest[0] == "không" and rest[1] != "trăm":
            rest.pop(0)
            zeros += 1
        number = parse_words(rest)
        if number is None or number != int(number):
            return None
        decimals = "0" * zeros + str(int(number))
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
