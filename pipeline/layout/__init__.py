"""From lines of words to the zones of Decree 30/2020/NĐ-CP and the body as paragraphs."""

from pipeline.layout.assemble import lay_out

__all__ = ["lay_out"]
