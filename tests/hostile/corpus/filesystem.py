"""What a file system offers beside files: folders named like scans, pipes, links, names of any bytes."""

import os
from collections.abc import Iterator
from pathlib import Path

from .case import Case, failed
from .foreign import WHOLE

KIND = "filesystem"
NOT_FOLLOWED = "not followed"
NAMES = (
    b"-rf.pdf", b"--help.pdf", b"-o out.pdf", b"$(touch launched).pdf", b"a;b|c&d.pdf", b"quote\"s'.pdf", b"%s%n.pdf",
    b"b\xe1o c\xe1o.pdf", b"\xff\xfe.pdf", b"line\nbreak.pdf", b"esc\x1b[31m.pdf", b"\xe2\x80\xaefdp.exe.pdf",
    b"x" * 250 + b".pdf", b" .pdf",
)  # fmt: skip
"""Options, bytes that are no text, control characters, a name read from right to left, the longest one."""


def make(folder: Path, outside: Path) -> Iterator[Case]:
    """Write the odd things into ``folder``; links lead to ``outside``."""
    (folder / "folder.pdf").mkdir(parents=True)
    (folder / "folder.pdf" / "inner.pdf").write_bytes(b"")
    yield failed(KIND, "folder.pdf/inner.pdf", b"", "empty")
    outside.mkdir()
    (outside / "secret.pdf").write_bytes(WHOLE + b"\n% outside\n%%EOF\n")
    os.mkfifo(folder / "pipe.pdf")
    yield failed(KIND, "pipe.pdf", b"", "no regular file")
    for name, target, says in (
        ("link-out.pdf", outside / "secret.pdf", NOT_FOLLOWED),
        ("link-out-folder", outside, NOT_FOLLOWED),
        ("link-out-relative.pdf", Path("../../outside/secret.pdf"), NOT_FOLLOWED),
        ("link-to-itself.pdf", Path("link-to-itself.pdf"), "in a circle"),
        ("link-to-nothing.pdf", Path("nothing.pdf"), "a link to nothing"),
        ("link-to-device.pdf", Path("/dev/zero"), NOT_FOLLOWED),
    ):
        (folder / name).symlink_to(target)
        yield failed(KIND, name, b"", says)
    for index, name in enumerate(NAMES):
        # Every one its own content, or it would be a copy of the other.
        content = b"PK\x03\x04 %d" % index
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(content)
        yield failed(KIND, os.fsdecode(name), content, "a ZIP archive")
