"""Limits on input, so that no file, broken or hostile, can take the machine down."""

from dataclasses import dataclass

from PIL import Image

from pipeline.errors import InputError

# Pillow warns of decompression bombs, or raises, at sizes of its own choosing. Sizes are checked here instead, from
# the header, before a single pixel is decoded.
Image.MAX_IMAGE_PIXELS = None

MIN_SIDE_PX = 16
"""Less than one line of print."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused: pages in a file, pixels a side and in all of one page, bytes of a file, and so on.

    The defaults admit A1 at 300 dpi and A4 at 1200 dpi. ``max_pictures`` counts those drawn on one page of a PDF, of
    which each may have ``embedded_factor`` times the pixels of a page; ``max_folders_deep`` folders may lie in each
    other. ``page_seconds`` bounds each call of a program for one page, beside the time that a run gives the whole page;
    how much memory such a program gets stands in :data:`pipeline.external.programs.MEMORY_BYTES`.
    """

    max_pages: int = 5000
    max_side_px: int = 15_000
    max_pixels: int = 120_000_000
    max_bytes: int = 2 << 30
    max_pictures: int = 5000
    embedded_factor: int = 4
    max_folders_deep: int = 100
    page_seconds: float = 60.0

    def check_size(self, width: float, height: float, page: int | None, dpi: float | None = None) -> None:
        """Raise InputError when a page of ``width`` × ``height`` pixels (drawn at ``dpi``) is beyond the limits."""
        drawn = "" if dpi is None else f" when drawn at {dpi:g} dpi"
        size = f"the page is {width:.0f} × {height:.0f} pixels{drawn}"
        if min(width, height) < MIN_SIDE_PX:
            raise InputError(f"{size}, too small to hold a line of print; scan it again", page)
        if max(width, height) > self.max_side_px:
            raise InputError(
                f"{size}; the limit is {self.max_side_px} a side. Scan it again at 300 dpi or cut it into pages",
                page,
            )
        if width * height > self.max_pixels:
            raise InputError(
                f"{size}; the limit is {self.max_pixels // 1_000_000} million pixels. Scan it again at 300 dpi",
                page,
            )


DEFAULT_LIMITS = Limits()
