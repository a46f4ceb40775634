"""The parts of the report as plain values, ready to be laid out: charts, the tables beside them, and their rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from pipeline.report import charts, questions
from pipeline.report.indicators import Indicator, Scale, scale_of
from pipeline.report.numbers import told
from pipeline.text import fold

Row = dict[str, Any]

BARS = 15
"""Units in a chart by unit; the table behind it has all."""
MOST_YEARS = 30
"""Columns of a table over years."""
FEWEST = 4
"""Units that a comparison within one year needs."""
LEVELS = ("province", "district", "commune")
DOCUMENTS_SHOWN = 1_000
ROWS_SHOWN = 120
"""Rows embedded behind a figure; the query beside them gives all."""
UNITS_SHOWN = 1_000
"""Units in the table of an indicator over units and years."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What stands behind a figure: the query that gives it, the first rows, and how many there are."""

    sql: str
    rows: list[Row]
    total: int

    @property
    def columns(self) -> list[str]:
        """Names of the columns, without what is shown as a mark or a link."""
        return [name for name in (self.rows[0] if self.rows else {}) if name not in ("page", "needs_review")]


@dataclass(frozen=True, slots=True)
class Block:
    """One indicator: its course over the years, its units in one year, and the tables of both."""

    indicator: Indicator
    scale: Scale
    currency: str
    other_currencies: list[str]
    levels: list[str]
    course: dict[int, dict[str, Row]]
    """By year and level."""
    over_years: str
    year_of_units: int | None
    """The year in which units are compared; None: the latest figure of each."""
    units: list[Row]
    by_unit: str
    matrix: list[Row]
    matrix_years: list[int]
    rows: Rows


@dataclass(frozen=True, slots=True)
class Coverage:
    """Documents by year, by province and by district."""

    years: list[int]
    levels: list[str]
    without_year: int
    """Documents whose year is not known."""
    chart: str
    by_year: list[Row]
    provinces: list[Row]
    rows: Rows
    """The documents themselves."""
    unplaced: Rows
    """Documents without year or place."""


def shown_years(years: Iterable[int]) -> list[int]:
    """Return the years from the first to the last, gaps too; where a misread one lies far off, only those that occur."""
    known = sorted(set(years))
    span = range(known[0], known[-1] + 1) if known else range(0)
    return list(span) if len(span) <= MOST_YEARS else known


def alphabetical(name: str) -> tuple[str, str]:
    """Return the key by which Vietnamese names stand in order, near enough: marks count only between equal letters."""
    return fold(name), name


def asked(con: duckdb.DuckDBPyConnection, sql: str) -> list[Row]:
    """Return the answer to ``sql`` as dictionaries."""
    answer = con.execute(sql)
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def first_rows(con: duckdb.DuckDBPyConnection, sql: str, most: int = ROWS_SHOWN) -> Rows:
    """Return the first ``most`` rows of the answer to ``sql``, which has no limit of its own, and the number of all."""
    (total,) = con.execute(f"SELECT count(*) FROM ({sql})").fetchall()[0]
    return Rows(" ".join(sql.split()), asked(con, f"{sql} LIMIT {most}"), int(total))


def coverage(con: duckdb.DuckDBPyConnection) -> Coverage:
    """Return who reported for which year."""
    counted = asked(con, questions.COVERAGE)
    by_year = asked(con, questions.DOCUMENTS_BY_YEAR)
    years = shown_years(int(row["year"]) for row in counted if row["year"] is not None)
    provinces: dict[str, Row] = {}
    for row in counted:
        here = provinces.setdefault(
            row["province"],
            {"province": row["province"], "counts": defaultdict(int), "total": 0, "districts": {}},
        )
        year = row["year"]
        here["counts"][year] += row["documents"]
        here["total"] += row["documents"]
        district = here["districts"].setdefault(
            row["district"], {"district": row["district"], "counts": {}, "total": 0}
        )
        district["counts"][year] = row["documents"]
        district["total"] += row["documents"]
    listed = sorted(
        provinces.values(), key=lambda here: (not here["province"], *alphabetical(here["province"]))
    )
    for here in listed:
        here["districts"] = sorted(here["districts"].values(), key=lambda one: alphabetical(one["district"]))
    return Coverage(
        years,
        [one for one in LEVELS if any(row["level"] == one for row in by_year)],
        sum(row["documents"] for row in counted if row["year"] is None),
        charts.documents_by_year(by_year, years=years) if by_year else "",
        _by_year_table(by_year, years),
        listed,
        first_rows(con, questions.DOCUMENTS, DOCUMENTS_SHOWN),
        first_rows(con, questions.NO_PLACE_OR_YEAR),
    )


def _by_year_table(rows: Sequence[Mapping[str, Any]], years: Sequence[int]) -> list[Row]:
    held = {(row["year"], row["level"]): int(row["value"]) for row in rows}
    return [{"year": year} | {level: held.get((year, level), 0) for level in LEVELS} for year in years]


