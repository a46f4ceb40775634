"""By which authority a signer signs: the prefix before the head or body that is signed for, also where a seal broke it.

Decree 30/2020 (Annex I, II.7) has TM. (for a body), KT. (a deputy for the head), TL. (an office by the head's order), TUQ.
and Q. A seal covers the prefix first, for it stands leftmost. What is left of it, the body or head named after it and the
post printed beneath mostly admit one only: under "CHỦ TỊCH" signs "PHÓ CHỦ TỊCH" as KT. and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from pipeline.layout.anchors import prefix_end, prefix_of
from pipeline.layout.conventions import conventions, nearest
from pipeline.text import fold, squeeze

SCRAPS = " .,;:-–—_|*'\"“”^~`"
_OWN_STOPS = regex.compile(r"\p{Lu}\s?[/.]\s?\p{Lu}")
"""A prefix with a mark between its letters, as some offices print it: "T/M", "K.T"."""
_JOINED = regex.compile(r"(?<=[./,;])(?=\p{Lu}{2})")
_SCRAP_LETTERS = 3
_OF_AN_OFFICE = ("chanh ", "truong ", "pho chanh ", "pho truong ", "giam doc ", "vien ", "uy vien ")
"""Posts that sign by order of a head or a body, TL., never in its place."""
_LIKE_T = frozenset("T7FI")
_ALIKE = 0.25
"""Share of the letters that may be wrong in a post that the other line of the pair confirms."""
_ALIKE_BENEATH = 0.34


@dataclass(frozen=True)
class Prefix:
    """The prefix of an authority line, "KT." or "T/M", empty without one; ``head`` is whom it is for, where that is told.

    It is told only where the prefix was lost and known again by the head.
    """

    printed: str
    head: str = ""


def prefix_in(text: str, beneath: str) -> Prefix:
    """Return the prefix of an authority line as printed, or as what stands ``beneath`` admits.

    ``beneath`` is the next line of the block, or empty.
    """
    prefix = prefix_of(text)
    if prefix is not None:
        mark = text[: prefix_end(text)]
        return Prefix(mark.strip(SCRAPS) if _OWN_STOPS.search(mark) else prefix)
    return _lost(text, beneath) if beneath else Prefix("")


def _lost(text: str, beneath: str) -> Prefix:
    """Return the prefix of a line that shows none, told by the head or body in it and the post beneath it."""
    known = conventions().folded_powers
    words = squeeze(_JOINED.sub(" ", text)).split()
    for share in (0.0, _ALIKE):  # a post as it is spelt, behind scraps, before one that is like the whole
        for count in range(min(3, len(words))):
            scraps = words[:count]
            if any(sum(map(str.isalpha, scrap)) > _SCRAP_LETTERS for scrap in scraps):
                break
            head = nearest(fold(" ".join(words[count:])).strip(SCRAPS), known, share)
            if head is not None:
                below = fold(squeeze(beneath)).strip(SCRAPS)
                found = _of_pair(head, below, scraps[-1] if scraps else "")
                return Prefix(found, head) if found else Prefix("")
    return Prefix("")


def _of_pair(head: str, beneath: str, scrap: str) -> str:
    """Return the prefix before ``head``, of which ``scrap`` is left, over the folded post ``beneath``; "" when in doubt."""
    table = conventions()
    deputy = table.deputies.get(head)
    if deputy is not None and nearest(beneath, {fold(deputy): deputy, fold(head): ""}, _ALIKE_BENEATH):
        return "KT."
    by_order = beneath.startswith(_OF_AN_OFFICE)
    if scrap[:1] not in _LIKE_T or not (by_order or nearest(beneath, table.folded_posts, _ALIKE)):
        return ""
    letter = "L" if by_order else "M" if head in table.collectives else ""
    slashed = "/" in scrap or regex.match(r"T[IÍÌ1l|!]", scrap) is not None
    return f"T/{letter}" if letter and slashed else f"T{letter}." if letter else ""
