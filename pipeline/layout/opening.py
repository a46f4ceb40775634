"""The opening of a document: national title, issuer, number, place and date, type, subject, addressees (ô 1–5, 9a)."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import regex

from pipeline.document import Line, Zone, ZoneKind
from pipeline.layout import anchors
from pipeline.layout.columns import Margins, cut, cut_at_boundary, gaps, height_of, wide_gap, y_of
from pipeline.layout.conventions import conventions, letters, upper_share
from pipeline.layout.sorted_zones import Opening
from pipeline.layout.type_subject import is_running, read_type_and_subject, type_in

_LEAST_CAPITALS = 3
"""Words in capitals that are the end of an issuer's name rather than an abbreviation of the place's unit."""
HEAD_DEPTH = 0.26
"""The two-column letterhead lies within this share of the page's height below its national title."""

STAMPED_HEAD = 0.35
"""Secrecy and urgency are stamped within this share of the page's height from its top."""

TYPE_WITHIN = 8
"""Rows below the letterhead among which the type stands."""
LEAST_SUBJECT_WORDS, SURE_PRINT = 3, 0.8
"""Words of a line that is a subject though no "V/v" opens it; how sure each must be."""
WIDER_THAN_SPACE = 1.8
"""A gap so many spaces wide before the national title parts it from the issuer."""

_RULE = regex.compile(r"^[\W_]*$")


def read_opening(lines: Sequence[Line], margins: Margins, aspect: float) -> tuple[list[Zone], list[Line]]:
    """Split the lines of the first page into the zones of the opening and the lines of the body.

    ``lines`` are sorted by row; ``aspect`` is page height over width. Without any anchor the body is everything.
    """
    opening = Opening()
    rows = _take_marked_words(lines, opening)
    title = next((i for i, line in enumerate(rows) if _title_here(line)), None)
    boundary = _boundary(rows, title, aspect)
    head_end = _head_end(rows, title, margins, boundary, aspect)
    typed = any(type_in(line, margins) is not None for line in rows[head_end : head_end + TYPE_WITHIN])
    _sort_head(rows[:head_end], title, boundary, aspect, opening, typed=typed)
    rest = rows[head_end:]
    rest = read_type_and_subject(rest, margins, opening, after_head=head_end > 0)
    rest = _read_addressees(rest, margins, opening)
    return opening.zones(), rest


def _take_marked_words(lines: Sequence[Line], opening: Opening) -> list[Line]:
    """Take secrecy and urgency stamps that share a row with print out of it; return the rows left."""
    rows: list[Line] = []
    for line in lines:
        parts: tuple[Line, ...] = (line,)
        if line.box.y1 < STAMPED_HEAD:
            for index, left, right in gaps(line):
                pieces = cut(line, index)
                if right - left > 0.02 and any(_marked(piece) for piece in pieces):
                    parts = pieces
        for part in parts:
            kind = _marked(part) if part.box.y1 < STAMPED_HEAD else None
            if kind is None:
                rows.append(part)
            else:
                opening.add(kind, part)
    return rows


def _title_here(line: Line) -> bool:
    return line.box.y0 < 0.45 and anchors.national_title_at(line) is not None


def _boundary(rows: Sequence[Line], title: int | None, aspect: float) -> float | None:
    """Return the left edge of the right column, given by the national title, or None."""
    if title is None:
        return None
    edges = []
    for line in rows[title : title + 4]:
        index = anchors.national_title_at(line)
        if index is not None:
            if index > 0 and not _gap_before(line, index, aspect):
                index = _start_by_gap(line, index, aspect)
            edges.append(line.words[index].box.x0)
    return min(edges)


def _gap_before(line: Line, index: int, aspect: float) -> bool:
    gap = line.words[index].box.x0 - line.words[index - 1].box.x1
    return gap > 0.7 * height_of(line) * aspect


def _start_by_gap(line: Line, index: int, aspect: float) -> int:
    """Return the word after the widest gap near ``index``: the fuzzy match may begin a word early or late."""
    near = range(max(1, index - 2), min(len(line.words), index + 3))
    best = max(near, key=lambda i: line.words[i].box.x0 - line.words[i - 1].box.x1, default=index)
    return best if _gap_before(line, best, aspect) else index


def _head_end(
    rows: Sequence[Line], title: int | None, margins: Margins, boundary: float | None, aspect: float
) -> int:
    """Return the index of the first row below the two-column letterhead."""
    top = y_of(rows[title]) if title is not None else (y_of(rows[0]) if rows else 0.0)
    last = -1 if title is None else title
    for index, line in enumerate(rows):
        if y_of(line) - top > HEAD_DEPTH or line.box.y0 > 0.5:
            break
        if index > (title or 0) and (anchors.is_addressees(line.text) or type_in(line, margins) is not None):
            break
        pieces = _pieces(line, boundary, aspect)
        if any(_is_head_piece(piece, boundary) for piece in pieces) or (
            last >= 0 and _in_left_column(line, boundary, margins) and _continues(rows[last], line)
        ):
            last = index
    return last + 1


