"""Where the trail of a workspace lies: a file in its folder, or a PostgreSQL database that the folder remembers."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from pipeline.errors import OutputError, UsageError
from pipeline.files import write_atomically

FOLDER = "review"
FILE = "trail.sqlite"
MARKER = "store.json"
"""Names the store when it is not the file, and this workspace in it; keep it with the folder."""
OWN_FILE = "sqlite"
"""How ``--store`` names the file in the folder."""


@dataclass(frozen=True)
class Place:
    """A database and the name of the workspace in it; ``file`` is the database when it is a file."""

    url: str
    workspace: str = ""
    file: Path | None = None

    def __str__(self) -> str:
        return str(self.file) if self.file else self.url


def place_of_trail(root: Path) -> Place:
    """Return where the trail of the workspace ``root`` lies. Raises OutputError for a marker that makes no sense."""
    marker = root / FOLDER / MARKER
    try:
        said = json.loads(marker.read_text("utf-8"))
        store, workspace = said["store"], said["workspace"]
        if not isinstance(store, str) or not isinstance(workspace, str):
            raise TypeError
    except FileNotFoundError:
        return _place(root, OWN_FILE, "")
    except OSError as error:
        raise OutputError(f"{marker}: cannot be read ({error.strerror}).") from error
    except (ValueError, KeyError, TypeError) as error:
        raise OutputError(
            f"{marker}: does not say where the trail lies. Put it back from a copy, or give --store again."
        ) from error
    return _place(root, store, workspace)


def new_place(root: Path, store: str) -> Place:
    """Return a place at ``store`` for a chain of its own. Raises UsageError for what is no store."""
    return _place(root, store, uuid.uuid4().hex)


def remember(root: Path, place: Place) -> None:
    """Have ``root`` remember where its trail lies; a power cut cannot undo it. Raises OutputError."""
    folder = root / FOLDER
    said = {"store": OWN_FILE if place.file else place.url, "workspace": place.workspace}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / MARKER, (json.dumps(said) + "\n").encode(), sync=True)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written ({error.strerror}).") from error


def _place(root: Path, store: str, workspace: str) -> Place:
    if store == OWN_FILE:
        return Place("", workspace, root / FOLDER / FILE)
    try:
        url = make_url(store)
    except ArgumentError as error:
        raise UsageError(f"{store}: is no store; {_FORM}") from error
    if url.drivername not in {"postgresql", "postgresql+psycopg"}:
        raise UsageError(f"{url.drivername}: no such kind of store; {_FORM}")
    if url.password is not None or any("password" in name for name in url.query):
        raise UsageError(
            f"{_without_secret(url)}: give the password by ~/.pgpass or PGPASSWORD, not in the address, "
            "which is kept in a file"
        )
    url = url.set(drivername="postgresql+psycopg")
    return Place(url.render_as_string(hide_password=False), workspace)


_FORM = f"give {OWN_FILE} or postgresql+psycopg://USER@HOST/DATABASE"


def _without_secret(url: URL) -> str:
    return url.set(password=None, query={}).render_as_string()
