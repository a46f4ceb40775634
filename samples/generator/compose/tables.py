"""A table of figures, beside the prose or instead of it, in the body or as an annex."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samples.generator.compose.inline import marked, run, styled, text_of, upper
from samples.generator.compose.ledger import row_of
from samples.generator.compose.numbering import roman
from samples.generator.compose.profile import fields
from samples.generator.compose.scribe import Scribe
from samples.generator.nouns import Annex, Block, Fact, Grid, Inline, Paragraph
from samples.generator.wording.frames import Frame
from samples.generator.wording.topics import KINDS, TOPICS

_WIDTHS = {
    "stt": 6,
    "label": 40,
    "unit": 14,
    "value": 17,
    "last": 17,
    "plan": 15,
    "running": 15,
    "percent": 11,
    "note": 12,
}
_LEAST = 4
"""Rows below which no table is worth its while."""
_DIVIDED = 0.7
"""Share of the counts with parts whose parts have rows."""
_BELOW = ("trade.export", "trade.import")
"""Fields that are parts of trade.turnover."""
_CHANGE = {"trade.turnover": "trade.vs_last_year"}
"""The field that the column of per cent prints in the row of another."""


@dataclass(frozen=True)
class Table:
    """Which figures stand in the table; ``instead`` of prose, or besides; in an ``annex``, or in the body."""

    names: tuple[str, ...]
    instead: bool
    annex: bool

    @property
    def tabled(self) -> frozenset[str]:
        """Return the fields that the prose leaves to the table."""
        return frozenset(self.names) if self.instead else frozenset()


def draw_table(scribe: Scribe) -> Table | None:
    """Return the table of one report; None where there is too little to put in."""
    rng = scribe.rng
    topics = [topic for topic in TOPICS if topic in scribe.pools.parts and _figures(scribe, topic)]
    if rng.random() < 0.5 and len(topics) > 4:
        kept = int(rng.integers(3, len(topics)))
        topics = [topics[at] for at in sorted(rng.permutation(len(topics))[:kept])]
    names = tuple(name for topic in topics for name in _figures(scribe, topic))
    if len(names) < _LEAST or not scribe.pools.structure.tables:
        return None
    annex = scribe.facts.office.level != "commune" and bool(scribe.rng.random() < 0.45)
    return Table(names, instead=bool(rng.random() < 0.5), annex=annex)


def _figures(scribe: Scribe, topic: str) -> list[str]:
    rows = scribe.pools.topic(topic).rows
    planted = {one.field for one in scribe.facts.contradictions}
    return [
        name
        for name in TOPICS[topic]
        if KINDS[name] in {"count", "money"}
        and name not in planted
        and (fact := scribe.fact(name)) is not None
        and (fact.state == "reported" or (fact.state == "none" and scribe.pools.structure.denials))
        and scribe.choose(rows.get(name, ())) is not None
    ]


def table_blocks(scribe: Scribe, table: Table) -> list[Block]:
    """Return caption and grid, with the truth of what only the table says."""
    caption = styled(scribe.sentence(scribe.pools.structure.captions), bold=True)
    if scribe.rng.random() < 0.3:
        caption = upper(caption)
    return [Paragraph("centre", caption), _grid(scribe, table)] if caption else [_grid(scribe, table)]


def table_annex(scribe: Scribe, table: Table) -> Annex:
    """Return the table as an annex."""
    blocks = table_blocks(scribe, table)
    label = Paragraph("centre", run("PHỤ LỤC", bold=True))
    return Annex(
        bool(scribe.rng.random() < 0.15), (label, *blocks) if scribe.rng.random() < 0.5 else tuple(blocks)
    )


def _grid(scribe: Scribe, table: Table) -> Grid:
    headers = _headers(scribe, table)
    columns = list(headers)
    grouped = len(table.names) > 6 and scribe.rng.random() < 0.35
    rows, spans = _head(scribe, headers)
    head, ordinal, group = len(rows), 0, 0
    topic_of = {name: topic for topic, names in TOPICS.items() for name in names}
    previous = ""
    for name in table.names:
        topic = topic_of[name]
        if grouped and topic != previous:
            group, ordinal = group + 1, 0
            title = scribe.sentence(scribe.pools.topic(topic).headings)
            first = run(roman(group) + ". ", bold=True) + styled(title, bold=True)
            rows.append((first, *((),) * (len(columns) - 1)))
            spans.append((len(columns), *(0,) * (len(columns) - 1)))
        previous = topic
        below = name in _BELOW and "trade.turnover" in table.names
        ordinal += not below
        own = [_row(scribe, name, headers, "-" if below else str(ordinal))]
        if below and name == next(one for one in _BELOW if one in table.names):
            own = [*_among(scribe, columns), *own]
        own += _parts(scribe, name, columns)
        rows += own
        spans += [(1,) * len(columns)] * len(own)
    total = sum(_WIDTHS.get(one, 10) for one in columns)
    return Grid(
        rows=tuple(rows),
        head=head,
        ruled=bool(scribe.rng.random() < 0.8),
        widths=tuple(_WIDTHS.get(one, 10) / total for one in columns),
        align=tuple("left" if one in {"label", "note"} else "centre" for one in columns),
        spans=tuple(spans),
    )


def _headers(scribe: Scribe, table: Table) -> dict[str, Frame]:
    """Return a set of columns without those that would stay empty."""
    facts = [scribe.facts.fields[name] for name in table.names]
    headers: dict[str, Frame] = dict(scribe.pick(scribe.pools.structure.tables))
    for name, of in {"last": "last", "plan": "plan", "running": "running", "percent": "last"}.items():
        if name in headers and all(getattr(fact, of) is None for fact in facts):
            del headers[name]
    return headers


def _among(scribe: Scribe, columns: Sequence[str]) -> list[tuple[Inline, ...]]:
    """Return a row that only says that parts follow; none now and then, and where the pool has no words for it."""
    words = scribe.sentence(scribe.pools.structure.among) if scribe.rng.random() < 0.6 else ()
    return [tuple(styled(words, italic=True) if one == "label" else () for one in columns)] if words else []


def _parts(scribe: Scribe, name: str, columns: Sequence[str]) -> list[tuple[Inline, ...]]:
    """Return the rows of the parts of a count, if it has any and the pool has labels for so many."""
    parts = scribe.facts.fields[name].parts
    sets = scribe.pools.topic(_topic(name)).parts.get(name, ())
    sets = tuple(s for s in sets if len(s) == len(parts) and all(map(scribe.can_say, s)))
    if not sets or scribe.rng.random() >= _DIVIDED:
        return []
    rows = _among(scribe, columns)
    for at, (label, number) in enumerate(zip(scribe.pick(sets), parts, strict=True), start=1):
        mark = scribe.ledger.mark("decoy", f"part{at} {name}")
        noun = scribe.facts.fields[name].unit or fields()[name].unit
        cells = {
            "stt": run("-"),
            "label": run("" if "stt" in columns else "- ") + scribe.say(label),
            "unit": run(noun),
            "value": run(scribe.figures.count(number, "" if "unit" in columns else noun), mark),
        }
        rows.append(tuple(cells.get(column, ()) for column in columns))
    return rows


def _head(
    scribe: Scribe, headers: dict[str, Frame]
) -> tuple[list[tuple[Inline, ...]], list[tuple[int, ...]]]:
    """Return the header row, or two of them where neighbours share a merged cell."""
    columns = list(headers)
    own = tuple(styled(scribe.start(frame), bold=True) for frame in headers.values())
    together = [
        at
        for at in range(len(columns) - 1)
        if {columns[at], columns[at + 1]} <= {"value", "last", "plan", "running"}
    ]
    over = scribe.choose(scribe.pools.structure.merged)
    if over is None or not together or scribe.rng.random() < 0.65:
        return [own], [(1,) * len(columns)]
    at = together[0]
    merged = styled(scribe.say(over), bold=True)
    top = tuple(merged if c == at else () if c == at + 1 else cell for c, cell in enumerate(own))
    low = tuple(cell if c in (at, at + 1) else () for c, cell in enumerate(own))
    span = tuple(2 if c == at else 0 if c == at + 1 else 1 for c in range(len(columns)))
    return [top, low], [span, (1,) * len(columns)]


def _row(scribe: Scribe, name: str, columns: Mapping[str, Frame], ordinal: str) -> tuple[Inline, ...]:
    fact = scribe.facts.fields[name]
    label = scribe.sentence([f for f in scribe.pools.topic(_topic(name)).rows[name] if scribe.can_say(f)])
    value, unit = _value(scribe, fact, "unit" in columns)
    cells: dict[str, Inline] = {"stt": run(ordinal), "label": label, "value": value, "unit": unit}
    for kind in ("last", "plan", "running"):
        other = getattr(fact, kind)
        if other is not None and kind in columns:
            mark = scribe.ledger.mark("decoy", f"{kind} {name}")
            cells[kind] = run(_beside(scribe, fact, other, text_of(unit)), mark)
    if "percent" in columns:
        cells["percent"] = _percent(scribe, fact, "" if "%" in columns["percent"].source else "%")
    return tuple(cells.get(column, ()) for column in columns)


def _percent(scribe: Scribe, fact: Fact, sign: str) -> Inline:
    """Return this period in per cent of the one before; where that is a field of its own, its value or nothing.

    ``sign`` is "%", or nothing where it stands in the column's header.
    """
    if fact.field in _CHANGE:
        change = scribe.facts.fields[_CHANGE[fact.field]]
        if change.state != "reported" or change.number is None:
            return ()
        scribe.ledger.state(change.field, row_of(change))
        return run(scribe.figures.percent(change.number, sign), scribe.ledger.mark("field", change.field))
    if not fact.number or not fact.last:
        return ()
    share = round(100 * fact.number / fact.last, 1)
    return run(scribe.figures.percent(share, sign), scribe.ledger.mark("decoy", f"percent {fact.field}"))


def _topic(name: str) -> str:
    return next(topic for topic, names in TOPICS.items() if name in names)


def _value(scribe: Scribe, fact: Fact, has_unit: bool) -> tuple[Inline, Inline]:
    """Return the cells of value and unit; a scale such as "triệu" moves into the unit's cell."""
    name = fact.field
    noun = fact.unit or fields()[name].unit
    if fact.state == "none":
        scribe.ledger.state(name, row_of(fact))
        unit = fact.currency or "USD" if KINDS[name] == "money" else noun
        scribe.slips_off()
        word = scribe.sentence(scribe.pools.structure.denials)
        scribe.slips_on()
        return marked(word, scribe.ledger.mark("field", name)), run(unit if has_unit else "")
    if KINDS[name] == "count":
        return scribe.value(name, "" if has_unit else noun), run(noun if has_unit else "")
    amount = scribe.value(name)
    if not has_unit:
        return amount, ()
    text = text_of(amount)
    figure, _, rest = text.partition(" ")
    if fact.second or not figure[:1].isdigit() or any(letter.isdigit() for letter in rest):
        return amount, ()
    marks = tuple(mark for part in amount for mark in part.marks)
    return run(figure, *dict.fromkeys(marks)), run(rest, *dict.fromkeys(marks))


def _beside(scribe: Scribe, fact: Fact, number: float, unit: str) -> str:
    """Return last year's or the planned figure, in the unit of the row where it can be."""
    if KINDS[fact.field] == "count":
        return scribe.figures.count(number, "")
    text = scribe.figures.money(number, fact.currency)
    for _ in range(8):
        figure, _, rest = text.partition(" ")
        if rest == unit:
            return figure
        text = scribe.figures.money(number, fact.currency)
    return text
