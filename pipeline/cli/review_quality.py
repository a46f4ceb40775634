"""``sohoa review quality``, ``audit``, ``export`` and ``lessons``: how good the tables are, and what review teaches."""

from __future__ import annotations

import getpass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.review.desk import Desk
    from pipeline.review.lessons import Lesson, Suggestion

_Workspace = Annotated[Path, typer.Argument(metavar="DIR", help="The folder that sohoa run --out wrote.")]
_Profile = Annotated[
    str | None,
    typer.Option("--profile", metavar="NAME|FILE", help="The profile of the run, if it is a file."),
]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]
_SHOWN = 3
"""Examples printed for a lesson."""


class Design(StrEnum):
    """How a sample is drawn."""

    simple = "simple"
    stratified = "stratified"


def add_quality_commands(review: typer.Typer) -> None:
    """Add the commands to those of ``sohoa review``."""
    review.command()(quality)
    review.command()(audit)
    review.command()(export)
    review.command(name="lessons")(lessons_of)


def _desk(workspace: Path, profile: str | None) -> Desk:
    from pipeline.cli.profile_of import profile_of
    from pipeline.review.desk import Desk
    from pipeline.review.pictures import Pictures
    from pipeline.review.tables import identity

    identity(workspace / "dataset")  # a folder without tables is left as it is
    desk = Desk(workspace, profile_of(workspace, profile), Pictures())
    desk.follow()
    return desk


def quality(workspace: _Workspace, *, profile: _Profile = None, as_json: _Json = False) -> None:
    """Show how far two people agree, and the true error of what was accepted unseen, as the audit estimates it."""
    import json

    from pipeline.cli.console import console
    from pipeline.review.quality import figures_of

    found = figures_of(_desk(workspace, profile).control).to_json()
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        _show_agreement(found, console())
        _show_audit(found["audit"], console())


def _show_agreement(found: dict[str, Any], out: Console) -> None:
    from rich import box
    from rich.table import Table

    if not found["agreement"]:
        out.print("No field was entered by a second person yet; the page asks for it (mode Second entry).")
        return
    table = Table(
        "Field", "Pairs", "Agree", "Raw", "95 %", "Kappa", title="Two people's words", box=box.SIMPLE
    )
    for one in found["agreement"]:
        between = f"{_percent(one['low'])}–{_percent(one['high'])}"
        kappa = "not defined" if one["kappa"] is None else f"{one['kappa']:.2f}"
        table.add_row(
            one["field"] or "all", str(one["pairs"]), str(one["agreed"]), _percent(one["raw"]), between, kappa
        )
    out.print(table)
    out.print(f"{found['disputed']} wait for a third person's word, {found['adjudicated']} were ruled on.")


_ROWS = {"all": "all", "stated": "stated in the report", "unstated": "not stated in it"}


def _show_audit(audit: dict[str, Any] | None, out: Console) -> None:
    from rich import box
    from rich.table import Table

    if audit is None:
        out.print("No sample of accepted fields was drawn yet: sohoa review audit DIR.")
        return
    drawn = f"{audit['design']} sample of {audit['drawn_at'][:10]}, seed {audit['seed']}"
    table = Table("Accepted fields", "There were", "Sample", "Looked at", "Wrong", "Changed since", "Error", "95 %",
                  title=f"Audit: {drawn}", box=box.SIMPLE)  # fmt: skip
    for one in audit["estimates"]:
        known = one["error"] is not None
        between = f"{_percent(one['low'], 2)}–{_percent(one['high'], 2)}" if known else "–"
        counts = (str(one[name]) for name in ("population", "sampled", "audited", "wrong", "changed"))
        table.add_row(_ROWS[one["rows"]], *counts, _percent(one["error"], 2) if known else "–", between)
    out.print(table)
    out.print("It speaks of the fields that were neither flagged nor decided when the sample was drawn; those whose value "
              "changed since are left out.")  # fmt: skip
    if audit["draws"] > 1:
        out.print(f"Samples drawn so far: {audit['draws']}; this is the last one.")


def _percent(share: float, digits: int = 1) -> str:
    return f"{100 * share:.{digits}f} %"


def audit(
    workspace: _Workspace,
    *,
    size: Annotated[int, typer.Option("--size", metavar="N", min=1, help="Fields in the sample.")] = 200,
    design: Annotated[
        Design,
        typer.Option("--design", help="Of all alike, or by source of the text, state and certainty."),
    ] = Design.simple,
    seed: Annotated[
        str, typer.Option("--seed", metavar="TEXT", help="To draw a given sample; else nobody chooses it.")
    ] = "",
    again: Annotated[
        bool, typer.Option("--again", help="Draw another sample; the trail keeps all of them.")
    ] = False,
    who: Annotated[str, typer.Option("--name", metavar="NAME", help="Your name in the trail.")] = "",
    profile: _Profile = None,
) -> None:
    """Draw a random sample of the fields that were accepted unseen, to be looked at on the page (mode Audit)."""
    from pipeline.errors import UsageError
    from pipeline.review.audit import MOST
    from pipeline.review.auditing import DrawError, draw_sample
    from pipeline.review.trail import Conflict

    told = {
        "drawn": "there is a sample already; --again draws another, and the trail keeps both",
        "nothing_accepted": "no field was accepted unseen; there is nothing to draw from",
        "too_many": f"a sample has {MOST} fields at most",
    }
    try:
        draw = draw_sample(
            _desk(workspace, profile),
            who or getpass.getuser(),
            size=size,
            design=design.value,
            seed=seed,
            again=again,
        )
    except DrawError as error:
        raise UsageError(f"{workspace}: {told[error.code]}") from error
    except Conflict as error:
        raise UsageError(f"{workspace}: somebody else has just drawn a sample") from error
    print(f"Drawn: {len(draw.items)} of {draw.population} accepted fields, seed {draw.seed}.")
    print(f"Next: sohoa review {workspace}, mode Audit; then: sohoa review quality {workspace}")


