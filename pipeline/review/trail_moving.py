"""Moving a workspace's trail to another store, whole: for a team that begins to review together."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipeline.review.chain import followed
from pipeline.review.trail_database import TrailDatabase
from pipeline.review.trail_lines import take_over
from pipeline.review.trail_places import Place, new_place, place_of_trail, remember


def move_trail(root: Path, store: str) -> str:
    """Have the trail of ``root`` lie at ``store`` from now on; return what was done in plain words, "" for nothing.

    The old chain is sealed before it is copied, so that nobody adds to it meanwhile or later, and stays as a copy; a move
    that was cut short is finished by moving again. Raises UsageError for what is no store, OutputError where it cannot be
    reached, TrailError for a broken chain.
    """
    here, there = place_of_trail(root), new_place(root, store)
    source, target = TrailDatabase(here), TrailDatabase(there)
    try:
        take_over(root, source)
        there_already = source.exists()
        if here.url == there.url and not (there_already and source.moved_to()):
            return ""
        target.prepare()  # before anything is sealed
        lines = _sealed(source, there) if there_already else []
        with target.turn() as turn:
            turn.add(lines)
        remember(root, there)
    finally:
        source.close()
        target.close()
    told = f"The trail of this folder lies at {there} from now on"
    return (
        f"{told}: {len(lines)} entries were moved from {here}, checked and all there."
        if lines
        else f"{told}."
    )


def _sealed(source: TrailDatabase, there: Place) -> list[tuple[int, str]]:
    """Return the lines of ``source``, whose chain is whole and to which nobody can add any more."""
    if source.moved_to():
        return _whole(source.after(1), source)
    with source.turn() as turn:
        lines = _whole(turn.after(1), source)
        turn.seal(str(there))
    return lines


def _whole(lines: Iterable[tuple[int, str]], source: TrailDatabase) -> list[tuple[int, str]]:
    held = list(lines)
    for _ in followed(held, str(source.place)):
        pass
    return held
