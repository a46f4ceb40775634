"""Checks: extraction → findings."""

from pipeline.checks.across import Identity, identity_of, of_one_issuer_and_year, of_one_unit
from pipeline.checks.check import check

__all__ = ["Identity", "check", "identity_of", "of_one_issuer_and_year", "of_one_unit"]
