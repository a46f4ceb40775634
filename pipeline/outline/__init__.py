"""Outline: paragraphs → tree of sections."""

from pipeline.outline.build import outline

__all__ = ["outline"]
