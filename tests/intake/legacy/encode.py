"""Unicode to the old encodings, for tests that need text in them."""

from pipeline.intake.legacy.alphabets import TCVN3, VNI

_TCVN3 = {letter: code for code, letter in TCVN3.items()}
_VNI = {letter: codes.encode("cp1252") for codes, letter in VNI.items()}


def tcvn3(text: str) -> bytes:
    """Every capital that only the H fonts draw is written with the byte of its small letter."""
    return bytes(ord(c) if c.isascii() else _TCVN3.get(c) or _TCVN3[c.lower()] for c in text)


def vni(text: str) -> bytes:
    return b"".join(_VNI.get(c) or c.encode("cp1252") for c in text)
