"""Suggested lines put into the text of a profile, where they belong, and nothing else of it changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.extraction.profile import profile_file
from pipeline.extraction.profile_yaml import Marked, UnreadableError, read_marked
from pipeline.review.lessons import Suggestion

_STEP = 2
"""Blanks by which lists are set in."""


def with_lines(source: str, suggested: Sequence[Suggestion]) -> tuple[str, list[Suggestion]]:
    """Return the text ``source`` of a profile with the lines that it can take, and these.

    A line that would make a mistake of a sound profile is left out, and one that stands there already. Comments and
    order stay as they are; behind each new line stands what speaks for it.
    """
    source = source if source.endswith("\n") else source + "\n"
    before = _mistakes(source)
    try:
        text, taken = _with_all(source, suggested)
        if _mistakes(text) <= before:
            return text, taken
    except UnreadableError:
        pass
    text, taken = source, []
    for one in suggested:  # one of them does not fit: each by itself
        tried, took = _with_all(text, [one])
        if took and _mistakes(tried) <= before:
            text, taken = tried, [*taken, one]
    return text, taken


def _with_all(source: str, suggested: Sequence[Suggestion]) -> tuple[str, list[Suggestion]]:
    text = source
    taken: list[Suggestion] = []
    for one in suggested:
        tried = _with_line(text, one)
        if tried is not None:
            text, taken = tried, [*taken, one]
    return text, taken


def _mistakes(source: str) -> int:
    with TemporaryDirectory(prefix="sohoa-") as folder:
        path = Path(folder) / "profile.yaml"
        path.write_text(source, encoding="utf-8")
        return len(profile_file(str(path)).mistakes)


def line_of(one: Suggestion) -> str:
    """Return the line as it stands in a list of the profile."""
    seen = f"{one.count} correction{'s' if one.count > 1 else ''}: {', '.join(one.sources)}"
    return f"- {_quoted(one.wording)}  # {seen.replace(chr(10), ' ')}"


def _quoted(wording: str) -> str:
    return "'" + wording.replace("'", "''") + "'"


def _with_line(source: str, one: Suggestion) -> str | None:
    """Return ``source`` with the line in its place; None where it has none, or has the line already."""
    marked = read_marked(source)
    kind = "topics" if one.part == "headings" else "fields"
    owners = marked.data.get(kind) or []
    at = next((n for n, owner in enumerate(owners) if owner.get("name") == one.of), None)
    if at is None:
        return None
    path = (kind, at, one.part)
    held = owners[at].get(one.part)
    if held is not None and (not isinstance(held, list) or one.wording in held):
        return None
    lines = source.splitlines(keepends=True)
    if held:
        return _into_list(lines, marked, (*path, len(held) - 1), path, one)
    if held is not None:
        line, column = marked.values[path]
        return _at(lines, line, column, _quoted(one.wording))  # behind the bracket of []
    return _as_list(lines, marked, (kind, at), one)


def _into_list(
    lines: list[str],
    marked: Marked,
    last: tuple[str | int, ...],
    path: tuple[str | int, ...],
    one: Suggestion,
) -> str:
    line, column = marked.values[path]
    if lines[line - 1][column - 1] == "[":
        return _at(lines, line, column, f"{_quoted(one.wording)}, ")
    line, _ = marked.values[last]
    indent = len(lines[line - 1]) - len(lines[line - 1].lstrip())
    return "".join([*lines[:line], f"{' ' * indent}{line_of(one)}\n", *lines[line:]])


def _as_list(lines: list[str], marked: Marked, owner: tuple[str | int, ...], one: Suggestion) -> str:
    """Return the text with a new list in the mapping ``owner``, behind its name."""
    line, column = marked.values[owner]
    if lines[line - 1][column - 1] == "{":
        return _at(lines, line, column, f"{one.part}: [{_quoted(one.wording)}], ")
    line, column = marked.keys[(*owner, "name")]
    indent = column - 1
    fresh = [f"{' ' * indent}{one.part}:\n", f"{' ' * (indent + _STEP)}{line_of(one)}\n"]
    return "".join([*lines[:line], *fresh, *lines[line:]])


def _at(lines: list[str], line: int, column: int, text: str) -> str:
    """Return the text with ``text`` behind the character at (line, column), counted from 1."""
    held = lines[line - 1]
    return "".join([*lines[: line - 1], held[:column] + text + held[column:], *lines[line:]])
