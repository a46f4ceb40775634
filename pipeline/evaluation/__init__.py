"""A run measured against truth: fields, groups, references, delegations, sections, and the text of pages."""

from pipeline.evaluation.evaluate import evaluate
from pipeline.evaluation.rendering import render
from pipeline.evaluation.result import Evaluation

__all__ = ["Evaluation", "evaluate", "render"]
