"""From facts to words: one document composed, with its truth."""

from __future__ import annotations

from typing import Any

from numpy.random import Generator

from samples.generator.compose import citations, delegations, tables
from samples.generator.compose.ending import ending
from samples.generator.compose.entities import with_entities
from samples.generator.compose.inline import run, stripped, styled
from samples.generator.compose.ledger import number
from samples.generator.compose.letterhead import addressees, letterhead, subject_lines, title
from samples.generator.compose.manner import Manner, draw_manner
from samples.generator.compose.negatives import negative
from samples.generator.compose.numbering import Numbering, draw_slip
from samples.generator.compose.outline import draw_outline
from samples.generator.compose.profile import COMPANIONS, fields
from samples.generator.compose.scribe import Scribe
from samples.generator.compose.sections import Sections
from samples.generator.nouns import Annex, Block, Composed, Facts, Inline, Letterhead, Paragraph, Text
from samples.generator.wording import habits
from samples.generator.wording.frames import Frame
from samples.generator.wording.pools import Pools
from samples.generator.wording.topics import KINDS, TOPICS

_ADDRESSED = 0.45
"""Share of reports with "Kính gửi"."""
_BASED = 0.12
"""Share of the reports with several references that begin with a list of documents."""
_ECHOED = 0.35
"""Share of reports that state a main figure once more."""


def compose(facts: Facts, pools: Pools, rng: Generator) -> Composed:
    """Return the document in words with its truth; everything by chance comes from ``rng``."""
    scribe = Scribe(facts, pools, rng, habits.draw(rng))
    manner = draw_manner(facts, rng, scribe.habits.dash)
    annexes: list[Annex] = []
    if facts.kind == "negative":
        head, blocks, addressed = negative(scribe, manner)
    else:
        head, blocks, addressed, annexes = _report(scribe, manner)
    end = ending(scribe, addressed)
    ledger = scribe.ledger
    text = Text(head, tuple(blocks), end, tuple(annexes), tuple(ledger.marks))
    text, ledger.entities = with_entities(text, ledger.entities, tuple(dict.fromkeys(ledger.unmarked)))
    return Composed(facts, text, _truth(scribe))


def _report(scribe: Scribe, manner: Manner) -> tuple[Letterhead, list[Block], bool, list[Annex]]:
    facts, rng, words = scribe.facts, scribe.rng, scribe.pools.letterhead
    head = letterhead(scribe)
    blocks: list[Block] = [title(scribe)]
    subjects = [one for one in words.subjects.get(facts.span.period, ()) if one.fits(facts)]
    if subjects:
        lines = subject_lines(scribe, scribe.pick(subjects))
        blocks.extend(Paragraph("subject", styled(line, bold=True)) for line in lines)
    options = [one for one in words.addressees if one.fits(facts) and all(map(scribe.can_say, one.lines))]
    addressed = bool(options) and bool(rng.random() < _ADDRESSED)
    if addressed:
        blocks.extend(addressees(scribe, scribe.pick(options)))
    for line in _bases(scribe):
        blocks.append(Paragraph("body", run(f"{manner.bullet} ") + line))
    if intro := _intro(scribe):
        blocks.append(Paragraph("body", intro))
    found, annexes = _sections(scribe, manner)
    blocks.extend(found)
    if closing := stripped(scribe.sentence(words.closings)):
        end = scribe.habits.ending or "."
        blocks.append(Paragraph("body", (*closing, *run(end))))
    return head, blocks, addressed, annexes


def _bases(scribe: Scribe) -> list[Inline]:
    """Return lines that each cite a document which the report rests on; most reports have none."""
    spare = len(citations.left(scribe)) - 1
    if spare < 1 or scribe.rng.random() >= _BASED:
        return []
    said: list[Inline] = []
    for _ in range(int(scribe.rng.integers(1, min(spare, 3) + 1))):
        if frame := scribe.choose(scribe.pools.letterhead.bases):
            said.append(scribe.start(frame))
    return said


def _intro(scribe: Scribe) -> Inline:
    """Return the first sentence; one that cites a document where there is any."""
    frames = scribe.pools.letterhead.intros
    citing = [frame for frame in frames if citations.cites(frame)]
    if citations.left(scribe) and scribe.rng.random() < 0.8 and scribe.choose(citing):
        return scribe.sentence(citing)
    return scribe.sentence(frames) if scribe.rng.random() < 0.9 else ()


def _sections(scribe: Scribe, manner: Manner) -> tuple[list[Block], list[Annex]]:
    """Return the numbered part of a report with its table, echoes and annexes."""
    table = tables.draw_table(scribe) if manner.tables else None
    branches, style, _ = draw_outline(scribe)
    slip_at, slip_by = draw_slip(scribe.rng)
    numbering = Numbering(style, slip_at if any(style[:2]) else None, slip_by)
    sections = Sections(scribe, manner, numbering, table.tabled if table else frozenset())
    begins: list[int] = []
    for branch in branches:
        begins.append(len(sections.blocks))
        sections.write(branch)
    scribe.ledger.anomalies.extend(numbering.anomalies)
    blocks = sections.blocks
    if branches:
        home = max(range(len(branches)), key=lambda at: _figures_in(branches[at].all_topics))
        begin, end = begins[home], [*begins, len(blocks)][home + 1]
        told = [at for at in sections.told if begin < at <= end]
        shown = tables.table_blocks(scribe, table) if table is not None and not table.annex else []
        before, under, after = _echo(scribe)
        behind = told[-1] if told else end
        if not told:
            before, after = before + after, []
        head = _under_head(blocks[begin:end]) if branches[home].children else 0
        if not head:
            before, under = before + under, []
        blocks = [
            *before,
            *blocks[: begin + head],
            *under,
            *blocks[begin + head : behind],
            *shown,
            *after,
            *blocks[behind:],
        ]
    annexes = [tables.table_annex(scribe, table)] if table is not None and table.annex else []
    return blocks, annexes + delegations.annexes(scribe)


