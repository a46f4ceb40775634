"""Which pixels are ink, and of which colour: grey page without red ink, red and blue layers."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]
"""A grey image, shape (H, W), 0 black to 255 white."""
Mask = npt.NDArray[np.bool_]
"""A picture of truth values, shape (H, W)."""

INK_BELOW = 165
"""On a page whose light was evened (paper about 235), darker pixels are ink."""
_COLOUR_STRENGTH = 45
"""Least lead of red (or blue) over the other channels in a pixel of red (blue) ink; paper and JPEG noise stay below."""
_COLOUR_SHARE = 2e-4
"""Least share of coloured pixels for a layer to be worth keeping: a fifth of a thumbnail-sized stamp."""
_FAINT_STRENGTH, _FAINT_SHARE = 24, 1e-4
"""Lead of red on a spot and its neighbours, and their share, from which there is a faint or small stamp: on 20 pages without
one the share was below 1e-5, on pale stamps of 15 mm above 2e-4."""


_TINGE = 16
"""Lead of a pixel that may belong to coloured ink or to its faint edge."""
_BLOT = 7
"""Pixels across which ink is red all together, and no noise is."""
_SAMPLE = 4
"""Every so many rows and columns tell where a page bears colour."""
_ROOM = 32
"""Pixels around the colour that are looked at with it: soft edges, and what lies between two places."""

Place = tuple[slice, slice]
"""Rows and columns of a page."""


@dataclass(frozen=True, eq=False)
class Inks:
    """The inks of a page: ``grey`` with red ink dropped out; ``red``, ``blue`` dark on white, None without any.

    ``all`` is the page in grey with every ink on it, None on a page without coloured ink. It is sharp where ``red`` is not:
    JPEG keeps colour at half the resolution of light. Outside ``places`` there is no coloured ink. ``faint`` is the layer of
    red ink that is too little or too pale for a seal, yet may be a stamp; then there is no ``red``.
    """

    grey: Grey
    red: Grey | None
    blue: Grey | None
    all: Grey | None = None
    places: tuple[Place, ...] = ()
    faint: Grey | None = None


def separate_inks(pixels: npt.NDArray[np.uint8]) -> Inks:
    """Split a page, shape (H, W) grey or (H, W, 3) RGB, into its inks.

    Red ink vanishes from ``grey`` because paper and red ink are alike bright in the red channel, while black print
    under a red seal is dark there. Print that is neither (black, blue) keeps its luminance.
    """
    if pixels.ndim == 2:
        return Inks(pixels, None, None)
    sample = np.ascontiguousarray(pixels[::_SAMPLE, ::_SAMPLE])
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.uint8, copy=False)
    red, green, blue = (cv2.extractChannel(sample, channel) for channel in range(3))
    spread = cv2.subtract(cv2.max(red, cv2.max(green, blue)), cv2.min(red, cv2.min(green, blue)))
    if float((np.asarray(spread) > _COLOUR_STRENGTH // 2).mean()) < _COLOUR_SHARE / 4:
        return Inks(grey, None, None)
    leads = _leads(sample)[1:]
    places = _places(np.maximum(*leads) > _TINGE, (grey.shape[0], grey.shape[1]))
    kept = [float((lead > _COLOUR_STRENGTH).mean()) >= _COLOUR_SHARE for lead in leads]
    spots = np.asarray(cv2.blur(leads[0], (3, 3))) > _FAINT_STRENGTH
    faint = not kept[0] and float(spots.mean()) >= _FAINT_SHARE
    dropped = grey.copy()
    layers = [np.full_like(grey, 255) if worth else None for worth in (kept[0] or faint, kept[1])]
    for place in places:
        red, redness, blueness = _leads(pixels[place])
        # Half the lead again lifts faint remains of the seal to the paper; black under red has no lead to add.
        bright = cv2.add(cv2.max(grey[place], red), cv2.convertScaleAbs(redness, alpha=0.5))
        # Beside a red dot of noise there is none: the brightest of three noisy channels would be paler print.
        inked = (cv2.blur(redness, (_BLOT, _BLOT)) > _TINGE).astype(np.uint8)
        cv2.copyTo(bright, cv2.dilate(inked, np.ones((_BLOT, _BLOT), np.uint8)), dropped[place])
        for layer, lead in zip(layers, (redness, blueness), strict=True):
            if layer is not None:
                layer[place] = cv2.bitwise_not(cv2.convertScaleAbs(lead, alpha=2.0))
    red_layer, blue_layer = layers
    everything = grey if faint or any(kept) else None
    if faint:
        return Inks(dropped, None, blue_layer, everything, places, red_layer)
    return Inks(dropped, red_layer, blue_layer, everything, places)


def _leads(pixels: npt.NDArray[np.uint8]) -> tuple[Grey, Grey, Grey]:
    """Return the red channel, and by how much red, and blue, lead over the other channels."""
    red, green, blue = (cv2.extractChannel(pixels, channel) for channel in range(3))
    redness = cv2.subtract(red, cv2.max(green, blue))
    blueness = cv2.subtract(blue, cv2.max(red, cv2.subtract(green, np.full((1,), 30, np.uint8))))
    return red.astype(np.uint8, copy=False), redness.astype(np.uint8), blueness.astype(np.uint8)


def _places(tinged: Mask, shape: tuple[int, int]) -> tuple[Place, ...]:
    """Return where on a page of ``shape`` its sample is ``tinged``: bands of rows, and of each the columns between."""
    rows = np.convolve(tinged.any(axis=1), np.ones(2 * _ROOM // _SAMPLE + 1), mode="same") > 0.5
    edges = np.flatnonzero(np.diff(rows.astype(np.int8), prepend=0, append=0))
    places = []
    for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        columns = np.flatnonzero(tinged[first:last].any(axis=0))
        left, right = int(columns[0]) * _SAMPLE - _ROOM, int(columns[-1]) * _SAMPLE + _ROOM
        places.append(
            (slice(first * _SAMPLE, min(last * _SAMPLE, shape[0])), slice(max(0, left), min(right, shape[1])))
        )
    return tuple(places)


def is_bilevel(grey: Grey) -> bool:
    """Return whether the page is black and white only (fax, 1-bit scan)."""
    sample = grey[::7, ::7]
    return float(((sample > 8) & (sample < 247)).mean()) < 0.002
