"""How a document looks as a whole: face, sizes, margins, rules; drawn once a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal, TypeVar

import numpy as np

from samples.generator.typeset.faces import FACES

Rule = Literal["line", "underline", "none"]
_T = TypeVar("_T")

LAST_TYPEWRITER_YEAR = 2008


@dataclass(frozen=True)
class Look:
    """Sizes in points, margins and indents in mm; ``leading`` as Word counts it (1.0 is the face's own line)."""

    face: str
    size: float
    leading: float
    paragraph_gap: float
    indent: float
    justify: bool
    margins: tuple[float, float, float, float]
    """Top, right, bottom, left."""
    widow_lines: int
    page_number: Literal["none", "top_centre", "bottom_centre", "bottom_right", "of_pages"]
    # Letterhead
    head_size: float
    head_left: float
    """Share of the left column."""
    head_out: float
    """How far the letterhead reaches into each side margin."""
    head_leading: float
    head_gap: float
    """Over the number, and under the letterhead, in points."""
    parent_bold: bool
    issuer_rule: Rule
    motto_rule: Rule
    rule_share: float
    date_italic: bool
    pen_room: tuple[float, float]
    """Room for a number and for a day."""
    # Title and headings
    title_size: float
    subject_bold: bool
    subject_rule: Rule
    heading_bold: tuple[bool, bool, bool, bool]
    heading_italic: tuple[bool, bool, bool, bool]
    heading_gap: float
    heading_indent: bool
    bullet: Literal["indented", "hanging", "flush"]
    # Tables
    table_rules: Literal["all", "outer"]
    table_size: float
    table_head_bold: bool
    table_padding: float
    table_rule_width: float
    # End block
    end_left: float
    end_size: float
    recipients_size: float
    sign_room: float
    end_gap: float
    end_follows: bool
    """Never alone on a page: the last paragraph goes with it, as the rules want and Word does not know."""

    def record(self) -> dict[str, object]:
        """Return the look as plain values."""
        return {
            key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()
        }


def draw_look(rng: np.random.Generator, year: int = 2020) -> Look:
    """Draw a look that an office of ``year`` could have: before 2011 margins and rules vary more."""
    old = year < 2011
    face = _face(rng, year)
    typewriter = face in ("TeX Gyre Cursor", "Cousine")
    size = (
        _one(rng, [11.5, 12, 12.5], [2, 6, 1])
        if typewriter
        else _one(rng, [12, 12.5, 13, 13.5, 14, 14.5, 15], [4, 1, 28, 6, 55, 1, 5])
    )
    if face in ("Noto Serif", "Noto Sans", "Arimo"):
        size = min(size, 13.0)  # These look two points larger than Times.
    return Look(
        face=face,
        size=size,
        leading=_one(rng, [1.0, 1.05, 1.1, 1.15, 1.2, 1.3, 1.5], [30, 14, 14, 14, 8, 8, 4]),
        paragraph_gap=_one(rng, [0, 2, 3, 4, 6, 8], [8, 10, 24, 18, 34, 6]),
        indent=_one(rng, [0, 7.5, 10, 12.7, 15], [4, 8, 36, 44, 8]),
        justify=not typewriter and rng.random() < 0.9,
        margins=_margins(rng, old),
        widow_lines=_one(rng, [1, 2], [1, 2]),
        page_number=_page_number(rng, year),
        head_size=_one(rng, [12, 12.5, 13], [4, 1, 5]),
        head_left=_between(rng, 0.38, 0.43),
        head_out=_between(rng, 3, 9),
        head_leading=_between(rng, 1.0, 1.15),
        head_gap=_between(rng, 3, 9),
        parent_bold=bool(rng.random() < 0.08),
        issuer_rule=_one(rng, ["line", "underline", "none"], [70, 22, 8]),
        motto_rule="underline" if typewriter else _one(rng, ["line", "underline", "none"], [62, 35, 3]),
        rule_share=_between(rng, 0.3, 0.5),
        date_italic=bool(rng.random() < 0.95),
        pen_room=(_between(rng, 12.5, 16), _between(rng, 8, 10)),
        title_size=_one(rng, [size, size + 1, size + 2], [5, 3, 2]),
        subject_bold=bool(rng.random() < 0.9),
        subject_rule=_one(rng, ["line", "underline", "none"], [62, 8, 30]),
        heading_bold=_one(
            rng,
            [(True, True, True, False), (True, True, False, False), (True, False, False, False)],
            [35, 50, 15],
        ),
        heading_italic=_one(
            rng,
            [
                (False,) * 4,
                (False, False, True, False),
                (False, True, False, False),
                (False, False, True, True),
            ],
            [52, 33, 7, 8],
        ),
        heading_gap=_one(rng, [0, 3, 6], [5, 3, 2]),
        heading_indent=bool(rng.random() < 0.85),
        bullet=_one(rng, ["indented", "hanging", "flush"], [80, 14, 6]),
        table_rules=_one(rng, ["all", "outer"], [88, 12]),
        table_size=_one(rng, [10, 11, 12, 13], [2, 4, 6, 3]) - (1 if typewriter else 0),
        table_head_bold=bool(rng.random() < 0.85),
        table_padding=_between(rng, 1, 4),
        table_rule_width=_one(rng, [0.5, 0.75, 1.0], [6, 3, 1]),
        end_left=_between(rng, 0.44, 0.54),
        end_size=min(size, 14.0),
        recipients_size=_one(rng, [10, 11, 12], [1, 8, 2]),
        sign_room=_between(rng, 22, 34),
        end_gap=_between(rng, 4, 14),
        end_follows=bool(rng.random() < 0.7),
    )


def _face(rng: np.random.Generator, year: int) -> str:
    """Draw a face; a typewriter's share is fivefold until 2008 and goes to the others afterwards."""
    early = 5.0 if year <= LAST_TYPEWRITER_YEAR else 0.0
    shares = [face.share * (early if face.kind == "typewriter" else 1.0) for face in FACES]
    return _one(rng, [face.name for face in FACES], shares)


def _margins(rng: np.random.Generator, old: bool) -> tuple[float, float, float, float]:
    """Decree 30/2020: top and bottom 20-25 mm, left 30-35, right 15-20; older offices took what Word gave."""
    if old and rng.random() < 0.4:
        return (_between(rng, 15, 26), _between(rng, 12, 26), _between(rng, 15, 26), _between(rng, 22, 34))
    return (_between(rng, 20, 25), _between(rng, 15, 20), _between(rng, 18, 25), _between(rng, 28, 35))


def _page_number(
    rng: np.random.Generator, year: int
) -> Literal["none", "top_centre", "bottom_centre", "bottom_right", "of_pages"]:
    """Decree 30/2020 wants it top centre from page 2; older rules bottom right."""
    shares = [10, 68, 8, 10, 4] if year >= 2020 else [16, 32, 16, 32, 4]
    return _one(rng, ["none", "top_centre", "bottom_centre", "bottom_right", "of_pages"], shares)


def _one(rng: np.random.Generator, choices: Sequence[_T], shares: Sequence[float]) -> _T:
    odds = np.asarray(shares, dtype=float)
    return choices[int(rng.choice(len(choices), p=odds / odds.sum()))]


def _between(rng: np.random.Generator, low: float, high: float) -> float:
    return round(float(rng.uniform(low, high)), 2)
