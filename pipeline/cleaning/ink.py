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


@dataclass(frozen=True, eq=False)
class Inks:
    """The inks of a page: ``grey`` with red ink dropped out; ``red``, ``blue`` dark on white, None without any.

    ``all`` is the page in grey with every ink on it, None on a page without coloured ink. It is sharp where ``red`` is not:
    JPEG keeps colour at half the resolution of light.
    """

    grey: Grey
    red: Grey | None
    blue: Grey | None
    all: Grey | None = None


def separate_inks(pixels: npt.NDArray[np.uint8]) -> Inks:
    """Split a page, shape (H, W) grey or (H, W, 3) RGB, into its inks.

    Red ink vanishes from ``grey`` because paper and red ink are alike bright in the red channel, while black print
    under a red seal is dark there. Print that is neither (black, blue) keeps its luminance.
    """
    if pixels.ndim == 2:
        return Inks(pixels, None, None)
    sample = pixels[::8, ::8].astype(np.int16)
    spread = sample.max(axis=2) - sample.min(axis=2)
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.uint8, copy=False)
    if float((spread > _COLOUR_STRENGTH // 2).mean()) < _COLOUR_SHARE / 4:
        return Inks(grey, None, None)
    red, green, blue = cv2.split(pixels)
    redness = cv2.subtract(red, cv2.max(green, blue))
    blueness = cv2.subtract(blue, cv2.max(red, cv2.subtract(green, np.full((1,), 30, np.uint8))))
    # Half the lead again lifts faint remains of the seal to the paper; black under red has no lead to add.
    dropped = cv2.add(cv2.max(grey, red), cv2.convertScaleAbs(redness, alpha=0.5))
    layers = _layer(redness), _layer(blueness)
    return Inks(
        dropped.astype(np.uint8, copy=False), *layers, grey if any(x is not None for x in layers) else None
    )


def _layer(lead: cv2.typing.MatLike) -> Grey | None:
    """Return the layer, dark on white, of an ink from its lead over the other channels, or None where there is none."""
    if float((lead[::4, ::4] > _COLOUR_STRENGTH).mean()) < _COLOUR_SHARE:
        return None
    layer: Grey = cv2.bitwise_not(cv2.convertScaleAbs(lead, alpha=2.0)).astype(np.uint8, copy=False)
    return layer


def is_bilevel(grey: Grey) -> bool:
    """Return whether the page is black and white only (fax, 1-bit scan)."""
    sample = grey[::7, ::7]
    return float(((sample > 8) & (sample < 247)).mean()) < 0.002
