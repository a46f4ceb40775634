"""Names of invented persons, as Vietnamese names are made: family, middle, given."""

from __future__ import annotations

from functools import cache

from numpy.random import Generator

from samples.generator.facts.chance import chance, weigh
from samples.generator.facts.places import rows


@cache
def _names(kind: str) -> tuple[tuple[str, float], ...]:
    """Return the names of a kind with their weights; those of families are per cent of the people, roughly."""
    return tuple((row["name"], float(row["weight"])) for row in rows("names") if row["kind"] == kind)


def draw_person(rng: Generator, mountains: bool = False, highlands: bool = False) -> str:
    """Return a name of three or four words, rarely two; ``mountains`` and ``highlands`` mix in the families there."""
    if highlands and chance(rng, 0.04):
        return weigh(rng, _names("highlander"))
    family = weigh(rng, _names("mountain family" if mountains and chance(rng, 0.35) else "family"))
    sex = "woman" if chance(rng, 0.22) else "man"
    given, middle = weigh(rng, _names(f"{sex} given")), weigh(rng, _names(f"{sex} middle"))
    words = [family, middle, given]
    shape = rng.random()
    if shape < 0.22:
        words.insert(2, weigh(rng, _names(f"{sex} given")))
    elif shape < 0.3:
        words.insert(1, weigh(rng, _names("family")))
    elif shape < 0.33 and sex == "man":
        words.remove(middle)
    return " ".join(word for k, word in enumerate(words) if k == 0 or word != words[k - 1])
