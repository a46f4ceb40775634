"""``sohoa verify``: whether all that a run keeps is as it was written."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

_MOST_DAMAGES = 50


def verify(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder that sohoa run --out wrote.")],
    *,
    repair: Annotated[
        bool, typer.Option("--repair", help="Drop what is damaged; the next run makes it again.")
    ] = False,
) -> None:
    """Check every page, result and table against its checksum. Ends with 0 when all is sound, with 1 when not."""
    from pipeline.batch.upkeep import Checked, Damage
    from pipeline.batch.upkeep import repair as mend
    from pipeline.batch.upkeep import verify as check

    checked = Checked()
    damages: list[Damage] = []
    for damage in check(folder, checked):
        damages.append(damage)
        if len(damages) <= _MOST_DAMAGES:
            print(damage.what)
    if len(damages) > _MOST_DAMAGES:
        print(f"… and {len(damages) - _MOST_DAMAGES} more")
    print(
        f"{checked.pages} pages, {checked.results} results, {checked.tables} files of tables checked: "
        f"{len(damages) or 'none'} damaged or missing"
    )
    if not damages:
        return
    if repair:
        mend(folder, damages)
        print("What was damaged is dropped; sohoa run makes it again.")
    else:
        print("sohoa verify --repair drops what is damaged, and the next run makes it again.")
    raise typer.Exit(1)
