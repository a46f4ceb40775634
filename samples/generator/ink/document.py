"""All ink of a document: which of it, on which page, and where."""

from __future__ import annotations

import numpy as np
from pdf2image import convert_from_bytes

from samples.generator.ink import captions, margins, seals, signatures, stamps
from samples.generator.ink.backs import back_of
from samples.generator.ink.handwriting import write
from samples.generator.ink.layers import MM, Mask, around, press
from samples.generator.ink.strokes import Pen, any_pen
from samples.generator.nouns import Box, Facts, InkedPage, Picture, Spot, Typeset, TypesetPage

_Ink = list[tuple[str, Box]]


def ink(
    typeset: Typeset, facts: Facts, dpi: int, rng: np.random.Generator, colour: bool, backs: float = 0.03
) -> list[InkedPage]:
    """Rasterise ``typeset`` at ``dpi`` and put ink on its pages; the pictures are always in colour.

    ``colour`` False chooses pens that a grey or 1-bit scan keeps, and no blank backs, whose pale print it would lose.
    ``backs`` is the chance that a page is followed by its blank back: those have ``blank`` set, and all others
    stand in the order of ``typeset.pages``.
    """
    pen = any_pen(rng, colour)
    seam = _seam(len(typeset.pages), facts, dpi, rng)
    result: list[InkedPage] = []
    for number, image in enumerate(convert_from_bytes(typeset.pdf, dpi=dpi)):
        picture = np.array(image if image.mode == "RGB" else image.convert("RGB"))  # convert copies even RGB
        page = typeset.pages[number]
        marks: _Ink = []
        if number == 0:
            marks += _head(picture, page, facts, dpi, rng, colour)
        for spot in page.spots:
            if spot.kind == "pen":
                _add(marks, "handwriting", write(picture, spot.text, spot.box, pen, dpi, rng))
            elif facts.signed or facts.sealed:
                marks += _ending(picture, page, spot, facts, pen, dpi, rng)
        if rng.random() < 0.1:
            marks += [("pencil", box) for box in margins.annotate(picture, page, dpi, rng, colour)]
        if seam:
            _add(marks, "seam seal", _press_piece(picture, *seam, number))
        result.append(InkedPage(picture, tuple(marks)))
        if colour and rng.random() < backs:
            result.append(back_of(picture, dpi, rng))
    return result


def _add(marks: _Ink, kind: str, box: Box | None) -> None:
    if box:
        marks.append((kind, box))


def _seam(
    pages: int, facts: Facts, dpi: int, rng: np.random.Generator
) -> tuple[list[Mask], float, tuple[int, int, int]] | None:
    """Return the strips of a seam seal (dấu giáp lai), its height on the page and its ink, for some sealed reports."""
    if not facts.sealed or pages < 2 or rng.random() > 0.16:
        return None
    # One seal goes over five sheets at most (Decree 30/2020); a thicker report takes several.
    strips: list[Mask] = []
    while len(strips) < pages:
        strips += seals.seam_pieces(seals.seal_mask(dpi, rng), min(5, pages - len(strips)), rng)
    return strips, float(rng.uniform(0.3, 0.7)), seals.any_ink(rng)


def _press_piece(
    picture: Picture, strips: list[Mask], middle: float, pad: tuple[int, int, int], number: int
) -> Box | None:
    strip = strips[number]
    top = round(middle * picture.shape[0] - strip.shape[0] / 2)
    return press(picture, strip, picture.shape[1] - strip.shape[1], top, pad)


def _head(
    picture: Picture, page: TypesetPage, facts: Facts, dpi: int, rng: np.random.Generator, colour: bool
) -> _Ink:
    """Put on page 1 what a registry does: stamps, captions, and now and then a seal."""
    marks: _Ink = []
    mm = _mm(page)
    for kind, text in (("secrecy stamp", facts.secrecy), ("urgency stamp", facts.urgency)):
        if text and not _printed(page, text):
            mask = stamps.boxed(text.upper(), dpi, rng, float(rng.uniform(4, 6)))
            at = (rng.uniform(24, 60) * mm[0], (rng.uniform(38, 52) + 12 * (kind[0] == "u")) * mm[1])
            _add(marks, kind, _stamp(picture, mask, at, stamps.RED))
    if rng.random() < 0.22:
        stamp = stamps.arrival(dpi, rng)
        corner = _quiet(page, (stamp.mask.shape[1] / dpi * MM, stamp.mask.shape[0] / dpi * MM), rng)
        box = stamps.press_arrival(picture, stamp, corner, facts.issued_on, dpi, rng, colour)
        _add(marks, "arrival stamp", box)
    if facts.issued_on.year >= 2014 and rng.random() < 0.25:
        corner = (rng.uniform(90, 140) * mm[0], rng.uniform(1.5, 6) * mm[1])
        _add(marks, "caption", captions.caption(picture, corner, facts.issued_on, dpi, rng))
    if rng.random() < 0.06:
        text = "BẢN SAO" if rng.random() < 0.5 else "Đã số hóa"
        mask = stamps.boxed(text, dpi, rng, float(rng.uniform(2.6, 4.5)), frame=bool(rng.random() < 0.6))
        at = (rng.uniform(8, 150) * mm[0], rng.uniform(3, 12) * mm[1])
        _add(marks, "mark", _stamp(picture, mask, at, stamps.any_pad(rng)))
    if facts.sealed and rng.random() < 0.03:
        # A hung seal (dấu treo) over the office's name, or a stray one over place and date.
        middle = (rng.uniform(0.12, 0.3), rng.uniform(0.06, 0.1))
        if rng.random() < 0.4:
            middle = (rng.uniform(0.6, 0.8), rng.uniform(0.1, 0.15))
        _add(marks, "seal", seals.press_seal(picture, seals.seal_mask(dpi, rng), middle, seals.any_ink(rng)))
    return marks


