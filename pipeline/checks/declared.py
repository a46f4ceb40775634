"""The checks that a profile declares between its fields (:mod:`pipeline.extraction.profile_checks`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import singledispatch

from pipeline.checks.comparisons import Compared, compared
from pipeline.checks.exchange import amounts_at_odd_rates
from pipeline.checks.reported import figure, joined, number_of, page_of, reported, spoken, told
from pipeline.document import Extraction, FieldValue, Finding, Outline
from pipeline.extraction.profile import Profile
from pipeline.extraction.profile_checks import (
    AtLeast,
    Between,
    DeclaredCheck,
    Follows,
    Parts,
    Rate,
    Ratio,
    Rows,
)

CODES = {
    "parts": "parts_against_total",
    "at_least": "smaller_than_part",
    "ratio": "percent_against_figures",
    "rate": "impossible_rate",
    "between": "out_of_bounds",
    "rows": "rows_against_count",
    "follows": "missing_counterpart",
    "jump": "jump",
}
"""The code of a check's findings where the profile gives it no name of its own."""

_NOT_EXACT = Decimal("0.05")
"""How far figures may be apart of which one is said to be about, more than or less than what it is."""


class _Case:
    """One document under one check: what the checks below ask, and how they answer."""

    def __init__(self, extraction: Extraction, outline: Outline, profile: Profile) -> None:
        self.extraction = extraction
        self.outline = outline
        self.profile = profile

    def label(self, name: str) -> tuple[str, str]:
        """Return what a field is called in Vietnamese and in English."""
        spec = self.profile.field(name)
        return spec.label_vi, spec.label_en or name

    def finding(
        self, check: DeclaredCheck, fields: Sequence[str], vi: str, en: str, page: int | None
    ) -> Finding:
        """Return a finding of ``check`` with its own messages, if it has any, before the figures."""
        return Finding(
            check.name or CODES[check.kind],
            check.severity,
            tuple(dict.fromkeys(fields)),
            f"{check.message_vi}: {vi}" if check.message_vi else vi,
            f"{check.message_en}: {en}" if check.message_en else en,
            page,
        )


def declared(extraction: Extraction, outline: Outline, profile: Profile) -> Iterable[Finding]:
    """Yield what the checks of ``profile`` find; those across documents are left to :mod:`pipeline.checks.across`."""
    case = _Case(extraction, outline, profile)
    for check in profile.checks:
        yield from _findings(check, case)


@singledispatch
def _findings(check: DeclaredCheck, case: _Case) -> Iterable[Finding]:
    """Yield what one check finds; none for a check that needs other documents too."""
    del check, case
    return ()


def _room(tolerance: Decimal, rows: Iterable[FieldValue]) -> Decimal:
    return max(tolerance, *(_NOT_EXACT if row.qualifier != "exact" else Decimal(0) for row in rows))


def _apart(one: Decimal, other: Decimal, tolerance: Decimal) -> bool:
    return abs(one - other) > tolerance * max(abs(one), abs(other))


@_findings.register
def _parts(check: Parts, case: _Case) -> Iterable[Finding]:
    total = reported(case.extraction, check.total)
    rows = [told(case.extraction, name) for name in check.parts]
    parts = [
        row
        for row in rows
        if row and (row.state == "none" or row.currency == (total.currency if total else ""))
    ]
    if total is None or not any(row.state == "reported" for row in parts):
        return
    tolerance = _room(check.tolerance, (total, *parts))
    amount = sum((number_of(row) for row in parts), Decimal(0))
    less = amount < number_of(total) and not (check.complete and len(parts) == len(check.parts))
    if less or not _apart(amount, number_of(total), tolerance):
        return
    of_total, unit = spoken(total), total.currency or total.unit
    told_parts = [spoken(row) for row in parts if row.state == "reported"]
    vi, en = (
        f"{joined(texts)}" + (f" = {figure(amount, unit)[i]}" if len(texts) > 1 else "")
        for i, texts in enumerate(zip(*told_parts, strict=True))
    )
    names_vi, names_en = zip(
        *(case.label(row.field) for row in parts if row.state == "reported"), strict=True
    )
    total_vi, total_en = case.label(check.total)
    yield case.finding(
        check,
        (check.total, *(row.field for row in parts)),
        f"{', '.join(names_vi)}: {vi}, khác {total_vi}: {of_total[0]}",
        f"{', '.join(names_en)}: {en}, not the {total_en} of {of_total[1]}",
        page_of(total),
    )


@_findings.register
def _at_least(check: AtLeast, case: _Case) -> Iterable[Finding]:
    more, less = reported(case.extraction, check.field), reported(case.extraction, check.than)
    if more is None or less is None or more.currency != less.currency or number_of(more) >= number_of(less):
        return
    (more_vi, more_en), (less_vi, less_en) = case.label(check.field), case.label(check.than)
    yield case.finding(
        check,
        (check.field, check.than),
        f"{more_vi}: {spoken(more)[0]}, ít hơn {less_vi}: {spoken(less)[0]}",
        f"{more_en}: {spoken(more)[1]}, less than {less_en}: {spoken(less)[1]}",
        page_of(more),
    )


