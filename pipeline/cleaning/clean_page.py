"""From the page as scanned to the page as the reader wants it: upright, straight, evenly lit, without red ink."""

from dataclasses import dataclass, replace

import cv2
import numpy as np

from pipeline.cleaning.blank import is_blank, is_noise
from pipeline.cleaning.borders import find_borders
from pipeline.cleaning.contrast import find_levels, stretch_contrast
from pipeline.cleaning.deskew import find_skew
from pipeline.cleaning.dewarp import find_bend
from pipeline.cleaning.edges import is_hard, soften_edges
from pipeline.cleaning.geometry import projection, straighten, turn
from pipeline.cleaning.grain import paper_grain, soften_grain
from pipeline.cleaning.ink import INK_BELOW, Grey, separate_inks
from pipeline.cleaning.light import PAPER, even_light
from pipeline.cleaning.orientation import find_rotation
from pipeline.cleaning.perspective import find_sheet
from pipeline.cleaning.quality import quality_of, signs_of
from pipeline.cleaning.shrink import shrunk
from pipeline.cleaning.speckle import remove_pepper, remove_speckle
from pipeline.document import IDENTITY, Bend, Projection
from pipeline.intake.loading import PageImage

VERSION = "7"
"""Enters the key of the page cache: raise it with every change that can alter a clean page."""

READER_DPI = 300
"""The recogniser was trained on lines of this resolution; 200 to 350 dpi read alike, below it accents are lost."""
_ANALYSIS_DPI = 120
_AS_IS_DPI = (270, 330)
"""Within this range the page is not resampled for scale alone."""
_HARD_AS_IS_DPI = (190, 330)
"""The same for a page with hard edges: enlarged, its ragged letters were read twice as wrong."""
_MAX_PIXELS = 40_000_000
"""A clean page never has more pixels than this (an A3 page has 17 million), whatever resolution the file claims."""

_LEAST_PIXELS = 24
"""A page less wide or high than this is a sliver that cannot hold a line of print."""


@dataclass(frozen=True, eq=False)
class CleanPage:
    """The clean page: ``grey``, shape (H, W), paper near 235, ink dark, at ``dpi`` (about 300).

    ``red`` and ``blue`` are the layers of coloured ink, dark on white, same shape, None on a page without; on a page with
    either, ``inks`` shows all ink in grey where colour is near, its light uneven as scanned.
    ``to_scan``, ``bend`` and ``quality`` are as in :class:`pipeline.document.Page`. ``rotation_deg`` is the clockwise
    turn that made the page upright, ``skew_deg`` the angle by which its lines fell to the right. ``blank``: nothing to
    read; ``noise``: nothing but specks.
    """

    number: int
    grey: Grey
    dpi: int
    to_scan: Projection
    rotation_deg: int
    skew_deg: float
    blank: bool
    noise: bool = False
    bend: Bend = ()
    quality: float | None = None
    red: Grey | None = None
    blue: Grey | None = None
    inks: Grey | None = None
    faint: Grey | None = None


def clean(image: PageImage, keep_geometry: bool = False) -> CleanPage:
    """Return the clean page of ``image``. Needs Tesseract only when the page seems to lie on its side or head.

    With ``keep_geometry`` the page is neither turned nor straightened, so that boxes of its text layer stay right.
    """
    cv2.setNumThreads(1)
    dpi = min(1200, max(50, image.dpi))
    if min(image.pixels.shape[:2]) < _LEAST_PIXELS:
        sliver = image.pixels if image.pixels.ndim == 2 else image.pixels[..., 0].copy()
        return CleanPage(image.number, sliver, dpi, IDENTITY, 0, 0.0, blank=True)
    sheet = None if keep_geometry else find_sheet(image.pixels, dpi)
    if sheet is not None:
        dpi = sheet.dpi
    inks = separate_inks(image.pixels if sheet is None else sheet.apply(image.pixels))
    grey = even_light(inks.grey, dpi)
    height, width = grey.shape

    scale = min(1.0, _ANALYSIS_DPI / dpi)
    small = shrunk(grey, scale)
    quiet = soften_grain(remove_pepper(grey, dpi), paper_grain(small), dpi)
    if quiet is not grey:
        grey, small = quiet, shrunk(quiet, scale)
    borders = find_borders(small < INK_BELOW, dpi * scale)
    if borders.any():
        painted = borders.astype(np.uint8) * np.uint8(PAPER)
        small = np.maximum(small, painted)
        grey = np.maximum(grey, cv2.resize(painted, (width, height), interpolation=cv2.INTER_NEAREST))
    ink = small < INK_BELOW
    blank = is_blank(small, dpi * scale)

    as_it_is = blank or keep_geometry
    rotation, letters = (0, None) if as_it_is else find_rotation(ink, grey, dpi * scale, dpi)
    text = np.asarray(turn(ink.view(np.uint8), rotation).view(np.bool_))
    angle, sharpness = (0.0, 0.0) if as_it_is else find_skew(text)
    noise = not as_it_is and is_noise(text, sharpness)
    skew = 0.0 if noise else round(angle, 2)
    hard = is_hard(grey)
    lowest, highest = _HARD_AS_IS_DPI if hard else _AS_IS_DPI
    zoom = 1.0 if keep_geometry or lowest <= dpi <= highest else READER_DPI / dpi
    zoom = min(zoom, float(np.sqrt(_MAX_PIXELS / (width * height))))
    way = straighten(width, height, rotation, skew, zoom)
    if not as_it_is:
        way = replace(way, bend=find_bend(letters, text, way.to_fractions((text.shape[1], text.shape[0]))))
    clean_dpi = round(dpi * zoom)
    straight = way.apply(grey, PAPER, sharp=True)
    if hard:  # the dark bits of pale grey print are no specks
        straight = remove_speckle(straight, clean_dpi)
    quality = None
    if not blank:
        straight = soften_edges(straight, clean_dpi, hard)
        levels = find_levels(straight)
        if levels is not None:
            straight = stretch_contrast(straight, levels)
            if letters is not None:
                quality = quality_of(signs_of(levels, letters, scale))
    to_scan = way.to_scan(width, height)
    if sheet is not None:
        to_scan = sheet.to_scan(image.pixels.shape[1], image.pixels.shape[0]) @ to_scan
    return CleanPage(
        number=image.number,
        grey=straight,
        dpi=clean_dpi,
        to_scan=projection(to_scan),
        rotation_deg=rotation,
        skew_deg=skew if sheet is None else round(skew + sheet.skew_deg, 2),
        blank=blank,
        noise=noise,
        bend=way.bend,
        quality=quality,
        red=None if inks.red is None else way.apply_at(inks.red, 255, inks.places),
        blue=None if inks.blue is None else way.apply_at(inks.blue, 255, inks.places),
        inks=None if inks.all is None else way.apply_at(inks.all, PAPER, inks.places),
        faint=None if inks.faint is None else way.apply_at(inks.faint, 255, inks.places),
    )
