"""Tiny pages for tests: rows of text set at given places, as a reader would hand them on."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.document import Box, Line, Mark, Page, Word

CHARACTER = 0.0102
SPACE = 0.006
HEIGHT = 0.016
LEFT = 0.13
RIGHT = 0.92
PITCH = 0.022

Piece = tuple[float, str]


def row(
    y: float, *pieces: Piece, page: int = 1, confidence: float = 0.95, stroke: float | None = None
) -> Line:
    """Return one line with each piece of text set from its left edge; pieces may share the row."""
    words: list[Word] = []
    for x0, text in pieces:
        x = x0
        for token in text.split():
            width = len(token) * CHARACTER
            words.append(Word(token, Box(x, y, x + width, y + HEIGHT), confidence, page))
            x += width + SPACE
    return Line(tuple(words), stroke)


def width_of(text: str) -> float:
    """Return the width of ``text`` when set."""
    tokens = text.split()
    return sum(len(token) * CHARACTER for token in tokens) + SPACE * (len(tokens) - 1)


def middle(text: str, centre: float = (LEFT + RIGHT) / 2) -> Piece:
    """Return ``text`` as a piece centred on ``centre``."""
    return centre - width_of(text) / 2, text


def running(text: str, y: float, *, page: int = 1, indent: float = 0.05, hang: float = 0.0) -> list[Line]:
    """Return ``text`` set as a justified paragraph from ``y`` down: first line indented, lines filled to the margin."""
    lines: list[list[str]] = [[]]
    starts = [LEFT + indent]
    for token in text.split():
        candidate = " ".join([*lines[-1], token])
        if lines[-1] and starts[-1] + width_of(candidate) > RIGHT:
            lines.append([])
            starts.append(LEFT + hang)
        lines[-1].append(token)
    set_lines = []
    for index, (tokens, start) in enumerate(zip(lines, starts, strict=True)):
        line = row(y + index * PITCH, (start, " ".join(tokens)), page=page)
        if index < len(lines) - 1:
            line = _justified(line)
        set_lines.append(line)
    return set_lines


def _justified(line: Line) -> Line:
    """Return ``line`` with its spaces widened so that it ends at the right margin."""
    extra = (RIGHT - line.box.x1) / max(1, len(line.words) - 1)
    return Line(
        tuple(
            Word(
                w.text,
                Box(w.box.x0 + i * extra, w.box.y0, w.box.x1 + i * extra, w.box.y1),
                w.confidence,
                w.page,
            )
            for i, w in enumerate(line.words)
        ),
        line.stroke,
    )


def printed(lines: Sequence[Line], number: int = 1, marks: Sequence[Mark] = ()) -> Page:
    """Return an A4 page of ``lines``."""
    return Page(number, 2480, 3508, 300, "scan", tuple(lines), tuple(marks))


NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


def letterhead(
    left: Sequence[str],
    number: str = "Số: 12/BC-UBND",
    date: str = "Hoa Lư, ngày 15 tháng 11 năm 2021",
    *,
    top: float = 0.06,
) -> list[Line]:
    """Return a two-column letterhead whose columns share their rows, as Tesseract delivers them."""
    left_rows = [*left, number]
    right_rows = [NATION, MOTTO, date]
    lines = []
    for index in range(max(len(left_rows), len(right_rows))):
        pieces: list[Piece] = []
        if index < len(left_rows):
            pieces.append(middle(left_rows[index], 0.25))
        if index < len(right_rows):
            pieces.append(middle(right_rows[index], 0.69))
        lines.append(row(top + index * PITCH, *pieces))
    return lines


BODY = (
    "Thực hiện chương trình công tác năm, cơ quan tổng hợp tình hình trên địa bàn và xin gửi bản tổng hợp này để cấp "
    "trên xem xét, theo dõi, chỉ đạo trong thời gian tới theo đúng quy định hiện hành."
)


def ending(
    recipients: Sequence[str], signature: Sequence[str], name: str, y: float, *, page: int = 1
) -> list[Line]:
    """Return an end block: recipients on the left, authority and post on the right in the same rows, the name below."""
    lines = []
    left = ["Nơi nhận:", *recipients]
    for index in range(max(len(left), len(signature))):
        pieces: list[Piece] = []
        if index < len(left):
            pieces.append((LEFT, left[index]))
        if index < len(signature):
            pieces.append(middle(signature[index], 0.72))
        lines.append(row(y + index * PITCH, *pieces, page=page))
    lines.append(row(y + 0.12, middle(name, 0.72), page=page))
    return sorted(lines, key=lambda line: line.box.y0)
