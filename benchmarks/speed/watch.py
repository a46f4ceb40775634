"""What a command costs: seconds on the clock, CPU seconds of it and all it starts, memory at its peak."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY_S = 0.2
_KB = 1024


@dataclass(frozen=True)
class Cost:
    """``wall`` and ``cpu`` in seconds; ``memory`` of all processes together and ``process`` of the largest, in MB.

    Memory that processes share counts once (proportional set size).
    """

    wall: float
    cpu: float
    memory: float
    process: float


def cost_of(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Cost:
    """Run ``command`` and return what it cost; raises CalledProcessError when it fails for no page of its own."""
    began = time.monotonic()
    child = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **(environment or {})},
    )
    peak = _Peak(child.pid)
    watcher = threading.Thread(target=peak.watch, daemon=True)
    watcher.start()
    errors = child.stderr.read() if child.stderr else ""
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.monotonic() - began
    peak.done = True
    watcher.join()
    code = os.waitstatus_to_exitcode(status)
    child.returncode = code
    if code not in (0, 3):  # 3: sohoa read all but some inputs
        raise subprocess.CalledProcessError(code, command, stderr=errors)
    return Cost(wall, usage.ru_utime + usage.ru_stime, peak.memory, peak.process)


class _Peak:
    """Looks at a process and all its descendants now and then."""

    def __init__(self, root: int) -> None:
        self._root = root
        self.memory = self.process = 0.0
        self.done = False

    def watch(self) -> None:
        """Look until told that it is done."""
        while not self.done:
            sizes = [_megabytes(number) for number in _family(self._root)]
            self.memory, self.process = max(self.memory, sum(sizes)), max([self.process, *sizes])
            time.sleep(_EVERY_S)


def _family(root: int) -> list[int]:
    """Return ``root`` and all processes below it."""
    family, found = [root], [root]
    while found:
        children: list[int] = []
        for number in found:
            for task in Path(f"/proc/{number}/task").glob("*/children"):
                try:
                    children += map(int, task.read_text().split())
                except OSError:
                    continue
        family += children
        found = children
    return family


def _megabytes(number: int) -> float:
    """Return the proportional set size of a process, 0 when it is gone."""
    try:
        lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * _KB / 1e6
