"""The figures as tables: on the terminal and in Markdown, the same cells in both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.table import Table
from rich.text import Text

from benchmarks.accuracy.figures import HEADLINE, Change, Figures, columns, shown
from pipeline.evaluation.calibration import auroc, expected_calibration_error

Sheet = tuple[str, list[str], list[list[str]]]
"""A title, the column heads, the rows."""


def sheets(figures: Figures) -> Iterator[Sheet]:
    """Yield the tables of a measurement: the headline, then fields by group, by kind of value and by state."""
    head = ["preset", "documents", "pages", *HEADLINE]
    rows = [
        [row[0], *(str(number) for number in _size(figures, row[0])), *row[1:]]
        for row in columns(figures, HEADLINE)
    ]
    yield "Per cent, with 95 % intervals", head, rows
    if any(tally.judged for tally in figures.tallies):
        yield _confidence_sheet(figures)
    for title, prefix in (
        ("Fields right by group, of those that page or run speak of", "group "),
        ("Fields right by kind of value, of those that page or run speak of", "kind "),
        ("Fields right by true state, of those that page or run speak of", "state "),
    ):
        names = figures.names(prefix)
        if not names:
            continue
        across = columns(figures, names)
        heads = ["", *(row[0] for row in across)]
        turned = [[n.removeprefix(prefix), *(row[i] for row in across)] for i, n in enumerate(names, start=1)]
        yield title, heads, turned


def _confidence_sheet(figures: Figures) -> Sheet:
    """Return what the confidence is worth, by preset: shares in per cent, calibration error and AUROC as they are."""
    head = ["preset", "rows", "right", "accepted", "right if accepted", "calibration error", "AUROC"]
    rows = []
    for preset in figures.presets:
        sure, right = figures.judged(preset)
        rows.append(
            [
                preset,
                str(len(right)),
                f"{100 * sum(right) / max(1, len(right)):.1f}",
                shown(figures.figure(preset, "accepted")),
                shown(figures.figure(preset, "right if accepted")),
                f"{expected_calibration_error(sure, right):.3f}",
                f"{auroc(sure, right):.3f}",
            ]
        )
    return "What the confidence is worth", head, rows


def _size(figures: Figures, preset: str) -> tuple[int, int]:
    names = {tally.document for tally in figures.of(preset)}
    pages = figures.about["pages"]
    return len(names), sum(pages[name] for name in names)


def changes_sheet(changes: Sequence[Change]) -> Sheet:
    """Return what moved as a table; sure changes are those whose interval leaves out zero."""
    rows = [
        [
            change.preset,
            change.figure,
            f"{100 * change.before:.2f}",
            f"{100 * change.after:.2f}",
            f"{100 * (change.after - change.before):+.2f} ({100 * change.low:+.2f} to {100 * change.high:+.2f})",
            ("better" if change.better else "WORSE") + ("" if change.sure else ", within chance"),
        ]
        for change in changes
    ]
    return "What moved, same documents", ["preset", "figure", "before", "after", "difference", ""], rows


def terminal(sheet: Sheet) -> Table:
    """Return a sheet for ``rich.console.Console.print``."""
    title, head, rows = sheet
    table = Table(title=title, title_justify="left")
    for index, name in enumerate(head):
        table.add_column(name, justify="left" if index == 0 else "right", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell.replace(" (", "\n(")) for cell in row))
    return table


def markdown(sheet: Sheet) -> str:
    """Return a sheet as a Markdown table under its title."""
    title, head, rows = sheet
    lines = [f"**{title}**", "", _line(head), _line(["---", *("---:" for _ in head[1:])])]
    return "\n".join([*lines, *(_line(row) for row in rows), ""])


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
