"""Misreadings: what a reader makes of print on a poor page, letter by letter."""

from __future__ import annotations

import numpy as np

_ALIKE = {
    "l": "1i", "i": "l1", "o": "0c", "0": "o", "1": "l", "c": "eo", "e": "c", "n": "r", "u": "n", "h": "b", "b": "h",
    "t": "f", "d": "đ", "đ": "d", "m": "n", "v": "y", "g": "q", "s": "5", "a": "ă", "ê": "e", "ộ": "ó", "ố": "ó", "ậ": "â",
}  # fmt: skip


def misread(text: str, rng: np.random.Generator, clean: float = 0.4, worst: float = 0.06) -> str:
    """Return ``text`` with letters mistaken, dropped, doubled, and spaces lost; a share ``clean`` of texts is unhurt."""
    if rng.random() < clean:
        return text
    rate = rng.random() * worst
    letters = []
    for letter in text:
        if rng.random() >= rate:
            letters.append(letter)
            continue
        kind = rng.random()
        if letter == " ":
            letters.append("" if kind < 0.5 else "  ")
        elif kind < 0.55:
            options = _ALIKE.get(letter.lower(), "aeionrt")
            letters.append(options[int(rng.integers(len(options)))])
        elif kind < 0.8:
            continue
        else:
            letters.append(letter * 2)
    return "".join(letters)
