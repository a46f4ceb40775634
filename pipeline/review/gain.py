"""In which order looking at fields gains most: errors found, weighed by what they do, per second of a person's time.

Looking at an item finds an error with the chance that its row is wrong, which is what a calibrated confidence says, and
an error weighs more where more hangs on it (:data:`WEIGHTS`). Each look takes a person :data:`LOOK_SECONDS`, but the
first one at another document takes :data:`TURN_SECONDS` more: one has to find one's way on new pages. So the unit is not
the item but a *run* of items of one document: of the document's items by falling gain, the first k, with the k that gives
the highest gain per second. The best run of all documents comes first; what a document has left makes its next run, which
can only be worse. This is Smith's rule (weighted shortest processing time, W. E. Smith 1956) on runs in place of jobs: a
greedy order, good enough where the chances are estimates and the seconds are one person's.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

LOOK_SECONDS = 5.0
"""A person's time for an item; the dashboard shows the true median."""
TURN_SECONDS = 4.0
"""What another document costs beyond that."""

WEIGHTS = {
    "doc.number": 2.0,
    "doc.symbol": 2.0,
    "doc.issued_on": 2.0,
    "doc.issuer": 2.0,
    "report.year": 3.0,
    "report.district": 3.0,
    "report.province": 3.0,
}
"""What an error does beside one in a single figure: these are the keys by which documents are told apart and joined with
other tables, so a wrong one puts every figure of the document under another place or year, or makes it a duplicate."""
FINDING_WEIGHT = 1.5
"""A field that a failed check names: one look settles the other fields of the contradiction too, or nearly."""


def ranked(documents: Ints, gains: Floats) -> Ints:
    """Return the indexes of items in the order in which to look at them.

    ``documents`` (n,) says to which document each item belongs and ``gains`` (n,), all positive, what looking at it gains.
    Items of one run keep their order among themselves, which is that of the pages.
    """
    by_gain = np.lexsort((-gains, documents))
    rate, run = np.zeros(len(gains)), np.zeros(len(gains), np.int64)
    rest, turn = by_gain, 0
    while len(rest):
        ends, best = _best_runs(documents[rest], gains[rest])
        starts = np.concatenate(([0], ends[:-1]))
        lengths = np.diff(np.append(starts, len(rest)))[: len(starts)]
        place = np.arange(len(rest)) - np.repeat(starts, lengths)
        taken = place < np.repeat(best[0], lengths)
        rate[rest[taken]] = np.repeat(best[1], lengths)[taken]
        run[rest[taken]] = turn
        rest, turn = rest[~taken], turn + 1
    # Rates fall from run to run of a document; those of different documents that are alike must not be mixed.
    return np.lexsort((np.arange(len(gains)), run, documents, -np.round(rate, 9)))


def _best_runs(documents: Ints, gains: Floats) -> tuple[Ints, tuple[Ints, Floats]]:
    """Return where each document's items end, and for each the length of its best run and its gain per second.

    The items stand by document, within one by falling gain.
    """
    starts = np.flatnonzero(np.diff(documents, prepend=documents[0] - 1))
    ends = np.append(starts[1:], len(documents))
    lengths = ends - starts
    total = np.cumsum(gains)
    before = np.repeat(total[starts] - gains[starts], lengths)
    count = np.arange(len(documents)) - np.repeat(starts, lengths) + 1
    rates = (total - before) / (TURN_SECONDS + LOOK_SECONDS * count)
    best = np.maximum.reduceat(rates, starts)
    at_best = rates >= np.repeat(best, lengths) - 1e-12
    longest = np.maximum.reduceat(np.where(at_best, count, 0), starts)
    return ends, (longest, best)
