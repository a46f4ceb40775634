"""Delegations that a table lists, one a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from pipeline.document import Delegation, Evidence, Passage, Table, TableCell
from pipeline.extraction.profile import Profile
from pipeline.extraction.stays import find_stay_in_cell
from pipeline.extraction.table_columns import body_rows, cell_at, headers, repaired
from pipeline.extraction.table_kinds import column_kinds, second_day
from pipeline.extraction.table_spec import DelegationColumns
from pipeline.extraction.telling_names import split_name
from pipeline.extraction.trips import Direction, is_foreign, is_ours
from pipeline.extraction.values.numbers import find_quantities
from pipeline.extraction.values.units import unit_family
from pipeline.extraction.wording import best_hit, find_wordings, fold_words
from pipeline.gazetteers.countries import country, find_countries
from pipeline.text import squeeze

_LISTED = regex.compile(r"\s?[,;/+&]\s?|\s(?:và|-|–)\s")
_OF_CHINA = regex.compile(r"(?<=Đài Loan|Hồng Kông|Hồng Công|Ma Cao)\s*\(\s?Trung Quốc\s?\)", regex.I)
_COLUMN_NUMBER = regex.compile(r"^\(?\d{1,2}\)?(?:=.*)?$")
_COLUMNS = tuple(name for name in DelegationColumns.model_fields if name not in ("out", "into"))


def table_delegations(
    tables: Sequence[Table], keys: Sequence[str], year: int | None, profile: Profile
) -> list[Delegation]:
    """Return the delegations of the tables that list any; ``keys`` are the groups of the sections they stand in."""
    spec = profile.tables.delegations
    found: list[Delegation] = []
    for table, key in zip(tables, keys, strict=True):
        kinds = _kinds(table, spec) if spec is not None else None
        if spec is not None and kinds is not None:
            found += _rows(table, kinds, key, year, spec, profile)
    return found


def lists_delegations(table: Table, profile: Profile) -> bool:
    """Return whether the header of ``table`` is that of a list of delegations."""
    return delegation_columns(table, profile) is not None


def delegation_columns(table: Table, profile: Profile) -> dict[str, int] | None:
    """Return the column of each kind in a list of delegations, None for any other table."""
    spec = profile.tables.delegations
    return _kinds(table, spec) if spec is not None else None


def merged(told: Sequence[Delegation], tabled: Sequence[Delegation]) -> list[Delegation]:
    """Return the delegations of text and tables, those that both describe once: the row, with what only the text says."""
    left = list(told)
    rows = []
    for row in tabled:
        twin = next((one for one in left if _same(one, row)), None)
        if twin is not None:
            left.remove(twin)
        rows.append(row if twin is None else _filled(row, twin))
    return [*left, *rows]


def _filled(row: Delegation, twin: Delegation) -> Delegation:
    return replace(
        row,
        people=row.people if row.people is not None else twin.people,
        organisation=row.organisation or twin.organisation,
        purpose=row.purpose or twin.purpose,
        period_text=row.period_text or twin.period_text,
        started_on=row.started_on or twin.started_on,
        ended_on=row.ended_on or twin.ended_on,
    )


def _same(one: Delegation, row: Delegation) -> bool:
    if one.direction != row.direction or set(one.countries) != set(row.countries):
        return False
    days = {one.started_on, row.started_on} - {None}
    return len({one.people, row.people} - {None}) <= 1 and len(days) <= 1


def _kinds(table: Table, spec: DelegationColumns) -> dict[str, int] | None:
    """Return the column of each kind, or None when the table is no list of delegations."""
    return column_kinds(table, {name: getattr(spec, name) for name in _COLUMNS})


@dataclass(frozen=True)
class _Row:
    """A row of the body that tells of delegations, with the direction that the row over its group names."""

    cells: tuple[TableCell, ...]
    group: int
    direction: Direction | None


def _rows(
    table: Table,
    kinds: dict[str, int],
    key: str,
    year: int | None,
    spec: DelegationColumns,
    profile: Profile,
) -> list[Delegation]:
    caption = " ".join(paragraph.text for paragraph in table.caption)
    header = " ".join(passage.text for passage in headers(table))
    by_key: Direction | None = "out" if key == "outbound" else "in" if key == "inbound" else None
    rows = _told(table, kinds, spec, profile)
    grouped = len({row.group for row in rows}) > 1
    back = second_day(table, kinds)
    named = None if grouped else _direction(caption, spec)
    found = []
    for row in rows:
        own = [other.cells for other in rows if other.group == row.group]
        direction = (
            _all_foreign(own, kinds)
            or row.direction
            or named
            or _of_bodies(own, kinds)
            or _direction(header, spec)
            or by_key
        )
        delegation = _delegation(row.cells, kinds, back, year, direction) if direction else None
        if delegation is not None:
            found.append(delegation)
    return found


def _told(table: Table, kinds: dict[str, int], spec: DelegationColumns, profile: Profile) -> list[_Row]:
    """Return the rows that each tell of delegations; titles of groups, totals and numbers of columns are none."""
    found: list[_Row] = []
    group, direction = 0, None
    for row in body_rows(table):
        filled = [cell for cell in row if cell.words]
        text = " ".join(cell.text for cell in filled)
        if _is_total(text, profile) and len(filled) <= 4:
            continue
        if len(filled) > 2 and all(_COLUMN_NUMBER.match(cell.text) for cell in filled):
            continue
        told = [name for name, column in kinds.items() if name != "ordinal" and cell_at(row, column).words]
        spans = any(cell.column_end - cell.column > 1 for cell in filled)
        titled = not cell_at(row, kinds.get("countries")).words and _sums_up(text, spec)
        if len(told) < 2 or (spans and len(told) < 3) or titled:
            if filled:
                group, direction = group + 1, _direction(text, spec)
            continue
        found.append(_Row(row, group, direction))
    return found


def _sums_up(text: str, spec: DelegationColumns) -> bool:
    """Return whether a row without countries names a direction and counts it: "II | ĐOÀN VÀO (02 đoàn) | 14"."""
    counted = [q for q in find_quantities(text) if unit_family(q.unit) == "delegations"]
    return len(counted) == 1 and counted[0].start > 0 and _direction(text, spec) is not None


def _is_total(text: str, profile: Profile) -> bool:
    """Return whether a row opens with a word for a total; "công tác …" folds to one and is none."""
    hit = best_hit(profile.tables.totals, fold_words(text))
    return hit is not None and hit.start <= 3 and not text[hit.start :].lower().startswith("công")


def _all_foreign(rows: Sequence[tuple[TableCell, ...]], kinds: dict[str, int]) -> Direction | None:
    """Return "in" where most bodies bear the name of their row's own country: they came, whatever is said above."""
    own = 0
    for row in rows:
        name = cell_at(row, kinds.get("organisation")).text
        own += bool(set(_countries(name)) & set(_countries(cell_at(row, kinds.get("countries")).text)))
    return "in" if len(rows) > 1 and own >= 0.6 * len(rows) else None


