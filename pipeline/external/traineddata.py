"""Tesseract's language files (``vie.traineddata``): which letters a recogniser can emit at all.

The file is a little archive: a 32-bit count, as many 64-bit offsets (-1 for a component that is not there), then the
components. Component 21 lists the characters that the LSTM recogniser emits (tesseract, ``ccutil/tessdatamanager.h``
and ``ccutil/unicharset.cpp``).
"""

from __future__ import annotations

import hashlib
import os
import struct
import subprocess
from pathlib import Path

import regex

from pipeline.errors import MissingToolError
from pipeline.external.tesseract import INSTALL_COMMAND
from pipeline.text import MARKED_LETTERS, nfc

_LSTM_UNICHARSET = 21
_MOST_COMPONENTS = 64


_USUAL_FOLDERS = ("/usr/share/tesseract-ocr/*/tessdata", "/usr/share/tessdata", "/usr/share/tesseract/tessdata",
                  "/usr/local/share/tessdata", "/opt/homebrew/share/tessdata")  # fmt: skip


def language_file(language: str) -> Path:
    """Return where Tesseract finds the data of ``language`` ("vie"); MissingToolError when it has none."""
    for folder in _folders():
        if (path := folder / f"{language}.traineddata").is_file():
            return path
    raise MissingToolError(f"Tesseract has no data for {language!r}. Install it with: {INSTALL_COMMAND}")


def language_hash(language: str) -> str:
    """Return the SHA-256 (hex) of the data of ``language``: another file reads another text."""
    return hashlib.sha256(language_file(language).read_bytes()).hexdigest()


def _folders() -> list[Path]:
    try:
        answer = subprocess.run(["tesseract", "--list-langs"], capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MissingToolError(f"Tesseract is not installed. Install it with: {INSTALL_COMMAND}") from error
    # Since version 5 the first line names the folder; it goes to stdout or, in older versions, to stderr.
    told = regex.search(r'"([^"\n]+)"', (answer.stdout + answer.stderr).decode("utf-8", "replace"))
    named = [told.group(1)] if told else []
    if prefix := os.environ.get("TESSDATA_PREFIX"):
        named += [prefix, f"{prefix}/tessdata"]
    usual = (
        path
        for pattern in _USUAL_FOLDERS
        for path in sorted(Path("/").glob(pattern.lstrip("/")), reverse=True)
    )
    return [*map(Path, named), *usual]


def emitted_characters(content: bytes) -> frozenset[str]:
    """Return the (NFC) character sequences that the LSTM recogniser in a traineddata file can emit.

    Raises ValueError when ``content`` is no such file or has no LSTM recogniser.
    """
    lines = _component(content, _LSTM_UNICHARSET).decode("utf-8").splitlines()
    # The first line counts the entries; each entry begins with its characters. NULL, Joined and |Broken| are no text.
    return frozenset(nfc(line.split(" ", 1)[0]) for line in lines[1:] if line)


def missing_letters(characters: frozenset[str]) -> str:
    """Return those of the 134 marked Vietnamese letters that ``characters`` cannot make, in the alphabet's order.

    A letter counts as made when it is emitted whole; the recogniser emits one entry a step, and Tesseract does not
    compose them.
    """
    return "".join(letter for letter in MARKED_LETTERS if letter not in characters)


def letters_missing_in(path: Path) -> str:
    """Return the marked Vietnamese letters that the language file ``path`` cannot emit."""
    return missing_letters(emitted_characters(path.read_bytes()))


def _component(content: bytes, number: int) -> bytes:
    try:
        (count,) = struct.unpack_from("<i", content)
        if not number < count <= _MOST_COMPONENTS:
            raise ValueError("not a traineddata file with an LSTM recogniser")
        offsets = struct.unpack_from(f"<{count}q", content, 4)
    except struct.error as error:
        raise ValueError("not a traineddata file") from error
    start = offsets[number]
    if start < 0:
        raise ValueError("the traineddata file has no LSTM recogniser")
    later = [offset for offset in offsets[number + 1 :] if offset >= 0]
    return content[start : later[0] if later else len(content)]
