"""Words: facts told by the wordings of a pool, with a mark under every value and the truth of what is printed."""

from samples.generator.compose.compose import compose

__all__ = ["compose"]
