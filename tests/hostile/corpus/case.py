"""One file of the corpus."""

from dataclasses import dataclass

ANY = ("ok", "partial", "failed")


@dataclass(frozen=True)
class Case:
    """``content`` is written to a file called ``name``; a run ends with one of ``statuses``, and its error ``says`` so."""

    kind: str
    name: str
    content: bytes
    says: str = ""
    statuses: tuple[str, ...] = ANY


def failed(kind: str, name: str, content: bytes, says: str) -> Case:
    """A file of which nothing can be read, for the reason that it ``says``."""
    return Case(kind, name, content, says, ("failed",))
