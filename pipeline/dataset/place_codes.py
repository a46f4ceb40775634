"""Official codes of the province and the district that a document reports on."""

from __future__ import annotations

from datetime import date

from pipeline.gazetteers.units import resolve_district, resolve_province
from pipeline.text import fold

DISTRICT_KINDS = ("huyện", "quận", "thị xã", "thành phố")


def place_codes(
    province: str | None, district: str | None, *, issuer: str | None, day: date | None
) -> tuple[str | None, str | None]:
    """Return the codes of ``province`` and ``district`` as the names were meant on ``day``; None where ambiguous.

    The ``issuer`` tells a district from the town of the same name ("Ủy ban nhân dân huyện Cao Lãnh").
    """
    found = resolve_province(province, day) if province else None
    if not district:
        return found.code if found else None, None
    printed = fold(issuer or "")
    kind = next((kind for kind in DISTRICT_KINDS if fold(f"{kind} {district}") in printed), None)
    units = resolve_district(district, kind, found.code if found else None, day)
    return found.code if found else None, units[0].code if len(units) == 1 else None