def _ending(
    picture: Picture,
    page: TypesetPage,
    spot: Spot,
    facts: Facts,
    pen: Pen,
    dpi: int,
    rng: np.random.Generator,
) -> _Ink:
    """Sign and seal at ``spot``."""
    marks: _Ink = []
    mm = _mm(page)
    middle = ((spot.box.x0 + spot.box.x1) / 2, (spot.box.y0 + spot.box.y1) / 2)
    name = [
        w.box for w in page.words
        if w.text in facts.signer_name.split() and -0.01 < w.box.y0 - spot.box.y1 < 0.05 and w.box.x1 > spot.box.x0
    ]  # fmt: skip
    if name and rng.random() < 0.08:
        _add(marks, "name stamp", stamps.restamp(picture, around(name), dpi, rng))
    signed: Box | None = None
    if facts.signed:
        if facts.issued_on.year >= 2019 and rng.random() < 0.06:
            corner = (middle[0] - 28 * mm[0], middle[1] - 5 * mm[1])
            _add(marks, "caption", captions.caption(picture, corner, facts.issued_on, dpi, rng))
        else:
            hand = pen if rng.random() < 0.3 else any_pen(rng, colour=True)
            signed = signatures.sign(picture, spot.box, hand, dpi, rng)
            _add(marks, "signature", signed)
    if facts.sealed:
        # The rule: over the left third of the signature. A hurried hand also meets post, name and recipients.
        at = (
            middle[0] - rng.uniform(8, 26) * mm[0],
            middle[1] + float(np.clip(rng.normal(0, 5), -11, 11)) * mm[1],
        )
        _add(marks, "seal", seals.press_seal(picture, seals.seal_mask(dpi, rng), at, seals.any_ink(rng)))
    if facts.signed and rng.random() < 0.3 and (place := _initials_at(page, spot, rng)):
        hand = any_pen(rng, colour=True)
        _add(marks, "initials", signatures.initial(picture, place, hand, dpi, rng))
    return marks


def _initials_at(page: TypesetPage, spot: Spot, rng: np.random.Generator) -> tuple[float, float] | None:
    """Return where initials go: after the last word of the body, or after the recipients' last line."""
    last = [w for w in page.words if w.text.endswith("./.") and w.box.y1 < spot.box.y0]
    kept = [w for w in page.words if w.text.startswith("Lưu")]
    word = last[-1] if last and (not kept or rng.random() < 0.6) else (kept[-1] if kept else None)
    if word is None:
        return None
    end = max(w.box.x1 for w in page.words if w.line == word.line)
    return min(end + rng.uniform(0.005, 0.02), 0.93), (word.box.y0 + word.box.y1) / 2


def _stamp(picture: Picture, mask: Mask, at: tuple[float, float], pad: tuple[int, int, int]) -> Box | None:
    return press(picture, mask, round(at[0] * picture.shape[1]), round(at[1] * picture.shape[0]), pad)


def _mm(page: TypesetPage) -> tuple[float, float]:
    """Return a millimetre as fractions of the page's width and height."""
    return 72 / MM / page.width, 72 / MM / page.height


def _printed(page: TypesetPage, text: str) -> bool:
    """Whether the letterhead prints ``text`` itself."""
    head = " ".join(word.text for word in page.words if word.box.y0 < 0.4).upper()
    return text.upper() in head


def _quiet(page: TypesetPage, size: tuple[float, float], rng: np.random.Generator) -> tuple[float, float]:
    """Return a corner for a stamp of ``size`` mm at the upper left: mostly where it covers little, never over pens."""
    mm = _mm(page)
    best, least = (0.01, 0.2), 1e9
    for _ in range(int(rng.choice([2, 8]))):
        x, y = (
            rng.uniform(2, 28) * mm[0],
            (rng.uniform(2, 9) if rng.random() < 0.2 else rng.uniform(36, 78)) * mm[1],
        )
        x1, y1 = x + size[0] * mm[0], y + size[1] * mm[1]
        cost = sum(
            50.0 if word.pen else 1.0
            for word in page.words
            if word.box.x0 < x1 and word.box.x1 > x and word.box.y0 < y1 and word.box.y1 > y
        )
        if cost < least:
            best, least = (x, y), cost
    return best
