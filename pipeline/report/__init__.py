"""The report on a dataset: one HTML file for people, which opens offline and prints."""

from .write import write_report

__all__ = ["write_report"]
