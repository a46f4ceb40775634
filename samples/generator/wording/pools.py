"""The wording pools of a split, read from YAML into frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from samples.generator.nouns import Split
from samples.generator.wording.frames import FrameError
from samples.generator.wording.shapes import Letterhead, Names, Negative, Shape, Structure, Topic, Where
from samples.generator.wording.sources import YamlError, read
from samples.generator.wording.topics import TOPICS

FOLDER = Path(__file__).parents[1] / "pools"
PARTS = ("structure", "letterhead", "negatives", "names")

_SHAPES: dict[str, type[Shape]] = {"structure": Structure, "letterhead": Letterhead, "names": Names}


class PoolError(FrameError):
    """A file of a pool is missing or not in its form."""


@dataclass(frozen=True)
class Problem:
    """What is wrong at a line of a file, and how to mend it; ``text`` quotes the pool (kept apart: test is secret)."""

    file: str
    line: int
    what: str
    text: str = ""


@dataclass(frozen=True)
class Pools:
    """All wordings of a split. A topic whose file is missing or wrong is told of only when it is asked for."""

    split: str
    parts: Mapping[str, Any]
    """Stem of a file -> what it holds, for the files that are there and right."""
    problems: tuple[Problem, ...]

    def topic(self, name: str) -> Topic:
        """The wordings of one topic."""
        found: Topic = self._part(name)
        return found

    @property
    def topics(self) -> dict[str, Topic]:
        """The topics whose files are there and right, in the order of the README."""
        return {name: self.parts[name] for name in TOPICS if name in self.parts}

    @property
    def structure(self) -> Structure:
        """Outlines, headers of tables, captions and titles of annexes."""
        found: Structure = self._part("structure")
        return found

    @property
    def letterhead(self) -> Letterhead:
        """Subjects, first and last sentences, recipients, addressees, what laws are about."""
        found: Letterhead = self._part("letterhead")
        return found

    @property
    def negatives(self) -> tuple[Negative, ...]:
        """Documents of other kinds."""
        found: tuple[Negative, ...] = self._part("negatives")
        return found

    @property
    def names(self) -> Names:
        """Invented and foreign names."""
        found: Names = self._part("names")
        return found

    def _part(self, name: str) -> Any:
        if name in self.parts:
            return self.parts[name]
        wrong = [p for p in self.problems if p.file == f"{self.split}/{name}.yaml"]
        if not wrong:
            raise PoolError(f"pools/{self.split}/{name}.yaml is missing; write it as pools/README.md says")
        lines = "\n".join(f"pools/{p.file}:{p.line}: {p.what}" for p in wrong)
        raise PoolError(f"pools/{self.split}/{name}.yaml is not in its form:\n{lines}")


@cache
def load(split: Split) -> Pools:
    """Return the wordings of ``split``; read once a process."""
    return load_folder(FOLDER / split)


def load_folder(folder: Path) -> Pools:
    """Return the wordings in ``folder``, whose name is the split's."""
    parts: dict[str, Any] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        name, file = path.stem, f"{folder.name}/{path.name}"
        if name not in TOPICS and name not in PARTS:
            problems.append(Problem(file, 0, "no topic or part of this name; the README lists them"))
            continue
        try:
            parts[name] = _shape(name, read(path), Where(file, name if name in TOPICS else None))
        except YamlError as error:
            problems.append(Problem(file, error.line, error.what))
        except ValidationError as error:
            problems.extend(_problems(error, file))
    return Pools(folder.name, MappingProxyType(parts), tuple(problems))


def _shape(name: str, data: object, where: Where) -> Any:
    if name == "negatives":
        entries = data if isinstance(data, list) else [data]
        return tuple(Negative.model_validate(entry, context=where) for entry in entries)
    shape = _SHAPES.get(name, Topic)
    return shape.model_validate(data, context=where)


def _problems(error: ValidationError, file: str) -> list[Problem]:
    found = []
    for item in error.errors():
        place = ".".join(str(step) for step in item["loc"])
        what = item["msg"].removeprefix("Value error, ")
        found.append(
            Problem(file, getattr(item["input"], "line", 0), f"{place}: {what}", _quote(item["input"]))
        )
    return found


def _quote(value: object) -> str:
    return str(value.get("say", "")) if isinstance(value, dict) else str(value)[:300]
