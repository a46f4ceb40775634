"""``sohoa review``: look at doubtful fields in the browser, and check the trail of what people decided."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from pipeline.cli.review_quality import add_quality_commands

_OPEN = "open"


class _OpensByDefault(TyperGroup):
    """``sohoa review DIR`` is ``sohoa review open DIR``; a folder called verify or import is written ./verify."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the command in front when none is named."""
        if args and args[0] not in self.commands and args[0] != "--help":
            args = [_OPEN, *args]
        return super().parse_args(ctx, args)


review = typer.Typer(cls=_OpensByDefault, no_args_is_help=True, rich_markup_mode=None)

_Workspace = Annotated[Path, typer.Argument(metavar="DIR", help="The folder that sohoa run --out wrote.")]


@review.callback()
def _about() -> None:
    """Review doubtful fields in the browser (sohoa review DIR), check the trail (verify), take in labels (import).

    Of the review itself: how good the tables are (quality, audit), and what it teaches (export, lessons).
    """


@review.command(_OPEN)
def open_page(
    workspace: _Workspace,
    *,
    profile: Annotated[
        str | None,
        typer.Option("--profile", metavar="NAME|FILE", help="The profile of the run, if it is a file."),
    ] = None,
    scans: Annotated[
        list[Path] | None,
        typer.Option("--scans", metavar="DIR", help="Where the scans lie now, if they were moved."),
    ] = None,
    who: Annotated[str, typer.Option("--name", metavar="NAME", help="Your name in the trail.")] = "",
    host: Annotated[
        str,
        typer.Option(
            "--host", metavar="ADDRESS", help="Where to listen; others than this machine need the next four."
        ),
    ] = "127.0.0.1",
    allow_remote: Annotated[
        bool, typer.Option("--allow-remote", help="Let others in the network come in who have the token.")
    ] = False,
    tls_cert: Annotated[
        Path | None, typer.Option("--tls-cert", metavar="FILE", help="The certificate (PEM), with its chain.")
    ] = None,
    tls_key: Annotated[
        Path | None, typer.Option("--tls-key", metavar="FILE", help="Its private key (PEM).")
    ] = None,
    hostname: Annotated[
        list[str] | None,
        typer.Option(
            "--hostname", metavar="NAME", help="By which name others call this machine; may be repeated."
        ),
    ] = None,
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help="0: any free one.")] = 0,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Only search, browse and read: nothing can be decided.")
    ] = False,
    store: Annotated[
        str,
        typer.Option(
            "--store",
            metavar="URL",
            help="Keep the trail in a PostgreSQL database from now on, or in the folder again: "
            "postgresql+psycopg://USER@HOST/DATABASE or sqlite. The folder remembers it.",
        ),
    ] = "",
    second: Annotated[
        float,
        typer.Option(
            "--second",
            metavar="SHARE",
            min=0,
            max=1,
            help="So much of what is settled is entered again by a second person who sees no value.",
        ),
    ] = 0.05,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the browser.")] = True,
) -> None:
    """Open the review page of the tables in DIR; it answers this machine only, unless others are let in."""
    from pipeline.cli.profile_of import profile_of
    from pipeline.review.door import door_at
    from pipeline.review.serve import serve

    door = door_at(host, hostname or (), allow_remote=allow_remote, certificate=tls_cert, key=tls_key)
    serve(
        workspace,
        profile=profile_of(workspace, profile),
        scans=tuple(scans or ()),
        who=who or getpass.getuser(),
        port=port,
        browser=browser,
        door=door,
        read_only=read_only,
        store=store,
        second=second,
        say=lambda line: print(line, flush=True),
    )


@review.command("import")
def import_(
    workspace: _Workspace,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What Label Studio exported as JSON.")],
    *,
    profile: Annotated[
        str | None,
        typer.Option("--profile", metavar="NAME|FILE", help="The profile of the run, if it is a file."),
    ] = None,
    who: Annotated[
        str, typer.Option("--name", metavar="NAME", help="Who labelled, instead of the name in the file.")
    ] = "",
) -> None:
    """Take what people labelled in Label Studio into the trail, as their decisions."""
    from pipeline.cli.profile_of import profile_of
    from pipeline.errors import ExitCode
    from pipeline.review.desk import Desk
    from pipeline.review.label_studio import import_labels
    from pipeline.review.pictures import Pictures

    imported = import_labels(Desk(workspace, profile_of(workspace, profile), Pictures()), file, who)
    print(f"{imported.decisions} decisions written, {imported.known} known already.")
    for told in imported.refused:
        print(f"not taken: {told}")
    if imported.decisions:
        print("The next sohoa run into the folder puts them into the tables.")
    if imported.refused:
        raise typer.Exit(int(ExitCode.SOME_INPUTS_FAILED))


@review.command()
def verify(
    workspace: _Workspace,
    *,
    head: Annotated[
        str, typer.Option("--head", metavar="HASH", help="A head noted earlier, which must still be there.")
    ] = "",
) -> None:
    """Check that nobody changed, took out or put in a line of the trail, and print its head to keep."""
    from pipeline.errors import UsageError
    from pipeline.review.decisions import replay
    from pipeline.review.trail import START, Trail, TrailError

    if not workspace.is_dir():
        raise UsageError(f"{workspace}: there is no such folder")
    trail = Trail(workspace)
    for told in trail.told:
        print(told)
    if head and head not in {START, *(entry.hash for entry in trail.entries)}:
        raise TrailError(
            f"{trail.place}: the trail does not hold {head}: lines were cut off or it is another's."
        )
    people = len({entry.who for entry in trail.entries})
    print(f"The trail is whole: {len(trail.entries)} entries by {people} people, "
          f"{len(replay(trail.entries))} fields decided.")  # fmt: skip
    if missing := trail.guards_missing():
        print(f"But somebody took away the database's own guards against changes: {', '.join(missing)}.")
    print(f"Head: {trail.head}")
    trail.close()


add_quality_commands(review)
