"""Checks: extraction → findings."""

from pipeline.checks.check import check, duplicates

__all__ = ["check", "duplicates"]