def _of_bodies(rows: Sequence[tuple[TableCell, ...]], kinds: dict[str, int]) -> Direction | None:
    """Return the direction that the bodies of some rows speak for: those of other countries came, ours went."""
    votes = 0
    for row in rows:
        name = cell_at(row, kinds.get("organisation", kinds.get("leader"))).text
        foreign = is_foreign(name) or set(_countries(name)) & set(
            _countries(cell_at(row, kinds.get("countries")).text)
        )
        votes += 1 if is_ours(name) and not foreign else -1 if foreign else 0
    return "out" if votes > 0 else "in" if votes < 0 else None


def _direction(text: str, spec: DelegationColumns) -> Direction | None:
    """Return the direction that ``text`` names, None when it names both or neither."""
    folded = fold_words(text)
    out, into = bool(find_wordings(spec.out, folded)), bool(find_wordings(spec.into, folded))
    return None if out == into else "out" if out else "in"


def _delegation(
    row: tuple[TableCell, ...],
    kinds: dict[str, int],
    back: int | None,
    year: int | None,
    direction: Direction,
) -> Delegation | None:
    def cell(kind: str) -> Passage:
        return cell_at(row, kinds.get(kind))

    people = _number(cell("people"), "people")
    countries = _countries(cell("countries").text) or _countries(cell("organisation").text)
    if people is None and not countries:
        return None
    stay = find_stay_in_cell(cell("period").text, year)
    period = squeeze(cell("period").text)
    if back is not None and cell_at(row, back).words:
        ended = find_stay_in_cell(cell_at(row, back).text, year)
        stay = replace(stay, ended_on=ended.ended_on or stay.ended_on)
        period = f"{period} - {squeeze(cell_at(row, back).text)}"
    organisation, purpose = _text(cell("organisation")), _text(cell("purpose"))
    if organisation and "purpose" not in kinds:
        organisation, purpose = split_name(organisation)
    count = _number(cell("delegations"), "delegations")
    told = (people is not None, countries, cell("organisation").words, cell("purpose").words, stay.text)
    return Delegation(
        direction=direction,
        evidence=Evidence(tuple(word for part in row for word in part.words)),
        delegations=1 if count is None else count,
        people=people,
        countries=countries,
        organisation=organisation,
        purpose=purpose,
        period_text=period,
        started_on=stay.started_on,
        ended_on=stay.ended_on,
        score=round(0.55 + 0.08 * sum(bool(part) for part in told), 2),
        listed=True,
    )


def _text(cell: Passage) -> str:
    return squeeze(cell.text).strip(" ,.;:|")


def _number(cell: Passage, family: str) -> int | None:
    """Return the number in a cell, the one that counts ``family`` where several stand there."""
    quantities = [q for q in find_quantities(repaired(cell).text) if q.value == q.value.to_integral_value()]
    own = [q for q in quantities if unit_family(q.unit) == family]
    bare = [q for q in quantities if q.kind == "bare"]
    best = next(iter(own or bare or quantities), None)
    return int(best.value) if best is not None else None


def _countries(text: str) -> tuple[str, ...]:
    """Return the countries of a cell: found as in text, else each part of the cell as a name alone."""
    plain = _OF_CHINA.sub("", text)
    alone = [country(part) for part in _LISTED.split(squeeze(plain).strip(" .,;"))]
    names = [one.name for one in alone if one is not None]
    found = [span.name for span in find_countries(plain)]
    best = names if len(names) >= len(found) else found
    # Official papers add "(Trung Quốc)" to the name; where it is printed it is kept.
    printed = [f"{name} (Trung Quốc)" if f"{name} (Trung Quốc)" in text else name for name in best]
    return tuple(dict.fromkeys(printed))
