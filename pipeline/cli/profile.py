"""``sohoa profile``: check profiles, list those that ship, draft a new one from examples, print the schema for editors."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pipeline.extraction.profile_draft import Example

profile = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@profile.callback()
def _about() -> None:
    """Profiles: what a kind of report speaks of, as YAML files."""


@profile.command()
def check(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE|NAME...", help="Profiles: YAML files or shipped names.")
    ],
) -> None:
    """Say every mistake in profiles with file, line, column and remedy; exit code 2 when there is one."""
    from pipeline.errors import ExitCode
    from pipeline.extraction.profile import profile_file

    wrong = False
    for name in files:
        file = profile_file(name)
        for mistake in file.mistakes:
            print(mistake.describe(file.name))
        if file.profile is None:
            wrong = True
            print(f"{file.name}: {len(file.errors)} to put right")
        else:
            own = [f for f in file.profile.fields if f.group not in ("letterhead", "report")]
            print(
                f"{file.name}: in order: {file.profile.name}, {len(own)} fields of its own, "
                f"{len(file.profile.topics)} topics, {len(file.profile.checks)} checks"
            )
    if wrong:
        raise typer.Exit(int(ExitCode.WRONG_USAGE))


@profile.command("list")
def list_profiles() -> None:
    """List the profiles that ship with sohoa."""
    from pipeline.extraction.profile import load_profile, shipped_profiles

    for name in shipped_profiles():
        known = load_profile(name)
        own = sum(f.group not in ("letterhead", "report") for f in known.fields)
        print(f"{name}: {known.title_vi} ({known.title_en}), {own} fields of its own")


@profile.command()
def schema() -> None:
    """Print the JSON Schema of profiles, by which editors complete and check them."""
    import json

    from pipeline.extraction.profile import profile_schema

    print(json.dumps(profile_schema(), ensure_ascii=False, indent=2))


@profile.command()
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the profile is called: letters and _.")],
    examples: Annotated[
        list[Path], typer.Argument(metavar="EXAMPLE...", help="Scans of a few reports of the kind.")
    ],
    *,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Where it is written; NAME.yaml if not said.")
    ] = None,
    run: Annotated[
        Path | None,
        typer.Option("--run", metavar="DIR", help="Use the pages that this run has already read."),
    ] = None,
    dpi: Annotated[
        int,
        typer.Option("--dpi", metavar="N", min=100, max=600, help="Resolution at which PDF pages are drawn."),
    ] = 300,
) -> None:
    """Draft a profile from a few example reports; three to ten of different offices are best."""
    import re

    from pipeline.batch.pool import start_server
    from pipeline.errors import OutputError, UsageError

    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise UsageError(f"{name}: a profile's name consists of small letters, digits and _")
    target = out or Path(f"{name}.yaml")
    if target.exists():
        raise UsageError(f"{target}: there is such a file already; choose another with --out")
    start_server()

    from pipeline.extraction.profile_draft import draft_profile
    from pipeline.extraction.profile_draft_yaml import draft_yaml

    draft = draft_profile([_example(path, run, dpi) for path in examples])
    if not draft.fields and not draft.topics:
        raise UsageError("the examples have no heading or figure in common; give others, or more of them")
    try:
        target.write_text(draft_yaml(draft, name), encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{target}: cannot be written ({error.strerror})") from error
    print(
        f"{target}: {len(draft.topics)} topics and {len(draft.fields)} fields drafted from {len(examples)} examples"
    )
    print(f"Next: read it, then: sohoa profile check {target}")


def _example(path: Path, run: Path | None, dpi: int) -> Example:
    """Return what stands in the scan ``path``, read now or in an earlier ``run``."""
    import tempfile

    from pipeline.batch.options import RunOptions
    from pipeline.batch.run import examine
    from pipeline.batch.workspace import open_workspace
    from pipeline.cli.console import console
    from pipeline.cli.progress import progress_for
    from pipeline.errors import InputError, UsageError
    from pipeline.extraction.profile_draft import Example
    from pipeline.layout import lay_out
    from pipeline.outline import outline

    if not path.is_file():
        raise UsageError(f"{path}: no such file; examples are scans")
    with (
        tempfile.TemporaryDirectory(prefix="sohoa-") as folder,
        open_workspace(run or Path(folder)) as workspace,
    ):
        options = RunOptions((path,), workspace.root, dpi=dpi)
        with progress_for(console(to_stderr=True)) as progress:
            document = examine(path, options, progress)
    if document.extraction is None or document.status in ("failed", "restricted"):
        raise InputError(document.error.removeprefix(f"{document.source}: ") or f"{path}: {document.status}")
    layout = lay_out(document.pages)

    def text(field: str) -> str:
        row = document.extraction.first(field) if document.extraction else None
        return (row.value_text or "") if row else ""

    return Example(path.name, layout, outline(layout), text("doc.type"), text("doc.subject"))
