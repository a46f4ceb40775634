"""The signature: strokes of a pen, larger than letters, between the signer's post and name (zones 7a to 7c)."""

from collections.abc import Sequence
from math import exp

import cv2
import numpy as np
import regex

from pipeline.cleaning import CleanPage
from pipeline.cleaning.components import components
from pipeline.cleaning.ink import INK_BELOW
from pipeline.document import Box, Line, Mark
from pipeline.reading.unread import unread_ink
from pipeline.text import fold

_DPI = 100
_POST = regex.compile(
    r"\b(?:chu tich|bi thu|giam doc|truong|pho|chanh|thu truong|bo truong|vien truong|cuc truong|tong|thanh tra)\b"
    r"|^\W{0,2}(?:t/?m|k/?t|t/?l|t/?u/?q|q)\s?[.,:]"
)
_REACH_MM = 55.0
"""A name stands at most this far below the post."""
_BESIDE_MM = 25.0
_STROKE_MM = 7.0
"""A stroke of a signature is at least this long in one direction; letters and specks are not."""
_ENOUGH_MM = 22.0
"""Strokes of this extent together are a signature as likely as not; signatures measure 40 to 200 mm."""


def find_signature(page: CleanPage, lines: Sequence[Line], seals: Sequence[Mark]) -> tuple[Mark, ...]:
    """Return the signature on the page as at most one mark; ``seals`` are the page's marks of that kind.

    Ink inside a black seal does not count: only what reaches beyond it can be told from the seal.
    """
    room = _signing_room(page, lines)
    if room is None:
        return ()
    scale = _DPI / page.dpi
    small = cv2.resize(unread_ink(page, lines), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    height, width = small.shape
    ink = (small < INK_BELOW + 40).astype(np.uint8)
    if page.red is None:
        for seal in seals:
            centre = (round(seal.box.x_centre * width), round(seal.box.y_centre * height))
            axes = (round(seal.box.width * width * 0.54), round(seal.box.height * height * 0.54))
            cv2.ellipse(ink, centre, axes, 0, 0, 360, [0], -1)
    _, stats = components(ink)
    mm = _DPI / 25.4
    strokes = []
    for x, y, w, h, area in stats[1:].tolist():
        box = Box(x / width, y / height, (x + w) / width, (y + h) / height)
        straight_rule = min(w, h) <= 2.0 and area > 0.6 * w * h
        if (
            max(w, h) >= _STROKE_MM * mm
            and area < 0.5 * w * h + 40
            and not straight_rule
            and _meets(box, room)
        ):
            strokes.append((max(w, h) / mm, box))
    if not strokes:
        return ()
    extent = sum(length for length, _ in strokes)
    boxes = [box for _, box in strokes]
    whole = Box(
        min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes)
    )
    return (Mark("signature", whole, round(1 / (1 + exp(-(extent - _ENOUGH_MM) / 4.0)), 4)),)


def _meets(box: Box, room: Box) -> bool:
    """Return whether a stroke's centre lies in the room, or a good part of it does."""
    inside = room.x0 <= box.x_centre <= room.x1 and room.y0 <= box.y_centre <= room.y1
    return inside or box.overlap(room) > 0.3


def _signing_room(page: CleanPage, lines: Sequence[Line]) -> Box | None:
    """Return where the signature would stand: below the last line of the post, down to the name or some way beyond.

    None when no post stands on the right half of the page, as on all pages but the last.
    """
    height_mm, width_mm = (size / page.dpi * 25.4 for size in page.grey.shape)
    posts = [
        line
        for line in lines
        if line.box.x_centre > 0.5
        and line.box.width < 0.45
        and _is_capital(line.text)
        and _POST.search(fold(line.text))
    ]
    if not posts:
        return None
    post = max(posts, key=lambda line: line.box.y1)
    reach = post.box.y1 + _REACH_MM / height_mm
    names = [
        line
        for line in lines
        if post.box.y1 + 8.0 / height_mm < line.box.y0 < reach
        and abs(line.box.x_centre - post.box.x_centre) < 0.15
        and sum(word.confidence for word in line.words) / len(line.words) > 0.6
        and sum(c.isalpha() for c in line.text) > 5
    ]
    bottom = min((line.box.y1 for line in names), default=min(1.0, reach))
    beside = _BESIDE_MM / width_mm
    return Box(max(0.35, post.box.x0 - beside), post.box.y0, min(1.0, post.box.x1 + 2 * beside), bottom)


def _is_capital(text: str) -> bool:
    """Return whether most letters are capitals."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) > 0.7 * len(letters)
