"""What a scanner does to a page: skew, paper, uneven light, blur, noise, few bits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import cv2
import numpy as np
from PIL import Image

Mode = Literal["grey", "colour", "bilevel"]


@dataclass(frozen=True)
class Look:
    """How a sample was scanned.

    ``skew`` in degrees (every page differs a little), ``paper`` the grey of blank paper, ``light`` how much darker
    the far corner is (0..1), ``blur`` and ``noise`` as standard deviations in pixels and grey levels, ``quality``
    of the JPEG, ``upside_down`` the pages put in the wrong way round.
    """

    words: str
    file: str
    dpi: int
    mode: Mode
    skew: float = 0.3
    paper: int = 250
    light: float = 0.02
    blur: float = 0.4
    noise: float = 2.0
    quality: int = 70
    upside_down: tuple[int, ...] = ()

    @classmethod
    def of(cls, head: dict[str, Any]) -> Look:
        """Return the look that the ``look`` entry of a source's head describes."""
        return cls(**{**head, "upside_down": tuple(head.get("upside_down", ()))})


def scan(page: Image.Image, look: Look, number: int, rng: np.random.Generator) -> Image.Image:
    """Return ``page`` (RGB, 1-based ``number``) as the scanner of ``look`` would deliver it."""
    pixels = np.asarray(page, np.float32)
    height, width = pixels.shape[:2]
    angle = look.skew * rng.uniform(0.7, 1.3) * (1 if number % 2 else -0.6)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    pixels = cv2.warpAffine(pixels, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))
    if look.blur:
        pixels = cv2.GaussianBlur(pixels, (0, 0), look.blur)
    if look.mode != "colour":
        pixels = cv2.cvtColor(np.clip(pixels, 0, 255), cv2.COLOR_RGB2GRAY)[..., None]
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    fall = 1 - look.light * (down / height + across / width) / 2
    grain = rng.normal(0, look.noise, pixels.shape[:2]).astype(np.float32)
    pixels = np.clip(pixels, 0, 255) * (look.paper / 255) * fall[..., None] + grain[..., None]
    grey = np.clip(pixels, 0, 255).astype(np.uint8)
    if look.mode == "bilevel":
        specks = rng.random(grey.shape[:2]) < 2e-5
        ink = (grey[..., 0] < look.paper * 0.68) | specks
        scanned = Image.fromarray(np.where(ink, 0, 255).astype(np.uint8)).convert("1")
    else:
        scanned = Image.fromarray(grey if look.mode == "colour" else grey[..., 0])
    return scanned.transpose(Image.Transpose.ROTATE_180) if number in look.upside_down else scanned
