"""Text in an old Vietnamese encoding to Unicode.

A PDF shows such text as the Western characters that have the same bytes (``ñy ban nh©n d©n`` for ủy ban nhân dân), for
the fonts claimed to be Western.
"""

import unicodedata
from collections.abc import Callable

import regex

from pipeline.intake.legacy.alphabets import TCVN3, VNI
from pipeline.intake.legacy.spelling import is_spelt_right

_SAME_LOOK = {
    "\u03bc": 0xB5, "\u2219": 0xB7, "\u22c5": 0xB7, "\u02c9": 0xAF, "\u203e": 0xAF,
}  # fmt: skip
"""Characters that a PDF gives for the Western one of the same look (the two signs for micro, two middle dots …)."""
_SYMBOL_FONT = 0xF000
"""Fonts that call themselves symbols keep their bytes from here on, in the private use area of Unicode."""

_LIGATURES = str.maketrans({"\ufb01": "fi", "\ufb02": "fl"})
_VNI_CODE = regex.compile("|".join(sorted(map(regex.escape, VNI), key=len, reverse=True)))
_HYPHENED = regex.compile(r"\p{L}*-[\p{L}-]*")


def _byte(character: str) -> int | None:
    """Return the byte that a font of one byte a letter had for ``character``, or None."""
    code = ord(character)
    if code < 0x100:
        return code
    if _SYMBOL_FONT <= code < _SYMBOL_FONT + 0x100:
        return code - _SYMBOL_FONT
    if character in _SAME_LOOK:
        return _SAME_LOOK[character]
    try:
        return character.encode("cp1252")[0]
    except UnicodeEncodeError:
        return None


def _western(text: str) -> str:
    """Return ``text`` with every character that stands for a byte written as Windows-1252 has it."""
    bytes_ = (_byte(character) for character in text)
    return "".join(
        c if b is None or b in range(0x80, 0xA0) else chr(b) for c, b in zip(text, bytes_, strict=True)
    )


def from_tcvn3(text: str) -> str:
    """Return TCVN3 ``text`` in Unicode; capitals of the H fonts stay in lower case, as their bytes are."""
    letters = "".join(map(_byte_letter, text.translate(_LIGATURES)))
    return _HYPHENED.sub(_with_hyphens_as_u, letters)


def _byte_letter(character: str) -> str:
    byte = _byte(character)
    if byte is None:
        return character
    return TCVN3.get(byte, chr(byte) if byte < 0x80 else character)


def _with_hyphens_as_u(match: regex.Match[str]) -> str:
    """Return ``ư`` for the hyphens of ``đ-ợc``: its byte is the soft hyphen's, which PDFs give as a hyphen."""
    text = match.group()
    letters = text.replace("-", "ư")
    whole = len(text) > 1 and text != text.upper() and is_spelt_right(letters)
    return letters if whole and not all(map(is_spelt_right, text.split("-"))) else text


def from_vni(text: str) -> str:
    """Return VNI-Windows ``text`` in Unicode; a mark in the other case than its vowel is taken for the mark it is."""

    def letter(match: regex.Match[str]) -> str:
        return VNI[match.group()]

    return _VNI_CODE.sub(letter, _marks_in_case(_western(text.translate(_LIGATURES))))


_VNI_MIXED = regex.compile(r"[AEOUYÔÖ][ùøûõïâáàåãäêéèúüë]")


def _marks_in_case(text: str) -> str:
    return _VNI_MIXED.sub(
        lambda match: match.group().upper() if match.group().upper() in VNI else match.group(), text
    )


CONVERSIONS: dict[str, Callable[[str], str]] = {
    "TCVN3": from_tcvn3,
    "VNI": from_vni,
}
"""Every encoding that can be told and converted exactly, by its name for people, likeliest first.

UTF-8 taken for Western and VISCII are not among them: some of their bytes are no Western characters, and are lost.
"""


def convert(text: str, encoding: str, capitals: bool = False) -> str:
    """Return ``text`` of ``encoding`` (a key of CONVERSIONS, or "" for Unicode) in NFC; ``capitals`` for H fonts."""
    found = CONVERSIONS[encoding](text) if encoding else text
    found = unicodedata.normalize("NFC", found)
    return found.upper() if capitals else found
