"""Parts of a page of documentation that a command writes, between two comments."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import UsageError


def write_section(path: Path, name: str, text: str) -> None:
    """Put ``text`` between ``<!-- NAME … -->`` and ``<!-- /NAME -->`` of the Markdown page ``path``.

    Raises UsageError when the page has no such section.
    """
    page = path.read_text("utf-8")
    start, end = page.find(f"<!-- {name}"), page.find(f"<!-- /{name} -->")
    if start < 0 or end < start:
        raise UsageError(f"{path} has no section <!-- {name} … --> … <!-- /{name} -->")
    head = page.index("-->", start) + len("-->")
    path.write_text(f"{page[:head]}\n\n{text.strip()}\n\n{page[end:]}", "utf-8")