@_findings.register
def _ratio(check: Ratio, case: _Case) -> Iterable[Finding]:
    percent = reported(case.extraction, check.percent)
    rows = [reported(case.extraction, name) for name in check.counted]
    counted = [row for row in rows if row is not None]
    if percent is None or len(counted) != len(rows):
        return
    amount = sum((number_of(row) for row in counted), Decimal(0))
    said = number_of(percent)
    if check.against is not None:
        base = reported(case.extraction, check.against)
        if base is None or not number_of(base) or len({row.currency for row in (*counted, base)}) > 1:
            return
        against, concerned = number_of(base), (*counted, base, percent)
    else:
        other = _said_beside(check, percent, counted[0], case)
        if other is None:
            return
        against, concerned = other.base, (*counted, percent)
    true = 100 * amount / against
    if abs(true - said) <= max(_room(check.tolerance, concerned) * max(true, said), _last_digit(said)):
        return
    vi, en = (
        f"{figure(amount)[i]} / {figure(against)[i]} = {figure(round(true, 1), '%')[i]}" for i in (0, 1)
    )
    label_vi, label_en = case.label(check.percent)
    yield case.finding(
        check,
        [row.field for row in concerned],
        f"{label_vi} ghi {figure(said, '%')[0]} nhưng {vi}",
        f"{label_en} is given as {figure(said, '%')[1]}, but {en}",
        page_of(percent),
    )


def _last_digit(number: Decimal) -> Decimal:
    """Return the worth of the last printed digit of ``number``: rounding and cutting off differ by no more."""
    exponent = number.normalize().as_tuple().exponent
    return Decimal(1).scaleb(min(0, int(exponent)))


def _said_beside(check: Ratio, percent: FieldValue, of: FieldValue, case: _Case) -> Compared | None:
    """Return what the sentence of the percentage says of last year or the plan."""
    base = case.profile.field(check.percent).base
    for one in compared(case.outline):
        if one.base_kind == base and one.percent == percent.value_number and one.figure == of.value_number:
            return one
    return None


@_findings.register
def _rate(check: Rate, case: _Case) -> Iterable[Finding]:
    for odd in amounts_at_odd_rates(case.extraction, case.outline, check.tolerance):
        if check.of and not set(odd.fields) & set(check.of):
            continue
        yield case.finding(check, odd.fields, odd.message_vi, odd.message_en, odd.page)


@_findings.register
def _between(check: Between, case: _Case) -> Iterable[Finding]:
    row = reported(case.extraction, check.field)
    if row is None:
        return
    low, high = check.low, check.high
    if (low is None or number_of(row) >= low) and (high is None or number_of(row) <= high):
        return
    bounds = [f"{'' if low is None else f'{low:f}'} … {'' if high is None else f'{high:f}'}".strip()] * 2
    label_vi, label_en = case.label(check.field)
    yield case.finding(
        check,
        (check.field,),
        f"{label_vi}: {spoken(row)[0]}, ngoài khoảng {bounds[0]}",
        f"{label_en}: {spoken(row)[1]}, outside {bounds[1]}",
        page_of(row),
    )


@_findings.register
def _rows(check: Rows, case: _Case) -> Iterable[Finding]:
    count = reported(case.extraction, check.count)
    if count is None:
        return
    if check.rows in ("delegations.out", "delegations.in"):
        direction = check.rows.removeprefix("delegations.")
        listed = sum(d.delegations or 1 for d in case.extraction.delegations if d.direction == direction)
        fields: tuple[str, ...] = (check.count,)
    else:
        listed = len([row for row in case.extraction.rows(check.rows) if row.state == "reported"])
        fields = (check.rows, check.count)
    if not listed or listed == number_of(count) or (not check.complete and listed < number_of(count)):
        return
    label_vi, label_en = case.label(check.count)
    yield case.finding(
        check,
        fields,
        f"{label_vi} ghi {spoken(count)[0]} nhưng nêu {listed}",
        f"{label_en} is given as {spoken(count)[1]}, but {listed} are listed",
        page_of(count),
    )


@_findings.register
def _follows(check: Follows, case: _Case) -> Iterable[Finding]:
    row, then = reported(case.extraction, check.field), told(case.extraction, check.then)
    if row is None or then is None or number_of(row) <= 0 or number_of(then) > 0:
        return
    (label_vi, label_en), (then_vi, then_en) = case.label(check.field), case.label(check.then)
    yield case.finding(
        check,
        (check.field, check.then),
        f"{label_vi}: {spoken(row)[0]} nhưng {then_vi}: 0",
        f"{label_en}: {spoken(row)[1]}, but {then_en}: 0",
        page_of(row),
    )
