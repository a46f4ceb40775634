"""The fingerprint of a file: its identity in every table, whatever it is called and wherever it lies."""

import hashlib
from pathlib import Path

from pipeline.errors import InputError

_CHUNK_BYTES = 1 << 20


def fingerprint(path: Path) -> str:
    """Return the lower-case hex SHA-256 of the bytes of ``path``, read piece by piece; InputError when unreadable."""
    digest = hashlib.sha256()
    require_regular(path)
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                digest.update(chunk)
    except OSError as error:
        raise unreadable(error) from error
    return digest.hexdigest()


def require_regular(path: Path) -> None:
    """Raise InputError unless ``path`` is a regular file: a pipe or a device could keep us waiting for ever."""
    try:
        if path.is_dir():
            raise InputError("the folder cannot be read; check its permissions")
        if path.exists() and not path.is_file():
            raise InputError("this is no regular file (a pipe or a device); give the scan itself")
    except OSError as error:
        raise unreadable(error) from error


def unreadable(error: OSError) -> InputError:
    """Return the plain form of what the operating system said when a file could not be opened or read."""
    if isinstance(error, FileNotFoundError):
        return InputError(
            "the file is not there any more, or is a link to nothing; check the path and run again"
        )
    if isinstance(error, PermissionError):
        return InputError(
            "the file cannot be read: permission denied; make it readable (chmod +r) and run again"
        )
    return InputError(
        f"the file cannot be read: {error.strerror or 'unknown error'}; check the disk and run again"
    )
