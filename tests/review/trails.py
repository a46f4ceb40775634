"""Trails to test with: what is said in them, and how somebody who owns the database changes them behind sohoa's back."""

from pathlib import Path

from sqlalchemy import create_engine, text

from pipeline.review.trail import Entry
from pipeline.review.trail_places import place_of_trail

DOC = "a" * 64


def said(number: str, field: str = "outbound.people", who: str = "lan") -> Entry:
    return Entry(who, DOC, field, "set", new={"state": "reported", "number": number})


def execute(root: Path, *statements: str) -> None:
    """Carry out ``statements`` in the database that holds the trail of ``root``; ``:w`` is the workspace's name there."""
    place = place_of_trail(root)
    engine = create_engine(f"sqlite:///{place.file}" if place.file else place.url)
    try:
        with engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement), {"w": place.workspace} if ":w" in statement else {})
    finally:
        engine.dispose()


def tamper(root: Path, *statements: str) -> None:
    """Do the same as the database's owner can: with the guards out of the way."""
    if place_of_trail(root).file:
        names = ("no_update", "no_delete", "in_order")
        execute(root, *(f"DROP TRIGGER IF EXISTS sohoa_trail_{name}" for name in names), *statements)
    else:
        off, on = (f"ALTER TABLE sohoa_trail {word} TRIGGER USER" for word in ("DISABLE", "ENABLE"))
        execute(root, off, *statements, on)
