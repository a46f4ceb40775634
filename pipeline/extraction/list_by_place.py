"""Items that are told by their place alone: their words may be unheard of, but the heading over them promises a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from pipeline.extraction.list_cues import only_announces
from pipeline.extraction.list_places import ItemPlace
from pipeline.extraction.profile import Profile
from pipeline.extraction.statements import topics_in
from pipeline.extraction.values.negation import find_denials
from pipeline.text import fold

PROMISED = 0.6
"""The score of such an item."""
_LEAST_WORDS = 3
_LONGEST_DENIAL = 80
_SPEAKS_OF_REPORT = regex.compile(
    r"(?<!\p{L})(?:tren day|bao cao|tong hop|tran trong|kinh (?:trinh|gui|mong)|so lieu|phu luc|bieu)(?!\p{L})"
)
"""What may close a report."""


def is_listed(place: ItemPlace, profile: Profile) -> bool:
    """Return whether a bullet, or a label with what it says ("UBND tỉnh: cấp bổ sung …"), is an item by its place.

    A bare heading is none, nor what is said of the circumstances ("Bộ máy: …").
    """
    if place.block[1] != "H":
        return True
    label, colon, _said = place.passage.text.partition(": ")
    quiet = set(profile.quiet_topics)
    return bool(colon) and quiet.isdisjoint(topics_in(label, profile, frozenset(), fuzzy=False))


def left_under_heading(places: Sequence[ItemPlace], ends: bool, profile: Profile) -> Iterator[ItemPlace]:
    """Yield the plain paragraphs that stand under the heading of a list, up to one that does not belong to it.

    ``places`` are all paragraphs there. One that denies, announces or speaks of the report is no item; where the body
    ``ends`` with them, only the first may be one.
    """
    head = next((head for head in places[0].heads if head.topics), None)
    if head is None or not set(profile.quiet_topics).isdisjoint(head.topics):
        return
    for place in places[:1] if ends else places:
        text = place.passage.text
        denied = any(denial.opens for denial in find_denials(text[:_LONGEST_DENIAL]))
        short = len(place.passage.words) < _LEAST_WORDS or text[:1].isdigit()
        if denied or short or _SPEAKS_OF_REPORT.search(fold(text)) or only_announces(text):
            return
        yield place
