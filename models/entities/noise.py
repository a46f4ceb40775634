"""What readers make of print: letters that look alike, lost tone marks, lost and false spaces."""

from __future__ import annotations

import unicodedata
from random import Random

from samples.generator.compose.lines import Marked

_ALIKE = {
    "l": "1Iit", "I": "l1|", "1": "lI", "0": "oO", "o": "0ec", "O": "0Q", "m": "rn", "n": "hu", "h": "nb", "u":
    "nv", "c": "eo", "e": "co", "a": "oâ", "g": "q9", "i": "lí1", "t": "fl", "f": "t", "r": "nt", "v": "y", "y":
    "v", "b": "h6", "d": "đl", "đ": "d", "Đ": "DB", "D": "Đ", "S": "5", "5": "S", "B": "8Đ", "8": "B3", "3":
    "8", "6": "ó5", "9": "g", "U": "LƯ", "Ư": "U", "C": "G", "G": "C", "ư": "u", "ơ": "o", "ă": "âa", "â": "ăa",
    "ê": "e", "ô": "o", ",": ".", ".": ",", ";": ":", "-": "–~", "/": "lI", ":": ";.",
}  # fmt: skip
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def _tone(letter: str, rng: Random) -> str:
    """Return a letter with another tone or none."""
    parts = unicodedata.normalize("NFD", letter)
    tones = [mark for mark in parts if mark in _TONES]
    other = rng.choice(("", *_TONES))
    if tones:
        return unicodedata.normalize("NFC", parts.replace(tones[0], other))
    return unicodedata.normalize("NFC", parts + other) if letter.lower() in "aeiouyăâêôơư" else letter


def misread(marked: Marked, rate: float, rng: Random) -> Marked:
    """Return the text with about ``rate`` of its letters misread; entities keep the letters that came from theirs."""
    text, entities = marked
    out: list[str] = []
    origin: list[int] = []
    for at, letter in enumerate(text):
        new = letter
        if rng.random() < rate:
            new = _misread(letter, rng)
        elif letter == " " and rng.random() < rate / 4:
            new = ""
        elif letter.isalpha() and rng.random() < rate / 10:
            new = f"{letter} "
        for piece in new:
            out.append(piece)
            origin.append(at)
    found = []
    for start, end, label in entities:
        kept = [k for k, at in enumerate(origin) if start <= at < end and not out[k].isspace()]
        if kept:
            found.append((kept[0], kept[-1] + 1, label))
    return "".join(out), found


def _misread(letter: str, rng: Random) -> str:
    if letter == " ":
        return rng.choice((" ", "", " . ", " ' ", " - "))
    if unicodedata.normalize("NFD", letter)[1:] and rng.random() < 0.7:
        return _tone(letter, rng)
    if letter in "nm" and rng.random() < 0.3:
        return {"n": "ri", "m": "rn"}[letter]
    if letter in _ALIKE:
        return rng.choice(_ALIKE[letter])
    return rng.choice((letter, letter.swapcase(), "", _tone(letter, rng)))


def capitals(marked: Marked) -> Marked:
    """Return the text in capitals, as headings are; lengths stay."""
    upper = "".join(c if len(c.upper()) != 1 else c.upper() for c in marked[0])
    return upper, marked[1]


def unmarked(marked: Marked, rng: Random, rate: float = 0.25) -> Marked:
    """Return the text with a share of its marks lost, as poor print loses them; lengths stay."""
    return "".join(_tone(c, rng) if rng.random() < rate else c for c in marked[0]), marked[1]
