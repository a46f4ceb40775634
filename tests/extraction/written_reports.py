"""Reports written for tests as text files: a letterhead, a body with tables, and what is true of them.

    issuer: ỦY BAN NHÂN DÂN / HUYỆN HOA LƯ
    number: Số: 12/BC-UBND
    …
    ---
    paragraphs, one a line; lines of | cells | make a table, whose first row is its header
    === truth
    group.field = 12           (a number in units, or a text)
    group.field = none         (or blank, absent)
    group.list = list 3        (so many items)
    ignore: group.other        (what people would read in two ways)

Of a field that is not listed the report does not speak.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pipeline.document import Extraction, Layout, Paragraph, Table, TableCell
from pipeline.extraction.extract import extract
from pipeline.extraction.profile import Profile
from pipeline.outline import outline
from tests.extraction.reports import letterhead, pages_of, paragraph, words


@dataclass(frozen=True)
class Report:
    """A written report and its truth, by field."""

    layout: Layout
    truth: dict[str, str]
    ignored: frozenset[str]


@dataclass(frozen=True)
class Miss:
    """A field that is not what is true."""

    field: str
    expected: str
    found: str
    evidence: str


def read_report(path: Path) -> Report:
    """Return the report in the file ``path``."""
    text, _, truth = path.read_text(encoding="utf-8").partition("=== truth\n")
    head, _, body = text.partition("---\n")
    keys = dict(line.split(": ", 1) for line in head.strip().splitlines())
    zones = letterhead(
        issuer=tuple(keys["issuer"].split(" / ")),
        number=keys["number"],
        place_date=keys["place_date"],
        subject=(keys["subject"],),
    )
    lines = [line.strip() for line in truth.splitlines() if line.strip()]
    ignored = {name for line in lines if line.startswith("ignore:") for name in line[7:].split()}
    facts = dict(line.split(" = ", 1) for line in lines if not line.startswith("ignore:"))
    return Report(_layout(zones, body), facts, frozenset(ignored))


def _layout(zones: tuple[object, ...], body: str) -> Layout:
    paragraphs: list[Paragraph] = []
    tables: list[Table] = []
    rows: list[list[str]] = []
    for number, line in enumerate([*body.splitlines(), ""]):
        y = 0.02 + 0.96 * (number % 60) / 60
        if line.startswith("|"):
            rows.append(
                [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]
            )
            continue
        if rows:
            tables.append(_table(rows, len(paragraphs), paragraphs[-1:]))
            rows = []
        if line.strip():
            paragraphs.append(paragraph(line.strip(), page=1 + number // 60, y=y))
    return Layout(zones, tuple(paragraphs), tuple(tables))  # type: ignore[arg-type]


def _table(rows: list[list[str]], after: int, caption: list[Paragraph]) -> Table:
    cells = [
        TableCell(words(text, page=1, y=0.02 + 0.015 * r), r, r + 1, c, c + 1)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    ]
    return Table(1, 1, tuple(cells), 1, tuple(caption), after)


def understood(report: Report, profile: Profile) -> Extraction:
    """Return what is extracted from the report."""
    layout = report.layout
    return extract(layout, outline(layout), pages_of(layout), profile)


def judged(report: Report, extraction: Extraction, profile: Profile) -> tuple[int, list[Miss]]:
    """Return how many fields beyond the letterhead were judged, and those that are not right."""
    names = [f.name for f in profile.fields if f.group not in ("letterhead", "report")]
    names = [n for n in names if n not in report.ignored]
    names += [n for n in report.truth if n.startswith("report.")]
    return len(names), list(_misses(report, extraction, names))


def _misses(report: Report, extraction: Extraction, names: list[str]) -> Iterator[Miss]:
    for name in names:
        rows = extraction.rows(name)
        expected = report.truth.get(name, "absent")
        row = rows[0]
        if expected.startswith("list "):
            found = f"list {len(rows)}" if row.state == "reported" else row.state
        elif row.state != "reported":
            found = row.state
        else:
            found = str(row.value_text if row.value_number is None else row.value_number)
        if found == expected or _equal(found, expected):
            continue
        evidence = row.evidence.text if row.evidence else ""
        yield Miss(name, expected, f"{found} ({row.rule})", evidence[:80])


def _equal(one: str, other: str) -> bool:
    try:
        return Decimal(one) == Decimal(other)
    except ArithmeticError:
        return False
