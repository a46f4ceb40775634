"""From extractions to tables: the schema, the rows, Parquet, CSV and the data package that describes them."""

from pipeline.dataset.schema import FieldSpec, tables
from pipeline.dataset.writing import write_dataset

__all__ = ["FieldSpec", "tables", "write_dataset"]
