"""Random order that can be checked: a field's place in it is the SHA-256 of a seed with document and field.

Whoever knows the seed can draw the same sample again, with any program; the first fields of the order are a simple random
sample without replacement of any set of fields, however the set came to be and in whatever order it is given.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable

from pipeline.review.decisions import Key


def turn(seed: str, key: Key) -> str:
    """Return the place of a field in the random order of ``seed``, as hexadecimal digits that sort."""
    return hashlib.sha256("\0".join((seed, *key)).encode()).hexdigest()


def sample(seed: str, keys: Iterable[Key], size: int) -> list[Key]:
    """Return a simple random sample of ``size`` of ``keys``, in random order; all of them where they are fewer."""
    return heapq.nsmallest(size, keys, key=lambda key: turn(seed, key))
