"""Why a row may be wrong: what would have to be otherwise for the model to be surer.

What speaks against a row is found by putting it right: the features that belong to a reason are set to what they are in
a row without blame, and where the log-odds rise clearly, that reason counted. What was doubted, or found by a check, is
a reason by its own name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from pipeline.confidence.model import Floats, HeadModel, Weighed
from pipeline.trees import Indices

REASONS: Mapping[str, tuple[str, ...]] = {
    "low_reading_confidence": (
        "read_min", "read_mean", "read_digits", "read_unsure", "read_product",
        "key_read_min", "key_read_mean", "key_read_digits", "key_read_unsure", "key_read_product",
    ),
    "readers_disagree": (
        "read_disputed", "read_digits_disputed", "key_read_disputed", "key_read_digits_disputed",
    ),
    "poor_page": ("page_quality", "page_unsure", "doc_unsure", "doc_disputed", "doc_quality"),
    "covered": ("read_seal", "read_ink", "key_read_seal", "key_read_ink"),
    "weak_match": ("score", "score_mean", "ruled", "left", "weakest"),
    "close_rival": ("rival", "margin", "lost", "options", "confused", "beside"),
    "may_be_overlooked": (
        "peak", "spoken", "likeliest", "labelled", "labelled_idle", "labelled_unclaimed", "headed", "idle",
        "idle_share", "unclaimed", "doc_unclaimed", "doc_idle",
    ),
    "unusual_value": ("size", "strange", "like_year", "broken", "zero"),
    "cut_off": ("digit_before", "digit_after", "open_after", "capital_after", "stopped"),
    "other_section": ("own_key", "other_key", "sections_used", "shared"),
}  # fmt: skip
"""The features that each reason is about."""

CLEARLY = 0.25
"""A reason counts when without it the log-odds would be higher by so much."""
MOST = 3
"""No row needs more reasons than these to be looked at."""


def reasons_of(weighed: Weighed, rows: Sequence[int], model: HeadModel) -> list[tuple[str, ...]]:
    """Return for each of ``rows`` of what was weighed the reasons that lower its log-odds clearly, the weightiest first."""
    if not rows:
        return []
    found = []
    for gains in _gains(weighed.matrix[rows], weighed.parts[rows], model).tolist():
        ranked = sorted(zip(gains, REASONS, strict=True), key=lambda pair: -pair[0])
        found.append(tuple(reason for gain, reason in ranked[:MOST] if gain >= CLEARLY))
    return found


@lru_cache(maxsize=8)
def _blamed(model: HeadModel) -> dict[str, tuple[list[int], list[float], Indices]]:
    """Return for each reason the columns of its features, what these are without blame, and the trees that ask of them."""
    places = {name: at for at, name in enumerate(model.names)}
    found = {}
    for reason, names in REASONS.items():
        known = [name for name in names if name in model.ideal]
        columns = [places[name] for name in known]
        found[reason] = columns, [model.ideal[name] for name in known], model.trees.asking(columns)
    return found


def _gains(matrix: Floats, parts: Floats, model: HeadModel) -> Floats:
    """Return by how much the log-odds of each row (rows, features) rise when a reason is put right: (rows, reasons).

    ``parts`` is what each tree gives as the rows are. A tree that does not ask about a reason's features gives what it
    gave, and so does a row without that blame.
    """
    count, blamed_by = len(matrix), _blamed(model)
    tried, which, trees, reasons = [matrix], [], [], []
    for at, reason in enumerate(REASONS):
        columns, ideal, asked = blamed_by[reason]
        mended = matrix.copy()
        mended[:, columns] = ideal
        tried.append(mended)
        blamed = np.flatnonzero((mended != matrix).any(axis=1))
        which.append(np.repeat(blamed, len(asked)) + (at + 1) * count)
        trees.append(np.tile(asked, len(blamed)))
        reasons.append(np.full(len(blamed) * len(asked), at))
    rows, asked, of = np.concatenate(which), np.concatenate(trees), np.concatenate(reasons)
    risen = model.trees.parts_of(np.concatenate(tried), rows, asked) - parts[rows % count, asked]
    gains: Floats = np.zeros((count, len(REASONS)))
    np.add.at(gains, (rows % count, of), risen)
    return gains
