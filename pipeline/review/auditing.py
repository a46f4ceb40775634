"""Drawing a sample for the audit of a workspace from what was accepted unseen."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.review.audit import DRAWS, MOST, SIZE, Design, Draw, Drawn, Stratum, chosen
from pipeline.review.line import Ints
from pipeline.review.queue import Queue
from pipeline.review.tables import Tables
from pipeline.review.trail import Entry

if TYPE_CHECKING:
    from pipeline.review.desk import Desk

STATED = ("reported", "none")
"""States by which a document says something of a field."""
_SOURCES = ("text_layer", "scan", "mixed")


class DrawError(Exception):
    """No sample can be drawn; ``code`` names the message that says why."""

    def __init__(self, code: str) -> None:
        """Take the code of the message."""
        super().__init__(code)
        self.code = code


def draw_sample(
    desk: Desk, who: str, *, size: int = SIZE, design: Design = "simple", seed: str = "", again: bool = False
) -> Draw:
    """Draw ``size`` of the fields that were accepted unseen, write the sample to the trail and return it.

    A ``seed`` that nobody chose is taken unless one is given. Raises DrawError ``drawn`` where there is a sample already
    and not ``again``, ``nothing_accepted`` where there is nothing to draw from, ``too_many`` for a size beyond
    :data:`MOST`; Conflict where somebody else has just drawn.
    """
    desk.follow()
    if desk.control.draws and not again:
        raise DrawError("drawn")
    if not 0 < size <= MOST:
        raise DrawError("too_many")
    seen = desk.trail.seen(*DRAWS)
    seed = seed or secrets.token_hex(8)
    strata, numbers = _accepted(desk.queue, desk.tables, design)
    if not strata:
        raise DrawError("nothing_accepted")
    keys = [[desk.queue.key(int(number)) for number in members] for members in numbers]
    drawn = chosen(seed, design, keys, size)
    values = desk.machine_values(key for key, _ in drawn)
    items = tuple(Drawn(key, stratum, values[key]) for key, stratum in drawn)
    draw = Draw(seed, design, tuple(strata), items)
    desk.trail.append(Entry(who, *DRAWS, "draw", new=draw.to_json()), seen=seen)
    desk.follow()
    return desk.control.draws[-1]


def _accepted(queue: Queue, tables: Tables, design: Design) -> tuple[list[Stratum], list[Ints]]:
    """Return the strata of the fields that were accepted unseen, and the items in each; none of hidden documents."""
    by_people = pc.fill_null(pc.equal(tables.fields.column("method"), "review"), False)
    decided = by_people.to_numpy(zero_copy_only=False)[
        queue.starts
    ]  # taken back since, which the next run will show
    accepted = np.flatnonzero(queue.shown & ~(queue.flagged | queue.settled | decided))
    if not len(accepted):
        return [], []
    firsts = queue.starts[accepted]
    states = tables.fields.column("state").take(firsts)
    stated = pc.is_in(states, value_set=pa.array(STATED)).to_numpy(zero_copy_only=False)
    labels: list[npt.NDArray[Any]] = [stated.astype(np.int64)]
    if design == "stratified":
        sure = pc.fill_null(tables.fields.column("confidence"), 0.0).take(firsts).to_numpy()
        labels += [_sources(queue, tables)[queue.docs[accepted]], (sure >= np.median(sure)).astype(np.int64)]
    combined, home = np.unique(np.stack(labels, axis=1), axis=0, return_inverse=True)
    strata = []
    for at, (says, *more) in enumerate(combined.tolist()):
        source, sureness = (_SOURCES[more[0]], ("less", "more")[more[1]]) if more else ("", "")
        strata.append(Stratum(bool(says), source, sureness, int((home.ravel() == at).sum())))
    return strata, [accepted[home.ravel() == at] for at in range(len(combined))]


def _sources(queue: Queue, tables: Tables) -> Ints:
    """Return for each document of the queue where its text came from, as a number into :data:`_SOURCES`."""
    ids, codes = tables.pages.coded("doc_id")
    kinds, kind_codes = tables.pages.coded("source_kind")
    found = np.zeros((len(ids), 2), bool)
    for column, wanted in enumerate((("text_layer", "mixed"), ("scan", "mixed"))):
        of_kind = [at for at, kind in enumerate(kinds) if kind in wanted]
        found[codes[np.isin(kind_codes, of_kind)], column] = True
    codes_of = np.where(found.all(axis=1), 2, np.where(found[:, 0], 0, 1)).tolist()
    by_document = dict(zip(ids, codes_of, strict=True))
    return np.array([by_document.get(doc_id, 1) for doc_id in queue.doc_ids], np.int64)
