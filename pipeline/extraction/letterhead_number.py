"""Number and symbol: ``Số: 341/BC-UBND`` gives 341 and BC-UBND, ``Số 152-QĐ/TU`` gives 152 and QĐ/TU.

The number is often written by hand in a gap, where a reader returns a plausible wrong number with confidence. Print and
handwriting differ in spacing and height, so both are weighed before a number is believed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex
from rapidfuzz.distance import Levenshtein

from pipeline.document import Box, FieldValue, Layout, Line, Page, Passage, Word
from pipeline.extraction.letterhead_rows import absent, mark_over, not_read, page_of, reported
from pipeline.extraction.letterhead_spelling import as_figures
from pipeline.layout.conventions import conventions
from pipeline.text import fold

WIDE_BEFORE_SLASH = 0.75
"""A gap before the slash wider than this share of a capital is no typed space (about 0.45) but room left for a pen."""

_LABEL = regex.compile(
    r"^[\W_]{0,3}[s5]\S?\s?[o06]\s{0,2}[:;.,]{0,3}\s{0,2}|^§\s?[o06]\s{0,2}[:;.,]{1,3}\s{0,2}|^o\s?[:;]\s{0,2}(?=\d)"
)
_STATE = regex.compile(r"^(?P<number>[^/⁄\\]{0,24}?)\s*(?P<slash>[/⁄\\])\s*(?P<symbol>[\p{L}\d][^\s].*)$")
_PARTY = regex.compile(
    r"^(?P<number>[^/\-–—]{0,16}?)\s*[-–—]\s*(?P<symbol>\p{Lu}\p{L}{1,4}\s?[/⁄]\s?\p{Lu}[\p{L}.&\-–]+(?:\s?[-–]\s?\p{L}+)?)"
)
_PARTY_GLUED = regex.compile(r"^(?P<number>\s*\d{1,5})\s*[-–—]\s*(?P<symbol>\p{Lu}{4,8})\W*$")
_BARE_SYMBOL = regex.compile(r"(?P<symbol>\p{Lu}\p{L}{1,3}\s?[-–]\s?\p{Lu}{2}[\p{L}.&]*)")
_FILLER = regex.compile(r"[\s.…_,:·-]+")
_SYMBOL_END = regex.compile(r"^[\p{L}\d.&]+(?:\s?[-–—/]\s?[\p{L}\d.&]+)*")


@dataclass(frozen=True)
class NumberLine:
    """The parts of the number line: what stands between label and symbol, the symbol, and the words of each."""

    label: tuple[Word, ...]
    number: str
    number_words: tuple[Word, ...]
    symbol: str
    symbol_words: tuple[Word, ...]
    separator_words: tuple[Word, ...] = ()
    unsure_slash: bool = False

    @property
    def after_number(self) -> Word:
        """The word that follows the number: a dash or slash by itself, else the symbol."""
        return (self.separator_words or self.symbol_words)[0]


def number_and_symbol(layout: Layout, pages: Sequence[Page], type_name: str | None) -> list[FieldValue]:
    """Return the rows of ``doc.number`` and ``doc.symbol``; ``type_name`` helps to mend the symbol."""
    zone = layout.zone("number")
    if zone is None or not zone.lines:
        return [absent("doc.number", "no_number_line", 0.8), absent("doc.symbol", "no_number_line", 0.8)]
    parts = read_number_line(zone.passage)
    return [_number_row(parts, page_of(pages, zone.page), zone.page), _symbol_row(parts, type_name)]


def read_number_line(passage: Passage) -> NumberLine:
    """Split the number line into label, number and symbol."""
    text = passage.text
    label = _LABEL.match(fold(text))
    start = label.end() if label else 0
    tail = text[start:]
    slash = tail.find("/")
    party = _PARTY.match(tail)
    found = party if party and (slash < 0 or party.start("symbol") < slash) and _party_like(party) else None
    found = found or _STATE.match(tail) or _PARTY_GLUED.match(tail)
    unsure = False
    if found is None:
        found = _BARE_SYMBOL.search(tail)
        if found is None:
            return NumberLine(
                passage.span(0, start).words if label else (),
                tail,
                passage.span(start, len(text)).words,
                "",
                (),
            )
        number_end = found.start()
        unsure = True
    else:
        number_end = found.end("number")
    symbol_start = start + found.start("symbol")
    symbol = _SYMBOL_END.match(found.group("symbol").strip())
    symbol_text = regex.sub(r"\s+", "", symbol.group()) if symbol else ""
    symbol_end = symbol_start + (len(symbol.group()) if symbol else 0)
    return NumberLine(
        passage.span(0, start).words if label else (),
        tail[:number_end],
        passage.span(start, start + number_end).words if tail[:number_end].strip() else (),
        symbol_text.strip(".-/"),
        passage.span(symbol_start, symbol_end).words,
        _separator(passage, start + number_end, symbol_start),
        unsure,
    )


def _separator(passage: Passage, number_end: int, symbol_start: int) -> tuple[Word, ...]:
    """Return the words that hold nothing but the dash or slash between number and symbol."""
    between = passage.span(number_end, symbol_start).words
    return tuple(word for word in between if not any(c.isalnum() for c in word.text))


def _party_like(found: regex.Match[str]) -> bool:
    """Return whether what stands before the dash is a number or a gap, not the type of a state symbol."""
    return not regex.search(r"\p{L}{2}", found.group("number"))


def _number_row(parts: NumberLine, page: Page | None, page_number: int) -> FieldValue:
    """Return the row of ``doc.number``."""
    name = "doc.number"
    gap = gap_box(parts)
    words = tuple(dict.fromkeys(parts.label + parts.number_words + parts.symbol_words))
    mark = mark_over(page, gap, ("handwriting",)) if gap else None
    if mark is not None:
        return not_read(
            name, "unreadable", words, "handwriting", page=page_number, box=mark.box, doubts=("handwriting",)
        )
    typed = gap is not None and mark_over(page, gap, ("typed",)) is not None
    read = _FILLER.sub("", parts.number)
    digits = as_figures(read) if typed else read
    box = gap or Line(words).box
    if not digits:
        wide = gap is not None and parts.symbol_words and gap.width > 2.5 * _capital(parts)
        return not_read(
            name,
            "blank",
            words,
            "empty_gap",
            page=page_number,
            box=box,
            doubts=["handwriting"] if wide else [],
            score=0.5 if wide else 0.9,
        )
    if not regex.fullmatch(r"\d{1,6}\p{Ll}?", digits):
        return not_read(
            name,
            "unreadable",
            words,
            "no_digits",
            page=page_number,
            box=box,
            doubts=("handwriting",),
            score=0.8,
        )
    cues = [] if typed else handwriting_cues(parts)
    if len(cues) > 1:
        return not_read(
            name, "unreadable", words, "handwriting", page=page_number, box=box, doubts=("handwriting",)
        )
    doubts = ["handwriting"] if cues else []
    doubts += ["runner_up"] if parts.unsure_slash else []
    doubts += ["repaired"] if digits != read else []
    number = int(regex.sub(r"\D", "", digits))
    return reported(name, parts.number_words, "number_line", number=number, doubts=doubts)


def gap_box(parts: NumberLine) -> Box | None:
    """Return the box between the label "Số:" and the symbol, where the number stands, or None without both."""
    if not parts.label or not (parts.symbol_words or parts.number_words):
        return None
    left = parts.label[-1].box
    glued = set(parts.number_words) & set(parts.symbol_words)
    if glued:
        word = parts.symbol_words[0]
        share = len(_FILLER.sub("", parts.number)) / max(1, len(word.text))
        right = word.box.x0 + share * word.box.width
    elif parts.symbol_words:
        right = parts.after_number.box.x0
    else:
        right = parts.number_words[-1].box.x1
    boxes = [word.box for word in (*parts.label, *parts.symbol_words)]
    return Box(min(left.x1, right), min(b.y0 for b in boxes), max(left.x1, right), max(b.y1 for b in boxes))


def _capital(parts: NumberLine) -> float:
    """Return the mean width of a character of the printed symbol, in page widths."""
    word = max(parts.symbol_words, key=lambda w: len(w.text))
    return max(1e-4, word.box.width / max(1, len(word.text)))


def handwriting_cues(parts: NumberLine) -> list[str]:
    """Return what speaks for a number by hand: room before the slash, a wide gap, tall or unsure figures."""
    if not parts.number_words:
        return []
    cues = []
    if min(word.confidence for word in parts.number_words) < 0.5:
        cues.append("unsure")
    separate = parts.symbol_words and not set(parts.number_words) & set(parts.symbol_words)
    if not separate:
        return cues
    capital = _capital(parts)
    figures, slash = parts.number_words[-1].box, parts.symbol_words[0].box
    before_slash = (parts.after_number.box.x0 - figures.x1) / capital
    spaced_dash = bool(parts.separator_words) and before_slash < WIDE_BEFORE_SLASH
    if before_slash > 0.25 and not spaced_dash:
        cues.append("space before slash")
    if before_slash > WIDE_BEFORE_SLASH:
        cues.append("room before slash")
    if figures.height > 1.02 * slash.height or figures.y0 < slash.y0 - 0.25 * slash.height:
        cues.append("tall figures")
    return cues


def _symbol_row(parts: NumberLine, type_name: str | None) -> FieldValue:
    """Return the row of ``doc.symbol``, misread letters mended from the known abbreviations."""
    if not parts.symbol:
        if parts.number_words or parts.label:
            return absent("doc.symbol", "no_symbol", 0.6)
        return absent("doc.symbol", "no_number_line")
    mended, changed = mend_symbol(parts.symbol, type_name)
    doubts = ["repaired"] if changed else []
    if not regex.search(r"[-/]", mended):
        doubts.append("odd_text")  # the abbreviation of the issuer is lost
    score = 0.95 if not parts.unsure_slash else 0.7
    return reported("doc.symbol", parts.symbol_words, "number_line", text=mended, score=score, doubts=doubts)


def mend_symbol(symbol: str, type_name: str | None = None) -> tuple[str, bool]:
    """Return ``symbol`` with misread parts put right, and whether more than marks on letters changed.

    The first part must be an abbreviation of the printed type; a part that differs from a known abbreviation in marks
    alone (``QD``) takes the known form; one wrong letter is mended in parts of four letters or more.
    """
    table = conventions()
    expected = next((entry.abbreviations for entry in table.types if entry.name == type_name), ())
    known = {a for entry in table.types for a in entry.abbreviations} | set(table.symbol_parts)
    pieces = regex.split(r"([-–—/])", _parted(symbol.strip(".-–—/"), expected, known))
    changed = False
    for index in range(0, len(pieces), 2):
        piece = pieces[index]
        if not piece or piece.isdigit():
            continue
        mended = _mend_part(
            piece, expected if index == 0 or (index == 2 and pieces[0].isdigit()) else (), known
        )
        changed = changed or fold(mended) != fold(piece)
        pieces[index] = mended
    return "".join(
        piece if i % 2 == 0 else piece.replace("–", "-").replace("—", "-") for i, piece in enumerate(pieces)
    ), changed


def _parted(symbol: str, expected: Sequence[str], known: set[str]) -> str:
    """Return a symbol whose dash or slash was lost or read as a letter with a slash put between its two parts.

    Only ``BCŒHU`` that opens with the abbreviation of the printed type and ends in a known abbreviation of a Party
    committee, which follow a slash, is decided by the grammar of symbols.
    """
    if regex.search(r"[-–—/]", symbol):
        return symbol
    committees = [part for part in known if part in {"TU", "HU", "ThU", "TW", "ĐU"}]
    for kind in expected:
        for part in committees:
            lost = len(symbol) - len(kind) - len(part)
            if symbol.startswith(kind) and symbol.endswith(part) and 0 <= lost <= 1:
                return f"{kind}/{part}"
    return symbol


def _mend_part(piece: str, expected: Sequence[str], known: set[str]) -> str:
    """Return the known part of a symbol that ``piece`` was printed as, or ``piece`` itself."""
    if piece in expected or (piece in known and not expected):
        return piece
    for candidate in expected:
        if fold(candidate) == fold(piece) or (
            len(piece) <= len(candidate) + 1 and Levenshtein.distance(fold(candidate), fold(piece)) == 1
        ):
            return candidate
    if piece in known:
        return piece
    alike = [candidate for candidate in known if fold(candidate) == fold(piece)]
    if len(alike) == 1:
        return alike[0]
    near = [
        c
        for c in known
        if len(c) >= 4 and len(piece) >= 4 and Levenshtein.distance(fold(c), fold(piece)) == 1
    ]
    return near[0] if len(near) == 1 else piece
