"""Hand-made runs for the panel's tests: a line a report."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from pipeline.dataset.writing import write_dataset
from pipeline.document import Document, FieldValue
from pipeline.document import Extraction as Found
from pipeline.extraction.profile import load_profile

FIELDS = load_profile("doi_ngoai").fields


@dataclass(frozen=True)
class Told:
    """A report: what it is called, its place, year, day of issue, and its values by field (None: absent)."""

    name: str
    year: int | None
    province: str = ""
    district: str = ""
    level: str = ""
    issuer: str = ""
    issued: date | None = None
    period: str = "year"
    values: tuple[tuple[str, object], ...] = ()
    status: str = "ok"


def document(told: Told) -> Document:
    """Return the document of ``told``; a value is a number, a state, or (number, currency)."""
    texts = {
        "doc.issuer": told.issuer, "report.province": told.province, "report.district": told.district,
        "report.period": told.period,
        "report.admin_level": told.level or ("district" if told.district else "province"),
    }  # fmt: skip
    rows = [
        FieldValue(name, "reported", value_text=text, confidence=0.9) for name, text in texts.items() if text
    ]
    if told.year is not None:
        rows.append(FieldValue("report.year", "reported", value_number=Decimal(told.year), confidence=0.9))
    if told.issued:
        rows.append(FieldValue("doc.issued_on", "reported", value_date=told.issued, confidence=0.9))
    for name, value in told.values:
        if isinstance(value, str):
            number = Decimal(0) if value == "none" else None
            rows.append(FieldValue(name, value, value_number=number, confidence=0.9))  # type: ignore[arg-type]
        else:
            amount, currency = value if isinstance(value, tuple) else (value, None)
            number = Decimal(str(amount))
            rows.append(FieldValue(name, "reported", value_number=number, currency=currency, confidence=0.9))
    doc_id = sha256(told.name.encode()).hexdigest()
    source = f"in/{told.name}.pdf"
    if told.status != "ok":
        return Document(doc_id, source, (), 5, told.status, "not read", profile="doi_ngoai")  # type: ignore[arg-type]
    return Document(doc_id, source, (), 5, "ok", "", (), Found(tuple(rows)), profile="doi_ngoai")


def run(folder: Path, *reports: Told) -> Path:
    """Write the dataset of ``reports`` to ``folder`` and return it."""
    write_dataset([document(told) for told in reports], folder, FIELDS)
    return folder
