"""Watches how much memory the processes that a test starts take at most."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_EVERY_S = 0.03


class Peaks:
    """The most memory (bytes written to, VmHWM) that any process below this one took, by its command."""

    def __init__(self) -> None:
        self.by_command: dict[str, int] = {}

    def look(self, root: int) -> None:
        """Look once at all processes below ``root``."""
        parents: dict[int, int] = {}
        told: dict[int, tuple[str, int]] = {}
        for folder in Path("/proc").iterdir():
            if not folder.name.isdigit():
                continue
            try:
                lines = dict(
                    line.split(":", 1)
                    for line in (folder / "status").read_text("utf-8", "replace").splitlines()
                )
            except (OSError, ValueError):
                continue  # it has just ended
            number = int(folder.name)
            parents[number] = int(lines["PPid"])
            if "VmHWM" in lines:
                told[number] = lines["Name"].strip(), int(lines["VmHWM"].split()[0]) << 10
        for number, (command, size) in told.items():
            above, seen = number, 0
            while above not in (root, 0, 1) and seen < 50:
                above, seen = parents.get(above, 0), seen + 1
            if above == root and number != root:
                self.by_command[command] = max(size, self.by_command.get(command, 0))


@contextmanager
def watched(root: int) -> Iterator[Peaks]:
    """Watch the processes below ``root`` while the block runs."""
    peaks, over = Peaks(), threading.Event()

    def watch() -> None:
        while not over.wait(_EVERY_S):
            peaks.look(root)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield peaks
    finally:
        over.set()
        thread.join()
