"""Questions to a finished dataset: SQL over its tables, tables as pandas, the picture behind a value."""

from .dataset import Dataset, open_dataset

__all__ = ["Dataset", "open_dataset"]
