"""In which encoding the words of a font are: told by the letters, with the font's name for the last word."""

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from pipeline.intake.legacy.convert import CONVERSIONS, convert
from pipeline.intake.legacy.spelling import right_share

_NAMES = (
    ("TCVN3", regex.compile(r"^\.?Vn(?:[A-Z3]|$)")),
    ("VNI", regex.compile(r"^VNI\b", regex.I)),
)
_NOT_OLD = regex.compile(
    r"Arial|Times|Helvetica|Calibri|Cambria|Tahoma|Verdana|Courier|Liberation|DejaVu|Symbol", regex.I
)
"""Fonts that had no old encoding, unless their text says so clearly."""
_SUBSET = regex.compile(r"^[A-Z]{6}\+")
_STYLE = regex.compile(r"(?:[,-].*|Bold.*|Italic.*)$")
_ENOUGH = 0.7
"""Vietnamese has this share of its marked words spelt right, whatever names and slips stand among them."""
_AHEAD = 0.25
"""By so much an encoding must beat the text as it is. Random marks seldom make a syllable."""
_FEW = 8
"""Fewer words than this may look sound in two encodings."""
_SAMPLE = 2_000


@dataclass(frozen=True, slots=True)
class Encoding:
    """The encoding of a font's words: a key of CONVERSIONS or "" for Unicode, and whether it draws capitals only."""

    name: str
    capitals: bool = False


def declared(font: str) -> Encoding:
    """Return what the name of ``font`` (as in the PDF, subset tag and style allowed) says of its encoding."""
    base = _STYLE.sub("", _SUBSET.sub("", font)).strip()
    name = next((name for name, pattern in _NAMES if pattern.search(base)), "")
    return Encoding(name, name == "TCVN3" and base.endswith("H"))


def encoding_of(words: Sequence[str], font: str, otherwise: str = "") -> Encoding:
    """Return the encoding of ``words``, all of ``font`` ("" when unknown).

    ``otherwise`` is that of the page's other fonts, taken where too few words do not tell.
    Only words with characters beyond ASCII tell anything. A font named .VnTime whose text is sound Unicode is Unicode:
    whoever made the PDF converted it.
    """
    named = declared(font)
    telling = [word for word in words if not word.isascii()][:_SAMPLE]
    if not telling:
        return named
    shares = {name: _share(telling, name) for name in ("", *CONVERSIONS)}
    as_is = shares[""]
    if (
        otherwise
        and not (named.name or _NOT_OLD.search(font))
        and len(telling) < _FEW
        and shares[otherwise] >= as_is
    ):
        return Encoding(otherwise)
    if as_is >= _ENOUGH and as_is >= max(shares.values()):
        return Encoding("", named.capitals and not any(word.isupper() for word in telling))
    if named.name and shares[named.name] >= as_is:
        return named
    best = max(shares, key=lambda name: shares[name])
    if shares[best] >= _ENOUGH and shares[best] >= as_is + _AHEAD:
        return Encoding(best, False)
    return Encoding("")


def _share(words: Sequence[str], encoding: str) -> float:
    converted = (convert(word, encoding) for word in words)
    return right_share([part for word in converted for part in regex.findall(r"[^\s\p{P}\d]+", word)])
