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
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **(environment or {})},
    ) as child:
        peak = _Peak(child.pid)
        watcher = threading.Thread(target=peak.watch, daemon=True)
        watcher.start()
        errors = child.stderr.read() if child.stderr else ""
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - began
        child.returncode = code = os.waitstatus_to_exitcode(status)
        peak.done = True
        watcher.join()
    if code not in (0, 3):  # 3: sohoa read all but some inputs
        raise subprocess.CalledProcessError(code, command, stderr=errors)
    # Who was waited for is in the usage; workers that end with their server are not, only in what was seen of them.
    return Cost(wall, max(peak.cpu, usage.ru_utime + usage.ru_stime), peak.memory, peak.process)


class _Peak:
    """Looks at a process and all its descendants now and then."""

    def __init__(self, root: int) -> None:
        self._root = root
        self.memory = self.process = self.cpu = 0.0
        self.done = False

    def watch(self) -> None:
        """Look until told that it is done."""
        while not self.done:
            family = _family(self._root)
            self.cpu = max(self.cpu, sum(_cpu_seconds(number) for number in family))
            sizes = [_megabytes(number) for number in family]
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


def _cpu_seconds(number: int) -> float:
    """Return what a process and those it has waited for have used of the processors, 0 when it is gone."""
    try:
        stat = Path(f"/proc/{number}/stat").read_text()
    except OSError:
        return 0.0
    ticks = stat.rpartition(")")[2].split()[11:15]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def _megabytes(number: int) -> float:
    """Return the proportional set size of a process, 0 when it is gone."""
    try:
        lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * _KB / 1e6