def blocks(con: duckdb.DuckDBPyConnection, indicators: Sequence[Indicator]) -> list[Block]:
    """Return a block for every indicator that has values, from the table ``panel``."""
    years: dict[str, list[Row]] = defaultdict(list)
    units: dict[str, list[Row]] = defaultdict(list)
    if indicators:
        con.execute(questions.LEADING)
    for row in asked(con, questions.BY_YEAR) if indicators else []:
        years[row["field"]].append(row)
    for row in asked(con, questions.BY_UNIT) if indicators else []:
        units[row["field"]].append(row)
    return [
        _block(con, one, years[one.field], units[one.field]) for one in indicators if years.get(one.field)
    ]


def _block(
    con: duckdb.DuckDBPyConnection, indicator: Indicator, by_year: list[Row], by_unit: list[Row]
) -> Block:
    currency, *others = next((row["currencies"] for row in by_year if row["currencies"]), None) or [""]
    scale = scale_of(indicator, max(row["largest"] for row in by_year), currency)
    measure = "total" if indicator.additive else "median"
    course = [{**row, "value": row[measure] / scale.divisor} for row in by_year]
    span = shown_years(row["year"] for row in by_year)
    level = max(LEVELS, key=lambda one: sum(row["units"] for row in by_year if row["level"] == one))
    year, there = _units_side_by_side([row for row in by_unit if row["level"] == level])
    bars = [
        {
            "unit": _named(row), "value": row["value"] / scale.divisor, "level": level,
            "told": ("≥ " if row["incomplete"] else "")
            + told(row["value"] / scale.divisor)
            + ("" if year else f" ({row['year']})"),
        }
        for row in there[:BARS]
    ]  # fmt: skip
    quoted = "'" + indicator.field.replace("'", "''") + "'"
    return Block(
        indicator, scale, currency, others, [one for one in LEVELS if any(row["level"] == one for row in course)],
        _by_level(course), charts.over_years(course, years=span, whole=indicator.type == "count"), year, there,
        charts.by_unit(bars), _matrix(by_unit, scale), span,
        first_rows(con, questions.ROWS.format(field=quoted)),
    )  # fmt: skip


def _by_level(course: Sequence[Row]) -> dict[int, dict[str, Row]]:
    held: dict[int, dict[str, Row]] = defaultdict(dict)
    for row in course:
        held[row["year"]][row["level"]] = row
    return dict(sorted(held.items()))


def _units_side_by_side(rows: Sequence[Row]) -> tuple[int | None, list[Row]]:
    """Return (the year compared, its rows, the largest first).

    It is the latest year with half as many units as the best one has. Where even that has few, the latest figure of each
    unit stands beside the others, and the year is None.
    """
    units: dict[int, int] = defaultdict(int)
    for row in rows:
        units[row["year"]] += 1
    year = max(one for one, count in units.items() if count * 2 >= max(units.values()))
    if units[year] >= FEWEST:
        chosen = [row for row in rows if row["year"] == year]
    else:
        year = 0
        chosen = list(
            {(row["province"], row["unit"]): row for row in rows}.values()
        )  # rows come by year: the last stays
    return year or None, sorted(chosen, key=lambda row: (-row["value"], row["unit"]))


def _named(row: Row) -> str:
    return (
        f"{row['unit']} ({row['province']})"
        if row["level"] == "district" and row["province"]
        else row["unit"]
    )


def _matrix(rows: Sequence[Row], scale: Scale) -> list[Row]:
    """Return a row a unit with its figures by year, provinces first."""
    held: dict[tuple[str, str, str], dict[int, Row]] = defaultdict(dict)
    for row in rows:
        held[row["level"], row["province"] or "", row["unit"]][row["year"]] = row
    listed = sorted(
        held, key=lambda key: (LEVELS.index(key[0]), *alphabetical(key[1]), *alphabetical(key[2]))
    )
    return [
        {
            "unit": unit, "province": province, "level": level,
            "cells": {
                year: {
                    "told": told(row["value"] / scale.divisor), "review": row["needs_review"],
                    "aggregated": row["aggregated"], "incomplete": row["incomplete"],
                }
                for year, row in held[level, province, unit].items()
            },
        }
        for level, province, unit in listed[:UNITS_SHOWN]
    ]  # fmt: skip


def state_shares(
    con: duckdb.DuckDBPyConnection, indicators: Sequence[Indicator]
) -> tuple[str, list[Row], str]:
    """Return (chart, table, query) of how often each indicator is in each state."""
    names = ", ".join("'" + one.field.replace("'", "''") + "'" for one in indicators)
    sql = questions.STATES.format(fields=names)
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    for row in asked(con, sql) if indicators else []:
        counted[row["field"]][row["state"]] = int(row["documents"])
    table, bars = [], []
    for one in indicators:
        total = sum(counted[one.field].values())
        if not total:
            continue
        table.append({"indicator": one, "total": total, "states": counted[one.field]})
        bars += [
            {"label": one.label_vi, "state": state, "share": counted[one.field].get(state, 0) / total}
            for state in charts.STATE_COLOURS
        ]
    return charts.states(bars) if bars else "", table, " ".join(sql.split())
