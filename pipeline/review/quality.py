"""What quality control has found, as figures: for the dashboard, the command line, the data package and the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.dataset.cells import Row, clean
from pipeline.dataset.quality_table import Quality
from pipeline.extraction.profile import FieldSpec
from pipeline.review.agreement import Agreement, agreements
from pipeline.review.audit import Draw, Estimate, estimates
from pipeline.review.control import Control
from pipeline.review.decisions import Key, by_key
from pipeline.review.trail import Entry
from pipeline.review.values import Value, value_of_rows

_DIGITS = 6
AGREEMENT_IS = (
    "Settled fields that a second person entered without seeing any value. Two words agree by the rules of the truth "
    "files: states alike, numbers and dates exactly, texts folded, lists item by item 92 % alike. kappa is Cohen's, with "
    "the values as categories and the first and the second word as raters; over all fields, chance agreement is the mean "
    "over the fields, weighted with their pairs. Intervals: 95 %, Clopper and Pearson."
)
AUDIT_IS = (
    "Fields that were neither flagged for review nor decided by a person when the sample was drawn, in documents that are "
    "not restricted; a list counts as one. Fields whose value a later run changed are left out. Intervals: 95 %, Clopper "
    "and Pearson (Korn and Graubard where strata are weighed); drawn without replacement from finitely many, they are too "
    "wide rather than too narrow."
)


@dataclass(frozen=True)
class Figures:
    """Agreement over all and by field, pairs in each stage, and the audit in force with its estimates."""

    agreements: tuple[Agreement, ...]
    disputed: int
    adjudicated: int
    draw: Draw | None
    draws: int
    estimates: tuple[Estimate, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the figures as JSON, without anybody's name or value."""
        return {
            "agreement": [_agreement(one) for one in self.agreements],
            "agreement_is": AGREEMENT_IS,
            "disputed": self.disputed,
            "adjudicated": self.adjudicated,
            "audit": self._audit(),
        }

    def _audit(self) -> dict[str, Any] | None:
        if self.draw is None:
            return None
        return {
            "audit_is": AUDIT_IS,
            "drawn_at": self.draw.at,
            "draws": self.draws,
            "seed": self.draw.seed,
            "design": self.draw.design,
            "estimates": [_estimate(one) for one in self.estimates],
        }

    def for_package(self) -> Quality:
        """Return the figures as a table and a summary of the data package."""
        measures = [{"measure": "agreement", **_row(_agreement(one))} for one in self.agreements]
        audits = [{"measure": "audit", **_row(_estimate(one))} for one in self.estimates]
        return Quality((*measures, *audits), self.to_json() if measures or audits else {})


def figures_of(control: Control) -> Figures:
    """Return what ``control`` has gathered, as figures."""
    pairs = control.pairs
    draw = control.draws[-1] if control.draws else None
    return Figures(
        tuple(agreements((field, pair.values) for (_, field), pair in pairs.items())),
        sum(pair.disputed for pair in pairs.values()),
        sum(pair.ruling is not None and not pair.agreed for pair in pairs.values()),
        draw,
        len(control.draws),
        tuple(estimates(draw, control.outcomes)) if draw else (),
    )


def _agreement(one: Agreement) -> dict[str, Any]:
    low, high = one.interval
    return {
        "field": one.field,
        "pairs": one.pairs,
        "agreed": one.agreed,
        "raw": _round(one.raw),
        "low": _round(low),
        "high": _round(high),
        "expected": _round(one.expected),
        "kappa": _round(one.kappa),
    }


def _estimate(one: Estimate) -> dict[str, Any]:
    counts = ("population", "sampled", "audited", "wrong", "changed", "open")
    shares = {name: _round(getattr(one, name)) for name in ("error", "low", "high")}
    return {"rows": one.of, **{name: getattr(one, name) for name in counts}, **shares}


_COLUMNS = {
    "pairs": "n",
    "audited": "n",
    "agreed": "counted",
    "wrong": "counted",
    "raw": "share",
    "error": "share",
}


def _row(held: Mapping[str, Any]) -> dict[str, Any]:
    named = {_COLUMNS.get(name, name): value for name, value in held.items()}
    return {name: value for name, value in named.items() if name not in ("expected", "open") and value != ""}


def _round(share: float | None) -> float | None:
    return None if share is None else round(share, _DIGITS)


class Watch:
    """Looks over the rows of a dataset while they are written, for the figures that go with them."""

    def __init__(self, entries: Sequence[Entry], specs: Iterable[FieldSpec]) -> None:
        """Take the trail, and the fields of the profile."""
        self._entries = by_key(entries)
        self._specs = {spec.name: spec for spec in specs}
        self._values: dict[Key, Value] = {}
        self._control = Control(0.0, lambda _: self._values)
        self._control.begin(entries)
        drawn = (item.key for draw in self._drawn() for item in draw.items)
        self._wanted: dict[str, set[str]] = {}
        for doc_id, field in (*self._entries, *drawn):
            self._wanted.setdefault(doc_id, set()).add(field)

    def _drawn(self) -> Sequence[Draw]:
        for key, entries in self._entries.items():
            self._control.note(key, entries, shown=False)
        return self._control.draws[-1:]

    def passing(
        self, documents: Iterable[Mapping[str, Sequence[Row]]]
    ) -> Iterator[Mapping[str, Sequence[Row]]]:
        """Pass on the rows of ``documents`` by table."""
        for tables in documents:
            document = tables["documents"][0]
            wanted = self._wanted.get(str(document["doc_id"]), set())
            if wanted and document["status"] in ("ok", "partial"):
                self._look(str(document["doc_id"]), wanted, tables["fields"])
            yield tables

    def _look(self, doc_id: str, wanted: set[str], rows: Sequence[Row]) -> None:
        held: dict[str, list[dict[str, Any]]] = {}
        for row in rows:
            if (field := str(row["field"])) in wanted:
                written = {name: clean(cell) if isinstance(cell, str) else cell for name, cell in row.items()}
                held.setdefault(field, []).append(written)
        for field, own in held.items():
            spec = self._specs.get(field)
            self._values[doc_id, field] = value_of_rows(own, is_list=spec is not None and spec.is_list)

    def quality(self) -> Quality:
        """Return the figures about what has passed."""
        for key, entries in self._entries.items():
            self._control.note(key, entries, shown=key in self._values)
        return figures_of(self._control).for_package()
