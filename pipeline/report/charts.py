"""Charts as SVG pictures, drawn by Vega-Lite while the report is written: nothing has to run where it is opened."""

from __future__ import annotations

import hashlib
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

import regex
import vl_convert

Rows = Sequence[Mapping[str, Any]]

_VEGA_LITE = "v5.20"
_CLIP = regex.compile(r"\bclip\d+\b")
_SVG = "http://www.w3.org/2000/svg"
_VIETNAMESE = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", ""]}
LEVEL_COLOURS = {"province": "#12446b", "district": "#2a8c82", "commune": "#c07a1e"}
STATE_COLOURS = {
    "reported": "#12446b", "none": "#7fa8c9", "blank": "#e3c16f", "absent": "#d9dee3", "unreadable": "#b5493b",
}  # fmt: skip
_QUIET = "#5b6672"
_SHARES: dict[str, Any] = {
    "title": None,
    "scale": {"domain": [0, 1]},
    "axis": {"format": ".0%", "tickCount": 5},
}
_LISTED: dict[str, Any] = {
    "sort": None,
    "title": None,
    "axis": {"domain": False, "ticks": False, "labelLimit": 230},
}
_REVIEW = {"domain": [False, True], "range": ["#12446b", "#c07a1e"]}
_FEW = 5
_PADDING = {"left": 22, "right": 12, "top": 4, "bottom": 4}
"""Room for the reader's font, which may run wider than the one that the chart was measured with."""
_CONFIG: dict[str, Any] = {
    "font": "sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": _QUIET, "titleColor": _QUIET, "labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal",
        "gridColor": "#e6eaee", "domainColor": "#b9c2cb", "tickColor": "#b9c2cb", "labelLimit": 190,
    },
}  # fmt: skip


def over_years(rows: Rows, *, years: Sequence[int], whole: bool, width: int = 440, height: int = 190) -> str:
    """Return lines over ``years``, one a level: rows of year, value and level; ``whole`` for counts.

    A year without value breaks the line.
    """
    held = {(row["year"], row["level"]): row["value"] for row in rows}
    levels = sorted({row["level"] for row in rows})
    largest = max((row["value"] for row in rows), default=0)
    values = [
        {"year": str(year), "level": level, "value": held.get((year, level))}
        for level in levels
        for year in years
    ]
    return _drawn(
        {
            "width": width,
            "height": height,
            "data": {"values": values},
            "mark": {
                "type": "line",
                "point": {"size": 42, "filled": True},
                "strokeWidth": 2,
                "invalid": "break-paths-show-path-domains",
            },
            "encoding": {
                "x": {"field": "year", "type": "ordinal", "title": None, "axis": _years(years)},
                "y": {
                    "field": "value",
                    "type": "quantitative",
                    "title": None,
                    "axis": _figures(whole, largest),
                },
                "color": _levels(),
            },
        }
    )


def by_unit(rows: Rows, *, width: int = 300) -> str:
    """Return bars, the longest first, with their figures: rows of unit, value, told (the figure as text) and level."""
    encoding = {
        "y": {"field": "unit", "type": "nominal", **_LISTED},
        "x": {"field": "value", "type": "quantitative", "axis": None, "scale": {"zero": True}},
    }  # fmt: skip
    return _drawn(
        {
            "width": width,
            "height": {"step": 19},
            "data": {"values": list(rows)},
            "encoding": encoding,
            "layer": [
                {
                    "mark": {"type": "bar", "height": 13, "cornerRadiusEnd": 2},
                    "encoding": {"color": _levels()},
                },
                {
                    "mark": {"type": "text", "align": "left", "dx": 4, "fontSize": 11, "color": _QUIET},
                    "encoding": {"text": {"field": "told", "type": "nominal"}},
                },
            ],
        }
    )


def documents_by_year(rows: Rows, *, years: Sequence[int], width: int = 440, height: int = 190) -> str:
    """Return stacked columns of documents: rows of year, level and value."""
    totals: Counter[int] = Counter()
    for row in rows:
        totals[row["year"]] += row["value"]
    largest = max(totals.values(), default=0)
    values = [{"year": str(row["year"]), "level": row["level"], "value": row["value"]} for row in rows]
    return _drawn(
        {
            "width": width,
            "height": height,
            "data": {"values": values},
            "mark": {"type": "bar"},
            "encoding": {
                "x": {
                    "field": "year", "type": "ordinal", "title": None, "axis": _years(years),
                    "scale": {"domain": [str(year) for year in years]},
                },
                "y": {"field": "value", "type": "quantitative", "title": None, "axis": _figures(True, largest)},
                "color": _levels(),
            },
        }
    )  # fmt: skip


