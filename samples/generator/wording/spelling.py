"""Spelling habits (hoà or hòa, kỹ or kĩ) and typing slips, for words that print no value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

import numpy as np

from samples.generator.wording.habits import Habits

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_WORD = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile(r"[IVXLC]+$")
_OPEN = re.compile(r"(?i)(?:[bcdđghklmnprstvx]*)(?P<pair>o[ae]|uy)")
"""A toneless syllable that ends in oa, oe or uy: where to put its tone is a matter of habit."""

_Y_I = dict(
    pair.split("/")
    for pair in "kỹ/kĩ kỳ/kì ký/kí kỷ/kỉ kỵ/kị lý/lí mỹ/mĩ quý/quí quỹ/quĩ quy/qui hy/hi sỹ/sĩ tỷ/tỉ".split()  # noqa: SIM905
)
_I_Y = {i: y for y, i in _Y_I.items()}


def spell_as(text: str, habits: Habits, names: Collection[str] = ()) -> str:
    """Return ``text`` spelt by the habits; every letter keeps its place, and a second time changes nothing.

    Stretches that equal one of ``names`` stay as they are.
    """
    kept = re.compile(
        "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if name) or r"(?!)"
    )
    parts, end = [], 0
    for match in kept.finditer(text):
        parts += [_respell(text[end : match.start()], habits), match.group()]
        end = match.end()
    return "".join([*parts, _respell(text[end:], habits)])


def _respell(text: str, habits: Habits) -> str:
    return _WORD.sub(lambda match: _place_tone(_y_or_i(match.group(), habits), habits), text)


def _y_or_i(word: str, habits: Habits) -> str:
    lowered = word.lower()
    if lowered in ("tỷ", "tỉ"):
        return _cased(habits.billion, word)
    if habits.y_i == "i" and lowered in _Y_I:
        return _cased(_Y_I[lowered], word)
    if habits.y_i == "y" and lowered in _I_Y:
        return _cased(_I_Y[lowered], word)
    return word


def _cased(lowered: str, like: str) -> str:
    return "".join(new.upper() if old.isupper() else new for new, old in zip(lowered, like, strict=True))


def _place_tone(word: str, habits: Habits) -> str:
    bare, tone = _toneless(word)
    match = _OPEN.fullmatch(bare)
    if not tone or not match:
        return word
    old = habits.tone == "old" or (habits.tone == "mixed" and sum(map(ord, bare.lower())) % 2 == 1)
    at = match.start("pair") + (1 if old else 0)
    return unicodedata.normalize("NFC", bare[: at + 1] + tone + bare[at + 1 :])


def _toneless(word: str) -> tuple[str, str]:
    """Return the word without its tone, in NFC, and the tone (a combining mark, or nothing)."""
    split = unicodedata.normalize("NFD", word)
    tone = next((character for character in split if character in _TONES), "")
    return unicodedata.normalize("NFC", split.replace(tone, "", 1) if tone else split), tone


def slips(text: str, habits: Habits, rng: np.random.Generator) -> str:
    """Return ``text`` with slips as often as the habits have them; ``text`` itself for most writers."""
    if not habits.slips:
        return text
    for _ in range(int(rng.binomial(len(text.split()), habits.slips))):
        text = slip(text, rng)
    return text


def slip(text: str, rng: np.random.Generator) -> str:
    """Return ``text`` with one typing slip in a word or a space; digits are left alone.

    A missing space after a comma, a doubled letter, a wrong or missing tone, swapped letters, or a double space.
    """
    words = [
        match.span()
        for match in _WORD.finditer(text)
        if len(match.group()) > 2 and not _ROMAN.match(match.group())
    ]
    commas = [match.start() for match in re.finditer(r"(?<=[^\W\d_]), (?=[^\W\d_])", text)]
    spaces = [match.start() for match in re.finditer(r"(?<=[^\W\d_]) (?=[^\W\d_])", text)]
    kind = int(rng.choice(6, p=(0.15, 0.15, 0.2, 0.2, 0.15, 0.15)))
    if kind == 0 and commas:
        at = commas[int(rng.integers(len(commas)))]
        return text[: at + 1] + text[at + 2 :]
    if kind == 5 and spaces:
        at = spaces[int(rng.integers(len(spaces)))]
        return f"{text[:at]} {text[at:]}"
    if not words:
        return text
    start, end = words[int(rng.integers(len(words)))]
    return text[:start] + _slipped(text[start:end], kind, rng) + text[end:]


def _slipped(word: str, kind: int, rng: np.random.Generator) -> str:
    bare, tone = _toneless(word)
    if kind == 2 and tone:
        return bare
    if kind == 3 and tone:
        other = rng.choice([mark for mark in _TONES if mark != tone])
        return unicodedata.normalize("NFC", unicodedata.normalize("NFD", word).replace(tone, other, 1))
    at = int(rng.integers(1, len(word)))
    if kind == 4 and word[at - 1] != word[at] and at > 1:
        return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
    return word[:at] + word[at - 1] + word[at:] if at > 1 else word[:2] + word[1:]
