"""The text layer of a PDF page, and the judgement whether it may stand for the page.

Most text layers in archives are not the page's text: captions of digital signatures over a scan, the garbage of an
English OCR, fonts of the TCVN3 and VNI era whose bytes mean other letters. What can be put right exactly is put right
first (old encodings, cut words, double printing). Only a layer that then is Vietnamese, and lies where the ink lies, is
used; all else is read from the pixels. Whether print and layer say the same is for :mod:`pipeline.reading` to check,
which can read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import regex

from pipeline.document import Box, Line, Word
from pipeline.errors import InputError
from pipeline.external import poppler
from pipeline.intake.layer_fonts import fonts_by_place, fonts_unknown
from pipeline.intake.layer_ink import against_ink
from pipeline.intake.layer_words import MOST_WORDS, LayerWords, whole_words
from pipeline.intake.legacy.spelling import right_share
from pipeline.intake.pictures import Pixels
from pipeline.text import MARKED_LETTERS, VIETNAMESE_LETTERS, vietnamese_share

Verdict = Literal[
    "good", "none", "caption", "foreign", "legacy_encoding", "partial", "misplaced", "clashing", "too_long"
]

TEXT_LAYER_CONFIDENCE = 0.99
"""Text that a word processor wrote is certain; what may go wrong is the order and the splitting of words."""

_SECONDS = 15.0
"""A page of a report takes a tenth of a second; one that takes so long was made to stall readers."""
_CAPTION_BELOW = 0.4
_COVERS_FROM = 0.8
_SEEN_FROM = 0.9
_GAPS_FROM = 0.85
_CLASHES_UP_TO = 0.01
_SYLLABLES_FROM = 0.7
_MARKED_FROM = 0.45
"""Vietnamese has about 0.97 and 0.8 (see vietnamese_share); foreign names, abbreviations and tables lower both."""
_SYLLABLES_OF_JOINED_FROM = 0.95
"""Where spaced letters had to be joined, all must have come out well."""
_SPELT_FROM = 0.8
"""Of words with Vietnamese marks, 0.98 are spelt right in Vietnamese; marks that an OCR made up make few syllables."""
_SOUP_FROM = 0.2
"""In TCVN3 or VNI more than half of the words carry Latin-1 signs that Vietnamese has not; French or German under 0.15."""
_UNDECODED_FROM = 0.02
_LONE_LETTERS_FROM = 0.35

_SOUP = regex.compile(rf"(?=[\u00a1-\u00ff])[^{VIETNAMESE_LETTERS}]")
_UNDECODED = regex.compile(r"[\ufffd\p{Co}\p{Cn}]|\(cid:\d{1,5}\)")
_MARKED = regex.compile(rf"\p{{L}}*[{MARKED_LETTERS}]\p{{L}}*")

_PLAIN = {
    "none": "no text layer",
    "good": "the text layer was used",
    "caption": "the text layer covers little of the print (a caption); the page was read from its picture",
    "foreign": "the text layer is no sound Vietnamese; the page was read from its picture",
    "legacy_encoding": "the text layer is in an encoding that cannot be restored; the page was read from its picture",
    "partial": "the text layer covers only a part of the print; the page was read from its picture",
    "misplaced": "the text layer does not lie where the print lies; the page was read from its picture",
    "clashing": "words of the text layer stand on top of others; the page was read from its picture",
    "too_long": "the text layer holds more words than any page; the page was read from its picture",
}


_AS_IT_IS = LayerWords()


@dataclass(frozen=True, slots=True)
class TextLayer:
    """The text layer of a page: its ``lines``, made whole, and what was done to them (see LayerWords).

    ``failed`` says that there is one which could not be read (too long, made to stall readers).
    """

    lines: tuple[Line, ...] = ()
    made: LayerWords = _AS_IT_IS
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a text layer is worth: ``verdict``, and ``score``, the weakest of its marks (0..1).

    ``lines`` are those to use, without words of which nothing is to be seen on the page; none unless it is good.
    ``remark`` says in plain words what was found, "" where there is no layer.
    """

    verdict: Verdict
    score: float
    lines: tuple[Line, ...] = ()
    remark: str = ""


