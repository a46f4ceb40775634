"""A PostgreSQL server of the tests' own: made, started and thrown away by them, as a person without rights."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def _programs() -> Path | None:
    """Return the folder of the newest PostgreSQL that is installed, in the path or where Debian has it."""
    on_path = shutil.which("initdb")
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    found = sorted(versions, key=lambda path: float(path.parts[-3]))
    return Path(on_path).resolve().parent if on_path else found[-1].parent if found else None


def _account() -> pwd.struct_passwd | None:
    """Return who the server can run as; PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


@contextmanager
def server() -> Iterator[str]:
    """Run a server and yield the URL of an empty database in it; skip where there is no PostgreSQL."""
    programs, account = _programs(), _account()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (apt install postgresql)")
    if account is None or (os.geteuid() == 0 and shutil.which("runuser") is None):
        pytest.skip("PostgreSQL does not run as root, and there is nobody else to run it as")
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket's path must be short

    def as_account(*command: str) -> None:
        before = ("runuser", "-u", account.pw_name, "--") if os.geteuid() == 0 else ()
        done = subprocess.run(
            [*before, *command], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace")

    data, control = str(folder / "data"), str(programs / "pg_ctl")
    try:
        shutil.chown(folder, account.pw_uid, account.pw_gid)
        as_account(str(programs / "initdb"), "-D", data, "-U", "sohoa", "--auth=trust", "-E", "UTF8",
                   "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        as_account(control, "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql+psycopg://sohoa@/postgres?host={folder}"
        finally:
            as_account(control, "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
