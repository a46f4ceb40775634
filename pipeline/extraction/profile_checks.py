"""Checks between fields, as a profile declares them; :mod:`pipeline.checks` carries them out.

A check names fields of its profile. It is carried out where the figures that it needs are reported, and says nothing
about a document where one of them is missing.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from pipeline.extraction.strict import Strict

FieldName = Annotated[
    str, Field(min_length=1, description="The name of a field of this profile, such as trade.turnover.")
]
Tolerance = Annotated[
    Decimal,
    Field(ge=0, le=1, description="How far the two sides may be apart, as a share of the larger one."),
]


class _Check(Strict):
    """What every check has."""

    severity: Literal["note", "warning"] = "warning"
    """A warning puts the fields concerned up for review; a note does not."""
    name: str = Field(default="", pattern=r"^[a-z][a-z0-9_]*$|^$")
    """The code of its findings, in place of the kind; for those who count them."""
    message_vi: str = ""
    """What a finding says in Vietnamese, in place of the general text."""
    message_en: str = ""
    """What a finding says in English, in place of the general text."""


class Parts(_Check):
    """The parts make up the total: export and import make the turnover."""

    kind: Literal["parts"]
    """What is checked."""
    total: FieldName
    """The whole."""
    parts: tuple[FieldName, ...] = Field(min_length=1)
    """What it consists of."""
    complete: bool = True
    """Whether the parts are all there is; otherwise they may be less than the total, never more."""
    tolerance: Tolerance = Decimal("0.01")

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that it names, the total first."""
        return (self.total, *self.parts)


class AtLeast(_Check):
    """One figure is never less than another: people and delegations, filings received and settled."""

    kind: Literal["at_least"]
    """What is checked."""
    field: FieldName
    """The greater."""
    than: FieldName
    """The lesser."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that it names, the greater first."""
        return (self.field, self.than)


class Ratio(_Check):
    """A percentage agrees with the figures that it is said of.

    With ``against``, ``percent`` is 100 × ``of`` / ``against`` (settled on time, of all settled); several fields in ``of``
    are summed. Without it, ``percent`` is the change or share of ``of`` against last year or the plan (the field's
    ``base``), and the other figure is what the same sentence or table row says of that.
    """

    kind: Literal["ratio"]
    """What is checked."""
    of: FieldName | tuple[FieldName, ...]
    """What is a share, or has changed."""
    percent: FieldName
    """The percentage as printed."""
    against: FieldName | None = None
    """What it is a share of."""
    tolerance: Tolerance = Decimal("0.01")

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that it names, the percentage last."""
        return tuple(name for name in (*self.counted, self.against, self.percent) if name is not None)

    @property
    def counted(self) -> tuple[str, ...]:
        """The field or fields of ``of``."""
        return (self.of,) if isinstance(self.of, str) else self.of


class Rate(_Check):
    """Money printed in two currencies, the field's value and the one kept beside it, is at a rate possible in its year."""

    kind: Literal["rate"]
    """What is checked."""
    of: tuple[FieldName, ...] = ()
    """The money fields; empty: every one of the profile."""
    tolerance: Tolerance = Decimal("0.15")

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that it names; empty where it is all money fields."""
        return self.of


class Between(_Check):
    """A figure lies between bounds, both included: a share is at most 100, a rank at least 1."""

    kind: Literal["between"]
    """What is checked."""
    field: FieldName
    low: Decimal | None = None
    """No less than this."""
    high: Decimal | None = None
    """No more than this."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The field that it names."""
        return (self.field,)


class Rows(_Check):
    """What is listed agrees with its count: names of communes with their number, delegations of an annex with theirs."""

    kind: Literal["rows"]
    """What is checked."""
    count: FieldName
    """How many there are."""
    rows: FieldName | Literal["delegations.out", "delegations.in"]
    """A list field, or the rows of the table ``delegations`` in one direction."""
    complete: bool = True
    """Whether all are listed; otherwise there may be fewer rows than the count says, never more."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that it names, the count first."""
        return (self.count,) if self.rows.startswith("delegations.") else (self.count, self.rows)


class Follows(_Check):
    """Where one thing is reported above zero, another is as well: no delegation without people."""

    kind: Literal["follows"]
    """What is checked."""
    field: FieldName
    """Where this is above zero …"""
    then: FieldName
    """… this is as well."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that it names, the condition first."""
        return (self.field, self.then)


class Jump(_Check):
    """A figure is not many times that of the same unit's report on the year before; always a note."""

    kind: Literal["jump"]
    """What is checked."""
    field: FieldName
    times: Decimal = Field(default=Decimal(10), gt=1)
    """So many times more or less is a jump."""
    least: Decimal = Field(default=Decimal(20), ge=0)
    """Where both figures are below this, nothing is a jump."""
    severity: Literal["note"] = "note"
    """A jump is looked at, never held against a report."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The field that it names."""
        return (self.field,)


DeclaredCheck = Annotated[
    Parts | AtLeast | Ratio | Rate | Between | Rows | Follows | Jump, Field(discriminator="kind")
]
"""Any check that a profile may declare; ``fields`` lists the fields that it names."""