def read_text_layer(path: Path, number: int, size: poppler.PdfPageSize, seconds: float) -> TextLayer:
    """Return the text layer of page ``number`` (1-based, shown at ``size``) in Poppler's order; empty without one.

    Text is NFC, converted from TCVN3 and VNI where font names or letters tell; what is drawn invisibly or lies
    outside the page is left out. Never raises InputError: the pixels are there to be read.
    """
    seconds = min(seconds, _SECONDS)
    try:
        rows = poppler.text_lines(path, number, seconds)
        if not rows:
            return TextLayer()
        if sum(map(len, rows)) > MOST_WORDS:
            return TextLayer(failed=True)
    except InputError:
        return TextLayer(failed=True)
    try:
        media, runs = poppler.text_runs(path, number, seconds)
        font_of = fonts_by_place(media, size, runs)
    except InputError:
        font_of = fonts_unknown
    made = whole_words(rows, font_of)
    lines = (tuple(_on_page(line, number, size)) for line in made.lines)
    return TextLayer(tuple(Line(line) for line in lines if line), made)


def _on_page(words: Sequence[poppler.TextWord], number: int, size: poppler.PdfPageSize) -> Iterable[Word]:
    for word in words:
        box = Box(
            min(1.0, max(0.0, word.x0 / size.width)),
            min(1.0, max(0.0, word.y0 / size.height)),
            min(1.0, max(0.0, word.x1 / size.width)),
            min(1.0, max(0.0, word.y1 / size.height)),
        )
        if box.width > 0 and box.height > 0:
            yield Word(word.text, box, TEXT_LAYER_CONFIDENCE, number)


def judge(layer: TextLayer, pixels: Pixels) -> Judgement:
    """Return what ``layer`` is worth beside the page image ``pixels`` (uint8, grey or RGB).

    ``good`` is Vietnamese text that covers the page's ink; ``caption`` covers little of it, ``partial`` not all;
    ``legacy_encoding`` are bytes or undecoded characters that could not be converted; ``foreign`` is no running
    Vietnamese (another language, letters split by gaps); ``misplaced`` is not printed where it says, or hidden;
    ``clashing`` has words on top of one another; ``none`` is no text at all, ``too_long`` more than was read.
    """
    if layer.failed:
        return Judgement("too_long", 0.0, remark=_PLAIN["too_long"])
    if not layer.lines:
        hidden = f"the text layer is hidden ({layer.made.hidden} words)" if layer.made.hidden else ""
        return Judgement("none", 0.0, remark=hidden)
    match, shown = against_ink(layer.lines, pixels)
    words = [word.text for line in shown for word in line.words]
    text = " ".join(words)
    lone = sum(len(word) == 1 and word.isalpha() for word in words) / max(1, len(words))
    syllables, marked = vietnamese_share(text)
    spelt = right_share([part for part in _MARKED.findall(text) if part.isalpha()])
    clashes = layer.made.clashing / max(1, len(words))
    fails: dict[Verdict, bool] = {
        "caption": match.covered < _CAPTION_BELOW,
        "legacy_encoding": _is_legacy(text),
        "misplaced": match.seen < _SEEN_FROM or match.gaps < _GAPS_FROM,
        "foreign": lone >= _LONE_LETTERS_FROM
        or syllables < (_SYLLABLES_OF_JOINED_FROM if layer.made.joined else _SYLLABLES_FROM)
        or marked < _MARKED_FROM
        or spelt < _SPELT_FROM,
        "clashing": clashes > _CLASHES_UP_TO,
        "partial": match.covered < _COVERS_FROM,
    }
    verdict: Verdict = next((verdict for verdict, fail in fails.items() if fail), "good")
    score = min(match.covered, match.seen, match.gaps, syllables, marked / 0.8, spelt, 1 - lone)
    unseen = len([word for line in layer.lines for word in line.words]) - len(words)
    score = 0.0 if fails["legacy_encoding"] else max(0.0, score * (1 - clashes))
    remark = "; ".join((_PLAIN[verdict], f"score {score:.2f}", *_repairs(layer.made, unseen)))
    return Judgement(verdict, score, shown if verdict == "good" else (), remark)


def _repairs(made: LayerWords, unseen: int) -> list[str]:
    """Return in plain words what was done to a layer."""
    found = [f"it is in {name}, converted to Unicode" for name in made.encodings]
    if made.joined:
        found.append(f"spaced letters were joined in {made.joined} lines")
    if made.doubled:
        found.append(f"{made.doubled} words printed twice were taken once")
    if made.hidden:
        found.append(f"{made.hidden} invisible words were left out")
    if unseen:
        found.append(f"{unseen} words of which nothing is to be seen were left out")
    return found


def _is_legacy(text: str) -> bool:
    tokens = [token for token in text.split() if any(c.isalpha() for c in token)]
    soup = sum(len(token) > 1 and bool(_SOUP.search(token)) for token in tokens)
    undecoded = len(_UNDECODED.findall(text))
    return soup >= _SOUP_FROM * max(1, len(tokens)) or undecoded >= max(1, _UNDECODED_FROM * len(text))
