"""Comparison over years and units: unit × year × field, over renamings, mergers and the reform of 2025."""

from .panel import LATEST, RULE, Panel, panel

__all__ = ["LATEST", "RULE", "Panel", "panel"]
