"""Page image to clean page image, with the transform that leads back to the scan."""

from pipeline.cleaning.clean_page import VERSION, CleanPage, clean

__all__ = ["VERSION", "CleanPage", "clean"]
