"""The words of a text layer made whole: cut ones joined, old encodings converted, invisible and doubled ones left out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from pipeline.external.poppler import TextWord
from pipeline.intake.layer_fonts import FontOf
from pipeline.intake.legacy.convert import convert
from pipeline.intake.legacy.detect import Encoding, encoding_of
from pipeline.intake.legacy.spelling import is_spelt_right, right_share
from pipeline.text import nfc

MOST_WORDS = 12_000
"""Words of a page; the fullest table on A3 has a third of them."""

_TOUCHING = 0.08
"""Words nearer than this (in heights of their box) are one: a space has 0.2 at least, even in squeezed lines."""
_BACK = 0.2
"""A mark that is drawn over the letter before it begins by so much before its end."""
_SAME_SIZE = 0.8
_CUT_FROM = 0.35
"""A line in which this share of the words is a lone letter or no syllable may be one of spaced letters."""
_GAP_STEP = 1.4
"""The gaps between words are wider than those between spaced letters by this at least."""
_SPELT_FROM = 0.7
_SAME_PLACE = 0.5
_MANY_CLASHES = 200
_MOST_PAIRS = 500_000
"""Pairs of words on one height that are compared; a full page of type has 20 000."""
_ONSET = regex.compile(r"(?:ngh?|gh|nh|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])", regex.I)
_MARK = regex.compile(r"\p{M}+")
_INVISIBLE = regex.compile(r"[\p{Cc}\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class LayerWords:
    """The words of a layer in lines, edges in points, and what was done to them.

    ``encodings`` are the names of the old encodings that were converted; ``joined``, ``hidden`` and ``doubled`` count
    lines of spaced letters put together, words drawn invisibly, and words printed twice (both left out); ``clashing``
    counts words that stand where another word stands.
    """

    lines: tuple[tuple[TextWord, ...], ...] = ()
    encodings: tuple[str, ...] = ()
    joined: int = 0
    hidden: int = 0
    doubled: int = 0
    clashing: int = 0


@dataclass(frozen=True, slots=True)
class _Piece:
    """What Poppler takes for a word, or several that touch, all in one font."""

    word: TextWord
    font: str


def whole_words(rows: Sequence[Sequence[TextWord]], font_of: FontOf) -> LayerWords:
    """Return the words of ``rows`` (Poppler's lines) as they were printed, in NFC without control characters."""
    seen = [[word for word in row if font_of(word) is not None] for row in rows]
    hidden = sum(map(len, rows)) - sum(map(len, seen))
    seen, doubled, _ = _once(seen)
    lines = [_pieces(row, font_of) for row in seen]
    encodings = _encodings([piece for line in lines for piece in line])
    joined = 0
    words: list[list[TextWord]] = []
    for line in lines:
        unicode = [part for piece in line for part in _converted(piece, encodings[piece.font])]
        together = _without_spacing(unicode)
        joined += len(together) < len(unicode)
        words.append(together)
    words, again, clashing = _once(words)
    if doubled + again:
        words = _in_one_line(words)
    names = Counter(encodings[piece.font].name for line in lines for piece in line)
    return LayerWords(
        tuple(tuple(line) for line in words if line),
        tuple(name for name, _ in names.most_common() if name),
        joined,
        hidden,
        doubled + again,
        clashing,
    )


def _pieces(row: Sequence[TextWord], font_of: FontOf) -> list[_Piece]:
    pieces: list[_Piece] = []
    for word in row:
        font = font_of(word) or ""
        if pieces and pieces[-1].font == font and _touch(pieces[-1].word, word):
            pieces[-1] = _Piece(_one((pieces[-1].word, word)), font)
        else:
            pieces.append(_Piece(word, font))
    return pieces


def _touch(left: TextWord, right: TextWord) -> bool:
    height, other = left.y1 - left.y0, right.y1 - right.y0
    overlap = min(left.y1, right.y1) - max(left.y0, right.y0)
    if min(height, other) < _SAME_SIZE * max(height, other) or overlap < 0.5 * height:
        return False
    if _MARK.fullmatch(right.text):
        return left.x0 <= right.x1 and right.x0 - left.x1 <= _TOUCHING * height
    return -_BACK * height <= right.x0 - left.x1 <= _TOUCHING * height


def _one(words: Sequence[TextWord]) -> TextWord:
    return TextWord(
        "".join(word.text for word in words),
        min(word.x0 for word in words),
        min(word.y0 for word in words),
        max(word.x1 for word in words),
        max(word.y1 for word in words),
    )


def _encodings(pieces: Iterable[_Piece]) -> dict[str, Encoding]:
    """Return the encoding of each font; the fonts with the most words are told first and help the others."""
    by_font: dict[str, list[str]] = defaultdict(list)
    for piece in pieces:
        by_font[piece.font].append(piece.word.text)
    found: dict[str, Encoding] = {}
    main = ""
    for font in sorted(by_font, key=lambda font: (-len(by_font[font]), font)):
        found[font] = encoding_of(by_font[font], font, main)
        main = main or found[font].name
    return found


def _converted(piece: _Piece, encoding: Encoding) -> Iterable[TextWord]:
    word = piece.word
    text = nfc(_INVISIBLE.sub("", convert(word.text, encoding.name, encoding.capitals)))
    width = word.x1 - word.x0
    for match in regex.finditer(r"\S+", text):  # a no-break space leaves two words in one
        left, right = match.start() / len(text), match.end() / len(text)
        yield TextWord(match.group(), word.x0 + left * width, word.y0, word.x0 + right * width, word.y1)


def _without_spacing(words: Sequence[TextWord]) -> list[TextWord]:
    """Return a line of spaced letters (C Ộ N G   H Ò A) or of cut syllables (ng ày) as words; any other as it is.

    The gaps must be of two kinds, and what the narrow ones join must be spelt like Vietnamese.
    """
    texts = [word.text for word in words if word.text.isalpha()]
    cut = [text for text in texts if len(text) == 1 or not is_spelt_right(text)]
    if len(words) < 3 or len(cut) < max(2, _CUT_FROM * len(texts)):
        return _with_onsets(words)
    height = max(1.0, *(word.y1 - word.y0 for word in words))
    gaps = sorted({round(max(0.02, (b.x0 - a.x1) / height), 3) for a, b in pairwise(words)})
    steps = [(wide / narrow, (wide + narrow) / 2) for narrow, wide in pairwise(gaps)]
    best, best_share = list(words), max(_SPELT_FROM, _spelt_share(words))
    for step, limit in steps:
        if step < _GAP_STEP:
            continue
        together = _joined(words, limit * height)
        share = _spelt_share(together)
        if share > best_share:
            best, best_share = together, share
    return best


def _with_onsets(words: Sequence[TextWord]) -> list[TextWord]:
    """Return a line in which consonants cut off their syllable (ng ày) are put back, over a gap narrower than the others."""
    found: list[TextWord] = []
    for index, word in enumerate(words):
        cut = bool(found) and _ONSET.fullmatch(found[-1].text) is not None
        if cut and is_spelt_right(found[-1].text + word.text):
            gap = word.x0 - found[-1].x1
            before = found[-1].x0 - found[-2].x1 if len(found) > 1 else gap * _GAP_STEP
            after = words[index + 1].x0 - word.x1 if index + 1 < len(words) else gap * _GAP_STEP
            if max(before, after) > gap >= 0 and min(before, after) >= gap * _GAP_STEP:
                found[-1] = _one((found[-1], word))
                continue
        found.append(word)
    return found


def _joined(words: Sequence[TextWord], limit: float) -> list[TextWord]:
    groups: list[list[TextWord]] = [[words[0]]]
    for left, right in pairwise(words):
        if right.x0 - left.x1 <= limit:
            groups[-1].append(right)
        else:
            groups.append([right])
    return [_one(group) for group in groups]


def _spelt_share(words: Sequence[TextWord]) -> float:
    """Return the share of the words that are syllables; a lone letter, in a line of them, is none."""
    parts = [part for word in words for part in regex.findall(r"\p{L}+", word.text)]
    lone = sum(len(part) == 1 and is_spelt_right(part) for part in parts)
    return right_share(parts) - lone / max(1, len(parts))


def _once(lines: Sequence[Sequence[TextWord]]) -> tuple[list[list[TextWord]], int, int]:
    """Return ``lines`` without words printed twice, how many those were, and how many others share a place."""
    order = sorted(
        ((word, number, at) for number, line in enumerate(lines) for at, word in enumerate(line)),
        key=lambda entry: entry[0].y0,
    )
    dropped: set[tuple[int, int]] = set()
    clashing = pairs = 0
    for index, (word, own, place) in enumerate(order):
        if (own, place) in dropped:
            continue
        for later in range(index + 1, len(order)):
            other, number, at = order[later]
            pairs += 1
            if other.y0 > word.y1 - _SAME_PLACE * (word.y1 - word.y0):
                break
            if (number, at) in dropped or not _same_place(word, other):
                continue
            if other.text == word.text:
                dropped.add((number, at))
            elif any(c.isalnum() for c in word.text) and any(c.isalnum() for c in other.text):
                clashing += 1
        if clashing > _MANY_CLASHES or pairs > _MOST_PAIRS:
            clashing = _MANY_CLASHES + 1
            break
    kept = [
        [word for at, word in enumerate(line) if (number, at) not in dropped]
        for number, line in enumerate(lines)
    ]
    return kept, len(dropped), clashing


def _in_one_line(lines: Sequence[Sequence[TextWord]]) -> list[list[TextWord]]:
    """Return ``lines`` with those joined that Poppler cut where a word stood twice."""
    found: list[list[TextWord]] = []
    for line in filter(None, lines):
        if found:
            last, word = found[-1][-1], line[0]
            height = last.y1 - last.y0
            level = abs((last.y0 + last.y1) - (word.y0 + word.y1)) < height / 2
            if level and -_BACK * height < word.x0 - last.x1 < height:
                found[-1].extend(line)
                continue
        found.append(list(line))
    return found


def _same_place(one: TextWord, other: TextWord) -> bool:
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.y1, other.y1) - max(one.y0, other.y0)
    return width > _SAME_PLACE * min(one.x1 - one.x0, other.x1 - other.x0) and height > _SAME_PLACE * min(
        one.y1 - one.y0, other.y1 - other.y0
    )
