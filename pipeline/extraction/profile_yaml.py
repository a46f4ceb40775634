"""YAML of people who may be strangers: plain data with the line of every part, and no way to run or to swell anything.

Of YAML only what profiles need is taken: mappings, lists, texts, numbers, true and false, anchors and their aliases.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import regex
import yaml

MAX_BYTES = 1_000_000
"""Ten times the largest profile that ships."""

MAX_PARTS = 100_000
"""So many texts, lists and mappings, aliases counted as often as they are used, are a bomb rather than a profile."""

MAX_DEPTH = 20

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SCALARS = {"str", "int", "float", "bool", "null"}
_TAG = "tag:yaml.org,2002:"
_TAKEN_FOR_LIST = regex.compile(r"^\s*(?:-|[\w.]+:)\s+[\[*&!%@`|>]")

Path = tuple[str | int, ...]
"""The way to a part: keys of mappings and numbers of list items."""


@dataclass(frozen=True, order=True)
class Mistake:
    """Something wrong in a profile, at a line and column counted from 1; the message says how to put it right.

    A warning does not keep the profile from being used.
    """

    line: int
    column: int
    message: str
    warning: bool = False

    def describe(self, name: str) -> str:
        """Return the mistake in one line that editors and terminals understand as a place."""
        return f"{name}:{self.line}:{self.column}: {'warning: ' if self.warning else ''}{self.message}"


class UnreadableError(Exception):
    """A text is no YAML that profiles may be written in."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__(mistakes[0].message)
        self.mistakes = mistakes


@dataclass
class Marked:
    """The data of a YAML text, and where its parts stand."""

    data: Any = None
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)
    values: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def place(self, path: Path, of_key: bool = False) -> tuple[int, int]:
        """Return (line, column) of the value at ``path`` or of its key; else of the nearest part around it."""
        if of_key and path in self.keys:
            return self.keys[path]
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, (1, 1))

    def mistake(self, path: Path, message: str, *, of_key: bool = False, warning: bool = False) -> Mistake:
        """Return a mistake in the part at ``path``."""
        return Mistake(*self.place(path, of_key), message, warning)


def read_marked(source: str) -> Marked:
    """Return the data of a YAML text with the places of its parts.

    Raises UnreadableError for a text that is no YAML, too large, too deep, swollen by aliases, or that uses what
    profiles have no need of (tags, merge keys, several documents).
    """
    if len(source.encode()) > MAX_BYTES:
        raise UnreadableError([Mistake(1, 1, f"the file is larger than {MAX_BYTES // 1000} kB")])
    try:
        _check_depth(source)
        node = yaml.compose(source, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        raise UnreadableError([_syntax(error, source)]) from error
    except yaml.YAMLError as error:  # a character that YAML does not allow
        position = getattr(error, "position", 0) or 0
        line = source.count("\n", 0, position) + 1
        raise UnreadableError(
            [Mistake(line, 1, f"not valid YAML: {getattr(error, 'reason', error)}")]
        ) from error
    marked = Marked()
    if node is not None:
        _Reader(marked).read(node)
    return marked


def _check_depth(source: str) -> None:
    """Refuse nesting without end before anything follows it down."""
    depth = 0
    for event in yaml.parse(source, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise UnreadableError([Mistake(*_place(event), f"nested deeper than {MAX_DEPTH} levels")])


def _syntax(error: yaml.MarkedYAMLError, source: str) -> Mistake:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    said = error.problem or error.context or "it cannot be read"
    hint = ""
    lines = source.splitlines()
    for number in (line, line - 1):
        if 0 < number <= len(lines) and _TAKEN_FOR_LIST.match(lines[number - 1]):
            hint = (
                f"; quote the wording in line {number}: YAML takes [ * & ! % @ before it for something else"
            )
            break
    return Mistake(line, column, f"not valid YAML: {said}{hint}")


class _Reader:
    """Builds plain data from composed nodes and notes where each part stands."""

    def __init__(self, marked: Marked) -> None:
        self.marked = marked
        self.parts = 0
        self.open: set[int] = set()
        self.mistakes: list[Mistake] = []
        self.scalars = yaml.constructor.SafeConstructor()

    def read(self, node: yaml.Node) -> None:
        """Fill the marked data from the root ``node``."""
        self.marked.data = self._part(node, ())
        if self.mistakes:
            raise UnreadableError(self.mistakes)

    def _refuse(self, node: yaml.Node, message: str) -> None:
        self.mistakes.append(Mistake(*_place(node), message))

    def _part(self, node: yaml.Node, path: Path) -> Any:
        self.parts += 1
        if self.parts > MAX_PARTS:
            message = f"more than {MAX_PARTS} parts, counting what aliases repeat"
            raise UnreadableError([Mistake(*_place(node), message)])
        if id(node) in self.open:
            self._refuse(node, "an alias repeats what it stands in")
            return None
        self.marked.values.setdefault(path, _place(node))
        self.open.add(id(node))
        try:
            if isinstance(node, yaml.MappingNode) and node.tag == _TAG + "map":
                return self._mapping(node, path)
            if isinstance(node, yaml.SequenceNode) and node.tag == _TAG + "seq":
                return [self._part(child, (*path, index)) for index, child in enumerate(node.value)]
            if isinstance(node, yaml.ScalarNode):
                return self._scalar(node)
        finally:
            self.open.discard(id(node))
        self._refuse(node, f"the tag {node.tag} has no place in a profile; leave it out")
        return None

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        kind = node.tag.removeprefix(_TAG)
        if kind == "timestamp":  # 2019-01-02 without quotes
            return node.value
        if kind not in _SCALARS or not node.tag.startswith(_TAG):
            self._refuse(
                node, f"the tag {node.tag} has no place in a profile; leave it out or quote the text"
            )
            return None
        try:
            return self.scalars.construct_object(node)
        except (ValueError, yaml.YAMLError):
            self._refuse(node, f"{node.value!r} is no {kind}; quote it where it is a text")
            return None

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode) or key_node.tag == _TAG + "merge":
                self._refuse(
                    key_node, "a key is one word here; << and keys of several parts are not understood"
                )
                continue
            key = str(key_node.value)
            where = (*path, key)
            if key in found:
                first = self.marked.keys[where][0]
                self._refuse(key_node, f"the key '{key}' is given twice, first in line {first}; join the two")
                continue
            self.marked.keys[where] = _place(key_node)
            found[key] = self._part(value_node, where)
        return found


def _place(part: yaml.Node | yaml.Event) -> tuple[int, int]:
    mark = part.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