def _pieces(line: Line, boundary: float | None, aspect: float) -> tuple[Line, ...]:
    """Return the left and right part of a letterhead row."""
    if boundary is None:
        gap = wide_gap(line, aspect)
        return cut(line, gap[0]) if gap else (line,)
    if line.box.x0 > boundary - 0.05 or line.box.x1 < boundary + 0.02:
        return (line,)
    pieces = cut_at_boundary(line, boundary, aspect)
    pieces = pieces if len(pieces) > 1 else _cut_before_title(line)
    return pieces if len(pieces) > 1 else _cut_before_place(line, boundary)


def _cut_before_title(line: Line) -> tuple[Line, ...]:
    """Return ``line`` cut where the national title begins, though a long issuer leaves little room before it."""
    index = anchors.national_title_at(line)
    if not index:
        return (line,)
    widths = [right - left for _, left, right in gaps(line)]
    usual = median(widths[: index - 1] + widths[index:] or widths)
    return cut(line, index) if widths[index - 1] > WIDER_THAN_SPACE * usual else (line,)


def _cut_before_place(line: Line, boundary: float) -> tuple[Line, ...]:
    """Return ``line`` cut where the place begins before a date, though a long issuer in capitals leaves little room."""
    if not anchors.is_place_date(line.text) or line.box.x0 > boundary:
        return (line,)
    capitals = [sum(map(str.isalpha, word.text)) > 1 and word.text.isupper() for word in line.words]
    index = capitals.index(False)
    return cut(line, index) if index >= _LEAST_CAPITALS and line.words[index].text[:1].isupper() else (line,)


def _is_head_piece(piece: Line, boundary: float | None) -> bool:
    """Return whether a piece is number, place and date, V/v or part of the national title."""
    text = piece.text
    if anchors.is_place_date(text):
        return piece.box.x0 > 0.3 and len(piece.words) < 16
    if (anchors.is_number(text) or anchors.like_number(text)) and (
        piece.box.x0 < 0.5 and piece.box.x1 < (boundary or 0.5) + 0.1
    ):
        return True
    if anchors.is_subject(text) and piece.box.x1 < (boundary or 0.5) + 0.12:
        return True
    return anchors.national_title_at(piece) is not None


def _in_left_column(line: Line, boundary: float | None, margins: Margins) -> bool:
    """Return whether ``line`` keeps to the left column (a wrapped V/v)."""
    return line.box.x1 < (boundary or margins.left + 0.45 * margins.width) + 0.04


def _continues(previous: Line, line: Line) -> bool:
    """Return whether ``line`` follows ``previous`` at a printed line's distance."""
    return y_of(line) - y_of(previous) < 2.2 * max(height_of(line), height_of(previous))


def _sort_head(
    rows: Sequence[Line],
    title: int | None,
    boundary: float | None,
    aspect: float,
    opening: Opening,
    *,
    typed: bool,
) -> None:
    """Sort the rows of the two-column letterhead into zones; ``typed`` says that a type is printed below."""
    title_y = y_of(rows[title]) if title is not None and rows else None
    left: list[Line] = []
    right: list[Line] = []
    edge = boundary if boundary is not None else 0.5
    for line in rows:
        for piece in _pieces(line, boundary, aspect):
            above = title_y is not None and y_of(piece) < title_y - 1.2 * height_of(piece)
            if above and not _issuer_like(piece, edge):
                opening.add("caption", piece)
            elif anchors.is_place_date(piece.text):
                opening.add("place_date", piece)
            elif piece.box.x0 > edge - 0.06 and piece.box.x_centre > 0.45:
                right.append(piece)
            else:
                left.append(piece)
    dates = opening.kinds.get("place_date", [])
    _sort_left(left, y_of(dates[0]) if dates else None, opening, typed=typed)
    for piece in right:
        opening.add("national_title", piece)


def _marked(piece: Line) -> ZoneKind | None:
    """Return the zone of a piece that is nothing but a secrecy or urgency mark (ô 10a, 10b)."""
    kind = conventions().marks.get(letters(piece.text))
    return kind if kind is not None and upper_share(piece.text) > 0.8 else None


