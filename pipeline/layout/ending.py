"""The end block: recipients on the left, authority, post and name of the signer on the right (ô 7a, 7b, 9b)."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import takewhile

from pipeline.document import Line, Zone, ZoneKind
from pipeline.layout import anchors
from pipeline.layout.columns import Margins, cut, gaps, height_of, y_of
from pipeline.layout.distribution import distribution_list
from pipeline.layout.furniture import zone_of
from pipeline.layout.signature_block import name_in, signature_zones

RIGHT_COLUMN = 0.40
"""Signature blocks begin right of this share of the page's width."""


@dataclass(frozen=True)
class End:
    """Where the end block begins: the page's index, and the rows at which recipients and signature were seen."""

    page: int
    recipients: int | None
    signature: int | None

    @property
    def start(self) -> int:
        """The first row of the block."""
        return min(row for row in (self.recipients, self.signature) if row is not None)


def find_end(pages: Sequence[Sequence[Line]], margins: Sequence[Margins], first: int) -> End | None:
    """Return where the document's own end block begins, or None.

    It is the first "Nơi nhận" at a line's beginning, or the first authority line or lone post in the right column
    with a name below it. Whatever follows on later pages is annex.
    """
    for index in range(first, len(pages)):
        lines = pages[index]
        recipients = next(
            (i for i, line in enumerate(lines) if _is_recipients_row(line, lines[i + 1 :], margins[index])),
            None,
        )
        signature = _signature_row(lines, recipients, margins[index])
        if recipients is not None or signature is not None:
            return End(index, recipients, signature)
    return None


def find_rest(
    pages: Sequence[Sequence[Line]], margins: Sequence[Margins], end: End, found: Container[ZoneKind]
) -> End | None:
    """Return the part of the end block ``end`` that a page break put on the next page, or None.

    Only the head of the next page counts: a missing signature or distribution list must open it.
    """
    index = end.page + 1
    if index >= len(pages) or ("signer_name" in found and "recipients" in found):
        return None
    head = list(takewhile(lambda line: line.box.width < 0.8 * margins[index].width, pages[index]))
    recipients = None
    if "recipients" not in found:
        recipients = next(
            (i for i, line in enumerate(head) if _is_recipients_row(line, head[i + 1 :], margins[index])),
            None,
        )
    signature = _signature_row(head, recipients, margins[index]) if "signer_name" not in found else None
    rest = End(index, recipients, signature)
    known = recipients is not None or signature is not None
    return rest if known and rest.start <= 2 else None


def _is_recipients_row(line: Line, following: Sequence[Line], margins: Margins) -> bool:
    """Return whether ``line`` is the label "Nơi nhận" of a list rather than running text."""
    if not anchors.is_recipients(line.text) or line.box.x0 > margins.left + 0.3 * margins.width:
        return False
    label_only = len(line.words) <= 3 or wide_after(line, 2)
    listed = any(other.text.lstrip()[:1] in "-+•*–—" for other in following[:3])
    return label_only or listed or ":" in line.words[min(1, len(line.words) - 1)].text


def wide_after(line: Line, count: int) -> bool:
    """Return whether a gap clearly wider than a space follows the first ``count`` words."""
    return any(index == count and right - left > 0.05 for index, left, right in gaps(line))


def _signature_row(lines: Sequence[Line], recipients: int | None, margins: Margins) -> int | None:
    """Return the row at which authority or post are printed, or None."""
    for index, line in enumerate(lines):
        if recipients is not None and index < recipients - 4:
            continue
        piece = _right_piece(line)
        if piece is None:
            continue
        by_prefix = anchors.prefix_of(piece.text) is not None
        if not anchors.is_power_line(piece.text):
            continue
        below = lines[index + 1 :]
        near_label = recipients is not None and abs(index - recipients) <= 4
        if near_label or (
            (by_prefix or len(piece.words) <= 6) and any(_name_below(other, piece) for other in below)
        ):
            return index
        if by_prefix and not any(other.box.width > 0.8 * margins.width for other in below):
            return index
    return None


def _right_piece(line: Line) -> Line | None:
    """Return the part of ``line`` that stands in the right column, or None."""
    at = anchors.authority_at(line)
    if at is not None and line.words[at].box.x0 > RIGHT_COLUMN:
        return cut(line, at)[-1]
    if line.box.x0 > RIGHT_COLUMN:
        return line
    pieces = split_end_row(line, None)
    return pieces[1]


def _name_below(line: Line, power: Line) -> bool:
    """Return whether ``line`` may be the signer's name under the post ``power``."""
    piece = split_end_row(line, power.box.x0 - 0.12)[1]
    if piece is None or y_of(piece) < y_of(power):
        return False
    found = name_in(piece)
    return found is not None and not anchors.is_power_line(found.text)


def split_end_row(line: Line, boundary: float | None) -> tuple[Line | None, Line | None]:
    """Return the parts of a row of the end block that stand in the left and in the right column.

    ``boundary`` is the left edge of the signature block where it is known.
    """
    at = anchors.authority_at(line)
    if at:
        left, right = cut(line, at)
        # What stands right before the authority, in its own column, is a scrap of the seal and stays with it.
        return (None, line) if left.box.x0 > RIGHT_COLUMN else (left, right)
    if line.box.x0 > (boundary if boundary is not None else RIGHT_COLUMN):
        return None, line
    usable = [
        (index, left, right)
        for index, left, right in gaps(line)
        if right > (boundary if boundary is not None else RIGHT_COLUMN)
    ]
    if not usable:
        return line, None
    index, left_edge, right_edge = max(usable, key=lambda gap: gap[2] - gap[1])
    limit = 0.035 if boundary is None else max(0.02, 0.8 * height_of(line))
    if right_edge - left_edge < limit:
        return line, None
    left_part, right_part = cut(line, index)
    return left_part, right_part


def read_end(lines: Sequence[Line], end: End, margins: Margins) -> tuple[list[Zone], list[Line]]:
    """Split the rows of the page at ``end`` into the zones of the end block and the rows that stay body."""
    block = list(lines[end.start :])
    boundary = _boundary(block)
    left: list[Line] = []
    right: list[Line] = []
    after: list[Line] = []
    for row, line in enumerate(block):
        if anchors.is_annex(line.text) or after:
            after.append(line)
            continue
        left_part, right_part = split_end_row(line, boundary)
        if (
            row == 0
            and left_part is not None
            and end.recipients is None
            and right_part is None
            and end.start == 0
        ):
            after.append(line)
            continue
        left += [left_part] if left_part is not None else []
        right += [right_part] if right_part is not None else []
    zones: list[Zone] = []
    signed_at = next((y_of(line) for line in right if _right_power(line)), None)
    recipients, other = distribution_list(left, margins, signed_at)
    if recipients:
        zones.append(zone_of("recipients", recipients))
    zones += signature_zones(right)
    return zones, list(lines[: end.start]) + other + after


def _right_power(line: Line) -> bool:
    piece = _right_piece(line)
    return piece is not None and anchors.is_power_line(piece.text)


def _boundary(block: Sequence[Line]) -> float | None:
    """Return the left edge of the signature block as its authority or post line shows it, less some slack."""
    edges = []
    for line in block:
        piece = _right_piece(line)
        if piece is not None and anchors.is_power_line(piece.text):
            edges.append(piece.box.x0)
    return min(edges) - 0.14 if edges else None
