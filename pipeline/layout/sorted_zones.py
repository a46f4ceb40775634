"""The zones of the opening while its lines are sorted into them."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.document import Line, Zone, ZoneKind
from pipeline.layout.furniture import zone_of


@dataclass
class Opening:
    """Lines sorted into the zones of the opening while the page is walked."""

    kinds: dict[ZoneKind, list[Line]] = field(default_factory=dict)

    def add(self, kind: ZoneKind, *lines: Line) -> None:
        """Append ``lines`` to the zone ``kind``."""
        self.kinds.setdefault(kind, []).extend(lines)

    def zones(self) -> list[Zone]:
        """Return the zones that hold a line."""
        return [zone_of(kind, lines) for kind, lines in self.kinds.items() if lines]
