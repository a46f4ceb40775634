"""Mentions of written reports (``samples/written``), labelled by their truth, which says a value but not where it stands.

Clerks word things as no generator does. Of the mentions that hold a field's value, scorers that learned from generated
reports say which it is; a mention that they would take for a field of which the report says something else teaches the role
that they find likeliest beside the report's own. What stays doubtful teaches nothing.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.scorer.examples import SILENCES, figure_specs, is_value, seen_in
from pipeline.clock import StageClock
from pipeline.document import Page
from pipeline.extraction.claims import NOTHING, OWN, Observation
from pipeline.extraction.profile import FieldSpec, Profile
from pipeline.extraction.scorer import Rows, Scorer
from pipeline.intake.opening import open_document
from pipeline.process import read
from pipeline.reading.readers import reader_called
from samples.written.make import typeset, written

_DPI = 300
_ALSO = 0.7
"""A second mention of the same value is the field's too where it is as likely as this."""
_LEAST_DENIAL = 0.05
_SURE_OF_NOTHING = 0.6
_SURE = 0.5

Truth = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Told:
    """A mention by its rows, what it is about (no field: nothing), and its role or silence where that is known."""

    rows: Rows
    fields: tuple[str, ...]
    kind: str
    role: str | None


def told_in_written(which: str, profile: Profile, about: Scorer, role: Scorer) -> Iterator[Told]:
    """Yield what the reports of the set ``which`` teach, as ``about`` and ``role`` see them."""
    for html in written(which):
        truth = json.loads(html.with_suffix(".json").read_text("utf-8"))["fields"]
        yield from _told(seen_in(_pages(html), profile).mentions, truth, profile, about, role)


def _pages(html: Path) -> list[Page]:
    """Return the pages of a written report as they are read from its text layer."""
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "report.pdf"
        typeset(html, pdf)
        reader, clock = reader_called("line"), StageClock()
        return [read(pdf, number, _DPI, reader, clock) for number in range(1, open_document(pdf).pages + 1)]


def _told(
    mentions: Sequence[Observation], truth: Truth, profile: Profile, about: Scorer, role: Scorer
) -> Iterator[Told]:
    if not mentions:
        return
    rows = [seen.rows for seen in mentions]
    shares, roles = about.of_rows(rows), role.of_rows(rows)
    labels = _labels(mentions, truth, profile, about, shares)
    for at, seen in enumerate(mentions):
        kind = seen.mention.kind
        if at in labels:
            fields, known = labels[at]
            yield Told(seen.rows, fields, kind, known)
            continue
        best = int(shares[at].argmax())
        name, sure = about.classes[best], float(shares[at][best])
        if name == NOTHING:
            if sure > _SURE_OF_NOTHING:
                yield Told(seen.rows, (), kind, None)
            continue
        row = truth.get(name, {"state": "absent"})
        if row["state"] == "reported" and kind == "quantity" and sure > _SURE:
            yield Told(seen.rows, (name,), kind, _other_role(roles[at], role))
        elif row["state"] == "absent" and "acceptable_states" not in row:
            own = role.classes[int(roles[at].argmax())] == OWN
            if kind != "quantity" or own:  # a plan's figure may be about a field of which nothing is reported
                yield Told(seen.rows, (), kind, None)


def _other_role(shares: NDArray[np.float32], role: Scorer) -> str:
    """Return the likeliest role of a figure that is not the report's own."""
    return max((share, name) for share, name in zip(shares, role.classes, strict=True) if name != OWN)[1]


def _labels(
    mentions: Sequence[Observation],
    truth: Truth,
    profile: Profile,
    about: Scorer,
    shares: NDArray[np.float32],
) -> dict[int, tuple[tuple[str, ...], str]]:
    """Return, by the number of a mention, the fields that it answers and how: "own", "none" or "blank"."""
    specs = {spec.name: spec for spec in figure_specs(profile)}
    found: dict[int, list[tuple[str, str]]] = {}
    for spec in profile.fields:
        row = truth.get(spec.name)
        if row is None or spec.group in ("letterhead", "report") or spec.name not in about.classes:
            continue
        column = about.classes.index(spec.name)
        if row["state"] == "reported" and spec.name in specs:
            holding = [at for at, seen in enumerate(mentions) if _holds(seen, spec, row)]
        elif row["state"] in SILENCES:
            kinds = ("denial",) if row["state"] == "none" else ("denial", "open")
            holding = [at for at, seen in enumerate(mentions) if seen.mention.kind in kinds]
        else:
            continue
        likely = sorted(
            ((_likeness(mentions[at], spec, shares[at, column]), at) for at in holding), reverse=True
        )
        stated = row["state"] == "reported"
        for rank, (share, at) in enumerate(likely):
            if (stated and (rank == 0 or share > _ALSO)) or (rank == 0 and share > _LEAST_DENIAL):
                found.setdefault(at, []).append((spec.name, OWN if stated else str(row["state"])))
    return {
        at: (tuple(sorted(name for name, _ in answers)), min(state for _, state in answers))
        for at, answers in found.items()
    }


def _likeness(seen: Observation, spec: FieldSpec, share: float) -> float:
    """Return how likely the mention is the field's: the scorer's share and what the wordings make of it."""
    ruled = seen.ruled.get(spec.name)
    return float(share) + (ruled.score if ruled is not None else 0.0)


def _holds(seen: Observation, spec: FieldSpec, row: Mapping[str, Any]) -> bool:
    """Return whether a mention holds the value of ``row``, of the kind of ``spec``."""
    mention = seen.mention
    if mention.quantity is not None:
        return (mention.quantity.kind == "money") == (spec.type == "money") and is_value(
            row, mention.quantity.value
        )
    if mention.comparison is not None and mention.comparison.percent is not None:
        return spec.type != "money" and is_value(row, Decimal(mention.comparison.percent))
    return False
