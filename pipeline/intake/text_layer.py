"""The text layer of a PDF page, and the judgement whether it may stand for the page.

Most text layers in archives are not the page's text: captions of digital signatures over a scan, the garbage of an
English OCR, fonts of the TCVN3 and VNI era whose bytes mean other letters. Only a layer that is real Vietnamese and lies
where the ink lies is used; all else is read from the pixels.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
import regex
from numpy.typing import NDArray

from pipeline.document import Box, Line, Word
from pipeline.external import poppler
from pipeline.intake.pictures import Pixels
from pipeline.text import VIETNAMESE_LETTERS, nfc, vietnamese_share

Verdict = Literal["good", "none", "caption", "foreign", "legacy_encoding", "partial"]

TEXT_LAYER_CONFIDENCE = 0.99
"""Text that a word processor wrote is certain; what may go wrong is the order and the splitting of words."""

_INK_SIDE_PX = 1100
"""The longer side of the picture on which ink is compared: print survives, and it takes milliseconds."""
_PAPER_SHARE = 0.8
_RULE_PX = 80
"""Ink that runs on for longer is a ruled line or a border, which no text layer holds."""

_CAPTION_BELOW = 0.4
_COVERS_FROM = 0.8
_ON_INK_FROM = 0.9
_TALLEST_LINE = 0.1
"""A word box higher than this share of the page is no body text, and must not claim the page's ink."""

_SYLLABLES_FROM = 0.7
_MARKED_FROM = 0.45
"""Vietnamese has about 0.97 and 0.8 (see vietnamese_share); foreign names, abbreviations and tables lower both."""
_SOUP_FROM = 0.2
"""In TCVN3 or VNI more than half of the words carry Latin-1 signs that Vietnamese has not; French or German under 0.15."""
_UNDECODED_FROM = 0.02
_LONE_LETTERS_FROM = 0.35

_INVISIBLE = regex.compile(r"[\p{Cc}\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_SOUP = regex.compile(rf"(?=[\u00a1-\u00ff])[^{VIETNAMESE_LETTERS}]")
_UNDECODED = regex.compile(r"[\ufffd\p{Co}\p{Cn}]|\(cid:\d{1,5}\)")


def read_text_layer(path: Path, number: int, size: poppler.PdfPageSize, seconds: float) -> tuple[Line, ...]:
    """Return the text layer of page ``number`` (1-based, shown at ``size``) in Poppler's order; empty without one.

    Text is NFC without control characters; what lies outside the page is left out.
    """
    lines = []
    for row in poppler.text_lines(path, number, seconds):
        if words := tuple(_words(row, number, size)):
            lines.append(Line(words))
    return tuple(lines)


def _words(row: Iterable[poppler.TextWord], number: int, size: poppler.PdfPageSize) -> Iterable[Word]:
    for word in row:
        text = nfc(_INVISIBLE.sub("", word.text))
        box = Box(
            min(1.0, max(0.0, word.x0 / size.width)),
            min(1.0, max(0.0, word.y0 / size.height)),
            min(1.0, max(0.0, word.x1 / size.width)),
            min(1.0, max(0.0, word.y1 / size.height)),
        )
        if box.width <= 0 or box.height <= 0:
            continue
        for match in regex.finditer(r"\S+", text):  # a no-break space leaves two words in one
            left, right = match.start() / len(text), match.end() / len(text)
            part = Box(box.x0 + left * box.width, box.y0, box.x0 + right * box.width, box.y1)
            yield Word(match.group(), part, TEXT_LAYER_CONFIDENCE, number)


def judge(lines: Sequence[Line], pixels: Pixels) -> Verdict:
    """Return what the text layer ``lines`` is worth beside the page image ``pixels`` (uint8, grey or RGB).

    ``good`` is Vietnamese text that covers the page's ink; ``caption`` covers little of it, ``partial`` not all;
    ``legacy_encoding`` are bytes of TCVN3 or VNI fonts or undecoded characters; ``foreign`` is no running Vietnamese
    (another language, letters split by gaps) or is not printed where it says; ``none`` is no text at all.
    """
    words = [word for line in lines for word in line.words]
    if not words:
        return "none"
    covered, on_ink = _against_ink(lines, words, pixels)
    if covered < _CAPTION_BELOW:
        return "caption"
    text = " ".join(word.text for word in words)
    if _is_legacy(text):
        return "legacy_encoding"
    lone = sum(len(word.text) == 1 and word.text.isalpha() for word in words)
    syllables, marked = vietnamese_share(text)
    if lone >= _LONE_LETTERS_FROM * len(words) or syllables < _SYLLABLES_FROM or marked < _MARKED_FROM:
        return "foreign"
    if on_ink < _ON_INK_FROM:
        return "foreign"
    return "good" if covered >= _COVERS_FROM else "partial"


def _is_legacy(text: str) -> bool:
    tokens = [token for token in text.split() if any(c.isalpha() for c in token)]
    soup = sum(len(token) > 1 and bool(_SOUP.search(token)) for token in tokens)
    undecoded = len(_UNDECODED.findall(text))
    return soup >= _SOUP_FROM * max(1, len(tokens)) or undecoded >= _UNDECODED_FROM * len(text)


def _against_ink(lines: Sequence[Line], words: Sequence[Word], pixels: Pixels) -> tuple[float, float]:
    """Return the share of the page's ink that lies in ``lines``, and the share of ``words`` with ink in their box."""
    ink = _ink(pixels)
    height, width = ink.shape
    claimed = np.zeros_like(ink)
    for line in lines:
        box = line.box
        if box.height <= _TALLEST_LINE:
            x0, y0, x1, y1 = _on_grid(box, width, height)
            claimed[max(0, y0 - 2) : y1 + 2, max(0, x0 - 2) : x1 + 2] = 1
    total = int(ink.sum())
    if total == 0:
        return 1.0, 0.0
    printed = 0
    for word in words:
        x0, y0, x1, y1 = _on_grid(word.box, width, height)
        printed += bool(ink[y0:y1, x0:x1].any())
    return int((ink & claimed).sum()) / total, printed / len(words)


def _on_grid(box: Box, width: int, height: int) -> tuple[int, int, int, int]:
    return (
        int(box.x0 * width),
        int(box.y0 * height),
        int(np.ceil(box.x1 * width)),
        int(np.ceil(box.y1 * height)),
    )


def _ink(pixels: Pixels) -> NDArray[np.uint8]:
    """Return a small mask (0 or 1) of what is printed or stamped, ruled lines and borders left out."""
    grey = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    scale = min(1.0, _INK_SIDE_PX / max(grey.shape))
    size = max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale))
    small = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA))
    ink = np.asarray(small < _PAPER_SHARE * float(np.median(small)), dtype=np.uint8)
    for kernel in (np.ones((1, _RULE_PX), np.uint8), np.ones((_RULE_PX, 1), np.uint8)):
        rules = cv2.dilate(cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel), np.ones((3, 3), np.uint8))
        ink = np.where(np.asarray(rules) > 0, np.uint8(0), ink)
    return ink
