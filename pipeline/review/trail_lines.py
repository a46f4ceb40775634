"""The trail as earlier versions kept it, a file of JSON lines: taken over into the database, once."""

from __future__ import annotations

import fcntl
from collections.abc import Iterable
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.files import sync_folder
from pipeline.review.chain import TrailError, followed
from pipeline.review.trail_database import TrailDatabase
from pipeline.review.trail_places import FOLDER

OLD = "trail.jsonl"
TAKEN = "trail.jsonl.taken-over"


def take_over(root: Path, database: TrailDatabase) -> str:
    """Move the lines of an old trail in ``root`` into ``database``; return what was done in plain words, "" for nothing.

    The file is locked as its writers locked it, its chain verified, and afterwards it is kept under another name. Raises
    TrailError, with nothing changed, where its chain is broken or the database holds other lines; OutputError.
    """
    old = root / FOLDER / OLD
    try:
        with old.open("r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if not old.exists():  # another process was quicker
                return ""
            lines = _verified(file, old)
            with database.turn() as turn:
                held = list(turn.after(1))
                if not held:
                    turn.add(lines)
                elif held[: len(lines)] != lines:  # equal: the power went after the lines were kept
                    raise TrailError(
                        f"{old}: this trail of an earlier version and {database.place} both hold decisions, and neither "
                        "goes on from the other. Put the one that does not count into another folder."
                    )
            old.rename(old.with_name(TAKEN))
            sync_folder(old.parent)
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise OutputError(
            f"{old}: cannot be taken over ({error.strerror}). Nothing was lost; make the folder writable."
        ) from error
    return (
        f"The trail has moved from {OLD} to {database.place}: {len(lines)} entries, checked and all there. "
        f"The old file is kept as {TAKEN}."
    )


def _verified(file: Iterable[bytes], path: Path) -> list[tuple[int, str]]:
    """Return number and text of each line. A last one without its end was never acknowledged; it is left out."""
    whole = [raw.decode("utf-8", "replace").rstrip("\n") for raw in file if raw.endswith(b"\n")]
    lines = list(enumerate(whole, 1))
    for _ in followed(lines, str(path)):
        pass
    return lines
