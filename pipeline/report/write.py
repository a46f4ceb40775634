"""Writing the report: the questions are asked, the page is laid out, and one file comes of it."""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import quote

import duckdb
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from pipeline import __version__
from pipeline.errors import OutputError
from pipeline.extraction.profile import Profile
from pipeline.panel import RULE, panel
from pipeline.query.views import connect, dataset_folder
from pipeline.report import charts, questions
from pipeline.report.figures import asked, blocks, coverage, first_rows, state_shares
from pipeline.report.indicators import main_indicators
from pipeline.report.numbers import share, told
from pipeline.report.run_log import review_effort, slowest_pages
from pipeline.review.words import words

PAGES_SHOWN = 12


def write_report(run: Path, out: Path, profile: Profile | None = None) -> None:
    """Write the report on the dataset of ``run`` to the HTML file ``out``.

    ``profile`` says which fields are the main ones; without it the first number of each group stands in. Raises
    UsageError when there is no dataset, OutputError when ``out`` cannot be written.
    """
    with connect(run) as con:
        page = _laid_out(con, run, out, profile)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"{out}: the report cannot be written ({error.strerror}).") from error


def _laid_out(con: duckdb.DuckDBPyConnection, run: Path, out: Path, profile: Profile | None) -> str:
    indicators = main_indicators(con, profile)
    made = panel(con, fields=[one.field for one in indicators])
    chart, state_rows, state_sql = state_shares(con, indicators)
    hidden = frozenset(
        row["source"] for row in asked(con, "SELECT source FROM documents WHERE status = 'restricted'")
    )
    environment = Environment(
        loader=PackageLoader("pipeline.report"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"told": told}
    environment.globals |= {"share": share, "link": _linker(run, out)}
    style = resources.files("pipeline.report").joinpath("templates/report.css").read_text("utf-8")
    effort = review_effort(run)
    return environment.get_template("report.html").render(
        style=style,
        title_vi=profile.title_vi if profile else "Báo cáo hành chính",
        title_en=profile.title_en if profile else "Administrative reports",
        run=run.resolve().name,
        folder=shlex.quote(str(run)),
        version=__version__,
        dated=_dated(run),
        units=asked(con, questions.UNITS)[0],
        totals=asked(con, questions.TOTALS)[0],
        values=asked(con, questions.VALUES)[0],
        coverage=coverage(con),
        coverage_sql=_one_line(questions.COVERAGE),
        blocks=blocks(con, indicators),
        indicators=indicators,
        panel=made,
        rule=RULE,
        states_chart=chart,
        states=state_rows,
        states_sql=state_sql,
        state_colours=charts.STATE_COLOURS,
        level_colours=charts.LEVEL_COLOURS,
        quality=asked(con, questions.QUALITY),
        quality_sql=_one_line(questions.QUALITY),
        controlled=_controlled(run),
        confidences=charts.confidences(asked(con, questions.CONFIDENCES)),
        effort=effort,
        reliability=charts.reliability(effort.checked) if effort is not None and effort.checked else "",
        reasons=asked(con, questions.REASONS),
        reasons_sql=_one_line(questions.REASONS),
        checks=asked(con, questions.FINDINGS_BY_CHECK),
        findings=first_rows(con, questions.FINDINGS),
        slowest=slowest_pages(run, PAGES_SHOWN, hidden),
        worst=first_rows(con, questions.WORST_PAGES, PAGES_SHOWN),
        kinds=asked(con, questions.PAGES_BY_KIND),
        unread=first_rows(con, questions.NOT_READ),
        versions=asked(con, questions.VERSIONS),
        vi=words("vi"),
        en=words("en"),
    )


def _controlled(run: Path) -> dict[str, Any]:
    """Return what second entries (``agreement``) and the audit (``audit``) found, as the data package tells, if anything."""
    package = dataset_folder(run) / "datapackage.json"
    held: dict[str, Any] = json.loads(package.read_bytes()) if package.is_file() else {}
    return {"agreement": (), "audit": None, **held.get("sohoa", {}).get("quality", {})}


def _one_line(sql: str) -> str:
    return " ".join(sql.split())


def _dated(run: Path) -> datetime:
    """Return when the tables were written, so that the same tables give the same report."""
    written = (dataset_folder(run) / "documents.parquet").stat().st_mtime
    return datetime.fromtimestamp(written, UTC)


def _linker(run: Path, out: Path) -> Callable[[str, int | None], str]:
    """Return what makes a link from the report to a page of a scan; empty where the scan is not found any more."""
    start = out.resolve().parent
    found: dict[str, str] = {}

    def link(source: str, page: int | None = None) -> str:
        if source not in found:
            at = next((path for path in (Path(source), run / source) if path.is_file()), None)
            # Quoted to the last colon: a file may be called anything, also "javascript:".
            found[source] = quote(os.path.relpath(at.resolve(), start).replace(os.sep, "/")) if at else ""
        return found[source] and found[source] + (f"#page={page}" if page else "")

    return link
