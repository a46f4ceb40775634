"""What was found in a document, as tables for the terminal."""

from __future__ import annotations

from rich import box
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from pipeline.document import Evidence, Extraction, FieldValue, Section

_LONGEST = 120
"""Characters of a text shown in a cell; ``--json`` has all."""
_STATE_STYLES = {"reported": "green", "none": "cyan", "blank": "yellow", "absent": "dim", "unreadable": "red"}
_SEVERITY_STYLES = {"error": "red", "warning": "yellow", "note": "cyan"}


def fields(extraction: Extraction) -> Table:
    """Return the fields with value, state, confidence, page and evidence; a dot marks those to review."""
    table = _table("Fields", "field", "value", "state", "sure", "", "page", "as read")
    for row in extraction.fields:
        table.add_row(
            row.field if row.item == 0 else f"  [{row.item}]",
            _short(value_of(row)),
            Text(row.state, style=_STATE_STYLES[row.state]),
            f"{row.confidence:.2f}",
            _dot(row.needs_review),
            str(page) if (page := _page(row.page, row.evidence)) else "",
            _short(row.evidence.text if row.evidence else ""),
        )
    return table


def value_of(row: FieldValue) -> str:
    """Return the value of a row as one text, with qualifier, unit and currency."""
    if row.value_number is not None:
        qualifier = {"about": "≈ ", "more_than": "> ", "less_than": "< "}.get(row.qualifier, "")
        # Years have no separator, and no count below ten thousand needs one.
        number = f"{row.value_number:,f}" if abs(row.value_number) >= 10_000 else f"{row.value_number:f}"
        return f"{qualifier}{number} {row.currency or row.unit}".strip()
    if row.value_date is not None:
        return row.value_date.isoformat()
    return row.value_text or ""


def outline(extraction: Extraction) -> Tree:
    """Return the headings as a tree."""
    tree = Tree("Outline", style="bold")
    branches: list[tuple[int, Tree]] = [(0, tree)]
    for section in extraction.sections:
        if section.path == "0":
            continue
        while len(branches) > 1 and branches[-1][0] >= section.level:
            branches.pop()
        branches.append((section.level, branches[-1][1].add(_heading(section))))
    return tree


def _heading(section: Section) -> Text:
    text = Text(f"{section.printed_number} {_short(section.heading.text)}".strip(), style="not bold")
    if section.key:
        text.append(f"  {section.key}", style="cyan")
    return text


def references(extraction: Extraction) -> Table:
    """Return the legal documents cited."""
    table = _table("References", "type", "number", "symbol", "date", "issuer", "sure", "", "page", "as read")
    for row in extraction.references:
        table.add_row(
            row.doc_type,
            row.number,
            row.symbol,
            row.issued_on.isoformat() if row.issued_on else "",
            _short(row.issuer),
            f"{row.confidence:.2f}",
            _dot(row.needs_review),
            str(row.evidence.page),
            _short(row.evidence.text),
        )
    return table


def delegations(extraction: Extraction) -> Table:
    """Return the delegations described."""
    table = _table(
        "Delegations", "way", "groups", "people", "countries", "organisation", "sure", "", "page", "as read"
    )
    for row in extraction.delegations:
        table.add_row(
            row.direction,
            _count(row.delegations),
            _count(row.people),
            ", ".join(row.countries),
            _short(row.organisation),
            f"{row.confidence:.2f}",
            _dot(row.needs_review),
            str(row.evidence.page),
            _short(row.evidence.text),
        )
    return table


def findings(extraction: Extraction) -> Table:
    """Return the checks that failed."""
    table = _table("Findings", "check", "", "page", "what")
    for row in extraction.findings:
        severity = Text(row.severity, style=_SEVERITY_STYLES[row.severity])
        table.add_row(row.check, severity, _count(row.page), f"{row.message_en}\n{row.message_vi}")
    return table


def _dot(needs_review: bool) -> Text:
    return Text("•" if needs_review else "", style="yellow")


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE, pad_edge=False)
    for column in columns:
        table.add_column(
            column,
            overflow="fold",
            justify="right" if column in ("sure", "page") else "left",
            no_wrap=column in ("field", "state", "check"),
        )
    return table


def _page(page: int | None, evidence: Evidence | None) -> int | None:
    return evidence.page if evidence else page


def _count(value: int | None) -> str:
    return "" if value is None else str(value)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
