"""Legal documents that a report cites: real ones of the State and the Party, invented ones of the province."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from numpy.random import Generator

from pipeline.gazetteers.tables import day as read_day
from samples.generator.facts.chance import between, chance, pick, some, weigh
from samples.generator.facts.places import rows
from samples.generator.nouns import Office, ReferenceFact, Split

_OLDEST = timedelta(days=365 * 11)
"""Reports seldom cite what is older."""


@dataclass(frozen=True, slots=True)
class Local:
    """An invented document: what, by whom, its symbols, its last number of a year; ``normative`` ones keep their year."""

    doc_type: str
    symbols: tuple[str, ...]
    issuer: str
    top: int
    normative: bool = False


_STATE = (
    (
        Local("Công văn", ("SNgV-VP", "SNgV-LS", "SNgV-HTQT", "SNgV-LTHT", "SNgV-NVĐN"), "Sở Ngoại vụ", 1900),
        40,
    ),
    (Local("Công văn", ("UBND-NC", "UBND-VX", "UBND-KGVX", "UBND-NgV", "UBND-TH"), "UBND", 7800), 18),
    (Local("Quyết định", ("QĐ-UBND",), "UBND", 4200), 12),
    (Local("Quyết định", ("QĐ-UBND",), "UBND", 68, normative=True), 9),
    (Local("Kế hoạch", ("KH-UBND",), "UBND", 260), 11),
    (Local("Chỉ thị", ("CT-UBND",), "UBND", 24), 4),
    (Local("Chương trình", ("CTr-UBND",), "UBND", 30), 2),
    (Local("Thông báo", ("TB-UBND",), "UBND", 420), 3),
)
_PARTY = (
    (Local("Quyết định", ("QĐ/TU",), "Tỉnh ủy", 1900), 24),
    (Local("Chương trình hành động", ("CTr/TU",), "Tỉnh ủy", 60), 18),
    (Local("Kế hoạch", ("KH/TU",), "Tỉnh ủy", 240), 18),
    (Local("Công văn", ("CV/TU",), "Tỉnh ủy", 3200), 20),
    (Local("Chỉ thị", ("CT/TU",), "Tỉnh ủy", 45), 10),
    (Local("Công văn", ("CV/BTCTU",), "Ban Tổ chức Tỉnh ủy", 1800), 10),
)


@dataclass(frozen=True, slots=True)
class Law:
    """A real document and the last day on which it was in force."""

    cited: ReferenceFact
    valid_to: date


@cache
def laws(split: Split) -> tuple[Law, ...]:
    """Return the real documents that only this split cites, oldest first."""
    return tuple(
        Law(
            ReferenceFact(
                row["doc_type"],
                row["number"],
                row["symbol"],
                date.fromisoformat(row["issued_on"]),
                row["issuer"],
                row["subject"],
            ),
            read_day(row["valid_to"]) or date.max,
        )
        for row in rows("laws")
        if row["split"] == split
    )


def draw_references(
    rng: Generator, split: Split, office: Office, issued_on: date
) -> tuple[ReferenceFact, ...]:
    """Return none to six documents issued before the report; ``subject`` is left empty where the pools choose it."""
    count = weigh(rng, ((0, 18), (1, 24), (2, 24), (3, 16), (4, 10), (5, 5), (6, 3)))
    known = [
        law.cited
        for law in laws(split)
        if law.cited.issued_on and issued_on - _OLDEST < law.cited.issued_on < issued_on <= law.valid_to
    ]
    weights = [(law, 3.0 if ("TW" in law.symbol) == office.party else 1.0) for law in known]
    real = some(rng, weights, sum(chance(rng, 0.5) for _ in range(count)))
    chosen = [*real, *(_draw_local(rng, office, issued_on) for _ in range(count - len(real)))]
    unique = {(reference.number, reference.symbol): reference for reference in chosen}
    return tuple(reference for _, reference in sorted(unique.items(), key=lambda item: rng.random()))


def _draw_local(rng: Generator, office: Office, issued_on: date) -> ReferenceFact:
    local = weigh(rng, _PARTY if chance(rng, 0.7 if office.party else 0.08) else _STATE)
    back = 90 if local.doc_type == "Công văn" else 1400 if local.normative else 500
    day = issued_on - timedelta(days=between(rng, 3, back))
    day -= timedelta(days=max(0, day.weekday() - 4))
    number = str(max(1, round(local.top * (0.2 + 0.8 * rng.random()) * day.timetuple().tm_yday / 365)))
    if local.normative:
        number = f"{int(number):02d}/{day.year}"
    elif local.doc_type != "Công văn" and len(number) == 1:
        number = f"0{number}"
    symbol = pick(rng, local.symbols)
    return ReferenceFact(local.doc_type, number, symbol, day, _issuer(rng, local.issuer, office), "")


def _issuer(rng: Generator, issuer: str, office: Office) -> str:
    """Return the issuer as a text names it: Sở Ngoại vụ, UBND tỉnh, Tỉnh ủy Quảng Ninh."""
    province = office.province
    if province.kind != "tỉnh":
        issuer = issuer.replace("Tỉnh ủy", "Thành ủy")
    if issuer == "UBND":
        return f"UBND {province.full}" if chance(rng, 0.35) else f"UBND {province.kind}"
    if chance(rng, 0.7):
        return issuer
    return f"{issuer} {province.full}" if issuer.startswith("Sở") else f"{issuer} {province.name}"
