"""Typeset pages to clean page pictures with handwriting, signatures, seals and stamps, all of them invented."""

from samples.generator.ink.blots import COVER_KINDS, CoverKind, cover
from samples.generator.ink.document import ink

__all__ = ["COVER_KINDS", "CoverKind", "cover", "ink"]
