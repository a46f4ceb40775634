"""The cost of a report, by stage."""

from collections import defaultdict

Seconds = defaultdict[str, float]
"""Seconds by the name of the stage; a stage not yet seen has taken none."""
