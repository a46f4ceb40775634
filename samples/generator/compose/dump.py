"""A composed document as plain text, for people to read: values stand in brackets with what they mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from samples.generator.nouns import Block, Composed, Grid, Inline, Mark, Paragraph

_SHORT = {"field": "", "decoy": "~", "reference": "§", "delegation": "@"}


def dump(composed: Composed, marks: bool = True) -> str:
    """Return the document's text; with ``marks`` every value is shown as ⟦05 đoàn|outbound.delegations⟧."""
    return "\n".join(_lines(composed, composed.text.marks if marks else ()))


def _lines(composed: Composed, marks: Sequence[Mark]) -> Iterator[str]:
    text = composed.text
    head = text.letterhead
    for line in (*head.parent, *head.issuer, *head.right):
        yield "    " + _line(line, marks)
    for line in (head.number, *head.subject, head.secrecy, head.urgency, head.place_date):
        if line:
            yield "    " + _line(line, marks)
    yield ""
    yield from _blocks(text.blocks, marks)
    end = text.ending
    for line in (end.recipients_label, *end.recipients, *end.authority, *end.position, end.name):
        yield "    " + _line(line, marks)
    for annex in text.annexes:
        yield f"---- annex{' (landscape)' if annex.landscape else ''}"
        yield from _blocks(annex.blocks, marks)


def _blocks(blocks: Sequence[Block], marks: Sequence[Mark]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            lead = {"heading": "#" * block.level + " ", "title": "== ", "subject": "= "}.get(block.role, "  ")
            yield lead + _line(block.runs, marks)
        else:
            yield from _rows(block, marks)


def _rows(grid: Grid, marks: Sequence[Mark]) -> Iterator[str]:
    for row in grid.rows:
        yield "  | " + " | ".join(_line(cell, marks) for cell in row)


def _line(runs: Inline, marks: Sequence[Mark]) -> str:
    if not marks:
        return "".join(part.text for part in runs)
    parts = []
    for shown, group in groupby(runs, key=lambda part: _names(part.marks, marks)):
        text = "".join(f"✎{part.text}" if part.pen else part.text for part in group)
        parts.append(f"⟦{text}|{shown}⟧" if shown else text)
    return "".join(parts)


def _names(ids: Sequence[int], marks: Sequence[Mark]) -> str:
    shown = [_SHORT[marks[at].kind] + marks[at].name for at in ids if marks[at].kind in _SHORT]
    return " ".join(name for name in shown)
