"""``sohoa panel``: units compared over years as one tidy table."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.answer import Output, deliver, refuse_unshown

_SHORT = """SELECT unit, year, field, state, value_number, coalesce(value_text, value_date::VARCHAR) AS value_text,
coalesce(currency, value_unit) AS value_unit, aggregated, parts_missing FROM panel"""
_LEFT_OUT_SHOWN = 5


def panel(
    run: Annotated[Path, typer.Argument(metavar="DIR", help="The folder that sohoa run --out wrote.")],
    *,
    fields: Annotated[
        list[str] | None,
        typer.Option(
            "--field", metavar="FIELD", help="A field, such as trade.turnover; may be repeated. Default: all."
        ),
    ] = None,
    years: Annotated[
        str | None,
        typer.Option("--years", metavar="FIRST-LAST", help="Years to tell. Default: those of the documents."),
    ] = None,
    units_of: Annotated[
        str,
        typer.Option(
            "--units-of", metavar="DATE", help="The day whose units are told, or own: each by itself."
        ),
    ] = "2025-07-01",
    output: Annotated[Output, typer.Option("--format", help="Form of the table.")] = Output.table,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write the table there instead of showing it."),
    ] = None,
) -> None:
    """Compare units over years: a row for each unit, year and field, matched over renamings and mergers, gaps included."""
    from pipeline.panel import panel as make
    from pipeline.query.views import ask, connect

    refuse_unshown(output, out)
    with connect(run) as con:
        made = make(con, units_of=_day(units_of), fields=tuple(fields or ()), years=_range(years))
        shown = out is None and output is Output.table
        deliver(ask(con, _SHORT if shown else "SELECT * FROM panel"), output, out)
    span = f"{made.years[0]} to {made.years[-1]}" if made.years else "no year"
    print(f"{made.units} units, {span}.", file=sys.stderr)
    if made.left_out:
        print(f"{len(made.left_out)} documents have no place in the panel:", file=sys.stderr)
        for source, why in made.left_out[:_LEFT_OUT_SHOWN]:
            print(f"  {source}: {why}", file=sys.stderr)
        if len(made.left_out) > _LEFT_OUT_SHOWN:
            print(f"  … and {len(made.left_out) - _LEFT_OUT_SHOWN} more", file=sys.stderr)


def _day(text: str) -> date | None:
    from pipeline.errors import UsageError

    if text == "own":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--units-of {text}: give a day such as 2024-12-31, or own") from error


def _range(text: str | None) -> tuple[int, int] | None:
    from pipeline.errors import UsageError

    if text is None:
        return None
    first, _, last = text.partition("-")
    if not (
        first.isdigit() and (last or first).isdigit() and 1900 <= int(first) <= int(last or first) <= 2200
    ):
        raise UsageError(f"--years {text}: give the first and the last year, such as 2015-2024")
    return int(first), int(last or first)
