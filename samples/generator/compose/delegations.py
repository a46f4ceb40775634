"""Delegations one by one: a sentence each, or the rows of an annex."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

from samples.generator.compose.inline import capital, joined, marked, run, stripped, text_of, upper
from samples.generator.compose.scribe import Scribe
from samples.generator.nouns import Annex, DelegationFact, Grid, Inline, Paragraph
from samples.generator.wording.frames import DelegationSlot, Frame, Words

DIRECTIONS = {"outbound": "out", "inbound": "in"}
_NAMES = {"out": "đoàn ra", "in": "đoàn vào"}
_WIDTHS = {
    "stt": 5,
    "organisation": 22,
    "purpose": 30,
    "countries": 15,
    "period": 16,
    "leader": 18,
    "funding": 14,
}


def in_annex(scribe: Scribe, direction: str) -> tuple[DelegationFact, ...]:
    """Return the delegations of a direction that an annex lists; empty where they are told in prose."""
    if direction not in scribe.facts.annexed:
        return ()
    return tuple(one for one in scribe.facts.delegations if one.direction == direction)


def with_purpose(scribe: Scribe, one: DelegationFact) -> DelegationFact:
    """Return the delegation with a purpose of the pool where the facts name none."""
    if one.purpose:
        return one
    topic = "outbound" if one.direction == "out" else "inbound"
    used = {row.get("purpose") for row in scribe.ledger.delegations}
    options = [frame for frame in scribe.pools.topic(topic).purposes if scribe.can_say(frame)]
    fresh = [frame for frame in options if scribe.spelled(frame.source) not in used] or options
    if not fresh:
        return one
    before = len(scribe.ledger.marks), len(scribe.ledger.entities)
    purpose = text_of(scribe.say(scribe.pick(fresh)))
    scribe.ledger.entities_since(*before)
    return replace(one, purpose=purpose)


def sentences(scribe: Scribe, topic: str) -> list[Inline]:
    """Return a sentence for each delegation that is told in prose."""
    direction = DIRECTIONS.get(topic)
    if direction is None or in_annex(scribe, direction):
        return []
    told = []
    for plain in scribe.facts.delegations:
        if plain.direction != direction:
            continue
        one = with_purpose(scribe, plain)
        options = [frame for frame in scribe.pools.topic(topic).prose if scribe.can_say(frame, one)]
        if options:
            frame = scribe.pick(options)
            if _says_from(frame):
                one = replace(one, period_text=one.period_text.removeprefix("từ "))
            line = scribe.start(frame, one)
            told.append(marked(line, _record(scribe, one, _slots(frame))))
    return told


def _slots(frame: Frame) -> set[str]:
    return {piece.name for piece in frame.loose if isinstance(piece, DelegationSlot)}


def _says_from(frame: Frame) -> bool:
    """Return whether the words before the time end in "từ" or "trong", so that it cannot begin with "từ" again."""
    return any(
        isinstance(before, Words)
        and isinstance(after, DelegationSlot)
        and after.name == "period"
        and before.text.lower().rstrip().endswith(("từ", "trong"))
        for before, after in pairwise(frame.pieces)
    )


def _record(scribe: Scribe, one: DelegationFact, printed: set[str]) -> int:
    """Record a delegation as far as it is printed; returns the mark of its words."""
    row: dict[str, Any] = {"direction": one.direction, "delegations": one.delegations}
    if "people" in printed and one.people is not None:
        row["people"] = one.people
    if "countries" in printed:
        row["countries"] = list(one.countries)
    for name in ("organisation", "purpose"):
        if name in printed and getattr(one, name):
            row[name] = scribe.name(getattr(one, name))
    if "period" in printed and one.period_text:
        row["period_text"] = scribe.spelled(one.period_text)
        for name in ("started_on", "ended_on"):
            if day := getattr(one, name):
                row[name] = day.isoformat()
    if "people" not in row or "countries" not in row:
        row["optional"] = True
    scribe.ledger.delegations.append(row)
    return scribe.ledger.mark("delegation", one.direction, len(scribe.ledger.delegations) - 1)


def annexes(scribe: Scribe) -> list[Annex]:
    """Return the annexes that list delegations: one a direction, or both in one table."""
    lists = {name: in_annex(scribe, way) for name, way in DIRECTIONS.items() if in_annex(scribe, way)}
    if not lists:
        return []
    ruled, landscape = bool(scribe.rng.random() < 0.9), bool(scribe.rng.random() < 0.5)
    if len(lists) == 2 and scribe.rng.random() < 0.4:
        topics = list(lists)
        headers = _headers(scribe, topics[0], lists[topics[0]] + lists[topics[1]])
        grid = _grid(scribe, headers, [(topic, lists[topic]) for topic in topics], ruled, grouped=True)
        return [Annex(landscape, (*_title(scribe, "đoàn ra, đoàn vào"), grid))]
    found = []
    for topic, own in lists.items():
        headers = _headers(scribe, topic, own)
        grid = _grid(scribe, headers, [(topic, own)], ruled, grouped=False)
        found.append(Annex(landscape, (*_title(scribe, _NAMES[DIRECTIONS[topic]]), grid)))
    return found


def _headers(scribe: Scribe, topic: str, own: tuple[DelegationFact, ...]) -> dict[str, Frame]:
    """Return a set of columns; those that nothing stands in are left out."""
    sets = scribe.pools.topic(topic).columns
    columns = dict(scribe.pick(sets))
    return {
        name: frame
        for name, frame in columns.items()
        if name in {"stt", "purpose", "note"}
        or 2 * sum(bool(getattr(one, _field(name), None)) for one in own) >= len(own)
    }


def _field(name: str) -> str:
    return {"period": "period_text"}.get(name, name)


def _title(scribe: Scribe, direction: str) -> list[Paragraph]:
    """Return the lines over an annex."""
    label = Paragraph("centre", tuple(replace(part, bold=True) for part in run("PHỤ LỤC")))
    scribe.names.direction = direction
    frame = scribe.choose(scribe.pools.structure.annexes)
    lines = [label] if scribe.rng.random() < 0.5 else []
    if frame is None:
        return lines or [label]
    title = scribe.say(frame)
    if scribe.rng.random() < 0.4:
        title = upper(title)
    lines.append(Paragraph("centre", tuple(replace(part, bold=True) for part in title)))
    if scribe.rng.random() < 0.5:
        facts = scribe.facts
        number = f"{facts.number}-{facts.symbol}" if facts.office.party else f"{facts.number}/{facts.symbol}"
        if "doc.number" not in facts.handwritten:
            note = f"(Kèm theo Báo cáo số {number} {scribe.day(facts.issued_on)})"
            lines.append(Paragraph("centre", tuple(replace(part, italic=True) for part in run(note))))
    return lines


def _grid(
    scribe: Scribe,
    headers: dict[str, Frame],
    groups: list[tuple[str, tuple[DelegationFact, ...]]],
    ruled: bool,
    grouped: bool,
) -> Grid:
    names = list(headers)
    rows: list[tuple[Inline, ...]] = [tuple(_bold(scribe.say(frame)) for frame in headers.values())]
    spans: list[tuple[int, ...]] = [(1,) * len(names)]
    for at, (topic, own) in enumerate(groups):
        if grouped:
            title = scribe.sentence(scribe.pools.topic(topic).headings)
            rows.append((_bold(run(f"{'I' * (at + 1)}. ") + title), *((),) * (len(names) - 1)))
            spans.append((len(names), *(0,) * (len(names) - 1)))
        for ordinal, plain in enumerate(own, start=1):
            rows.append(_row(scribe, names, with_purpose(scribe, plain), ordinal))
            spans.append((1,) * len(names))
    total = sum(_WIDTHS.get(name, 9) for name in names)
    return Grid(
        rows=tuple(rows),
        head=1,
        ruled=ruled,
        widths=tuple(_WIDTHS.get(name, 9) / total for name in names),
        align=tuple("centre" if name in {"stt", "people", "delegations"} else "left" for name in names),
        spans=tuple(spans),
    )


def _row(scribe: Scribe, names: list[str], one: DelegationFact, ordinal: int) -> tuple[Inline, ...]:
    mark = _record(scribe, one, set(names))
    cells: list[Inline] = []
    for name in names:
        if name == "stt":
            cells.append(run(str(ordinal)))
        elif name in {"people", "delegations"}:
            value = getattr(one, name)
            cells.append(run(scribe.figures.count(value, "") if value is not None else "", mark))
        elif name == "countries":
            cells.append(marked(scribe.countries(one.countries), mark))
        elif name == "note":
            cells.append(())
        else:
            text = scribe.name(getattr(one, _field(name)))
            label = {"organisation": "ORG", "leader": "PERSON", "period": "DATE"}.get(name)
            cell = scribe.entity(label, text) if label and text else run(text)
            cells.append(marked(capital(stripped(cell)), mark))
    return tuple(cells)


def _bold(runs: Inline) -> Inline:
    return tuple(replace(part, bold=True) for part in runs)


__all__ = ["DIRECTIONS", "annexes", "in_annex", "joined", "sentences", "with_purpose"]
