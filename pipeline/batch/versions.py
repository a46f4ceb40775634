"""What an installation of sohoa is made of: versions of programs and libraries, hashes of source, weights and profile.

Two installations with the same answer make the same tables of the same scans.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

import pipeline
from pipeline.batch.influences import reading_influences, understanding_influences
from pipeline.extraction.profile import Profile


def installed_versions(reader: str, profile: Profile) -> dict[str, str]:
    """Return everything beside the scans and the options that shapes the tables of a run, and nothing else.

    Raises :class:`pipeline.errors.MissingToolError` when a program or weights are not there.
    """
    return {
        **reading_influences(reader),
        **understanding_influences(f"{profile.name}@{profile.digest}"),
        "source of pipeline": package_hash(),
        "pyarrow": version("pyarrow"),
    }


def package_hash() -> str:
    """Return the SHA-256 (hex) over names and contents of all files of the package ``pipeline``."""
    package = Path(pipeline.__file__).parent
    digest = hashlib.sha256()
    for file in sorted(package.rglob("*")):
        if file.is_file() and file.suffix != ".pyc":
            digest.update(f"\n{file.relative_to(package).as_posix()}\n".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def digest_of(versions: Mapping[str, str]) -> str:
    """Return a digest (hex) that two installations share when they are the same."""
    return hashlib.sha256(json.dumps(versions, sort_keys=True).encode()).hexdigest()


def differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> list[str]:
    """Return what is not the same, one phrase each: ``tesseract 5.3.0 here, 5.5.1 there``."""
    names = sorted(name for name in {*ours, *theirs} if ours.get(name) != theirs.get(name))
    return [f"{name} {_short(ours.get(name))} here, {_short(theirs.get(name))} there" for name in names]


def _short(value: str | None) -> str:
    """Return ``value`` with its hashes cut to what the eye can compare."""
    if value is None:
        return "none"
    name, mark, digest = value.rpartition("@")
    return name + mark + (digest[:12] if len(digest) == hashlib.sha256().digest_size * 2 else digest)
