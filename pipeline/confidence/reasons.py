"""Why a row may be wrong: what would have to be otherwise for the model to be surer.

What speaks against a row is found by putting it right: the features that belong to a reason are set to what they are in
a row without blame, and where the log-odds rise clearly, that reason counted. What was doubted, or found by a check, is
a reason by its own name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.confidence.features import Features
from pipeline.confidence.model import HeadModel

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


def reasons_of(rows: Sequence[Features], model: HeadModel) -> list[tuple[str, ...]]:
    """Return for each of ``rows`` the reasons that lower its log-odds clearly, the weightiest first."""
    if not rows:
        return []
    mended = [
        {**row, **{name: model.ideal[name] for name in names if name in model.ideal}}
        for row in rows
        for names in REASONS.values()
    ]
    log_odds = model.log_odds([*rows, *mended])
    own, without = log_odds[: len(rows)], log_odds[len(rows) :].reshape(len(rows), len(REASONS))
    gains = without - own[:, None]
    found = []
    for row_gains in gains.tolist():
        ranked = sorted(zip(row_gains, REASONS, strict=True), key=lambda pair: -pair[0])
        found.append(tuple(reason for gain, reason in ranked[:MOST] if gain >= CLEARLY))
    return found
