"""A composed document as lines of text with the entities in them, before any page is set."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from samples.generator.compose.compose import compose
from samples.generator.facts.draw import draw
from samples.generator.nouns import Composed, Inline, Mark, Paragraph, Split
from samples.generator.wording.pools import load

Marked = tuple[str, list[tuple[int, int, str]]]
"""A text and its entities as (start, end, label), in order, end excluded."""


def composed_reports(split: Split, seed: int, count: int) -> Iterator[Composed]:
    """Yield the reports of a split in words, none typeset; one seed gives the same reports again."""
    pools = load(split)
    for index in range(count):
        yield compose(draw(split, seed, index), pools, np.random.default_rng([seed, index]))


def body_lines(composed: Composed) -> list[Marked]:
    """Return the paragraphs that stand under headings."""
    return [
        marked(block.runs, composed.text.marks)
        for block in composed.text.blocks
        if isinstance(block, Paragraph) and block.role in {"body", "bullet"}
    ]


def all_lines(composed: Composed) -> list[Marked]:
    """Return every line that is not letterhead or signature: paragraphs, headings, recipients, cells."""
    text = composed.text
    lines = [*text.ending.recipients]
    for block in [*text.blocks, *(block for annex in text.annexes for block in annex.blocks)]:
        if isinstance(block, Paragraph):
            lines.append(block.runs)
        else:
            lines.extend(cell for row in block.rows for cell in row if cell)
    return [line for runs in lines if (line := marked(runs, text.marks))[0].strip()]


def marked(runs: Inline, marks: tuple[Mark, ...]) -> Marked:
    """Return a line as text with the spans of its entities."""
    at = 0
    found: dict[int, list[int]] = {}
    for run in runs:
        end = at + len(run.text)
        for mark in run.marks:
            if marks[mark].kind == "entity" and run.text:
                found.setdefault(mark, [at, end])[1] = end
        at = end
    text = "".join(run.text for run in runs)
    return text, sorted((start, end, marks[mark].name) for mark, (start, end) in found.items())
