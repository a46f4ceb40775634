"""Confidence: everything seen → P(row is right), reasons."""

from pipeline.confidence.assess import CEILING, REVIEW_BELOW, assess, with_findings

__all__ = ["CEILING", "REVIEW_BELOW", "assess", "with_findings"]
