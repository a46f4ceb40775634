"""What MkDocs asks while it builds the site: pages made from the code, pages that lie elsewhere in the repository.

``commands.md`` and ``tables.md`` are made from the command line and from the schema, so that they cannot be out of date.
A link out of ``docs/`` leads to the page made of that file, else it is a mistake, and the build says so.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

import typer
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from pipeline.cli.main import app
from pipeline.dataset.columns import Column, Table
from pipeline.dataset.schema import tables
from pipeline.extraction.profile import load_profile

ROOT = Path(__file__).parents[1]
ELSEWHERE = {
    "readme.md": "README.md",
    "readme.vi.md": "README.vi.md",
    "samples.md": "samples/README.md",
    "gazetteers.md": "pipeline/gazetteers/README.md",
}
"""Pages of the site that lie outside docs/, by the name they get there."""

_LISTED = re.compile(r"\x08\n(.*?)(?:\n\n|\Z)", re.DOTALL)
"""What the help shows line by line."""
_LINK = re.compile(r"(!?\[[^\]]*\]\()([^)\s]+)(\))")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put pages of docs/ that the navigation does not name yet at its end, so that none is ever lost."""
    named = set(_names(config.nav))
    more = [page.name for page in sorted((ROOT / "docs").glob("*.md")) if page.name not in named]
    if more and config.nav is not None:
        config.nav.append({"More": more})
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are made, and those that lie elsewhere."""
    made = {"commands.md": commands(), "tables.md": table_pages()}
    made |= {name: (ROOT / path).read_text("utf-8") for name, path in ELSEWHERE.items()}
    for name, text in made.items():
        files.append(File.generated(config, name, content=text))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Turn links between the repository's files into links between pages of the site."""
    name = page.file.src_uri
    folder = posixpath.dirname(ELSEWHERE.get(name, f"docs/{name}"))
    pages = {path: made for made, path in ELSEWHERE.items()}

    def led(found: re.Match[str]) -> str:
        target, _, anchor = found[2].partition("#")
        if "://" in target or not target:
            return found[0]
        path = posixpath.normpath(posixpath.join(folder, target))
        if path in pages:
            target = pages[path]
        elif path.startswith("docs/"):
            target = path.removeprefix("docs/")
        return f"{found[1]}{target}{'#' + anchor if anchor else ''}{found[3]}"

    return _LINK.sub(led, markdown)


def _names(nav: Any) -> list[str]:
    if isinstance(nav, str):
        return [nav]
    if isinstance(nav, dict):
        return [name for part in nav.values() for name in _names(part)]
    return [name for part in nav or () for name in _names(part)]


def commands() -> str:
    """Return the page on all commands with their arguments and options, as the command line itself tells them."""
    parts = ["# Commands\n\nMade from the command line; `sohoa COMMAND --help` says the same.\n"]
    group = typer.main.get_command(app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        parts.append(_command(f"sohoa {name}", command, 2))
        for below, inner in getattr(command, "commands", {}).items():
            parts.append(_command(f"sohoa {name} {below}", inner, 3))
    return "\n".join(parts)


def _command(name: str, command: Any, depth: int) -> str:
    lines = [
        f"{'#' * depth} {name}\n",
        _LISTED.sub(r"```text\n\1\n```\n", (command.help or "").strip()) + "\n",
    ]
    rows = [
        _parameter(one) for one in command.params if one.name != "help" and not getattr(one, "hidden", False)
    ]
    if rows:
        lines += ["| | | default |", "|---|---|---|", *rows, ""]
    return "\n".join(lines)


def _parameter(parameter: Any) -> str:
    """Return the row of an argument or an option; switches have no default worth telling."""
    is_option = parameter.param_type_name == "option"
    names = (
        (*parameter.opts, *parameter.secondary_opts)
        if is_option
        else (parameter.metavar or parameter.name.upper(),)
    )
    default = getattr(parameter.default, "value", parameter.default)
    told = (
        f"`{default}`"
        if isinstance(default, str | int) and not isinstance(default, bool) and default != ""
        else ""
    )
    explained = (getattr(parameter, "help", "") or "").replace("|", "\\|")
    return f"| {', '.join(f'`{one}`' for one in names)} | {explained} | {told} |"


def table_pages() -> str:
    """Return the page on all tables and columns, from the schema."""
    parts = [
        "# Tables\n\nMade from the schema. Every table comes as Parquet and as CSV; `datapackage.json` says the same to "
        "programs. The wide table `reports` has a column for each field of the profile that is no list.\n"
    ]
    for table in tables(load_profile("doi_ngoai").fields):
        parts.append(_table(table))
    return "\n".join(parts)


def _table(table: Table) -> str:
    key = f" Key: {', '.join(f'`{name}`' for name in table.key)}." if table.key else ""
    columns = table.columns if table.name != "reports" else table.columns[:5]
    rows = [_column(column) for column in columns]
    more = "\n… and one for each field: [fields](fields.md).\n" if table.name == "reports" else ""
    return "\n".join(
        [
            f"## {table.name}\n", f"{table.vi}. {table.en}.{key}\n",
            "| column | type | nghĩa | meaning | unit |", "|---|---|---|---|---|", *rows, more,
        ]
    )  # fmt: skip


def _column(column: Column) -> str:
    cells = (f"`{column.name}`", column.type, column.vi, column.en, column.unit or "")
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"
