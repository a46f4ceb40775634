"""The distribution list of the end block (ô 9b), opposite the signature."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from pipeline.document import Line
from pipeline.layout import anchors
from pipeline.layout.columns import Margins, height_of, y_of
from pipeline.text import fold

_ARCHIVE = regex.compile(r"^\W{0,3}(?:luu){e<=1}\b")
_BULLETED = regex.compile(r"^[\W_]{0,3}[-–—]\W{0,2}\p{L}")


def distribution_list(
    left: Sequence[Line], margins: Margins, signed_at: float | None
) -> tuple[list[Line], list[Line]]:
    """Return the lines of the distribution list and the other lines of the left column.

    ``signed_at`` is the height of the authority or post in the right column, None where none was found.
    """
    start = next((i for i, line in enumerate(left) if anchors.is_recipients(line.text)), None)
    if start is None:
        start = _unlabelled(left, signed_at)
    if start is None:
        return [], list(left)
    taken = [left[start]]
    other = list(left[:start])
    for index in range(start + 1, len(left)):
        line, previous = left[index], taken[-1]
        far = y_of(line) - y_of(previous) > 2.6 * max(margins.pitch, height_of(previous))
        archived = _ARCHIVE.match(fold(previous.text)) and line.text[:1] not in "-+("
        if far or (archived and y_of(line) - y_of(previous) > 1.7 * margins.pitch):
            other += left[index:]
            break
        taken.append(line)
    return taken, other


def _unlabelled(left: Sequence[Line], signed_at: float | None) -> int | None:
    """Return where the distribution list begins when its label was lost, or None.

    It is bulleted lines that end in "Lưu", or two bulleted lines beside and below the authority that signs.
    """
    archived = any(_ARCHIVE.match(fold(line.text)) for line in left)
    bulleted = [
        index
        for index, line in enumerate(left)
        if _BULLETED.match(line.text)
        and (archived or (signed_at is not None and y_of(line) > signed_at - height_of(line)))
    ]
    return bulleted[0] if len(bulleted) > 1 else None
