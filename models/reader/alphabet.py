"""The letters that the line reader can emit, in the order of the network's outputs; output 0 is CTC's blank."""

from __future__ import annotations

import unicodedata

TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
"""None, huyền, sắc, hỏi, ngã, nặng as combining marks."""
VOWELS = "aăâeêioôơuưy"


def toned(vowel: str, tone: str) -> str:
    """Return one letter: ``vowel`` (of :data:`VOWELS`, either case) under ``tone``, in NFC."""
    return unicodedata.normalize("NFC", vowel + tone)


STACKED = tuple(toned(vowel, tone) for vowel in "ăâêô" for tone in TONES[1:5])
"""Lower-case letters with a tone over another mark."""

_ACCENTED = "".join(toned(vowel, tone) for vowel in VOWELS for tone in TONES)
_LOWER = _ACCENTED + "đbcdfghjklmnpqrstvwxz"
_SIGNS = " .,;:!?()[]/-–—+=%&'\"“”‘’*•…<>≥≤°#@_$²³×|"

ALPHABET = _LOWER + _LOWER.upper() + "0123456789" + _SIGNS

_INDEX = {letter: number for number, letter in enumerate(ALPHABET, start=1)}


def encode(text: str) -> list[int]:
    """Return the network's output numbers of ``text``; KeyError for a letter outside :data:`ALPHABET`."""
    return [_INDEX[letter] for letter in text]


def is_readable(text: str) -> bool:
    """Return whether every letter of ``text`` is in :data:`ALPHABET`."""
    return all(letter in _INDEX for letter in text)


def kind_of(letter: str) -> str:
    """Return the class under which the evaluation counts ``letter``."""
    if letter.isdigit():
        return "digits"
    if not letter.isalpha():
        return "space" if letter == " " else "signs"
    plain = unicodedata.normalize("NFD", letter)
    case = "upper" if letter.isupper() else "lower"
    marks = len(plain) - 1 + (letter in "đĐ")
    return f"{case}, {('no mark', 'one mark', 'two marks')[marks]}"
