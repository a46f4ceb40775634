"""The manner of one document, drawn once: how wordy, how listed, how its headings look."""

from __future__ import annotations

from dataclasses import dataclass

from numpy.random import Generator

from samples.generator.nouns import Facts

_WORDY = {"commune": 0.05, "district": 0.85, "department": 1.7, "province": 3.0}
"""Fillers a topic by level; lengths come out at 1-2, 2-5 and 4-10 pages."""


@dataclass(frozen=True)
class Dress:
    """How the headings of one level look."""

    upper: bool = False
    bold: bool = False
    italic: bool = False
    underline: bool = False


@dataclass(frozen=True)
class Manner:
    """What a typist does the same way throughout a document."""

    labels: float
    """Chance that a topic is told in labels rather than in sentences."""
    wordy: float
    """Fillers a topic on the average."""
    run_in: float
    """Chance that a heading runs into its text."""
    bulleted: bool
    """Whether paragraphs of prose begin with a bullet."""
    bullet: str
    item_style: str
    """How items of lists begin: bullet, plain, or bracket ("(1)")."""
    label_end: str
    """What ends a label: ";" (the last one "."), "." or nothing."""
    heading_end: str
    dresses: tuple[Dress, ...]
    tables: bool
    """Whether figures stand in a table."""

    def dress(self, level: int) -> Dress:
        """Return the look of headings of a level (from 1)."""
        return self.dresses[min(level, len(self.dresses)) - 1]


def draw_manner(facts: Facts, rng: Generator, bullet: str) -> Manner:
    """Return the manner of one document; ``bullet`` is the dash that the typist uses."""
    level = facts.office.level
    return Manner(
        labels=float(rng.beta(1.2, 1.6) if level in {"commune", "district"} else rng.beta(0.8, 3)),
        wordy=float(_WORDY[level] * rng.uniform(0.6, 1.5)),
        run_in=float(rng.choice([0.0, 0.1, 0.5], p=[0.5, 0.3, 0.2])),
        bulleted=bool(rng.random() < 0.35),
        bullet=bullet,
        item_style=str(rng.choice(["bullet", "plain", "bracket"], p=[0.78, 0.14, 0.08])),
        label_end=str(rng.choice([";", ".", ""], p=[0.3, 0.5, 0.2])),
        heading_end=str(rng.choice(["", ":", "."], p=[0.72, 0.18, 0.1])),
        dresses=_draw_dresses(rng),
        tables=bool(rng.random() < 0.2),
    )


def _draw_dresses(rng: Generator) -> tuple[Dress, ...]:
    first = Dress(
        upper=bool(rng.random() < 0.7), bold=bool(rng.random() < 0.95), underline=bool(rng.random() < 0.05)
    )
    second = Dress(bold=bool(rng.random() < 0.8), italic=bool(rng.random() < 0.1))
    third = Dress(
        bold=bool(rng.random() < 0.4), italic=bool(rng.random() < 0.5), underline=bool(rng.random() < 0.1)
    )
    fourth = Dress(italic=bool(rng.random() < 0.6))
    return first, second, third, fourth
