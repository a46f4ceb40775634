"""What a generated report shows, told from its truth file: for choosing samples and for the table that lists them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Truth = Mapping[str, Any]

_PERIODS = {
    "half": "first half of ",
    "nine_months": "nine months of ",
    "quarter": "a quarter of ",
    "month": "a month of ",
}
_HANDWRITTEN = {"doc.number": "number", "doc.issued_on": "day"}
_TURNS = {90: "turned right", 180: "upside down", 270: "turned left"}


def table(truths: Iterable[Truth]) -> str:
    """Return the Markdown table of the samples, one row a report."""
    rows = [(f"`{one['id']}`", document(one), look(one), "; ".join(shown(one))) for one in truths]
    lines = [("sample", "document", "look", "what it shows"), ("---",) * 4, *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |\n" for line in lines)


def is_report(truth: Truth) -> bool:
    """Return whether the document is a report on foreign affairs and not one of another kind."""
    return bool(truth["fields"]["report.year"]["state"] == "reported")


def document(truth: Truth) -> str:
    """Return who wrote about what time: "Ủy ban nhân dân huyện Na Rì (Bắc Kạn), first half of 2022"."""
    fields = truth["fields"]
    issuer = str(fields["doc.issuer"]["value_text"])
    if not is_report(truth):
        kind = fields["doc.type"].get("value_text", "Công văn")
        return f"{issuer}: {kind}, issued {fields['doc.issued_on']['value_date'][:4]}"
    province = str(fields["report.province"]["value_text"])
    where = "" if province in issuer else f" ({province})"
    period = _PERIODS.get(fields["report.period"]["value_text"], "")
    return f"{issuer}{where}, {period}{fields['report.year']['value_number']}"


def look(truth: Truth) -> str:
    """Return how the pages lie before the reader: "bilevel 200 dpi, 4 pages, 1 of them a blank back"."""
    pages = truth["pages"]
    count = f"{len(pages)} page{'s' * (len(pages) > 1)}"
    if "dpi" not in pages[0]:
        return f"never scanned: PDF with a text layer, {count}"
    modes = "/".join(dict.fromkeys(f"{page['mode']} {page['dpi']} dpi" for page in pages))
    said = [modes, count]
    if backs := sum(page["blank"] for page in pages):
        said.append(f"{backs} of them blank")
    said.extend(_TURNS[turn] for turn in dict.fromkeys(page["rotation"] for page in pages) if turn)
    return ", ".join(said)


def shown(truth: Truth) -> list[str]:
    """Return what the document has that not every one has."""
    fields = truth["fields"]
    said = [] if is_report(truth) else ["**no report on foreign affairs**: its letterhead alone counts"]
    if "secrecy" in properties(truth):
        mark = fields["doc.secrecy"]["value_text"].upper()
        said.append(f"secrecy mark {mark}: read only with `--allow-restricted`")
    if fields["doc.urgency"]["state"] == "reported":
        said.append(f"urgency mark {fields['doc.urgency']['value_text'].upper()}")
    if "party" in properties(truth):
        said.append("Party letterhead")
    if truth["handwritten"]:
        said.append(f"{' and '.join(_HANDWRITTEN[name] for name in truth['handwritten'])} by hand")
    if grids := len({tuple(cell[:2]) for cell in truth["cells"]}):
        said.append(f"{grids} page{'s' * (grids > 1)} with a table" if grids > 1 else "a table")
    if count := len(truth["delegations"]):
        said.append(f"{count} delegation{'s' * (count > 1)} described")
    said.extend(
        f"contradiction in {', '.join(one['fields'])}: {one['why']}" for one in truth["contradictions"]
    )
    said.extend(truth["anomalies"])
    states = [row["state"] for row in fields.values()]
    for state, words in (("none", "denied"), ("blank", "left blank"), ("unreadable", "under a blot")):
        if count := states.count(state):
            said.append(f"{count} field{'s' * (count > 1)} {words}")
    return said or ["plain"]


def properties(truth: Truth) -> frozenset[str]:
    """Return in one word each what a set of samples should have among them."""
    fields = truth["fields"]
    last = fields["doc.signer_name"].get("page", len(truth["pages"]))
    found = {
        "negative": not is_report(truth),
        "party": "Party" in truth["note"],
        "secrecy": fields["doc.secrecy"]["state"] == "reported",
        "handwriting": bool(truth["handwritten"]),
        "annex": any(cell[0] > last for cell in truth["cells"]),
        "contradiction": bool(truth["contradictions"]),
        "part of a year": fields["report.period"].get("value_text", "year") != "year",
        str(fields["report.admin_level"].get("value_text", "")): True,
    }
    return frozenset(name for name, holds in found.items() if holds and name)
