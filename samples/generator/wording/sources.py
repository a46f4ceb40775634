"""YAML whose texts know the line they stand on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Sourced(str):
    """A text read from a file, and its line, from 1."""

    line: int

    def __new__(cls, text: str, line: int) -> Sourced:
        """Make the text with its line."""
        made = super().__new__(cls, text)
        made.line = line
        return made


class SourcedMap(dict[Any, Any]):
    """A mapping read from a file, and its line, from 1."""

    line: int = 0


class YamlError(ValueError):
    """A file that is no YAML."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line
        self.what = what


class _Reader(_Loader):  # type: ignore[misc]
    """Safe YAML with every plain word a text: no, on, 1.5 and 2019-01-01 are words here (numbers excepted)."""


def _text(loader: Any, node: Any) -> Sourced:
    return Sourced(loader.construct_scalar(node), node.start_mark.line + 1)


def _map(loader: Any, node: Any) -> SourcedMap:
    loader.flatten_mapping(node)
    keys = [str(loader.construct_object(key, deep=True)) for key, _ in node.value]
    for key in keys:
        if keys.count(key) > 1:
            raise YamlError(
                node.start_mark.line + 1, f"the key {key!r} stands twice in one mapping; join the two"
            )
    made = SourcedMap(loader.construct_mapping(node, deep=True))
    made.line = node.start_mark.line + 1
    return made


_Reader.add_constructor("tag:yaml.org,2002:str", _text)
_Reader.add_constructor("tag:yaml.org,2002:map", _map)
for _tag in ("bool", "float", "timestamp", "null"):
    _Reader.add_constructor(f"tag:yaml.org,2002:{_tag}", _text)


def read(path: Path) -> object:
    """Return what ``path`` holds; texts are :class:`Sourced`, mappings :class:`SourcedMap`."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Reader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        hint = "a line with ': ', or one that begins with [ or { or a quote, stands in quotes"
        raise YamlError(line, f"no YAML: {error.problem}; {hint}") from None
    except UnicodeDecodeError as error:
        raise YamlError(0, f"not UTF-8 ({error.reason}); save it as UTF-8") from None
    except yaml.YAMLError as error:
        raise YamlError(0, f"no YAML: {error}") from None