def _figures_in(topics: list[str]) -> int:
    return sum(KINDS[name] in {"count", "money"} for topic in topics for name in TOPICS[topic])


def _under_head(part: list[Block]) -> int:
    """Return how many blocks stand before the first heading below that of the part; 0 where there is none."""
    return next((at for at, block in enumerate(part) if getattr(block, "level", 0) > 1), 0)


def _echo(scribe: Scribe) -> tuple[list[Block], list[Block], list[Block]]:
    """State main figures once more: before the first heading, under the head of the part with the figures, behind them.

    None of it stands among the items of a list.
    """
    planted = [one.field for one in scribe.facts.contradictions if one.kind == "echo"]
    said: list[Inline] = []
    for name in planted:
        frames = [frame for frame in _echoes(scribe) if _echoed(frame) == {name}]
        if scribe.ledger.rows.get(name, {}).get("state") == "reported" and (frame := scribe.choose(frames)):
            said.append(scribe.start(frame))
    if scribe.rng.random() < _ECHOED:
        free = [
            frame
            for frame in _echoes(scribe)
            if not _echoed(frame) & set(planted) and _is_told(scribe, frame)
        ]
        for _ in range(int(scribe.rng.integers(1, 3))):
            if free:
                frame = free.pop(int(scribe.rng.integers(len(free))))
                said.append(scribe.start(frame))
                free = [other for other in free if not _echoed(other) & _echoed(frame)]
    places: tuple[list[Block], list[Block], list[Block]] = ([], [], [])
    for line in said:
        where = scribe.rng.random()
        places[0 if where < 0.25 else 1 if where < 0.5 else 2].append(Paragraph("body", line))
    return places


def _echoes(scribe: Scribe) -> list[Frame]:
    return [
        frame for topic in scribe.pools.topics.values() for frame in topic.echoes if scribe.can_say(frame)
    ]


def _echoed(frame: Frame) -> set[str]:
    return {decoy.field for decoy in frame.decoys if decoy.kind == "echo"}


def _is_told(scribe: Scribe, frame: Frame) -> bool:
    return all(scribe.ledger.rows.get(name, {}).get("state") == "reported" for name in _echoed(frame))


# ------------------------------------------------------------ truth


def _truth(scribe: Scribe) -> dict[str, Any]:
    facts, ledger = scribe.facts, scribe.ledger
    if facts.kind == "report":
        _report_rows(scribe)
    rows = ledger.field_rows()
    _accept_denials(rows)
    return {
        "note": _note(facts, scribe),
        "fields": rows,
        "handwritten": list(facts.handwritten),
        "contradictions": ledger.contradictions,
        "anomalies": ledger.anomalies,
        "delegations": ledger.delegations,
        "references": ledger.references,
        "sections": [list(section) for section in ledger.sections],
        "section_keys": ledger.section_keys,
        "entities": ledger.entities,
    }


def _note(facts: Facts, scribe: Scribe) -> str:
    what = "Report" if facts.kind == "report" else f"No report on foreign affairs ({facts.doc_type})"
    lost = f"; no wording for {', '.join(scribe.ledger.unprinted)}" if scribe.ledger.unprinted else ""
    return (
        f"{what} - {facts.office.level}{', Party' * facts.office.party}, {facts.span.period} {facts.span.year}; "
        f"invented content{lost}."
    )


def _report_rows(scribe: Scribe) -> None:
    """Record what follows from the document as a whole."""
    for name, kind in fields().items():
        fact = scribe.facts.fields.get(name)
        if kind.group != "report" or fact is None or fact.state == "absent":
            continue
        row: dict[str, Any] = {"state": "reported"}
        if name == "report.plan_year":
            planned = "plan.items" in scribe.ledger.rows
            if not (planned or scribe.speaks_of_next):
                continue
            row["value_number"] = scribe.names.plan_year
            if not scribe.speaks_of_next:
                row["acceptable_states"] = ["absent"]
        elif fact.number is not None:
            row["value_number"] = number(fact.number)
        else:
            row["value_text"] = fact.text
            if fact.acceptable:
                row["acceptable"] = list(fact.acceptable)
        scribe.ledger.state(name, row)


def _accept_denials(rows: dict[str, dict[str, Any]]) -> None:
    """Let what the denial of another field denies along count as denied."""
    for name, companions in COMPANIONS.items():
        if rows[name]["state"] != "none":
            continue
        for other in companions:
            if rows[other]["state"] == "absent":
                rows[other]["acceptable_states"] = ["none"]
