"""Runs another program on a file that nobody vouches for: no shell, no inherited settings, and limits on everything.

The program gets a list of arguments, of which a file is always an absolute path: a name that begins with "-" is then no
option, and bytes that are no text pass as they are. It sees an environment of a few harmless variables, its time, its
memory, its answer and the files that it may write are bounded, and it never outlives the call.
"""

import io
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO

MEMORY_BYTES = 2 << 30
"""Memory of one program: A1 at 300 dpi in colour, drawn by Poppler, takes 0.6 GiB."""
MAX_FILE_BYTES = 1 << 30
"""Size of a file that a program may write."""
MAX_COMPLAINTS_BYTES = 1 << 20
_KEPT = ("PATH", "HOME", "TMPDIR", "XDG_CACHE_HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH")
"""What Poppler needs of the environment: where programs and fonts lie, and where fontconfig keeps its list of them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How a program ended: its exit status (negative: the signal that ended it), what it wrote, what it complained of."""

    status: int
    output: bytes
    complaints: str


class TooSlowError(subprocess.SubprocessError):
    """The program was stopped because its time was over."""


class TooLongError(Exception):
    """The program was stopped because its answer grew beyond the limit."""


def absolute(path: Path) -> str:
    """Return ``path`` from the root on, links not followed: no program can take it for an option."""
    return os.path.abspath(path)  # noqa: PTH100 - resolve() would follow symbolic links


def run(command: list[str], seconds: float, most_bytes: int, memory_bytes: int = MEMORY_BYTES) -> Answer:
    """Run ``command`` and return how it ended.

    Raises FileNotFoundError when the program is not installed, TooSlowError and TooLongError when it had to be stopped.
    """
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ} | {"LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )
    kept: dict[str, bytes] = {}

    def keep(name: str, pipe: IO[bytes], limit: int) -> None:
        buffer = io.BytesIO()
        while chunk := pipe.read(1 << 16):
            buffer.write(chunk)
            if buffer.tell() > limit:
                process.kill()
                break
        kept[name] = buffer.getvalue()

    with process:
        _limit(process.pid, memory_bytes)
        assert process.stdout is not None
        assert process.stderr is not None
        readers = [
            threading.Thread(target=keep, args=("output", process.stdout, most_bytes), daemon=True),
            threading.Thread(
                target=keep, args=("complaints", process.stderr, MAX_COMPLAINTS_BYTES), daemon=True
            ),
        ]
        for reader in readers:
            reader.start()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            raise TooSlowError from error
        finally:
            process.kill()
            for reader in readers:
                reader.join()
    if len(kept["output"]) > most_bytes:
        raise TooLongError
    return Answer(process.returncode, kept["output"], kept["complaints"].decode("utf-8", "replace"))


def _limit(pid: int, memory_bytes: int) -> None:
    """Bound the memory and the files of a process that has just begun; elsewhere than on Linux nothing is bounded."""
    if sys.platform != "linux":
        return
    import resource  # noqa: PLC0415 - prlimit is Linux's own

    for kind, most in ((resource.RLIMIT_DATA, memory_bytes), (resource.RLIMIT_FSIZE, MAX_FILE_BYTES)):
        try:
            hard = resource.prlimit(pid, kind)[1]
            limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.prlimit(pid, kind, (limit, limit))
        except (ProcessLookupError, PermissionError):
            return  # it has already ended, or may not be limited: time still bounds it