def _issuer_like(piece: Line, edge: float) -> bool:
    """Return whether a piece above the national title may still name the issuer: capitals in the left column."""
    return piece.box.x1 < edge + 0.02 and upper_share(piece.text) > 0.8 and not anchors.is_caption(piece.text)


def _sort_left(pieces: Sequence[Line], date_y: float | None, opening: Opening, *, typed: bool) -> None:
    """Sort the left column: issuer down to the number, then the subject of a công văn."""
    number = _number_at(pieces, date_y)
    in_subject = False
    for index, piece in enumerate(pieces):
        untitled = not typed and index == number + 1 and _tells_subject(piece, pieces[number])
        in_subject = in_subject or anchors.is_subject(piece.text) or untitled
        if index == number:
            opening.add("number", piece)
        elif _RULE.match(piece.text):
            opening.add("furniture", piece)
        elif in_subject:
            opening.add("subject", piece)
        elif index < number:
            opening.add("issuer", piece)
        else:
            opening.add("stamp", piece)


def _tells_subject(piece: Line, number: Line) -> bool:
    """Return whether the line under the number is a subject without "V/v", as letters of the Party print it.

    It is centred under the number, at a line's distance, in small letters and well read: no stamp.
    """
    words = piece.words
    return (
        len(words) >= LEAST_SUBJECT_WORDS
        and piece.text[:1].isupper()
        and upper_share(piece.text) < 0.5
        and min(word.confidence for word in words) > SURE_PRINT
        and all(any(c.isalpha() for c in word.text) for word in words[:LEAST_SUBJECT_WORDS])
        and not any(word.text.endswith(":") for word in words)
        and abs(piece.box.x_centre - number.box.x_centre) < 0.05
        and _continues(number, piece)
    )


def _number_at(pieces: Sequence[Line], date_y: float | None) -> int:
    """Return the index of the line of the number among those of the left column; their count when there is none.

    A number written by hand or a damaged one is known by the remains of its label, or by its place: the decree sets it
    level with place and date, under the issuer, whose name holds no figures.
    """
    numbers = [i for i, piece in enumerate(pieces) if anchors.is_number(piece.text)]
    with_symbol = [i for i in numbers if anchors.has_symbol(pieces[i].text)]
    remains = [i for i, piece in enumerate(pieces) if i > 0 and anchors.like_number(piece.text)]
    level = [
        i
        for i, piece in enumerate(pieces)
        if i > 0
        and date_y is not None
        and abs(y_of(piece) - date_y) < height_of(piece)
        and any(c.isdigit() or c in "/\\" for c in piece.text)
    ]
    return (with_symbol or numbers or remains or level or [len(pieces)])[0]


def _read_addressees(rows: Sequence[Line], margins: Margins, opening: Opening) -> list[Line]:
    """Take ``Kính gửi`` and the list that follows; return the other rows."""
    at = next(
        (i for i, line in enumerate(rows) if line.box.y0 < 0.7 and anchors.is_addressees(line.text)), None
    )
    if at is None:
        return list(rows)
    if sum(is_running(line, margins) for line in rows[:at]) > 3:
        return list(rows)
    taken = [rows[at]]
    index = at + 1
    while index < len(rows) and _is_addressee_line(rows[index], taken, margins):
        taken.append(rows[index])
        index += 1
    opening.add("addressees", *taken)
    return list(rows[:at]) + list(rows[index:])


def _bullet_of(line: Line) -> int | None:
    """Return which word of ``line`` begins with its bullet, behind a scrap or two of a stamp that have no letters."""
    for index, word in enumerate(line.words[:3]):
        if word.text[:1] in "-+•*–":
            return index
        if any(c.isalpha() for c in word.text):
            return None
    return None


def _is_addressee_line(line: Line, taken: Sequence[Line], margins: Margins) -> bool:
    """Return whether ``line`` still belongs to the addressees: set deep, or wrapped from an unfinished line."""
    previous = taken[-1]
    if len(taken) >= 14 or y_of(line) - y_of(previous) > 3 * margins.pitch:
        return False
    at = _bullet_of(line)
    bullet = at is not None
    indent = line.words[at or 0].box.x0 - margins.left
    first = taken[0].box.x0 - margins.left
    full = previous.box.x1 > margins.right - 0.05
    if previous.text.rstrip().endswith(".") and not bullet:
        return False
    if not bullet and not full and is_running(line, margins) and line.text[:1].isupper():
        return False  # a paragraph begins: an addressee that wraps would have filled the line before
    if indent > max(0.11, 0.6 * first if len(taken) > 1 else 0.11):
        return True
    if bullet and (previous.text.rstrip()[-1:] in ";:," or len(taken) == 1):
        return True
    return full and previous.text.rstrip()[-1:] not in ".;:" and indent < 0.02
