"""Confidence: everything seen → P(row is right), reasons, and the dial that says which rows a person should see."""

from pipeline.confidence.assess import (
    accused_by,
    assess,
    count_fields,
    with_findings,
    with_threshold,
)
from pipeline.confidence.dial import TARGET, Dial, Spread, minutes_for, set_dial

__all__ = [
    "TARGET",
    "Dial",
    "Spread",
    "accused_by",
    "assess",
    "count_fields",
    "minutes_for",
    "set_dial",
    "with_findings",
    "with_threshold",
]
