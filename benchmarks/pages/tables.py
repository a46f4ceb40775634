"""The figures of pages as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.accuracy.figures import Figures, shown
from benchmarks.accuracy.tables import Sheet
from benchmarks.pages import cells, geometry, handwriting, lines, text, zones
from benchmarks.pages.measure import SECONDS, Measured

_SEVEN = ("number", "date", "issuer", "type", "subject", "signer", "recipients", zones.ALL)
GROUPS = {
    "Reading": (text.CHARACTERS, text.PLAIN, text.SHARE, lines.FOUND, lines.READ, lines.PAGE_NUMBERS),
    "The page": (geometry.UPRIGHT, geometry.STRAIGHT, geometry.LEVEL, geometry.BLANK, geometry.NOT_BLANK),
    "Zones by place, F1": tuple(f"{zones.ZONES} F1 {name}" for name in _SEVEN),
    "Letterhead fields right, F1": tuple(f"{zones.FIELDS} F1 {name}" for name in _SEVEN),
    "Tables": (
        *(f"{cells.F1} {kind}" for kind in ("ruled", "unruled")),
        *(f"{cells.PLACED} {kind}" for kind in ("ruled", "unruled")),
        cells.FALSE,
    ),
    "Handwritten numbers and days": (
        handwriting.WRONG_AND_SURE,
        handwriting.UNREADABLE,
        handwriting.PRINT_REFUSED,
    ),
}
"""Title → figures of each table, in the order in which they are shown."""
FIGURES = tuple(name for names in GROUPS.values() for name in names)
LOW_IS_GOOD = {
    text.CHARACTERS, text.SHARE, geometry.NOT_BLANK, cells.FALSE, handwriting.WRONG_AND_SURE, handwriting.PRINT_REFUSED
}  # fmt: skip


def sheets(figures: Figures) -> Iterator[Sheet]:
    """Yield the tables of a measurement, one a group of figures and one of the cost."""
    for title, names in GROUPS.items():
        known = [name for name in names if any(figures.figure(p, name) for p in figures.presets)]
        if known:
            heads = ["preset", "pages", *map(_short, known)]
            rows = [
                [preset, _pages(figures, preset), *(shown(figures.figure(preset, n)) for n in known)]
                for preset in figures.presets
            ]
            yield f"{title}: per cent, with 95 % intervals", heads, rows
    stages = _stages(figures)
    if stages:
        rows = [[preset, *_cost(figures, preset, stages)] for preset in figures.presets]
        yield (
            "CPU milliseconds a page, by stage",
            ["preset", *(s.removeprefix(SECONDS) for s in stages), "all"],
            rows,
        )


def worst_sheets(measured: Measured, most: int) -> Iterator[Sheet]:
    """Yield for each figure the pages that cost it most, the worst first, with what went wrong there."""
    presets = {tally.document: tally.preset for tally in measured.figures.tallies}
    for name in FIGURES:
        found = []
        for document, counts in measured.counts.items():
            pages: dict[int, list[tuple[float, str]]] = {}
            for count in counts:
                lost = count.part if name in LOW_IS_GOOD else count.whole - count.part
                if count.figure == name and lost > 0:
                    pages.setdefault(count.page, []).append((lost, count.remark))
            found += [
                (sum(lost for lost, _ in why), document, page, [r for _, r in why if r])
                for page, why in pages.items()
            ]
        found.sort(key=lambda row: (-row[0], row[1], row[2]))
        if found:
            rows = [
                [presets[document], f"{document} p{page}", f"{lost:.4g}", "\n".join(why[:6])]
                for lost, document, page, why in found[:most]
            ]
            yield f"Worst pages: {name}", ["preset", "page", "lost", "what"], rows


def _short(name: str) -> str:
    for prefix in (f"{zones.ZONES} F1 ", f"{zones.FIELDS} F1 "):
        name = name.removeprefix(prefix)
    return name


def _pages(figures: Figures, preset: str) -> str:
    return str(sum(figures.about["pages"][tally.document] for tally in figures.of(preset)))


def _stages(figures: Figures) -> list[str]:
    """Return the stages, the dearest first."""
    names = figures.names(SECONDS)
    whole = figures.presets[-1]
    return sorted(names, key=lambda name: -(_value(figures, whole, name) or 0.0))


def _cost(figures: Figures, preset: str, stages: Sequence[str]) -> list[str]:
    values = [_value(figures, preset, stage) for stage in stages]
    cells = ["–" if value is None else f"{value:.0f}" for value in values]
    return [*cells, f"{sum(value or 0.0 for value in values):.0f}"]


def _value(figures: Figures, preset: str, name: str) -> float | None:
    found = figures.figure(preset, name)
    return None if found is None else found.value
