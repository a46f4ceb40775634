"""A smaller picture in which each pixel is the mean of those it covers."""

import cv2
import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]
"""Grey, shape (H, W), or colour, shape (H, W, 3)."""


def halved(picture: Picture) -> Picture:
    """Return ``picture`` at half its size, without its last row or column where their number is odd."""
    even = picture[: picture.shape[0] // 2 * 2, : picture.shape[1] // 2 * 2]
    half = (even.shape[1] // 2, even.shape[0] // 2)
    return cv2.resize(even, half, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)


def at_scale(picture: Picture, scale: float) -> Picture:
    """Return ``picture`` scaled by ``scale``, up or down."""
    if scale <= 1.0:
        return shrunk(picture, scale)
    return cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR).astype(
        np.uint8, copy=False
    )


def shrunk(picture: Picture, scale: float) -> Picture:
    """Return ``picture`` scaled down by ``scale``, as it is for a scale of 1 and more; no side falls below a pixel.

    Halving an even number of pixels is ten times as fast as any other ratio, so it comes first.
    """
    if scale >= 1.0:
        return picture
    height, width = picture.shape[:2]
    size = (max(1, int(width * scale)), max(1, int(height * scale)))
    while picture.shape[1] >= 2 * size[0] and picture.shape[0] >= 2 * size[1]:
        picture = halved(picture)
    if picture.shape[1::-1] == size:
        return picture
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
