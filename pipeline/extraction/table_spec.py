"""How the tables of a kind of report are headed: the part of a profile that speaks of columns."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from pipeline.extraction.strict import Strict, Wordings


class FigureColumns(Strict):
    """Columns of a table that has one figure a row; a column is what its header names with the most letters."""

    ordinal: Wordings = ()
    label: Wordings = ()
    """What is counted."""
    unit: Wordings = ()
    value: Wordings = ()
    """Results of the report's own period; a header that names the period itself needs no wording."""
    past: Wordings = ()
    plan: Wordings = ()
    percent: Wordings = ()
    """Comparisons; ``past`` and ``plan`` in the same header say with what."""
    note: Wordings = ()


class DelegationColumns(Strict):
    """Columns of a table that lists delegations, and what says whether they went (out) or came (in)."""

    ordinal: Wordings = ()
    organisation: Wordings = ()
    leader: Wordings = ()
    delegations: Wordings = ()
    people: Wordings = ()
    countries: Wordings = ()
    purpose: Wordings = ()
    period: Wordings = ()
    funding: Wordings = ()
    note: Wordings = ()
    out: Wordings = ()
    into: Wordings = Field(default=(), alias="in")

    model_config = ConfigDict(populate_by_name=True)


class Tables(Strict):
    """The tables of a kind of report; what is left out is not read."""

    figures: FigureColumns | None = None
    delegations: DelegationColumns | None = None
    totals: Wordings = ()
    """Labels of rows that sum the others up."""