def states(rows: Rows, *, width: int = 460) -> str:
    """Return the shares of the five states, a bar a field: rows of label, state and share (0..1)."""
    order = list(STATE_COLOURS)
    values = [{**row, "rank": order.index(str(row["state"]))} for row in rows]
    return _drawn(
        {
            "width": width,
            "height": {"step": 20},
            "data": {"values": values},
            "mark": {"type": "bar", "height": 14},
            "encoding": {
                "y": {"field": "label", "type": "nominal", **_LISTED},
                "x": {"field": "share", "type": "quantitative", **_SHARES},
                "color": {
                    "field": "state", "type": "nominal", "legend": None,
                    "scale": {"domain": order, "range": list(STATE_COLOURS.values())},
                },
                "order": {"field": "rank"},
            },
        }
    )  # fmt: skip


def confidences(rows: Rows, *, width: int = 400, height: int = 150) -> str:
    """Return a histogram of confidences: rows of low (lower edge of a twentieth), value and review (bool)."""
    return _drawn(
        {
            "width": width,
            "height": height,
            "data": {"values": [{**row, "high": row["low"] + 0.05} for row in rows]},
            "mark": {"type": "bar"},
            "encoding": {
                "x": {"field": "low", "bin": {"binned": True, "step": 0.05}, **_SHARES},
                "x2": {"field": "high"},
                "y": {"field": "value", "type": "quantitative", "title": None, "axis": _figures(True)},
                "color": {"field": "review", "type": "nominal", "legend": None, "scale": _REVIEW},
            },
        }
    )  # fmt: skip


def reliability(rows: Rows, *, width: int = 300, height: int = 220) -> str:
    """Return how often people found the machine right against how sure it was: rows of confidence, right (0..1), rows."""
    axes = {
        "x": {"field": "confidence", "type": "quantitative", **_SHARES},
        "y": {"field": "right", "type": "quantitative", **_SHARES},
    }
    ideal = [{"confidence": end, "right": end} for end in (0, 1)]
    return _drawn(
        {
            "width": width,
            "height": height,
            "layer": [
                {
                    "data": {"values": ideal},
                    "mark": {"type": "line", "strokeDash": [4, 4], "color": "#b9c2cb"},
                    "encoding": axes,
                },
                {
                    "data": {"values": list(rows)},
                    "mark": {"type": "point", "filled": True, "size": 60, "color": "#12446b"},
                    "encoding": axes,
                },
                {
                    "data": {"values": list(rows)},
                    "mark": {"type": "text", "dy": -10, "fontSize": 10, "color": _QUIET},
                    "encoding": {**axes, "text": {"field": "rows", "type": "quantitative"}},
                },
            ],
        }
    )


def _levels() -> dict[str, Any]:
    scale = {"domain": list(LEVEL_COLOURS), "range": list(LEVEL_COLOURS.values())}
    return {"field": "level", "type": "nominal", "legend": None, "scale": scale}


def _figures(whole: bool, largest: float = _FEW + 1) -> dict[str, Any]:
    if not whole:
        return {"tickCount": 5}
    if largest <= _FEW:  # else there would be ticks between whole numbers
        return {"values": list(range(ceil(largest) + 1)), "format": ",d"}
    return {"tickCount": 5, "format": ",d"}


def _years(years: Sequence[int]) -> dict[str, Any]:
    axis: dict[str, Any] = {"labelAngle": 0, "ticks": False}
    if len(years) > 11:
        step = 2 if len(years) <= 22 else 5
        axis["values"] = [str(year) for year in years if year % step == 0]
    return axis


def _drawn(spec: dict[str, Any]) -> str:
    full = {"config": _CONFIG, "background": "transparent", "padding": _PADDING, **spec}
    svg = vl_convert.vegalite_to_svg(full, vl_version=_VEGA_LITE, format_locale=_VIETNAMESE)
    return _with_own_names(_with_tips(svg))


def _with_own_names(svg: str) -> str:
    """Return ``svg`` with names of clip paths that no other chart has and that do not depend on how many came before."""
    names: dict[str, int] = {}
    plain = _CLIP.sub(lambda found: f"clip-{names.setdefault(found.group(), len(names))}", svg)
    digest = hashlib.sha256(plain.encode()).hexdigest()[:12]
    return plain.replace("clip-", f"clip-{digest}-") if names else plain


def _with_tips(svg: str) -> str:
    """Return ``svg`` with what each mark says to screen readers shown under the pointer, too, and no size of its own."""
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    root = ET.fromstring(svg)
    for mark in root.iter():
        label = mark.get("aria-label")
        if label and mark.get("role") == "graphics-symbol" and mark.tag == f"{{{_SVG}}}path":
            tip = ET.Element(f"{{{_SVG}}}title")
            tip.text = label
            mark.insert(0, tip)
    root.set("style", f"width:100%;max-width:{root.get('width')}px;height:auto")
    return ET.tostring(root, encoding="unicode")
