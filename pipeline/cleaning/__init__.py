"""Page image to clean page image, with the transform that leads back to the scan."""

from pipeline.cleaning.clean import VERSION, CleanPage, clean

__all__ = ["VERSION", "CleanPage", "clean"]
