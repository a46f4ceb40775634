"""Facts: who reports, when, and every figure, drawn before any word is chosen."""

from samples.generator.facts.countries import foreign_countries
from samples.generator.facts.draw import draw
from samples.generator.facts.places import communes_of

__all__ = ["communes_of", "draw", "foreign_countries"]
