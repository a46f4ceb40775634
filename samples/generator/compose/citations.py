"""Legal documents as a report cites them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samples.generator.compose.inline import marked, run
from samples.generator.nouns import Inline, ReferenceFact
from samples.generator.wording.frames import Frame, Variable

if TYPE_CHECKING:
    from samples.generator.compose.scribe import Scribe


def code(reference: ReferenceFact) -> str:
    """Return number and symbol as printed: 206/QĐ-UBND, 80/2013/NĐ-CP, Party style 206-QĐ/TU."""
    if not reference.number or not reference.symbol:
        return reference.number or reference.symbol
    party = "/" in reference.symbol and not reference.symbol[0].isdigit()
    return f"{reference.number}{'-' if party else '/'}{reference.symbol}"


def cites(frame: Frame) -> int:
    """Return how many documents a frame cites."""
    return sum(isinstance(piece, Variable) and piece.name == "ref" for piece in frame.loose)


def left(scribe: Scribe) -> list[ReferenceFact]:
    """Return the documents that are not cited yet."""
    return [one for one in scribe.facts.references if one not in scribe.ledger.cited]


def citation(scribe: Scribe) -> Inline:
    """Return the next document in full, or one that was cited before in short; records it."""
    ledger, rng = scribe.ledger, scribe.rng
    fresh = left(scribe)
    again = not fresh
    reference = fresh[0] if fresh else list(ledger.cited)[int(rng.integers(len(ledger.cited)))]
    number = code(reference)
    named = scribe.spelled(reference.doc_type) + (f" số {number}" if number else "")
    runs = run(named, ledger.entity("LEGAL_DOC", named)) if number else run(named)
    row: dict[str, object] = {
        "doc_type": reference.doc_type,
        "number": reference.number,
        "symbol": reference.symbol,
    }
    if reference.issued_on and not (again and rng.random() < 0.7):
        comma = "," if rng.random() < 0.15 else ""
        runs += (*run(f"{comma} "), *scribe.entity("DATE", scribe.day(reference.issued_on)))
        row["issued_on"] = reference.issued_on.isoformat()
    if reference.issuer:
        issuer = scribe.spelled(reference.issuer)
        runs += run(" của ")
        for at, body in enumerate(issuer.split(" - ")):
            runs += (*run(" - " if at else ""), *run(body, ledger.entity("ORG", body)))
        row["issuer"] = issuer
    if reference.subject and not again and rng.random() < 0.75:
        subject = scribe.spelled(reference.subject)
        lead = (
            "" if subject.startswith(("về ", "ban hành ", "phê duyệt ", "quy định ", "hướng dẫn ")) else "về "
        )
        if reference.doc_type == "Công văn" and lead and rng.random() < 0.6:
            lead = "về việc "
        runs += run(f" {lead}{subject}")
        row["subject"] = subject
    if reference not in ledger.cited:
        ledger.references.append(row)
        ledger.cited[reference] = len(ledger.references) - 1
    mark = ledger.mark("reference", reference.symbol, ledger.cited[reference])
    return marked(runs, mark)
