"""``sohoa doctor``: whether everything is there that a run needs."""

from __future__ import annotations

from collections.abc import Callable

import typer


def doctor() -> None:
    """Show versions of programs and language data, and whether all 134 Vietnamese letters can be read."""
    import platform

    from rich.table import Table

    from pipeline import __version__
    from pipeline.cli.console import console
    from pipeline.errors import MissingToolError

    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    missing: list[str] = []

    def check(name: str, look: Callable[[], str]) -> None:
        try:
            table.add_row(name, look())
        except (MissingToolError, FileNotFoundError) as error:
            missing.append(str(error))
            table.add_row(name, "missing", style="red")

    check("sohoa", lambda: __version__)
    check("Python", platform.python_version)
    check("Tesseract", _tesseract)
    check("Poppler", _poppler)
    for language in ("vie", "osd"):
        check(f"{language}.traineddata", lambda language=language: _language(language))  # type: ignore[misc]
    check("Vietnamese letters", _letters)
    check("entity weights", _entities)
    check("line reader", _line_reader)
    screen = console()
    screen.print(table)
    for message in dict.fromkeys(missing):
        screen.print(message, style="red", markup=False)
    if missing:
        raise typer.Exit(1)


def _tesseract() -> str:
    from pipeline.external import tesseract

    return tesseract.version()


def _poppler() -> str:
    from pipeline.external import poppler

    return ", ".join(f"{program} {number}" for program, number in poppler.versions().items())


def _language(language: str) -> str:
    from pipeline.external.traineddata import language_file, language_hash

    return f"{language_file(language)}  SHA-256 {language_hash(language)[:16]}…"


def _line_reader() -> str:
    from importlib.metadata import version

    from pipeline.reading.names import weights_hash

    known = ", ".join(
        f"weights of {part} {weights_hash(part)[:16]}…" for part in ("reader", "consensus", "scribble")
    )
    return f"ONNX Runtime {version('onnxruntime')}, {known}"


def _letters() -> str:
    from pipeline.external.traineddata import language_file, letters_missing_in
    from pipeline.text import MARKED_LETTERS

    try:
        missing = letters_missing_in(language_file("vie"))
    except ValueError as error:
        return f"cannot be told: {error}"
    able = f"the recognizer can emit {len(MARKED_LETTERS) - len(missing)} of {len(MARKED_LETTERS)} marked letters"
    return f"{able}; never: {' '.join(missing)}" if missing else able


def _entities() -> str:
    import hashlib

    from pipeline.weights import weights_of

    model = weights_of("entities") / "ner" / "model"
    return (
        f"{model.stat().st_size / 1e6:.1f} MB  SHA-256 {hashlib.sha256(model.read_bytes()).hexdigest()[:16]}…"
    )
