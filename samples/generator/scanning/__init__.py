"""Scanning: clean page pictures to pages as scanners, copiers and telephones deliver them.

The kept library augraphy was measured (8.2.6, default pipeline, A4 at 200 dpi, one core): 7 s a page (median), random
state global, pages resized without the transform being told. So numpy and OpenCV alone, and one homography a page.
"""

from .pdf import encode, pdf_of, write_pdf
from .preset import Preset, settle
from .presets import PRESETS
from .scan import scan

__all__ = ["PRESETS", "Preset", "encode", "pdf_of", "scan", "settle", "write_pdf"]
