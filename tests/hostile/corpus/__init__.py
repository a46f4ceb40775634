"""A corpus of hostile files, made by script: what arrives in an input folder and is no good scan, or means harm.

``make(folder)`` writes them all; each has a name, and what a run must say of it.
"""

from collections.abc import Iterator
from pathlib import Path

from . import filesystem, foreign, mutations, pdf_actions, pdf_bombs, pdf_structure, pictures, sound, tiffs
from .case import Case

MODULES = (foreign, pdf_structure, pdf_actions, pdf_bombs, pictures, tiffs, mutations, sound)


def cases() -> Iterator[Case]:
    """Yield the files of the corpus; names are unique."""
    for module in MODULES:
        yield from module.cases()


def make(folder: Path) -> dict[str, Case]:
    """Write every file below ``folder``, and odd things of the file system; return the cases by path within it."""
    found: dict[str, Case] = {}
    for case in cases():
        path = folder / case.kind / case.name
        path.parent.mkdir(parents=True, exist_ok=True)
        assert not path.exists(), case.name
        path.write_bytes(case.content)
        found[f"{case.kind}/{case.name}"] = case
    for case in filesystem.make(folder / "filesystem", folder.parent / "outside"):
        found[f"filesystem/{case.name}"] = case
    return found
