"""CPU time of every step of cleaning, reading and layout, taken by watching the calls of the rooms' own modules.

A step is a source file: whatever the module that runs a room (``clean_page.py``, ``page.py``, ``assemble.py``) calls in
another file counts for that file. So a new step shows up by itself, and the pipeline knows nothing of this.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FunctionType, ModuleType
from typing import Any

from pipeline.cleaning import clean_page
from pipeline.clock import StageClock
from pipeline.layout import assemble
from pipeline.reading import page

ROOMS: dict[str, ModuleType] = {"cleaning": clean_page, "reading": page, "layout": assemble}
_ENTRY = {"cleaning": "clean", "reading": "read_page", "layout": "lay_out"}
REST = "the rest"


@contextmanager
def watched(clock: StageClock) -> Iterator[dict[str, Callable[..., Any]]]:
    """Yield the entry of each room, watched: calls add to ``clock`` under "room: step" and under the room's name."""
    kept: list[tuple[ModuleType, str, Any]] = []
    runners = {module.__name__ for module in ROOMS.values()}

    def watch(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def timed(*args: Any, **kwargs: Any) -> Any:
            with clock.stage(name):
                return function(*args, **kwargs)

        return timed

    try:
        for room, module in ROOMS.items():
            for name, thing in list(vars(module).items()):
                called = isinstance(thing, FunctionType) and thing.__module__.startswith("pipeline.")
                if called and thing.__module__ not in runners:
                    kept.append((module, name, thing))
                    step = thing.__module__.rpartition(".")[2]
                    setattr(module, name, watch(f"{room}: {step}", thing))
        entries = {room: watch(room, getattr(module, _ENTRY[room])) for room, module in ROOMS.items()}
        inner = _ENTRY["cleaning"]  # the page reader calls it by its own name for it
        kept.append((page, inner, vars(page)[inner]))
        setattr(page, inner, entries["cleaning"])
        yield entries
    finally:
        for module, name, thing in reversed(kept):
            setattr(module, name, thing)


def with_rest(seconds: dict[str, float]) -> dict[str, float]:
    """Return the seconds of the steps, with what a room spends outside of them as its step :data:`REST`."""
    steps = {name: spent for name, spent in seconds.items() if ": " in name}
    for room in ROOMS:
        known = sum(spent for name, spent in steps.items() if name.startswith(f"{room}: "))
        steps[f"{room}: {REST}"] = max(0.0, seconds.get(room, 0.0) - known)
    return steps
