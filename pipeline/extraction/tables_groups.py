"""What a list of delegations sums up: in the titles of groups ("I | ĐOÀN RA (03 đoàn) | | 28"), or in a row of totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.document import Passage, Table, TableCell
from pipeline.extraction.candidates import Said
from pipeline.extraction.profile import Profile
from pipeline.extraction.statements import Head, Statement, topics_in
from pipeline.extraction.table_columns import body_rows, cell_at
from pipeline.extraction.tables_by_columns import is_total, of_some, with_caption
from pipeline.extraction.tables_delegations import delegation_columns
from pipeline.extraction.values.digits import Marks
from pipeline.extraction.values.numbers import find_quantities
from pipeline.extraction.values.units import unit_family


def group_statements(
    tables: Sequence[tuple[Table, tuple[Head, ...]]],
    profile: Profile,
    order: int,
    marks: Marks | None = None,
) -> list[Said]:
    """Return the statements of the titles in ``tables`` of delegations that count them, and of their rows of totals.

    With each table go the headings over it, which say whose total is meant; ``order`` goes on from the statements
    before, ``marks`` are those of all the document's numbers.
    """
    found: list[Said] = []
    for table, chain in tables:
        kinds = delegation_columns(table, profile)
        some = of_some((*table.caption, *(head.passage for head in chain[:1])))
        over = () if some else with_caption(table, chain, profile)
        for row in body_rows(table) if kinds is not None else ():
            passage = _title(row, None if kinds is None else kinds.get("people"))
            if passage is None:
                continue
            topics = topics_in(passage.text, profile, frozenset())
            heads = (Head(passage, topics),) if topics else over if is_total(passage, profile) else ()
            if heads:
                statement = Statement(passage, 0, heads, "", True, True, order + len(found))
                found.append(Said(statement, profile.own_nouns, marks))
    return found


def _title(row: tuple[TableCell, ...], people: int | None) -> Passage | None:
    """Return the title in a row with the people of its group; None where it counts no delegations or tells of one."""
    filled = [cell for cell in row if cell.words]
    title = next((cell for cell in filled if _counts(cell)), None)
    size = cell_at(row, people)
    others = [cell for cell in filled if cell is not title and cell.words != size.words]
    if title is None or any(
        any(map(str.isalpha, cell.text)) and len(cell.text) > _ORDINAL for cell in others
    ):
        return None
    numbers = find_quantities(size.text)
    if len(numbers) != 1 or numbers[0].kind != "bare" or size.words == title.words:
        return Passage(title.words)
    noun = replace(size.words[-1], text="người")
    return Passage((*title.words, *size.words, noun))


_ORDINAL = 4
"""Letters of the longest number of a group ("VIII")."""


def _counts(cell: TableCell) -> bool:
    """Return whether a cell names something and says how many delegations there were."""
    counted = [q for q in find_quantities(cell.text) if unit_family(q.unit) == "delegations"]
    return len(counted) == 1 and counted[0].start > 0
