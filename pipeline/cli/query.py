"""``sohoa query`` and ``sohoa shell``: questions in SQL over the tables of a run."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.answer import Output, deliver, refuse_unshown, show

if TYPE_CHECKING:
    import duckdb

_Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder that sohoa run --out wrote.")]


def query(
    run: _Folder,
    sql: Annotated[
        str | None, typer.Argument(metavar="SQL", help='The question: "SELECT district, year FROM reports".')
    ] = None,
    *,
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar="FILE", help="Take the question from a file; - is the input."),
    ] = None,
    output: Annotated[Output, typer.Option("--format", help="Form of the answer.")] = Output.table,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write the answer there instead of showing it."),
    ] = None,
) -> None:
    """Ask the tables a question in SQL; nothing is changed. Tables: sohoa query DIR "SHOW TABLES"."""
    from pipeline.errors import UsageError
    from pipeline.query.views import ask, connect

    if (sql is None) == (file is None):
        raise UsageError('give one question: as text ("SELECT …") or with --file.')
    refuse_unshown(output, out)
    question = sql if sql is not None else _read(file)
    with connect(run) as con:
        deliver(ask(con, question), output, out)


def shell(run: _Folder) -> None:
    """Ask questions one after the other, each ended by a semicolon; .tables, .columns TABLE and .quit help."""
    from pipeline.query.views import connect

    with connect(run) as con:
        if sys.stdin.isatty():
            import readline  # noqa: F401  (lines can be edited and recalled)

            print(
                'Ask in SQL, end with ";". .tables shows the tables, .columns TABLE its columns, .quit ends.'
            )
        question = ""
        while True:
            try:
                line = input("sohoa> " if not question else "   ...> ") if sys.stdin.isatty() else input()
            except EOFError:
                if not question.strip():
                    return
                line = ";"
            except KeyboardInterrupt:
                question = ""
                print()
                continue
            if not question and line.strip() in (".quit", ".exit", "exit", "quit"):
                return
            if not question.strip() and line.startswith("."):
                line = _command(line)
            question = f"{question}\n{line}" if question else line
            if question.rstrip().endswith(";"):
                _answer(con, question)
                question = ""


def _command(line: str) -> str:
    name, _, rest = line.partition(" ")
    table = rest.strip().replace("'", "''")
    if name == ".tables":
        return "SHOW TABLES;"
    if name == ".columns" and table:
        return f'SELECT "column", type, vi, en, unit FROM dictionary WHERE "table" = \'{table}\';'
    print(f"{name}: there are .tables, .columns TABLE and .quit.")
    return ""


def _answer(con: duckdb.DuckDBPyConnection, question: str) -> None:
    """Show the answer; a mistake in one question does not end the shell."""
    from pipeline.errors import SohoaError
    from pipeline.query.views import ask

    try:
        show(ask(con, question))
    except SohoaError as error:
        print(f"error: {error}", file=sys.stderr)


def _read(file: Path | None) -> str:
    from pipeline.errors import UsageError

    if file is None or str(file) == "-":
        return sys.stdin.read()
    try:
        return file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: the question cannot be read ({error}).") from error