def export(
    workspace: _Workspace,
    *,
    truth: Annotated[
        Path, typer.Option("--truth", metavar="OUT", help="An empty folder for the truth files.")
    ],
    allow_restricted: Annotated[
        bool, typer.Option("--allow-restricted", help="Those of restricted documents, too.")
    ] = False,
    profile: _Profile = None,
) -> None:
    """Write what people decided as truth files, by which sohoa evaluate measures other runs."""
    from pipeline.review.truth_export import export_truth

    done = export_truth(_desk(workspace, profile), truth, restricted=allow_restricted)
    print(f"{done.files} truth files with {done.fields} fields in {truth}.")
    for count, why in (
        (done.disputed, "two people disagree and nobody has ruled"),
        (done.restricted, "their documents are restricted (--allow-restricted)"),
        (done.gone, "their documents are not in the tables any more"),
    ):
        if count:
            print(f"Left out: {count} fields, {why}.")
    print(
        "What is flagged for review is harder than the rest: figures by these files are not those of all fields."
    )


def lessons_of(
    workspace: _Workspace,
    *,
    draft: Annotated[
        Path | None,
        typer.Option("--draft", metavar="FILE", help="Write the profile with the suggested lines into FILE."),
    ] = None,
    profile: _Profile = None,
    as_json: _Json = False,
) -> None:
    """Show what people corrected most, in what words the reports say it, and suggest lines for the profile."""
    import json
    from dataclasses import asdict

    from pipeline.cli.profile_of import profile_of
    from pipeline.errors import OutputError, UsageError
    from pipeline.extraction.profile import load_profile, profile_text
    from pipeline.review.lessons import lessons, suggestions
    from pipeline.review.profile_lines import with_lines

    if draft is not None and draft.exists():
        raise UsageError(f"{draft}: there is such a file already; choose another with --draft")
    name = profile_of(workspace, profile)
    found = lessons(_desk(workspace, profile))
    text, fitting = with_lines(profile_text(name)[0], suggestions(found, load_profile(name)))
    if as_json:
        told = [_told(lesson) for lesson in found]
        print(
            json.dumps(
                {"lessons": told, "lines": [asdict(one) for one in fitting]}, ensure_ascii=False, indent=1
            )
        )
    else:
        _show_lessons(found)
        _show_lines(fitting)
    if draft is not None:
        try:
            draft.write_text(text, encoding="utf-8")
        except OSError as error:
            raise OutputError(f"{draft}: cannot be written ({error.strerror}).") from error
        if not as_json:
            print(
                f"\n{draft}: the profile with these lines. Go through them, then: sohoa profile check {draft}"
            )


def _told(lesson: Lesson) -> dict[str, Any]:
    from pipeline.review.lessons import told

    return {
        "field": lesson.field,
        "what": lesson.what,
        "count": len(lesson.corrections),
        "wordings": lesson.wordings,
        "corrections": [
            {
                "source": one.source,
                "machine": told(one.machine),
                "right": told(one.right),
                "printed": one.printed,
            }
            for one in lesson.corrections
        ],
    }


def _show_lessons(found: list[Lesson]) -> None:
    from pipeline.review.words import words

    vi, en = words("vi"), words("en")

    def both(code: str) -> str:
        return f"{vi[code]} / {en[code]}"

    if not found:
        print(both("lesson.nothing"))
        return
    print(f"{both('lesson.title')}\n")
    for lesson in found:
        print(f"{lesson.field}: {len(lesson.corrections)} × {both('lesson.' + lesson.what)}")
        for wording, count in lesson.wordings[:_SHOWN]:
            print(f"    {count} × “{wording}”")
        for held in _told(lesson)["corrections"][:_SHOWN]:
            print(f"    {held['source']}: {held['machine']} → {held['right']}   “{held['printed']}”")
    print()


def _show_lines(fitting: list[Suggestion]) -> None:
    from itertools import groupby

    from pipeline.review.profile_lines import line_of
    from pipeline.review.words import words

    if not fitting:
        return
    print(f"{words('vi')['lesson.lines']} / {words('en')['lesson.lines']}\n")
    for (of, part), own in groupby(
        sorted(fitting, key=lambda one: (one.of, one.part)), lambda one: (one.of, one.part)
    ):
        print(f"  - name: {of}\n    {part}:")
        for one in own:
            print(f"      {line_of(one)}")
