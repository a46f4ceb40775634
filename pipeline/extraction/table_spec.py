"""How the tables of a kind of report are headed: the part of a profile that speaks of columns."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from pipeline.extraction.strict import Strict, Wordings


class FigureColumns(Strict):
    """Columns of a table that has one figure a row; a column is what its header names with the most letters."""

    ordinal: Wordings = ()
    """Numbers of rows, never a value."""
    label: Wordings = ()
    """What is counted."""
    unit: Wordings = ()
    """In what it is counted."""
    value: Wordings = ()
    """Results of the report's own period; a header that names the period itself needs no wording."""
    past: Wordings = ()
    """Results of earlier periods, never a value."""
    plan: Wordings = ()
    """Plans and targets, never a value."""
    percent: Wordings = ()
    """Comparisons; ``past`` and ``plan`` in the same header say with what."""
    note: Wordings = ()
    """Remarks, never a value."""


class DelegationColumns(Strict):
    """Columns of a table that lists delegations, and what says whether they went (out) or came (in)."""

    ordinal: Wordings = ()
    """Numbers of rows."""
    organisation: Wordings = ()
    """Who went, or who received them."""
    leader: Wordings = ()
    """Who led them."""
    delegations: Wordings = ()
    """How many delegations a row stands for."""
    people: Wordings = ()
    """How many people they had."""
    countries: Wordings = ()
    """Where they went, or came from."""
    purpose: Wordings = ()
    """What for."""
    period: Wordings = ()
    """When."""
    funding: Wordings = ()
    """Who paid."""
    note: Wordings = ()
    """Remarks."""
    out: Wordings = ()
    """In a caption, a header or the title of a group of rows: they went abroad."""
    into: Wordings = Field(default=(), alias="in")
    """The same: they came."""

    model_config = ConfigDict(populate_by_name=True)


class Tables(Strict):
    """The tables of a kind of report; what is left out is not read."""

    figures: FigureColumns | None = None
    """Tables of figures, one a row."""
    delegations: DelegationColumns | None = None
    """Tables of delegations, one a row."""
    totals: Wordings = ()
    """Labels of rows that sum the others up."""
