"""An evaluation as tables on the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pipeline.evaluation.result import SURE, Evaluation, FieldResult, PageResult, Score


def render(evaluation: Evaluation) -> Group:
    """Return the evaluation for ``rich.console.Console.print``; texts of documents are never taken for markup."""
    parts: list[RenderableType] = [_documents(evaluation), _groups(evaluation)]
    if evaluation.pages:
        parts.append(_pages(evaluation))
    if evaluation.misses:
        parts.append(_misses(f"Wrong fields ({len(evaluation.misses)})", evaluation.misses))
    sure = evaluation.wrong_and_sure
    if sure:
        parts.append(_misses(f"Wrong with confidence {SURE} or more ({len(sure)})", sure))
    parts += _names("In the truth but not in the run, every field counted as wrong", evaluation.missing)
    parts += _names("In the run without truth, not judged", evaluation.without_truth)
    return Group(*parts)


def _table(title: str, columns: Sequence[str], numbers: Iterable[str]) -> Table:
    table = Table(title=title, title_justify="left", header_style="bold")
    right = set(numbers)
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left", overflow="fold")
    return table


def _documents(evaluation: Evaluation) -> Table:
    columns = ("Document", "Fields", "Right", "Excused", "Wrong")
    table = _table("Fields right (state and value)", columns, columns[1:])
    for name in evaluation.documents:
        right, excused, wrong = (evaluation.count(o, name) for o in ("right", "excused", "wrong"))
        table.add_row(Text(name), *map(str, (right + excused + wrong, right, excused, wrong)))
    table.add_section()
    right, excused, wrong = (evaluation.count(o) for o in ("right", "excused", "wrong"))
    table.add_row(Text("All", style="bold"), *map(str, (len(evaluation.fields), right, excused, wrong)))
    return table


def _groups(evaluation: Evaluation) -> Table:
    columns = ("Rows", "Expected", "Found", "Right", "Precision", "Recall", "F1")
    table = _table("Precision and recall of what is stated", columns, columns[1:])
    for name, score in evaluation.groups.items():
        table.add_row(Text(name), *_score(score))
    table.add_section()
    for name in ("references", "delegations", "sections"):
        total: Score | None = getattr(evaluation, name)
        if total is not None:
            table.add_row(name, *_score(total))
    return table


def _score(score: Score) -> list[str]:
    counts = [str(score.expected), str(score.found), str(score.matched)]
    return [*counts, *(f"{value:.3f}" for value in (score.precision, score.recall, score.f1))]


def _pages(evaluation: Evaluation) -> Table:
    columns = ("Document", "Page", "Characters", "Characters wrong", "Words", "Words wrong")
    table = _table("Reading errors of transcribed pages", columns, columns[1:])
    for page in evaluation.pages:
        table.add_row(Text(page.document), str(page.page), *_errors(page))
    total = evaluation.all_pages
    if total is not None and len(evaluation.pages) > 1:
        table.add_section()
        table.add_row(Text("All", style="bold"), "", *_errors(total))
    return table


def _errors(page: PageResult) -> tuple[str, str, str, str]:
    return (
        str(page.characters),
        f"{page.character_error_rate:.2%}",
        str(page.words),
        f"{page.word_error_rate:.2%}",
    )


def _misses(title: str, fields: Sequence[FieldResult]) -> Table:
    table = _table(title, ("Document", "Field", "Expected", "Got", "Confidence"), ("Confidence",))
    for field in fields:
        sure = "" if field.confidence is None else f"{field.confidence:.2f}"
        table.add_row(*map(Text, (field.document, field.field, field.expected, field.got, sure)))
    return table


def _names(title: str, names: Sequence[str]) -> list[RenderableType]:
    return [Text(f"{title}: {', '.join(names)}")] if names else []
