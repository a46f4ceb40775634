"""The entities of a finished text: every stretch that names something is marked, and recorded as it is printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from samples.generator.compose.mentions import Mention, mentions
from samples.generator.nouns import Annex, Block, Ending, Grid, Inline, Letterhead, Mark, Run, Text

Row = dict[str, Any]
Change = Callable[[Inline], Inline]


def with_entities(
    text: Text, rows: Sequence[Row], known: Sequence[tuple[str, str]] = ()
) -> tuple[Text, list[Row]]:
    """Return ``text`` with its entities marked anew, and their rows (label, text), one for each ``Mark.item``.

    ``rows`` are those that the scribe recorded, ``known`` names (label, words) that it wrote without a mark. No letter
    changes; only runs are cut where an entity begins or ends.
    """
    marking = _Marking(text.marks, rows, known)
    changed = replace(
        text,
        letterhead=_letterhead(text.letterhead, marking.kept),
        blocks=_blocks(text.blocks, marking.found),
        ending=_ending(text.ending, marking.found, marking.kept),
        annexes=tuple(Annex(one.landscape, _blocks(one.blocks, marking.found)) for one in text.annexes),
    )
    return replace(changed, marks=tuple(marking.marks)), marking.rows


def _blocks(blocks: Sequence[Block], change: Change) -> tuple[Block, ...]:
    return tuple(
        replace(block, rows=tuple(tuple(map(change, row)) for row in block.rows))
        if isinstance(block, Grid)
        else replace(block, runs=change(block.runs))
        for block in blocks
    )


def _letterhead(head: Letterhead, change: Change) -> Letterhead:
    return replace(
        head,
        parent=tuple(map(change, head.parent)),
        issuer=tuple(map(change, head.issuer)),
        number=change(head.number),
        right=tuple(map(change, head.right)),
        place_date=change(head.place_date),
        secrecy=change(head.secrecy),
        urgency=change(head.urgency),
        subject=tuple(map(change, head.subject)),
    )


def _ending(end: Ending, change: Change, keep: Change) -> Ending:
    return replace(
        end,
        recipients_label=keep(end.recipients_label),
        recipients=tuple(map(change, end.recipients)),
        authority=tuple(map(keep, end.authority)),
        position=tuple(map(keep, end.position)),
        name=keep(end.name),
    )


@dataclass
class _Marking:
    """Marks given out anew: all but those of entities first, in their order."""

    old: tuple[Mark, ...]
    old_rows: Sequence[Row]
    known: Sequence[tuple[str, str]]
    marks: list[Mark] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._renamed: dict[int, int] = {}
        self._entities: dict[int, int] = {}
        """The new mark of an entity of the ledger: it may be printed on several lines."""
        for mark in self.old:
            if mark.kind != "entity":
                self._renamed[mark.id] = len(self.marks)
                self.marks.append(replace(mark, id=len(self.marks)))

    def found(self, runs: Inline) -> Inline:
        """Return a line with all that it names marked."""
        text = "".join(run.text for run in runs)
        return self._marked(runs, mentions(text, self._given(runs), self.known)) if text.strip() else runs

    def kept(self, runs: Inline) -> Inline:
        """Return a line of the letterhead or the end block, whose form is fixed, with what the scribe marked."""
        return self._marked(runs, self._given(runs))

    def _given(self, runs: Inline) -> list[Mention]:
        """Return the entities and figures of a line as the scribe marked them."""
        given: dict[int, Mention] = {}
        at = 0
        for run in runs:
            end = at + len(run.text)
            own = [self.old[mark] for mark in run.marks]
            named = [mark for mark in own if mark.kind == "entity"]
            for mark in named or [mark for mark in own if mark.kind == "decoy" and run.text.strip()]:
                label = mark.name if mark.kind == "entity" else "QUANTITY"
                origin = mark.item if mark.kind == "entity" else None
                before = given.get(mark.id)
                start = at if before is None else before.start
                given[mark.id] = Mention(label, start, end, origin)
            at = end
        return list(given.values())

    def _marked(self, runs: Inline, found: Sequence[Mention]) -> Inline:
        text = "".join(run.text for run in runs)
        ids = [self._mark(one, text) for one in found]
        borders = sorted({edge for one in found for edge in (one.start, one.end)})
        marked: list[Run] = []
        at = 0
        for run in runs:
            end = at + len(run.text)
            kept = tuple(self._renamed[mark] for mark in run.marks if mark in self._renamed)
            cuts = [at, *(edge for edge in borders if at < edge < end), end]
            for start, stop in pairwise(cuts):
                named = tuple(
                    mark
                    for one, mark in zip(found, ids, strict=True)
                    if one.start <= start and stop <= one.end
                )
                marked.append(replace(run, text=text[start:stop], marks=(*kept, *named)))
            at = end
        return tuple(marked)

    def _mark(self, one: Mention, text: str) -> int:
        if one.origin in self._entities:
            return self._entities[one.origin]
        words = text[one.start : one.end] if one.origin is None else self.old_rows[one.origin]["text"]
        self.rows.append({"label": one.label, "text": words})
        self.marks.append(Mark(len(self.marks), "entity", one.label, len(self.rows) - 1))
        if one.origin is not None:
            self._entities[one.origin] = len(self.marks) - 1
        return len(self.marks) - 1
